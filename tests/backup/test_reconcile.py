"""After a restore in either order of the dumps nobody waits for nothing: what one side lacks is sent again or taken over."""

import shutil
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from sanic import Sanic
from sqlalchemy import delete, select

from backoffice.cases.models import Case
from backoffice.cli.upkeep import reconcile as reconcile_office
from backoffice.complaints.models import Complaint
from backoffice.notices.models import Notice, NoticeState
from backoffice.notices.outbox import Outbox
from backoffice.services import Services
from bot.contacts.models import Contact as BotContact
from bot.model import Base as BotBase
from bot.notices.backoffice import BackofficeClient
from bot.ops.commands import reconcile as reconcile_bot
from intake.drafts.model import Conversation, Draft, DraftState
from intake.drafts.repository import ContactRecord, Repository
from intake.drafts.tables import Base, ConversationRow, DispatchRow, DraftRow
from intake.handover.backoffice import BackOffice
from intake.handover.dispatches import Courier, Dispatch, add_dispatch
from intake.handover.reconciling import reconcile
from runtime.tokens import Tokens
from storage import erasures
from storage.database import Database
from storage.jobs import Worker
from storage.kept_blobs import KeptBlobs
from storage.keyring import Keyring
from storage.migrations import run_migrations
from storage.opening import open_blobs
from storage.points import note_restored, restored_to
from tests.backoffice.office import BOT_TOKEN, MONDAY, make_bundle, make_picture

KEY = "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE="
NUMBER, ADU = "LM-261123-7K4F", "ADU-261123-3M8Q"


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Each side's data are kept alike on both databases; what is restored here is a file."""
    return sqlite_url


@pytest.fixture
def migrations() -> str:
    """The tables of every database here."""
    return "backoffice/migrations"


class Sides:
    """An intake and a back office that talk over HTTP, and can each be put back to an earlier state."""

    def __init__(self, folder: Path, app: Sanic, services: Services, api: httpx.AsyncClient) -> None:
        self.folder, self.app, self.services, self.api = folder, app, services, api
        self.file = folder / "intake.db"
        self.open()

    def open(self) -> None:
        self.database = Database.open(f"sqlite:///{self.file}", Keyring(KEY))
        self.blobs = KeptBlobs(self.database, open_blobs(f"file:{self.folder}/intake-blobs", KEY, "intake"), self.services.clock)
        self.office = BackOffice(self.api)

    async def hand_over(self) -> None:
        async def delivered(_session: Any, _key: str, _answer: dict[str, Any]) -> set[str]:
            return set()

        courier = Courier(self.database, self.office, self.blobs, self.services.clock, delivered)
        await Worker("hand_over", courier.queue.claim, courier.queue.doing(courier.deliver)).drain()

    async def submit(self, draft_id: str = "draft-1") -> None:
        """A draft is handed over as a turn does it: state and promise in one transaction."""
        bundle = make_bundle(NUMBER)
        for document in bundle["documents"]:
            await self.blobs.put(make_picture(document["item"]), "turn:t1")
        blobs = tuple({"blob": page["blob"], "mime": page["mime"]} for row in bundle["documents"] for page in row["pages"])
        async with self.database.write() as session:
            draft = Draft(id=draft_id, contact="contact-1", created_at=MONDAY, updated_at=MONDAY, state=DraftState.SUBMITTED, number=NUMBER)
            await Repository(session).save(ContactRecord(Conversation(contact="contact-1", draft=draft_id), [draft]))
            await add_dispatch(session, Dispatch(f"bundle:{draft_id}", draft_id, f"/api/bundles/{draft_id}", bundle, blobs), MONDAY)
            complaint = {
                "number": ADU,
                "contact": {"id": "contact-1"},
                "category": "lama",
                "text": "SPESIMEN",
                "created_at": "2026-11-23T02:00:00Z",
            }
            await add_dispatch(session, Dispatch(f"complaint:{ADU}", ADU, "/api/complaints/t2", complaint), MONDAY)

    def copy(self, kept: str, back: bool = False) -> None:
        """The intake's database aside, or back."""
        pair = (self.folder / kept, self.file) if back else (self.file, self.folder / kept)
        for ending in ("-wal", "-shm"):
            Path(f"{pair[1]}{ending}").unlink(missing_ok=True)
        shutil.copy(*pair)

    async def reconcile(self) -> Any:
        return await reconcile(self.database, self.blobs, self.office, MONDAY - timedelta(hours=1), self.services.clock(), self.folder)


@pytest.fixture
async def sides(app: Sanic, services: Services, api: httpx.AsyncClient, tmp_path: Path) -> AsyncIterator[Sides]:
    made = Sides(tmp_path, app, services, api)
    async with made.database.engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
        await connection.run_sync(BotBase.metadata.create_all)
    yield made
    await made.database.close()


def forget_files(services: Services, folder: Path) -> None:
    """The office's database and blobs are gone."""
    Path(str(services.database.engine.url.database)).unlink()
    shutil.rmtree(folder / "blobs")


async def office_has(services: Services) -> tuple[int, int]:
    async with services.database.read() as session:
        cases = len((await session.scalars(select(Case.id))).all())
        return cases, len((await session.scalars(select(Complaint.id))).all())


async def test_an_office_that_has_lost_a_bundle_gets_it_again_with_its_pictures(sides: Sides, services: Services, tmp_path: Path):
    await sides.submit()
    await sides.hand_over()
    assert await office_has(services) == (1, 1)
    await services.database.close()  # the office is put back to before anything came
    forget_files(services, tmp_path)
    await run_migrations(services.settings.backoffice_database_url, "backoffice/migrations")
    services.database = Database.open(services.settings.backoffice_database_url, Keyring(KEY))
    assert await office_has(services) == (0, 0)
    done = await sides.reconcile()
    assert done.sent_again == 2
    await sides.hand_over()
    assert await office_has(services) == (1, 1)
    for document in make_bundle(NUMBER)["documents"]:
        assert await services.blobs.get(document["pages"][0]["blob"]) == make_picture(document["item"])


async def test_an_intake_that_has_forgotten_that_it_handed_over_learns_it_and_the_citizen_does_not_register_again(sides: Sides):
    async with sides.database.write() as session:
        draft = Draft(id="draft-1", contact="contact-1", created_at=MONDAY, updated_at=MONDAY, agreed=True)
        await Repository(session).save(ContactRecord(Conversation(contact="contact-1", draft="draft-1", asked="alamat_kia"), [draft]))
    await sides.database.close()
    sides.copy("before.db")
    sides.open()
    async with sides.database.write() as session:
        await session.execute(delete(DraftRow))
        await session.execute(delete(ConversationRow))
    await sides.submit()
    await sides.hand_over()
    await sides.database.close()
    sides.copy("before.db", back=True)
    sides.open()
    done = await sides.reconcile()
    assert (done.cases, done.complaints) == (1, 1)
    async with sides.database.read() as session:
        record = await Repository(session).load("contact-1")
    (draft,) = record.drafts
    assert (draft.state, draft.number, record.conversation.asked) == (DraftState.SUBMITTED, NUMBER, None)
    assert draft.deadline is not None and [row.number for row in record.complaints] == [ADU]
    again = await sides.reconcile()
    assert (again.cases, again.complaints) == (0, 0), "doing it again changes nothing"


async def test_a_family_that_the_intake_never_saw_is_known_by_its_number(sides: Sides):
    await sides.submit()
    await sides.hand_over()
    async with sides.database.write() as session:
        for table in reversed(Base.metadata.sorted_tables):
            await session.execute(table.delete())
    await sides.reconcile()
    async with sides.database.read() as session:
        record = await Repository(session).load("contact-1")
    assert [(draft.id, draft.state, draft.number) for draft in record.drafts] == [("draft-1", DraftState.SUBMITTED, NUMBER)]


async def test_the_bot_knows_again_whom_the_office_knows_and_who_wrote_anew_is_the_same_person(
    sides: Sides, app: Sanic, services: Services
):
    await sides.submit()
    await sides.hand_over()
    async with sides.database.write() as session:
        session.add(BotContact(id="new-id", wa_id="6281230000001", name="BUDI SPESIMEN", created_at=MONDAY))
    await note_restored(sides.database, ("bot",), MONDAY)
    erasures.note(sides.folder, "new-id", MONDAY + timedelta(minutes=1))
    http = httpx.AsyncClient(transport=httpx.ASGITransport(sides.app))
    said = await reconcile_bot(
        sides.database, BackofficeClient(http, "http://office.test", Tokens(BOT_TOKEN)), sides.folder, services.clock
    )
    assert said == "1 people taken over from the office, 1 erasures repeated."
    async with sides.database.read() as session:
        contact = await session.get(BotContact, "contact-1")
    assert contact.merged_into == "new-id" and await restored_to(sides.database, "bot") is None
    await http.aclose()


async def test_notices_that_had_not_gone_out_are_told_again_and_the_others_are_not(sides: Sides, services: Services):
    await sides.submit()
    await sides.hand_over()
    async with services.database.write() as session:
        for state in (NoticeState.HANDED_OVER, NoticeState.READ):
            Outbox(session, services.clock()).add("tahap", "contact-1", NUMBER, {"stage": "lengkap"}).state = state
    await note_restored(services.database, ("backoffice",), MONDAY)
    assert await reconcile_office(services, None) == "1 notices are sent again."
    async with services.database.read() as session:
        states = sorted(await session.scalars(select(Notice.state)))
    assert states == [NoticeState.QUEUED, NoticeState.READ] and await restored_to(services.database, "backoffice") is None


async def test_what_was_erased_on_a_wish_after_the_back_up_is_erased_again(sides: Sides):
    async with sides.database.write() as session:
        for contact in ("gone", "stays"):
            draft = Draft(id=f"draft-{contact}", contact=contact, created_at=MONDAY, updated_at=MONDAY)
            await Repository(session).save(ContactRecord(Conversation(contact=contact, draft=draft.id), [draft]))
    erasures.note(sides.folder, "stays", MONDAY - timedelta(days=1))
    erasures.note(sides.folder, "gone", MONDAY + timedelta(minutes=5))
    with (sides.folder / erasures.NAME).open("a") as lines:
        lines.write('{"contact": "cut o')
    done = await sides.reconcile()
    async with sides.database.read() as session:
        left = list(await session.scalars(select(DraftRow.id)))
    assert done.erased == 1 and left == ["draft-stays"]


async def test_writes_are_kept_after_they_arrived(sides: Sides):
    await sides.submit()
    await sides.hand_over()
    async with sides.database.read() as session:
        rows = list(await session.scalars(select(DispatchRow)))
    assert all(row.done_at is not None and row.body for row in rows) and len(rows) == 2
