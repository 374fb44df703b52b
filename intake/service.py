"""The intake as the actions use it: it loads and saves a contact's desk, takes files, and works on in the background."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from weakref import WeakValueDictionary

import httpx
import structlog
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from documents import Kind
from intake.drafts.blob_owners import of_turn
from intake.drafts.model import Document, Draft
from intake.drafts.repository import ChangedMeanwhile, ContactRecord, Repository
from intake.drafts.tables import UNREAD, DocumentRow, Schedule
from intake.handover.backoffice import BackOffice
from intake.handover.dispatches import Courier, Dispatch, add_dispatch
from intake.placing.arranging import arrange
from intake.placing.arrivals import Arrival, Outcome, Received, Upload
from intake.placing.checks import all_pages, check_json, joined
from intake.placing.receiving import Checker, receive
from intake.placing.waiting import told_after
from standard.clock import Clock, now, today
from standard.kinds import Item
from standard.kk_sheets import SHEETS
from standard.registration import new_number
from storage.blobs import BlobError, BlobStore
from storage.database import Database
from storage.jobs import Jobs, Queue
from storage.jobs.queue import release
from storage.kept_blobs import KeptBlobs
from storage.points import last_backup

log = structlog.get_logger()

HAND_OVER = "hand_over"
HAND_OVERS_AT_ONCE = 2
LOOK_FOR_LOST = timedelta(minutes=10)
GRACE = 5.0
"""Seconds that begun work gets when the process is told to stop."""


class AnsweredMeanwhile(Exception):
    """The turn was answered by another process while this one worked on it; nothing of this one was written."""


@dataclass(frozen=True)
class NewComplaint:
    """A complaint that was filed in this turn."""

    number: str
    category: str
    restricted: bool
    anonymous: bool = False


@dataclass
class Changes:
    """What a turn changes besides the desk itself; written in the same transaction as the turn's answer."""

    dispatches: list[Dispatch] = field(default_factory=list)
    deleted: list[Draft] = field(default_factory=list)
    complaints: list[NewComplaint] = field(default_factory=list)
    restricted: list[str] = field(default_factory=list)
    """Complaints that are kept secret from now on."""
    closed: list[str] = field(default_factory=list)
    over: list[str] = field(default_factory=list)
    """Complaints that are closed for good."""
    reopened: list[str] = field(default_factory=list)
    forgets: bool = False
    """The answers that earlier turns of this contact got are erased, too."""


class Intake:
    """One process's door to drafts, files and the hand-over. Nothing of a conversation is kept in it between two turns."""

    def __init__(
        self,
        database: Database,
        blobs: BlobStore,
        checker: Checker,
        backoffice: BackOffice,
        clock: Clock = now,
        bot: httpx.AsyncClient | None = None,
    ) -> None:
        self.database, self.checker, self.backoffice, self.clock, self.bot = database, checker, backoffice, clock, bot
        self.blobs = KeptBlobs(database, blobs, clock)
        self.courier = Courier(database, backoffice, self.blobs, clock, self._delivered, bot)
        self.unread = Queue(database, DocumentRow, None, clock, UNREAD)
        self.jobs = Jobs("intake", database, Schedule, clock)
        self.jobs.add(HAND_OVER, self.courier.queue, self.courier.deliver, HAND_OVERS_AT_ONCE)
        self.jobs.every(LOOK_FOR_LOST, "lost_pages", self.courier.look_for_lost)
        self.jobs.add("readings", self.unread, self._read_rest)
        self.turns_under_way: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def start(self) -> None:
        """Starts the jobs in the background: hand-over, second readings, housekeeping."""
        self.jobs.start()

    async def close(self) -> None:
        """Ends the jobs and lets go of the database and connections; what was promised waits in the table."""
        await self.jobs.stop(GRACE)
        await self.checker.close()
        await self.backoffice.close()
        await self.database.close()

    @contextlib.asynccontextmanager
    async def one_at_a_time(self, contact: str) -> AsyncIterator[None]:
        """One turn of a contact after another within this process: it spares work that would be done again.

        Among several processes the version of the rows holds (`ChangedMeanwhile`). A lock lives as long as a turn holds or awaits it.
        """
        lock = self.turns_under_way.setdefault(contact, asyncio.Lock())
        async with lock:
            yield

    async def answered(self, turn: str) -> list[dict[str, Any]] | None:
        """The answer that a turn got before."""
        async with self.database.read() as session:
            return await Repository(session).answered(turn)

    async def record(self, contact: str) -> ContactRecord:
        """Everything of a contact."""
        async with self.database.read() as session:
            return await Repository(session).load(contact)

    async def adopt(self, contact: str, former: Sequence[str]) -> None:
        """What is kept under the former ids of a contact is kept under its own from now on."""
        async with self.database.write() as session:
            await Repository(session).adopt(contact, former)

    async def save(self, turn: str, record: ContactRecord, answer: list[dict[str, Any]], changes: Changes) -> None:
        """Writes desk, answer and changes, all or nothing; then erases the blobs that nobody needs any more.

        Raises AnsweredMeanwhile, or ChangedMeanwhile where the desk is not any more as it was loaded.
        """
        contact, at = record.conversation.contact, self.clock()
        try:
            async with self.database.write() as session:
                repository = Repository(session)
                await repository.remember_answer(turn, contact, answer, at)
                await _write(repository, record, changes, contact, at)
                if changes.forgets:
                    await repository.forget_answers_of(contact, but=turn)
                for dispatch in changes.dispatches:
                    await add_dispatch(session, dispatch, at)
        except (IntegrityError, ChangedMeanwhile) as error:
            if await self.answered(turn) is not None:
                raise AnsweredMeanwhile(turn) from error
            raise ChangedMeanwhile(turn) from error
        if changes.dispatches:
            self.jobs.notify(HAND_OVER)
        await self.blobs.erase_unneeded(repository.freed)

    async def new_number(self, kind: str) -> str:
        """A number that no application and no complaint has yet."""
        async with self.database.read() as session:
            while await Repository(session).number_taken(number := new_number(kind, today(self.clock()))):
                continue
            return number

    async def receive(self, turn: str, draft: Draft, uploads: list[Upload]) -> Received:
        """Takes the files of a turn; where it is unclear whose a card is, the KK's members are read first."""
        async with told_after(self.bot, turn, len(uploads)) as looked:
            received = await receive(draft, uploads, self.checker, self.blobs.of(of_turn(turn)), self.clock(), looked)
        if any(arrival.outcome is Outcome.ASK for arrival in received.arrivals) and await self.read_members(draft):
            received.arrivals = [_settled(arrival, draft) for arrival in received.arrivals]
        return received

    async def read_members(self, draft: Draft) -> bool:
        """Reads the KK's members now, if that is still to be done, and places the cards by them; whether it was."""
        kk = draft.document(Item.KK)
        if kk is None or kk.complete:
            return False
        await self.read_on(kk)
        arrange(draft)
        return True

    async def read_on(self, document: Document) -> None:
        """The second pass over a document, into the shape in hand. A reading that fails leaves the first."""
        fields = await self._second_pass(document.kind.value, [page.blob for page in document.pages], document.check_result)
        document.check_result, document.complete = fields or document.check_result, True

    async def keep_pages(self, turn: str, upload: Upload) -> list[dict[str, str]]:
        """What a file shows, as re-encoded pages (`{"blob", "mime"}`), for people to look at; nothing where it can't be opened."""
        if upload.blob is None:
            return []
        try:
            check = await self.checker.check(await self.blobs.get(upload.blob), None, upload.filename)
        except BlobError:
            return []
        return [{"blob": await self.keep(turn, page.jpeg), "mime": "image/jpeg"} for page in all_pages(check)]

    async def kind_of(self, upload: Upload) -> Kind:
        """What a file looks like; NONE where it can't be opened."""
        if upload.blob is None:
            return Kind.NONE
        try:
            return (await self.checker.check(await self.blobs.get(upload.blob), None, upload.filename)).kind
        except BlobError:
            return Kind.NONE

    async def keep(self, turn: str, data: bytes) -> str:
        """Keeps a file of a turn, such as one that we send; returns the name of its blob."""
        return await self.blobs.put(data, of_turn(turn))

    @property
    def checks(self) -> dict[str, Callable[[], Awaitable[object]]]:
        """What has to answer before this process is ready."""
        return {"database": self.database.check, "blobs": self.blobs.store.check, "documents": self._checker_missing}

    async def alarms(self) -> dict[str, str]:
        """What needs a person's look though all works: jobs that have waited for long, hand-overs whose pages are gone."""
        lost = await self.courier.count_lost()
        stated = {"lost_pages": f"{lost} hand-overs wait for a page that is gone: restore the blobs of the back-up"} if lost else {}
        return {**await self.jobs.late(), **stated}

    async def backed_up(self) -> datetime | None:
        """Up to when a back-up holds everything; None where there is none."""
        return await last_backup(self.database)

    async def _checker_missing(self) -> str | None:
        return None if getattr(self.checker, "ready", True) else "not started"

    async def _read_rest(self, document: DocumentRow) -> None:
        """Reads in the background what the first pass left: nobody waits for it. A reading that fails leaves the first."""
        first = document.check_result
        pages = [page["blob"] for page in document.pages]
        found = await self._second_pass(document.placed["kind"], pages, first, document.draft) if pages else None
        async with self.database.write() as session:
            if (row := await self.unread.hold(session, document)) is not None:
                row.check_result, row.complete = found or first, True
                release(row)

    async def _second_pass(self, kind: str, pages: list[str], first: dict[str, Any], share: str = "") -> dict[str, Any] | None:
        try:
            sheets = [
                check_json(await self.checker.read_all(await self.blobs.get(blob), Kind(kind), share=share)) for blob in pages[:SHEETS]
            ]
        except Exception as error:
            log.warning("intake.second_pass_failed", kind=kind, cause=type(error).__name__)
            return None
        return joined(first, sheets)

    async def _delivered(self, session: AsyncSession, key: str, answer: dict[str, Any]) -> set[str]:
        """What follows when a write arrived: of a bundle, its deadline is known; documents' pages are the office's from now on."""
        kind, _, name = key.partition(":")
        repository = Repository(session)
        if kind == "bundle":
            await repository.note_deadline(name, answer.get("deadline"))
            await repository.forget_pages(draft=name)
        elif kind == "document":
            await repository.forget_pages(submission=name)
        return repository.freed


async def _write(repository: Repository, record: ContactRecord, changes: Changes, contact: str, at: datetime) -> None:
    gone = {draft.id for draft in changes.deleted}
    record.drafts = [draft for draft in record.drafts if draft.id not in gone]
    await repository.save(record)
    for draft in changes.deleted:
        await repository.delete_draft(draft.id)
    for new in changes.complaints:
        await repository.add_complaint(new.number, contact, new.category, at, restricted=new.restricted, anonymous=new.anonymous)
    for number in changes.restricted:
        await repository.restrict_complaint(number)
    for number in changes.closed:
        await repository.close_complaint(number, at)
    for number in changes.over:
        await repository.forget_anonymous(number)
    for number in changes.reopened:
        await repository.reopen_complaint(number)


def _settled(arrival: Arrival, draft: Draft) -> Arrival:
    document = next((found for found in draft.documents if found.submission == arrival.submission), None)
    if document is None or arrival.submission is None or document.item == arrival.item:
        return arrival
    return replace(arrival, outcome=Outcome.TAKEN if document.item else Outcome.LATER, item=document.item)
