"""Hands over to the back office what was promised to an applicant: a table of writes, and the worker that repeats each until it arrived."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from intake.backoffice import BackOffice, BackOfficeDown, BlobsMissing, Refused
from intake.tables import DispatchRow
from standard.clock import Clock
from storage.blobs import BlobError, BlobStore
from storage.database import Database

log = structlog.get_logger()

FIRST_WAIT = timedelta(seconds=2)
LONGEST_WAIT = timedelta(minutes=2)
WAIT_WHEN_REFUSED = timedelta(minutes=30)
CONFLICT = 409
IDLE_SECONDS = 1.0

Delivered = Callable[[AsyncSession, str, dict[str, Any]], Awaitable[None]]
"""What is done in our database when a write arrived: the session, its key, the back office's answer."""


@dataclass(frozen=True)
class Dispatch:
    """One write: `key` makes it unique, those of one `stream` go in order, `blobs` (`{"blob", "mime"}`) are put first."""

    key: str
    stream: str
    path: str
    body: dict[str, Any]
    blobs: tuple[dict[str, str], ...] = ()


async def add_dispatch(session: AsyncSession, dispatch: Dispatch, now: datetime) -> None:
    """Writes it down within the transaction that promises it; the same key a second time does nothing."""
    known = await session.scalar(select(DispatchRow.id).where(DispatchRow.key == dispatch.key))
    if known is None:
        session.add(
            DispatchRow(
                key=dispatch.key,
                stream=dispatch.stream,
                path=dispatch.path,
                body=dispatch.body,
                blobs=list(dispatch.blobs),
                attempts=0,
                next_at=now,
                done_at=None,
                refused=None,
            )
        )
        await session.flush()


class Courier:
    """The worker. Several may run over one PostgreSQL: each write is idempotent by its path, so the worst is that one goes twice."""

    def __init__(
        self,
        database: Database,
        backoffice: BackOffice,
        blobs: BlobStore,
        clock: Clock,
        delivered: Delivered,
        drop: Callable[[list[str]], Awaitable[None]],
    ) -> None:
        self.database, self.backoffice, self.blobs, self.clock = database, backoffice, blobs, clock
        self.delivered, self.drop = delivered, drop
        self._wake = asyncio.Event()

    def wake(self) -> None:
        """There is something to hand over now."""
        self._wake.set()

    async def run(self) -> None:
        """Hands over until it is cancelled."""
        while True:
            try:
                busy = await self.deliver_due()
            except Exception:
                log.exception("dispatch.worker_failed")
                busy = False
            if not busy:
                self._wake.clear()
                try:
                    await asyncio.wait_for(self._wake.wait(), IDLE_SECONDS)
                except TimeoutError:
                    continue

    async def deliver_due(self) -> bool:
        """One round over everything that is due; whether there was anything."""
        async with self.database.read() as session:
            due = [(row.id, row.key, row.path, row.body, row.blobs) for row in await self._due(session)]
        for row, key, path, body, blobs in due:
            await self._deliver(row, key, path, body, blobs)
        return bool(due)

    async def _due(self, session: AsyncSession) -> list[DispatchRow]:
        """The oldest undone of each stream, where its time has come."""
        earlier = aliased(DispatchRow)
        blocked = exists().where(
            earlier.stream == DispatchRow.stream, earlier.id < DispatchRow.id, earlier.done_at.is_(None), earlier.refused.is_(None)
        )
        rows = await session.scalars(
            select(DispatchRow)
            .where(DispatchRow.done_at.is_(None), DispatchRow.refused.is_(None), DispatchRow.next_at <= self.clock(), ~blocked)
            .order_by(DispatchRow.id)
            .limit(20)
        )
        return list(rows.all())

    async def _deliver(self, row: int, key: str, path: str, body: dict[str, Any], blobs: list[Any]) -> None:
        try:
            answer = await self._put(path, body, blobs)
        except (BackOfficeDown, BlobError) as down:
            await self._postpone(row, down, LONGEST_WAIT)
        except Refused as refused:
            log.error("dispatch.refused", path=path.rsplit("/", 1)[0], status=refused.status, code=refused.code)
            if refused.status == CONFLICT:
                await self._give_up(row, f"{refused.status} {refused.code}")
            else:  # a fault on one of the two sides: what was promised stays, until a corrected version takes it
                await self._postpone(row, refused, WAIT_WHEN_REFUSED)
        else:
            async with self.database.write() as session:
                found = await session.get(DispatchRow, row)
                if found is not None:
                    found.done_at = self.clock()
                    found.body = {}
                await self.delivered(session, key, answer)
            await self.drop([blob["blob"] for blob in blobs])  # the office has them; what a draft still needs stays

    async def _put(self, path: str, body: dict[str, Any], blobs: list[Any]) -> dict[str, Any]:
        for blob in blobs:
            await self.backoffice.put_blob(blob["blob"], await self.blobs.get(blob["blob"]), blob["mime"])
        try:
            return await self.backoffice.put(path, body)
        except BlobsMissing as missing:  # a blob was lost over there between the two: once more, then the next round
            raise BackOfficeDown(str(missing)) from missing

    async def _postpone(self, row: int, cause: Exception, longest: timedelta) -> None:
        async with self.database.write() as session:
            found = await session.get(DispatchRow, row)
            if found is not None:
                found.attempts += 1
                wait = longest if longest > LONGEST_WAIT else min(longest, FIRST_WAIT * 2 ** min(found.attempts - 1, 10))
                found.next_at = self.clock() + wait
                log.warning("dispatch.postponed", attempts=found.attempts, seconds=wait.total_seconds(), cause=type(cause).__name__)

    async def _give_up(self, row: int, why: str) -> None:
        async with self.database.write() as session:
            found = await session.get(DispatchRow, row)
            if found is not None:
                found.refused = why
