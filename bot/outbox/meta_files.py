"""Deletes files at Meta: ours once everybody has them, those that people sent once we keep them. Meta would keep each for 30 days."""

import logging
from collections.abc import Callable
from datetime import timedelta

import structlog
from sqlalchemy import delete, exists

from bot.graph.client import GraphClient, GraphFault
from bot.outbox.models import MetaFile, Sending, State, Upload
from standard.clock import Clock
from storage.database import Database
from storage.jobs import Queue, growing

log = structlog.get_logger()

FIRST = timedelta(minutes=10)
"""After the upload: the same form may go to the next person, and a status may still say that it failed."""

RETRY = growing(first=60, longest=6 * 3600)
META_KEEPS = timedelta(days=30)
"""Then it is gone there by itself (contract, 1.6)."""

GONE = 100
"""Meta's code for a file that is not there."""

OR_NOT_ALLOWED = 33
"""The subcode by which the same code says: not there, or the token may not. The file may lie there still."""

UNCLEAR_TRIES = 8
"""So often that is tried again, within about two hours: a right may be missing only for a while."""

NEEDED = (State.QUEUED, State.SENDING, State.UNSURE, State.HELD, State.STUCK, State.ACCEPTED, State.SENT)
"""While a send stands here, the phone may still have to fetch the file. After SENT_FILES_KEPT_DAYS such a send names no file any more."""


class MetaFiles:
    """Works off the files that lie at Meta."""

    def __init__(self, database: Database, graph: GraphClient, clock: Clock, counted: Callable[[str], None]) -> None:
        waited_for = exists().where(Sending.blob == MetaFile.blob, Sending.state.in_(NEEDED))
        self.jobs = Queue(database, MetaFile, MetaFile.next_try_at, clock, ~waited_for)
        self._database, self._graph, self._clock, self._counted = database, graph, clock, counted

    async def delete(self, file: MetaFile) -> None:
        """Has one file deleted; again, for as long as Meta keeps it."""
        outcome = "deleted"
        try:
            await self._graph.delete_media(file.media_id)
        except GraphFault as fault:
            outcome = self._outcome(fault, file)
            level = logging.WARNING if outcome == "unclear" else logging.INFO
            log.log(
                level,
                "meta_file_not_deleted",
                code=fault.code,
                subcode=fault.subcode,
                http_status=fault.status,
                attempts=file.attempts,
                tried_again=outcome == "retry",
            )
        async with self._database.write() as session:
            if (row := await self.jobs.hold(session, file)) is None:
                return
            if outcome == "retry":
                self.jobs.retry(row, RETRY)
            else:
                await session.execute(delete(Upload).where(Upload.media_id == file.media_id))
                await session.delete(row)
        self._counted(outcome)

    def _outcome(self, fault: GraphFault, file: MetaFile) -> str:
        """`gone`, `retry`, or `unclear`: given up without knowing whether it is gone."""
        if self._clock() >= file.uploaded_at + META_KEEPS:
            return "gone"
        if fault.code != GONE:
            return "retry"
        if fault.subcode != OR_NOT_ALLOWED:
            return "gone"
        return "retry" if file.attempts < UNCLEAR_TRIES else "unclear"
