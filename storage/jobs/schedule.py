"""Does housekeeping again and again, once however many processes there are: a row for each, with its next time, is claimed like a job."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import String, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Database
from storage.jobs.queue import Leased, Queue, release


class Scheduled(Leased):
    """The columns of a service's table of housekeeping."""

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    next_at: Mapped[datetime]


class Schedule:
    """What is to be done every so often. What this process does not know, as of a newer version, it leaves alone."""

    def __init__(self, database: Database, table: type[Scheduled], clock: Callable[[], datetime]) -> None:
        self._database, self._table, self._clock = database, table, clock
        self._works: dict[str, tuple[timedelta, Callable[[], Awaitable[Any]]]] = {}
        self._queue: Queue[Scheduled] | None = None

    def every(self, period: timedelta, name: str, work: Callable[[], Awaitable[Any]]) -> None:
        """Adds one; it is done for the first time at once."""
        self._works[name] = (period, work)
        self._queue = None

    async def claim(self) -> Scheduled | None:
        """The housekeeping whose time has come."""
        if self._queue is None:
            await self._introduce()
            self._queue = Queue(self._database, self._table, self._table.next_at, self._clock, self._table.name.in_(self._works))
        return await self._queue.claim()

    async def work(self, job: Scheduled) -> None:
        """Does it, and notes when it is due again."""
        assert self._queue is not None, "the job was claimed from it"
        await self._queue.doing(self._do)(job)

    async def _do(self, job: Scheduled) -> None:
        assert self._queue is not None, "the job was claimed from it"
        period, work = self._works[job.name]
        await work()
        async with self._database.write() as session:
            if (row := await self._queue.hold(session, job)) is not None:
                row.next_at = self._clock() + period
                release(row)

    async def _introduce(self) -> None:
        async with self._database.read() as session:
            known = set(await session.scalars(select(self._table.name)))
        for name in self._works.keys() - known:
            with suppress(IntegrityError):  # another process was first
                async with self._database.write() as session:
                    await session.execute(insert(self._table).values(name=name, next_at=self._clock(), attempts=0))
