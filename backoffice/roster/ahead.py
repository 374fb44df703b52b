"""Says how much work stands before an application that comes in now, so that its receipt promises no hour that can't be kept."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.cases.models import Case
from backoffice.staff.models import Staff, StaffRole, held_at
from standard import stages
from standard.clock import to_local, today
from standard.deadlines import OfficeCalendar, office_calendar
from standard.stages import CaseClock

LOOKED_BACK = timedelta(days=28)
"""Over how many days the office's best day is looked for: long enough for its rhythm, short enough for its people of now."""


async def work_ahead(session: AsyncSession, now: datetime) -> timedelta:
    """Of open office, at the least: as fast as the office was on its best day lately, or as the standard's minutes, whichever is shorter;
    an office that is behind shows by that alone that the standard's minutes are not its own.
    """
    running = [name for name, stage in stages.stages().items() if stage.clock is CaseClock.RUNNING]
    counted = select(Case.stage, func.count(), func.count().filter(Case.deadline < now)).where(Case.stage.in_(running)).group_by(Case.stage)
    rows = (await session.execute(counted)).all()
    waiting, behind = {row[0]: int(row[1]) for row in rows}, any(row[2] for row in rows)
    standard = by_the_standard(waiting, await _people(session, now))
    best = await _best_day(session, now)
    shown = by_the_best_day(sum(waiting.values()), best, now) if best else standard
    return shown if behind else min(shown, standard)


def by_the_standard(waiting: Mapping[str, int], people: Mapping[str, int]) -> timedelta:
    """How long the slowest step needs for all cases that have yet to go through it, where everybody who has its role works on them and
    takes the minutes of the standard (`stages.yml`). `waiting`: cases by stage; `people`: holders by role. Pure.
    """
    before, longest = 0, 0.0
    for name, stage in stages.stages().items():
        if stage.clock is not CaseClock.RUNNING:
            continue
        before += waiting.get(name, 0)
        at_work = {role for row in stages.transitions().values() if row.task and name in row.at for role in row.roles}
        longest = max(longest, before * (stage.minutes or 0) / max(1, sum(people.get(role, 0) for role in at_work)))
    return timedelta(minutes=round(longest))


def by_the_best_day(waiting: int, best: int, now: datetime, calendar: OfficeCalendar | None = None) -> timedelta:
    """How long that many cases take where each day is as good as the best one. Pure."""
    day = (calendar or office_calendar()).next_opening(now)
    spans = (calendar or office_calendar()).spans(to_local(day).date())
    return sum((until - since for since, until in spans), timedelta()) * waiting / best


async def _best_day(session: AsyncSession, now: datetime) -> int:
    """The most cases that were issued on one day of the last four weeks."""
    issued: dict[object, int] = {}
    for moment in await session.scalars(select(Case.delivered_at).where(Case.delivered_at > now - LOOKED_BACK)):
        if moment is not None:
            issued[today(moment)] = issued.get(today(moment), 0) + 1
    return max(issued.values(), default=0)


async def _people(session: AsyncSession, now: datetime) -> dict[str, int]:
    """How many hold each role."""
    query = select(StaffRole.role, func.count(StaffRole.staff_id.distinct())).join(Staff, Staff.id == StaffRole.staff_id)
    return {role: count for role, count in await session.execute(query.where(held_at(now), Staff.active).group_by(StaffRole.role))}
