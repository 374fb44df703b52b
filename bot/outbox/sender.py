"""Sends what the outbox holds: takes the next row within both limits, uploads its file, sends, writes the outcome down."""

import copy
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from bot.contacts import repository as contacts
from bot.contacts.models import Contact
from bot.contacts.window import window_open
from bot.conversations.models import ConversationQueue
from bot.graph.client import GraphClient, GraphFault, GraphUnreachable, GraphUnsure
from bot.outbox import failures, repository
from bot.outbox.limits import PAIR, Limit
from bot.outbox.models import Number, Sending, State, Upload
from bot.outbox.statuses import merge
from standard.clock import Clock
from storage.blobs import BlobError
from storage.database import Database
from storage.jobs import growing, pause
from storage.kept_blobs import KeptBlobs

log = structlog.get_logger()

LEASE = timedelta(seconds=45)
LEASE_WITH_FILE = timedelta(seconds=180)
"""Longer than the client's own timeouts, so that only a dead process lets one run out."""

UPLOAD_LIVES = timedelta(days=29)
"""Graph keeps an uploaded file for 30 days (contract, 1.6)."""

WHILE_UNREACHABLE = growing(first=1, longest=30)


@dataclass(frozen=True)
class Job:
    """One send in one worker's hands."""

    id: str
    claim: str
    body: dict[str, Any]
    address: dict[str, str]
    blob: str | None
    mime: str | None
    filename: str | None


class Sender:
    """Any number of senders may work side by side: the limits and each contact's order live in the database."""

    def __init__(
        self,
        database: Database,
        blobs: KeptBlobs,
        graph: GraphClient,
        clock: Clock,
        number: str,
        limit: Limit,
        unsure_wait: timedelta,
        counted: Callable[[str], None],
    ) -> None:
        self._database = database
        self._blobs = blobs
        self._graph = graph
        self._clock = clock
        self._number = number
        self._limit = limit
        self._unsure_wait = unsure_wait
        self._counted = counted

    async def claim(self) -> Job | None:
        """The next send that order, window and limits allow, marked as being sent."""
        now = self._clock()
        async with self._database.read() as session:
            if not await repository.is_due(session, now):
                return None
        async with self._database.write() as session:
            number = await repository.number(session, self._number)
            await repository.doubt_abandoned(session, now, self._unsure_wait)
            if number.paused_until is not None and number.paused_until > now:
                return None
            if self._limit.wait(number.free_at, now):
                return None
            for row in await repository.heads(session, now):
                if (job := await self._take(session, row, number, now)) is not None:
                    return job
        return None

    async def _take(self, session: AsyncSession, row: Sending, number: Number, now: datetime) -> Job | None:
        contact = await contacts.find(session, row.contact_id)
        if contact is None or (contact.wa_id is None and contact.user_id is None):
            row.error = "no_address"
            await failures.set_aside(session, row, None, now)
            return None
        if row.stands_for is None and not window_open(contact, now):
            await repository.hold(session, row, now)
            return None
        queue = await session.get(ConversationQueue, contact.id, with_for_update={"skip_locked": True})
        if queue is None:  # somebody is at it, and may wait for what we hold
            return None
        wait = PAIR.wait(queue.pair_free_at, now)
        if wait:
            row.next_try_at = now + wait
            return None
        queue.pair_free_at = PAIR.spend(queue.pair_free_at, now)
        number.free_at = self._limit.spend(number.free_at, now)
        if number.alarm_at is not None:
            number.paused_until = now + failures.ALARM_PROBE  # this send is the probe; the others wait for its outcome
        row.claim, row.attempts = uuid.uuid4().hex, row.attempts + 1
        row.next_try_at = now + (LEASE if row.blob is None else LEASE_WITH_FILE)
        row.state, row.state_at = State.SENDING, now
        return Job(row.id, row.claim, row.body, address(contact), row.blob, row.mime, row.filename)

    async def send(self, job: Job) -> None:
        """Sends one row and writes down what came of it."""
        try:
            body = await self._complete(job)
            wamid = await self._graph.send(body)
        except GraphFault as fault:
            await self._note_fault(job, fault)
        except BlobError as error:
            await self._note_lost_file(job, type(error).__name__)
        except Exception as error:  # a disk, a body of ours: the line behind it must not wait for a lease again and again
            log.exception("send_fault", sending=job.id)
            await self._note_own_fault(job, type(error).__name__)
        else:
            await self._note_accepted(job, wamid)

    async def _complete(self, job: Job) -> dict[str, Any]:
        """The Graph body with address, our own id, and the id of the uploaded file."""
        body = copy.deepcopy(job.body)
        slot = body.pop("_slot", [])
        if job.blob is not None:
            place = body
            for name in slot:
                place = place[name]
            place["id"] = await self._uploaded(job)
        return {"recipient_type": "individual", **job.address, "biz_opaque_callback_data": job.id, **body}

    async def _uploaded(self, job: Job) -> str:
        assert job.blob is not None and job.mime is not None, "only called for a row with a file"
        async with self._database.read() as session:
            known = await session.get(Upload, (job.blob, job.mime))
        if known is not None and known.uploaded_at > self._clock() - UPLOAD_LIVES:
            return known.media_id
        data = await self._blobs.get(job.blob)
        try:
            media_id = await self._graph.upload(data, job.mime, job.filename or "berkas")
        except GraphUnsure as fault:
            raise GraphUnreachable(
                fault.code, fault.status, fault.details
            ) from None  # an upload twice harms nobody; the send was not tried
        async with self._database.write() as session:
            await session.merge(Upload(blob=job.blob, mime=job.mime, media_id=media_id, uploaded_at=self._clock()))
        return media_id

    async def _note_accepted(self, job: Job, wamid: str) -> None:
        async with self._database.write() as session:
            now = self._clock()
            number = await repository.number(session, self._number)
            if number.alarm_at is not None:
                await failures.resume(session, number, now)
            row = await self._row(session, job)
            row.wamid, row.accepted_at, row.error_code, row.error = row.wamid or wamid, now, None, None
            merged = merge(State(row.state), State.ACCEPTED)  # a status may have overtaken the answer
            row.next_try_at = row.claim = None
            await repository.change(session, row, merged, now)
        self._counted("accepted")

    async def _note_fault(self, job: Job, fault: GraphFault) -> None:
        outcome = "retry"
        async with self._database.write() as session:
            now = self._clock()
            number = await repository.number(session, self._number)
            row = await self._row(session, job)
            if row.claim != job.claim:
                return  # a status has told the outcome, or another process has taken the row over
            if isinstance(fault, GraphUnsure):
                log.warning("send_unsure", sending=row.id, http_status=fault.status)
                outcome = "unsure"
                await failures.doubt(session, row, self._unsure_wait, now)
            elif isinstance(fault, GraphUnreachable):
                log.warning("graph_unreachable", sending=row.id, why=fault.details)
                row.next_try_at, row.claim = now + pause(WHILE_UNREACHABLE, row.attempts), None
                row.attempts = min(row.attempts, failures.ATTEMPTS_MOST // 2)  # a broken line is never a reason to give up
                await repository.change(session, row, State.QUEUED, now)
            else:
                failure = failures.Failure(fault.code, fault.status, fault.details, fault.subcode)
                outcome = f"error_{await failures.apply(session, row, failure, now, number)}"
        self._counted(outcome)

    async def _note_lost_file(self, job: Job, cause: str) -> None:
        async with self._database.write() as session:
            row = await self._row(session, job)
            if row.claim != job.claim:
                return
            log.error("send_file_lost", sending=row.id, cause=cause)
            row.claim, row.error = None, cause
            await failures.set_aside(session, row, None, self._clock())
        self._counted("file_lost")

    async def _note_own_fault(self, job: Job, cause: str) -> None:
        async with self._database.write() as session:
            row = await self._row(session, job)
            if row.claim != job.claim:
                return
            await failures.hold_up(session, row, cause, self._clock())
        self._counted("fault")

    async def _row(self, session: AsyncSession, job: Job) -> Sending:
        return await repository.by_id(session, job.id)


def address(contact: Contact) -> dict[str, str]:
    """How Graph is told to whom: the number with its plus, else the BSUID in a field of its own (contract, 1.7)."""
    if contact.phone is not None:
        return {"to": contact.phone}
    return {"recipient": str(contact.user_id)}
