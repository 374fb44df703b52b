"""Counts, from the events, how many acts and how much time a case took of each role: what the office's own work costs."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.actor import DEPUTY
from backoffice.cases.models import CaseEvent
from backoffice.reports.period import Scope
from standard import roles, stages
from standard.clock import office_zone

LONGEST = timedelta(days=31)
"""Of a longer period its last days are counted: each act is read."""
PAUSE = timedelta(minutes=5)
"""Who has done nothing on a case for so long was elsewhere: no more than that counts before an act."""
ACTS = tuple(row.id for row in stages.transitions().values() if row.roles)


@dataclass(frozen=True)
class Act:
    """One act on a case; `before`: when the same person last looked at it or acted on it, None for the first time."""

    role: str
    case_id: int
    at: datetime
    before: datetime | None


@dataclass(frozen=True)
class Effort:
    """Of one role: how many cases, and of one case the median number of acts and of seconds, and the ninth tenth of these."""

    role: str
    cases: int
    acts: float
    seconds: float
    p90: float


def per_role(acts: Iterable[Act]) -> list[Effort]:
    """The figures, in the order of the way of a case; deputies count with the role that they hold."""
    counts: dict[tuple[str, int], int] = defaultdict(int)
    spent: dict[tuple[str, int], float] = defaultdict(float)
    for act in acts:
        key = (act.role.removeprefix(DEPUTY), act.case_id)
        counts[key] += 1
        spent[key] += min(act.at - act.before, PAUSE).total_seconds() if act.before is not None else 0.0
    found = []
    for role in roles.roles():
        mine = [key for key in counts if key[0] == role]
        if mine:
            seconds = sorted(spent[key] for key in mine)
            ninth = seconds[min(len(seconds) - 1, int(len(seconds) * 0.9))]
            found.append(Effort(role, len(mine), median(counts[key] for key in mine), median(seconds), ninth))
    return found


def counted_days(scope: Scope) -> tuple[date, date]:
    """The days that are counted, both whole."""
    return max(scope.first, scope.last - LONGEST + timedelta(days=1)), scope.last


async def effort(session: AsyncSession, scope: Scope) -> list[Effort]:
    """The figures of the period's last days. Reads only."""
    first, last = counted_days(scope)
    begin, end = (datetime.combine(day, time(), office_zone()) for day in (first, last + timedelta(days=1)))
    event = CaseEvent
    before = (
        func.lag(event.at, type_=event.at.type).over(partition_by=(event.case_id, event.staff_id), order_by=event.sequence).label("before")
    )
    held = select(event.role, event.case_id, event.kind, event.at, before)
    rows = held.where(event.at >= begin, event.at < end, event.staff_id.is_not(None)).subquery()
    query = select(rows.c.role, rows.c.case_id, rows.c.at, rows.c.before).where(rows.c.kind.in_(ACTS))
    return per_role([Act(*row) for row in (await session.execute(query)).all()])
