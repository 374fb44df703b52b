"""Sends what the outbox holds: uploads the file, sends, writes the outcome down."""

import copy
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from bot.graph.client import GraphClient, GraphFault, GraphUnreachable, GraphUnsure
from bot.outbox import failures, repository
from bot.outbox.meta_files import FIRST
from bot.outbox.models import MetaFile, Sending, State, Upload
from bot.outbox.statuses import merge
from bot.outbox.taking import Job, Taker
from standard.clock import Clock
from storage.blobs import BlobError
from storage.database import Database
from storage.group_commit import GroupCommit
from storage.jobs import growing, pause
from storage.kept_blobs import KeptBlobs

log = structlog.get_logger()

UPLOAD_LIVES = timedelta(days=29)
"""Graph keeps an uploaded file for 30 days (contract, 1.6)."""

WHILE_UNREACHABLE = growing(first=1, longest=30)


class Sender:
    """Any number of senders may work side by side: the limits and each contact's order live in the database."""

    def __init__(
        self,
        database: Database,
        blobs: KeptBlobs,
        graph: GraphClient,
        clock: Clock,
        number: str,
        taker: Taker,
        unsure_wait: timedelta,
        counted: Callable[[str], None],
    ) -> None:
        self._database = database
        self._blobs = blobs
        self._graph = graph
        self._clock = clock
        self._number = number
        self._taker = taker
        self._unsure_wait = unsure_wait
        self._counted = counted
        self._accepted = GroupCommit(database, self._put_down_accepted)

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
        body.pop(repository.INSTEAD, None)
        if job.blob is not None:
            place = body
            for name in slot:
                place = place[name]
            place["id"] = await self._uploaded(job)
        return {"recipient_type": "individual", **job.address, "biz_opaque_callback_data": job.id, **body}

    async def _uploaded(self, job: Job) -> str:
        assert job.blob is not None and job.mime is not None, "only called for a row with a file"
        async with self._database.look() as session:
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
            now = self._clock()
            await session.merge(Upload(blob=job.blob, mime=job.mime, media_id=media_id, uploaded_at=now))
            await session.merge(MetaFile(media_id=media_id, blob=job.blob, uploaded_at=now, next_try_at=now + FIRST, attempts=0))
        return media_id

    async def _note_accepted(self, job: Job, wamid: str) -> None:
        await self._accepted.add((job, wamid))
        self._counted("accepted")

    async def _put_down_accepted(self, session: AsyncSession, accepted: Sequence[tuple[Job, str]]) -> None:
        now = self._clock()
        number = await repository.number(session, self._number)
        if number.alarm_at is not None:
            await failures.resume(session, number, now)
        wamids = {job.id: wamid for job, wamid in accepted}
        rows = await repository.by_ids(session, wamids)
        for row in rows:
            row.wamid, row.accepted_at, row.error_code, row.error = row.wamid or wamids[row.id], now, None, None
            row.next_try_at = row.claim = None
            row.state, row.state_at = merge(State(row.state), State.ACCEPTED), now  # a status may have overtaken the answer
        await session.flush()
        for notice_id in sorted({row.notice_id for row in rows if row.notice_id is not None}):
            await repository.refresh_notice(session, notice_id, now)

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
        if number.alarm_at is not None or number.paused_until is not None:
            await self._taker.give_back()
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
