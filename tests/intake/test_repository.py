"""What the intake keeps comes back as it was, on both databases."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from documents import Kind
from intake.drafts.model import Child, Document, Draft, DraftState, HeldPapers, PageRef, Side
from intake.drafts.repository import Repository
from intake.drafts.tables import UNREAD, DocumentRow, DraftRow
from intake.handover.dispatches import Dispatch, add_dispatch
from standard.kinds import Item
from storage.database import Database
from storage.kept_blobs import KeptBlobs, let_go
from storage.keyring import Keyring
from storage.opening import open_blobs

KEY = "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE="

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)


@pytest.fixture
def migrations() -> str:
    return "intake/migrations"


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    opened = Database.open(database_url, Keyring(KEY))
    yield opened
    await opened.close()


def a_document(blob: str = "a" * 64, complete: bool = True) -> Document:
    return Document(
        item=Item.KK,
        kind=Kind.KK,
        check_result={"fields": {"no_kk": "1"}},
        pages=[PageRef(blob=blob, width=1, height=1)],
        received_at=NOW,
        complete=complete,
    )


async def kept(database: Database, *drafts: Draft) -> None:
    async with database.write() as session:
        record = await Repository(session).load("c1")
        record.conversation.side = Side(id="batal_yakin", data={"draft": "x"})
        record.conversation.last_in_at = NOW
        record.drafts = list(drafts)
        await Repository(session).save(record)


def a_draft(**more: object) -> Draft:
    return Draft.model_validate({"contact": "c1", "created_at": NOW, "updated_at": NOW, "children": [Child(nama="SITI AMINAH")], **more})


async def test_a_desk_comes_back_whole(database: Database) -> None:
    draft = a_draft(documents=[])
    draft.documents = [a_document()]
    await kept(database, draft)
    async with database.read() as session:
        record = await Repository(session).load("c1")
    assert record.drafts == [draft] and record.drafts[0].documents == draft.documents
    assert record.conversation.side == Side(id="batal_yakin", data={"draft": "x"})


async def test_a_second_reading_is_not_undone_by_a_turn_that_began_before_it(database: Database) -> None:
    draft = a_draft()
    draft.documents = [a_document(complete=False)]
    await kept(database, draft)
    async with database.read() as session:
        record = await Repository(session).load("c1")
    async with database.write() as session:
        row = (await session.scalars(select(DocumentRow).where(UNREAD))).one()
        row.check_result, row.complete = {"fields": {"no_kk": "1", "anggota": [1]}}, True
    async with database.write() as session:
        await Repository(session).save(record)
    async with database.read() as session:
        (document,) = (await Repository(session).load("c1")).drafts[0].documents
    assert document.complete and document.fields["anggota"] == [1]


async def test_a_turn_is_answered_once(database: Database) -> None:
    async with database.write() as session:
        await Repository(session).remember_answer("t1", "c1", [{"text": "a"}], NOW)
    with pytest.raises(IntegrityError):
        async with database.write() as session:
            await Repository(session).remember_answer("t1", "c1", [{"text": "b"}], NOW)
    async with database.write() as session:
        assert await Repository(session).answered("t1") == [{"text": "a"}]
        await Repository(session).forget_answers(NOW + timedelta(days=1))
    async with database.read() as session:
        assert await Repository(session).answered("t1") is None


async def test_a_blob_is_kept_while_a_document_or_a_hand_over_needs_it(database: Database, tmp_path: Path) -> None:
    blobs = KeptBlobs(database, open_blobs(f"file:{tmp_path}/blobs", KEY, "intake"), lambda: NOW)
    page, sent = await blobs.put(b"page", "turn:t"), await blobs.put(b"sent", "turn:t")
    draft = a_draft(number="LM-261122-AAAA", state=DraftState.SUBMITTED)
    draft.documents = [a_document(page)]
    await kept(database, draft)
    async with database.write() as session:
        repository = Repository(session)
        await add_dispatch(session, Dispatch("k", "s", "/p", {}, ({"blob": sent, "mime": "image/jpeg"},)), NOW)
        await repository.remember_answer("t", "c1", [{"text": "a"}], NOW)
        assert repository.freed == {page, sent}
        assert await repository.number_taken("LM-261122-AAAA") and not await repository.number_taken("LM-261122-AAAB")
    assert await blobs.erase_unneeded() == 0
    async with database.write() as session:
        repository = Repository(session)
        await repository.forget_pages(draft=draft.id)
    assert await blobs.erase_unneeded(repository.freed) == 1
    assert not await blobs.store.exists(page) and await blobs.store.exists(sent)


async def test_the_files_of_an_answer_stay_for_as_long_as_it_may_be_given_again(database: Database) -> None:
    async with database.write() as session:
        await Repository(session).remember_answer("t", "c1", [{"text": "", "document": {"blob": "a" * 64}}], NOW)
    for moment, freed in ((NOW, set()), (NOW + timedelta(days=1), {"a" * 64})):
        async with database.write() as session:
            repository = Repository(session)
            await repository.forget_answers(moment)
            assert repository.freed == freed


async def test_silent_drafts_are_found_by_their_state(database: Database) -> None:
    await kept(database, a_draft(), a_draft(state=DraftState.CLOSED))
    async with database.read() as session:
        found = await Repository(session).silent_drafts(DraftState.OPEN, NOW + timedelta(days=1))
        assert [draft.state for draft in found] == [DraftState.OPEN]
        assert await Repository(session).silent_drafts(DraftState.OPEN, NOW) == []


@pytest.mark.postgres
async def test_a_draft_that_somebody_comes_back_to_in_this_moment_is_not_silent(postgres_url: str) -> None:
    database = Database.open(postgres_url, Keyring(KEY))
    draft = a_draft()
    await kept(database, draft)
    async with database.write() as turn:
        row = await turn.get_one(DraftRow, draft.id, with_for_update=True)  # a turn that is about to note what was said
        async with database.write() as housekeeping:
            assert await Repository(housekeeping).silent_drafts(DraftState.OPEN, NOW + timedelta(days=1)) == []
        row.updated_at = NOW + timedelta(days=2)
    async with database.write() as housekeeping:
        repository = Repository(housekeeping)
        (silent,) = await repository.silent_drafts(DraftState.OPEN, NOW + timedelta(days=3))
        async with database.write() as turn:
            taken = select(DraftRow).where(DraftRow.id == draft.id).with_for_update(skip_locked=True)
            assert (await turn.scalars(taken)).one_or_none() is None, "nobody revives it until it is erased"
        await repository.delete_draft(silent.id)
    await database.close()


async def test_what_was_kept_under_a_former_id_is_the_contacts_own(database: Database) -> None:
    draft = a_draft()
    draft.documents = [a_document()]
    await kept(database, draft)
    async with database.write() as session:
        await Repository(session).add_complaint("ADU-261122-AAAA", "c1", "lama", NOW)
        await Repository(session).adopt("c2", ["c1", "nobody"])
        await Repository(session).adopt("c2", ["c1"])
    async with database.read() as session:
        mine, old = await Repository(session).load("c2"), await Repository(session).load("c1")
    assert [(found.id, found.contact, len(found.documents)) for found in mine.drafts] == [(draft.id, "c2", 1)]
    assert [row.number for row in mine.complaints] == ["ADU-261122-AAAA"] and mine.conversation.side is not None
    assert old.drafts == [] and old.complaints == []


async def test_papers_that_wait_come_along_to_a_number_that_wrote_before_the_change_was_told(database: Database, tmp_path: Path) -> None:
    blobs = KeptBlobs(database, open_blobs(f"file:{tmp_path}/blobs", KEY, "intake"), lambda: NOW)
    blob = await blobs.put(b"kk", "turn:t")
    pin = HeldPapers(number="LM-1", name="SITI", signed=False, files=[], tries=1)
    async with database.write() as session:
        repository = Repository(session)
        for contact, files, changed_at in (("c1", [{"blob": blob}], NOW), ("c2", [], NOW - timedelta(days=1))):
            record = await repository.load(contact)
            papers = [pin.model_copy(update={"files": files}), pin.model_copy(update={"number": f"LM-{contact}", "files": files})]
            record.conversation.held, record.conversation.changed_at = papers, changed_at
            record.conversation.draft = f"draft-{contact}"
            record.conversation.confirmed_at = NOW if contact == "c1" else None
            await repository.save(record)
        await repository.adopt("c2", ["c1"])
        await let_go(session, ["turn:t"])
    await blobs.erase_unneeded()
    async with database.read() as session:
        talk = (await Repository(session).load("c2")).conversation
    assert {(papers.number, len(papers.files)) for papers in talk.held} == {("LM-1", 1), ("LM-c1", 1), ("LM-c2", 0)}
    assert await blobs.get(blob) == b"kk" and talk.draft == "draft-c2"
    assert talk.changed_at == NOW and talk.confirmed_at is None


async def test_answers_are_forgotten_but_the_one_that_says_so(database: Database) -> None:
    async with database.write() as session:
        for turn, contact in (("t1", "c1"), ("t2", "c1"), ("t3", "c2")):
            await Repository(session).remember_answer(turn, contact, [{"text": turn}], NOW)
        await Repository(session).forget_answers_of("c1", but="t2")
    async with database.read() as session:
        assert [await Repository(session).answered(turn) is not None for turn in ("t1", "t2", "t3")] == [False, True, True]
