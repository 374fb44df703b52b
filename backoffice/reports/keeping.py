"""Keeps the figures of months that are over, so that a report of years need not count them again; and forgets what was added to later."""

import asyncio
from collections.abc import Iterable
from datetime import date, datetime, timedelta

import structlog
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.cases.place import ELSEWHERE
from backoffice.reports.counted import EVERYWHERE, count
from backoffice.reports.models import CaseOutcome, MonthFigures, StageVisit
from backoffice.reports.parts import Parts, add_up, pack
from backoffice.reports.period import Cut, begin_of, month_after
from standard import facts
from standard.clock import today
from storage.database import Database

log = structlog.get_logger()

GRACE = timedelta(days=1)
"""After its end a month stays open for so long: acts begun before midnight are written by then."""


async def keep_all(database: Database, now: datetime) -> int:
    """Counts and keeps each month that is over and not kept, one after another; returns how many those were."""
    months = await _open_months(database, begin_of(today(now - GRACE), Cut.MONTH))
    for month in months:
        await _keep(database, month)
        log.info("month_kept", month=month.isoformat())
        await asyncio.sleep(0)
    return len(months)


async def forget_months(session: AsyncSession, days: Iterable[date]) -> None:
    """Lets go of what was kept of the months of these days, to which something is added; the caller has written it and commits."""
    months = {begin_of(day, Cut.MONTH) for day in days}
    if months:
        await session.flush()
        changed = update(MonthFigures).where(MonthFigures.month.in_(months))
        await session.execute(changed.values(version=MonthFigures.version + 1, figures=None))


async def _open_months(database: Database, before: date) -> list[date]:
    async with database.read() as session:
        first = [await session.scalar(select(func.min(table.day))) for table in (StageVisit, CaseOutcome)]
        kept = select(MonthFigures.month).where(MonthFigures.figures.is_not(None), MonthFigures.kecamatan == EVERYWHERE)
        known = set(await session.scalars(kept))
    months, month = [], begin_of(min((day for day in first if day), default=before), Cut.MONTH)
    while month < before:
        months.append(month)
        month = month_after(month)
    return [month for month in months if month not in known]


async def _keep(database: Database, month: date) -> None:
    """The rows are there before the counting begins, and are filled only if their version is still the same: whoever adds to the month
    meanwhile has counted it up, or waits for us to be ready."""
    places = {EVERYWHERE, *facts.load("places")["kecamatan"].values(), ELSEWHERE}
    here = select(MonthFigures.kecamatan, MonthFigures.version).where(MonthFigures.month == month)
    async with database.write() as session:
        known = {place for place, _ in await session.execute(here)}
        session.add_all([MonthFigures(month=month, kecamatan=place, version=0) for place in places - known])
    async with database.write() as session:
        versions = dict((await session.execute(here)).all())
        counted = await count(session, month, month_after(month) - timedelta(days=1))
        packed = await asyncio.to_thread(_pack, places, counted)
        for place, figures in packed.items():
            row = MonthFigures.month == month, MonthFigures.kecamatan == place, MonthFigures.version == versions.get(place)
            await session.execute(update(MonthFigures).where(*row).values(figures=figures))


def _pack(places: set[str], counted: dict[str, Parts]) -> dict[str, bytes]:
    return {place: pack(counted.get(place, Parts())) for place in sorted(places)} | {EVERYWHERE: pack(add_up(counted.values()))}
