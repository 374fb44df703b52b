"""Fills in after an update what its migration left empty, in batches, while the service works.

A migration changes tables, which takes seconds; whatever has to be written for every row that is there it notes as a backfill, and the
running service does that a batch at a time. Until it is done readers know that it is not (`unfinished`). One process works at it at a time.
"""

import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlalchemy import BigInteger, Column, Connection, String, Table, inspect, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.database import Database
from storage.model import Moment, new_metadata

log = structlog.get_logger()

TABLE = Table(
    "backfills",
    new_metadata(),
    Column("name", String(80), primary_key=True),
    Column("place", String(400), nullable=False),
    Column("last", BigInteger(), nullable=False),
    Column("rows", BigInteger(), nullable=False),
    Column("done_at", Moment()),
)
"""Made by the first migration that leaves something: `place` is where the next batch begins, `last` the highest id to be filled (0
where the rows have none that grows), `rows` how many were looked at. A database without the table has nothing to fill."""

ONE_LOOK = 60.0
"""Seconds that one round of housekeeping works at it before others get their turn."""

Step = Callable[[AsyncSession, str, int], Awaitable[tuple[str, int] | None]]
"""Fills one batch from a place on, up to the last id: the next place and how many rows were looked at, None where none was left."""


@dataclass(frozen=True)
class Filling:
    """What one backfill does: a batch, and once after the last what can be promised only then."""

    step: Step
    finish: Callable[[AsyncSession], Awaitable[None]] | None = None


@dataclass(frozen=True)
class Progress:
    """One backfill: how many rows it has looked at, and since when it is done."""

    name: str
    rows: int
    done_at: datetime | None


async def progress(session: AsyncSession) -> list[Progress]:
    """Every backfill that was ever noted here."""
    if not await (await session.connection()).run_sync(_is_there):
        return []
    found = await session.execute(select(TABLE.c.name, TABLE.c.rows, TABLE.c.done_at).order_by(TABLE.c.name))
    return [Progress(name, rows, done_at) for name, rows, done_at in found]


async def unfinished(session: AsyncSession, *names: str) -> list[str]:
    """Which of these (of all, where none is named) are still under way."""
    return [each.name for each in await progress(session) if each.done_at is None and (not names or each.name in names)]


async def fill(database: Database, fillings: Mapping[str, Filling], clock: Callable[[], datetime], seconds: float = ONE_LOOK) -> int:
    """Works at what is unfinished, in the order of `fillings`, for so long or to the end; says how many rows it looked at."""
    until, done = time.monotonic() + seconds, 0
    async with database.read() as session:
        names = await unfinished(session)
    for name in (each for each in fillings if each in names):
        while time.monotonic() < until and (looked := await _batch(database, name, fillings[name], clock())) is not None:
            done += looked
    return done


async def _batch(database: Database, name: str, filling: Filling, now: datetime) -> int | None:
    """One batch in one transaction, with the place where the next begins; None where it is done, or another process is at it."""
    async with database.write() as session:
        rows = select(TABLE.c.place, TABLE.c.last).where(TABLE.c.name == name, TABLE.c.done_at.is_(None)).with_for_update(skip_locked=True)
        if (row := (await session.execute(rows)).one_or_none()) is None:
            return None
        found = await filling.step(session, row.place, row.last)
        if found is None:
            if filling.finish is not None:
                await filling.finish(session)
            await session.execute(update(TABLE).where(TABLE.c.name == name).values(done_at=now))
            log.info("backfill_done", job=name)
            return None
        place, looked = found
        await session.execute(update(TABLE).where(TABLE.c.name == name).values(place=place, rows=TABLE.c.rows + looked))
        return looked


def _is_there(connection: Connection) -> bool:
    return inspect(connection).has_table(TABLE.name)
