"""Hands out the rows of a table as jobs: each to one holder at a time, for as long as its lease is renewed."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

import structlog
from sqlalchemy import ColumnElement, String, and_, bindparam, func, inspect, null, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column
from tenacity.wait import wait_base

from storage.database import Database
from storage.jobs.backoff import growing, pause

log = structlog.get_logger()

LEASE = timedelta(seconds=30)
"""Renewed every third of it. When a process is killed, its jobs are free again after so long."""

AFTER_FAULT = growing(first=1, longest=300)
"""A job whose work raises what nobody foresaw is put off for so long."""


class Leased:
    """The columns of a table whose rows are jobs. `attempts` counts claims since the job was last done."""

    claimed_by: Mapped[str | None] = mapped_column(String(32))
    """Who works on it: a name made anew with every claim. Nobody else may write the outcome down."""
    leased_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)


Row = TypeVar("Row", bound=Leased)


@dataclass(frozen=True)
class Backlog:
    """How many jobs are due or in work, and since when the oldest is."""

    jobs: int
    oldest: datetime | None


def release(row: Leased, done: bool = True) -> None:
    """Gives a held row back. Its next claim counts as the first, unless it is not done."""
    row.claimed_by = row.leased_until = None
    if done:
        row.attempts = 0


class Queue(Generic[Row]):
    """The jobs of one table: rows whose `due_at` has come and for which every condition holds, the longest due first.

    "The first undone one of each stream" is such a condition. `due_at` is the table's own column; NULL is never due. A table without one
    has jobs that are due until they are done; a fault then puts one off for as long as its lease lasts.
    """

    def __init__(
        self,
        database: Database,
        table: type[Row],
        due_at: InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None] | None,
        clock: Callable[[], datetime],
        *conditions: ColumnElement[bool],
        lease: timedelta = LEASE,
    ) -> None:
        self._database, self._table, self._due_at, self._clock, self._lease = database, table, due_at, clock, lease
        self._conditions = conditions
        (self._key,) = inspect(table).primary_key
        # Built once: to build such a statement takes SQLAlchemy longer than to run it.
        at = bindparam("queue_now", type_=table.leased_until.type)  # no name of a column: `notices` has an `at`
        self._look = self._due(at)
        next_one = self._look.with_for_update(skip_locked=True, of=table).scalar_subquery()
        taken = {"claimed_by": bindparam("queue_holder"), "leased_until": bindparam("queue_until"), "attempts": table.attempts + 1}
        self._claim = update(table).where(self._key == next_one).values(taken).returning(table)
        mine = and_(self._key == bindparam("queue_job"), table.claimed_by == bindparam("queue_holder"))
        self._renewal = update(table).where(mine).values(leased_until=bindparam("queue_until"))
        self._hold = self._renewal.returning(table)

    async def claim(self) -> Row | None:
        """The next job, leased to the caller; it bears its `claimed_by`. None when nothing is due, or others have it."""
        if not await self.may_be_due():
            return None
        async with self._database.write() as session:
            return await self.claim_within(session)

    async def claim_within(self, session: AsyncSession) -> Row | None:
        """The same as part of the caller's transaction, which may begin the work at once."""
        now = self._clock()
        given = {"queue_now": now, "queue_holder": uuid.uuid4().hex, "queue_until": now + self._lease}
        return (await session.scalars(self._claim, given, execution_options={"synchronize_session": False})).one_or_none()

    async def may_be_due(self) -> bool:
        """Whether it is worth a transaction to claim: on SQLite looking is free, while whoever writes waits for every other writer."""
        if not self._database.is_sqlite:
            return True
        async with self._database.look() as session:
            return await session.scalar(self._look, {"queue_now": self._clock()}) is not None

    async def hold(self, session: AsyncSession, job: Row) -> Row | None:
        """The job's row, locked, its lease renewed; None when another holder has taken it over, and the caller must change nothing."""
        options = {"synchronize_session": False, "populate_existing": True}
        row = (await session.scalars(self._hold, self._held(job), execution_options=options)).one_or_none()
        if row is None:
            log.warning("lease_lost", jobs=self._table.__name__)
        return row

    def retry(self, row: Row, wait: wait_base) -> timedelta:
        """Gives a held row back, to be tried again after a pause that grows with its attempts; returns the pause."""
        assert self._due_at is not None, "a table without a time of its own has no other one to try again at"
        waiting = pause(wait, row.attempts)
        setattr(row, self._due_at.key, self._clock() + waiting)
        release(row, done=False)
        return waiting

    async def put_off(self, job: Row) -> None:
        """A job whose work raised what nobody foresaw waits and holds up no other; where it has no time of its own, by its lease."""
        if self._due_at is None:
            return
        async with self._database.write() as session:
            if (row := await self.hold(session, job)) is not None:
                self.retry(row, AFTER_FAULT)

    def doing(self, work: Callable[[Row], Awaitable[None]]) -> Callable[[Row], Awaitable[None]]:
        """The work with its lease kept. A fault that nobody foresaw puts the job off, so that it holds up no other, and is raised."""

        async def leased_work(job: Row) -> None:
            try:
                async with self.kept(job):
                    await work(job)
            except Exception:
                await self.put_off(job)
                raise

        return leased_work

    @asynccontextmanager
    async def kept(self, job: Row) -> AsyncIterator[None]:
        """Renews the lease for as long as the block runs."""
        ended = asyncio.Event()
        renewing = asyncio.create_task(self._renew(job, ended))
        try:
            yield
        finally:
            ended.set()
            await renewing

    async def backlog(self) -> Backlog:
        """What is due now, in work or not."""
        async with self._database.read() as session:
            oldest = null() if self._due_at is None else func.min(self._due_at)
            due = select(func.count(self._key), oldest).where(*self._has_come(self._clock()))
            return Backlog(*(await session.execute(due)).one())

    async def _renew(self, job: Row, ended: asyncio.Event) -> None:
        while True:
            try:
                await asyncio.wait_for(ended.wait(), self._lease / timedelta(seconds=3))
                return
            except TimeoutError:
                pass
            try:
                async with self._database.write() as session:
                    await session.execute(self._renewal, self._held(job), execution_options={"synchronize_session": False})
            except Exception as error:  # the database is away: the next try may come in time
                log.warning("lease_not_renewed", jobs=self._table.__name__, cause=type(error).__name__)

    def _due(self, now: Any) -> Any:
        free = or_(self._table.leased_until.is_(None), self._table.leased_until <= now)
        longest_first = () if self._due_at is None else (self._due_at,)
        return select(self._key).where(free, *self._has_come(now)).order_by(*longest_first, self._key).limit(1)

    def _has_come(self, now: Any) -> list[ColumnElement[bool]]:
        return [*self._conditions] if self._due_at is None else [self._due_at <= now, *self._conditions]

    def _held(self, job: Row) -> dict[str, Any]:
        return {"queue_job": getattr(job, self._key.key), "queue_holder": job.claimed_by, "queue_until": self._clock() + self._lease}
