"""Hands over to the back office what was promised to an applicant: a table of writes, and the worker that repeats each until it arrived."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import httpx
import structlog
from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased
from tenacity import wait_fixed
from tenacity.wait import wait_base

from contracts.sealing import PATH as SEALED
from intake.drafts.blob_owners import of_dispatch
from intake.drafts.tables import DispatchRow
from intake.handover.backoffice import BackOffice, BackOfficeDown, BlobsMissing, Refused
from standard.clock import Clock
from storage.blobs import BlobError
from storage.database import Database
from storage.jobs import Queue, growing
from storage.jobs.queue import release
from storage.kept_blobs import KeptBlobs, let_go, need

log = structlog.get_logger()

WHILE_DOWN = growing(first=2, longest=120)
WHEN_REFUSED = wait_fixed(timedelta(minutes=30))
CONFLICT = 409

BLOB_LOST = "blob_lost"
"""A write whose page is gone or damaged: it waits, with an alarm, until the page is there again (from a back-up, or sent once more)."""

HANDED_OVER_LEAST = timedelta(days=3)
"""Some days, for a back-up that proves to be spoilt."""
HANDED_OVER_MOST = timedelta(days=14)
"""The law lets nobody keep papers twice for long: an office that makes no back-ups loses what came since."""

earlier = aliased(DispatchRow)
OPEN = (DispatchRow.done_at.is_(None), DispatchRow.refused.is_(None))
FIRST = ~exists().where(
    earlier.stream == DispatchRow.stream,
    earlier.id < DispatchRow.id,
    earlier.done_at.is_(None),
    earlier.refused.is_(None) | (earlier.refused == BLOB_LOST),
)
"""The oldest undone write of its stream."""

Delivered = Callable[[AsyncSession, str, dict[str, Any]], Awaitable[set[str]]]
"""What is done in our database when a write arrived: the session, its key, the back office's answer; returns the blobs that it let go."""


@dataclass(frozen=True)
class Standing:
    """How many writes are still to arrive and since when the oldest of them has been due, and how many the office will never take.

    Those that wait for a page that is gone are counted apart (`count_lost`).
    """

    waiting: int
    oldest: datetime | None
    refused: int


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
        await need(session, of_dispatch(dispatch.key), [part["blob"] for part in dispatch.blobs], now)


def handed_over_kept_from(now: datetime, backed_up: datetime | None) -> datetime:
    """What arrived at the office since then is kept: until a back-up of the office holds it, within limits.

    An office that is restored to an older state is sent it again. Without any back-up nothing is kept beyond the longest time.
    """
    return max(now - HANDED_OVER_MOST, min(now - HANDED_OVER_LEAST, backed_up or now - HANDED_OVER_MOST))


async def forget_arrived(session: AsyncSession, before: datetime) -> set[str]:
    """Deletes the writes that arrived before that moment; returns the blobs that they let go, for `erase_unneeded`."""
    keys = await session.scalars(delete(DispatchRow).where(DispatchRow.done_at < before).returning(DispatchRow.key))
    return await let_go(session, map(of_dispatch, keys))


async def send_all_again(session: AsyncSession, now: datetime) -> int:
    """Every kept write is to arrive once more: the back office knows again what it has, and takes what it has lost. Returns how many."""
    arrived = update(DispatchRow).where(DispatchRow.done_at.is_not(None))
    rows = await session.scalars(arrived.values(done_at=None, next_at=now, attempts=0, again=True).returning(DispatchRow.id))
    return len(rows.all())


class Courier:
    """Carries writes over, as jobs: one process has each, and the first of a stream goes first.

    A write whose process died before noting that it arrived is put again: its path is its name, and the back office knows it again.
    """

    def __init__(
        self,
        database: Database,
        backoffice: BackOffice,
        blobs: KeptBlobs,
        clock: Clock,
        delivered: Delivered,
        bot: httpx.AsyncClient | None = None,
    ) -> None:
        self.database, self.backoffice, self.blobs, self.clock = database, backoffice, blobs, clock
        self.delivered = delivered
        self.bot = None if bot is None else BackOffice(bot)
        """What goes to the bot instead: whose a sealed name is (`contracts.sealing`)."""
        self.queue = Queue(database, DispatchRow, DispatchRow.next_at, clock, *OPEN, FIRST)

    async def deliver(self, write: DispatchRow) -> None:
        """Puts one write, and notes what came of it."""
        try:
            answer = await self._put(write.path, write.body, write.blobs)
        except BackOfficeDown as down:
            await self._postpone(write, down, WHILE_DOWN)
        except BlobError as lost:  # ours is gone or damaged: a person has to look, and everything else of the write stays
            log.error("dispatch.blob_lost", path=write.path.rsplit("/", 1)[0], cause=type(lost).__name__)
            await self._give_up(write, BLOB_LOST)
        except Refused as refused:
            log.error("dispatch.refused", path=write.path.rsplit("/", 1)[0], status=refused.status, code=refused.code)
            if refused.status == CONFLICT and not write.again:
                await self._give_up(write, f"{refused.status} {refused.code}")
            else:  # a fault on one of the two sides: what was promised stays, until a corrected version takes it
                await self._postpone(write, refused, WHEN_REFUSED)
        else:
            async with self.database.write() as session:
                if (row := await self.queue.hold(session, write)) is None:
                    return
                row.done_at = self.clock()
                release(row)
                if write.path.startswith(SEALED):  # whose a sealed name is stands with the bot, and in its back-up: nowhere else
                    await session.delete(row)
                freed = await self.delivered(session, write.key, answer)
            await self.blobs.erase_unneeded(freed)  # what goes with the write is kept until a back-up of the office holds it

    async def count_lost(self) -> int:
        """How many writes wait for a page that is gone."""
        async with self.database.look() as session:
            lost = select(func.count()).where(DispatchRow.done_at.is_(None), DispatchRow.refused == BLOB_LOST)
            return (await session.scalars(lost)).one()

    async def standing(self) -> Standing:
        """What is on its way to the office."""
        async with self.database.look() as session:
            open_ = select(func.count(), func.min(DispatchRow.next_at)).where(*OPEN)
            waiting, oldest = (await session.execute(open_)).one()
            refused = select(func.count()).where(
                DispatchRow.done_at.is_(None), DispatchRow.refused.is_not(None), DispatchRow.refused != BLOB_LOST
            )
            return Standing(waiting, oldest, (await session.scalars(refused)).one())

    async def look_for_lost(self) -> None:
        """Takes up again what waited for a page that is there by now."""
        async with self.database.read() as session:
            lost = (await session.scalars(select(DispatchRow).where(DispatchRow.done_at.is_(None), DispatchRow.refused == BLOB_LOST))).all()
        for write in lost:
            if await self._are_whole([part["blob"] for part in write.blobs]):
                async with self.database.write() as session:
                    again = update(DispatchRow).where(DispatchRow.id == write.id, DispatchRow.refused == BLOB_LOST)
                    await session.execute(again.values(refused=None, next_at=self.clock()))

    async def _are_whole(self, blobs: list[str]) -> bool:
        try:
            for blob in blobs:
                await self.blobs.get(blob)
        except BlobError:
            return False
        return True

    async def _put(self, path: str, body: dict[str, Any], blobs: list[Any]) -> dict[str, Any]:
        for blob in blobs:
            await self.backoffice.put_blob(blob["blob"], await self.blobs.get(blob["blob"]), blob["mime"])
        if path.startswith(SEALED):
            if self.bot is None:
                raise BackOfficeDown("no bot")
            return await self.bot.put(path, body)
        try:
            return await self.backoffice.put(path, body)
        except BlobsMissing as missing:  # a blob was lost over there between the two: once more, then the next round
            raise BackOfficeDown(str(missing)) from missing

    async def _postpone(self, write: DispatchRow, cause: Exception, wait: wait_base) -> None:
        async with self.database.write() as session:
            if (row := await self.queue.hold(session, write)) is not None:
                waiting = self.queue.retry(row, wait)
                log.warning("dispatch.postponed", attempts=row.attempts, seconds=waiting.total_seconds(), cause=type(cause).__name__)

    async def _give_up(self, write: DispatchRow, why: str) -> None:
        async with self.database.write() as session:
            if (row := await self.queue.hold(session, write)) is not None:
                row.refused = why
                release(row)
