"""Lists for a superior the cases of those below that are near or past a deadline: the soonest due first, page by page."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import defer

from backoffice.actor import Actor
from backoffice.cases.models import Case
from backoffice.cases.queues import read_cursor, write_cursor
from backoffice.escalation.models import CaseAlarm
from standard.escalation import Clock
from standard.roles import Permission

PAGE = 40


@dataclass(frozen=True)
class Row:
    """One case with those of its clocks that are near their end or over, the gravest first."""

    case: Case
    alarms: list[tuple[Clock, datetime]]
    now: datetime

    @property
    def late(self) -> bool:
        """Whether one of them is over."""
        return any(due_at <= self.now for _, due_at in self.alarms)

    @property
    def codes(self) -> list[str]:
        """`layanan_lewat`, `tahap_hampir`, …"""
        return [f"{clock}_{'lewat' if due_at <= self.now else 'hampir'}" for clock, due_at in self.alarms]


@dataclass(frozen=True)
class Counts:
    """How many cases have a clock that is over, and how many others one that is near its end."""

    late: int
    near: int


@dataclass(frozen=True)
class Page:
    """One page, and the cursor of the next, None at the end."""

    rows: list[Row]
    next: str | None


class Attention:
    """What concerns one superior: the alarms of the roles below; of all roles for who may take cases over."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime) -> None:
        self._session, self._actor, self._now = session, actor, now

    async def counts(self) -> dict[Clock | None, Counts]:
        """Of each clock and, under None, of all together: in one question."""
        columns = [func.min(CaseAlarm.due_at).label("any")]
        columns += [func.min(CaseAlarm.due_at).filter(CaseAlarm.clock == clock).label(clock) for clock in Clock]
        soonest = select(*columns).where(*self._mine()).group_by(CaseAlarm.case_id).subquery()
        sums = [count for due_at in soonest.c for count in (func.count(due_at), func.count().filter(due_at <= self._now))]
        found = (await self._session.execute(select(*sums).select_from(soonest))).one()
        return {clock: Counts(late, count - late) for clock, count, late in zip((None, *Clock), found[::2], found[1::2], strict=True)}

    async def page(self, clock: Clock | None, cursor: str | None) -> Page:
        """One page of all clocks, or of one."""
        query, soonest = self._soonest(clock), func.min(CaseAlarm.due_at)
        if cursor and (place := read_cursor(cursor)):
            query = query.having(tuple_(soonest, CaseAlarm.case_id) > tuple_(*place))
        found = (await self._session.execute(query.order_by(soonest, CaseAlarm.case_id).limit(PAGE + 1))).all()
        shown = found[:PAGE]
        rows = await self._rows([case_id for case_id, _ in shown])
        return Page(rows, write_cursor(shown[-1][1], shown[-1][0]) if len(found) > PAGE else None)

    def _soonest(self, clock: Clock | None) -> Select[*tuple[Any, ...]]:
        query = select(CaseAlarm.case_id, func.min(CaseAlarm.due_at).label("due_at")).where(*self._mine())
        return (query.where(CaseAlarm.clock == clock) if clock else query).group_by(CaseAlarm.case_id)

    def _mine(self) -> list[Any]:
        now = [CaseAlarm.near_at <= self._now]
        return now if self._actor.may(Permission.TAKE_OVER) else [*now, CaseAlarm.role.in_(self._actor.roles)]

    async def _rows(self, ids: list[int]) -> list[Row]:
        alarms: dict[int, dict[Clock, datetime]] = {key: {} for key in ids}
        running = select(CaseAlarm.case_id, CaseAlarm.clock, CaseAlarm.due_at).where(CaseAlarm.case_id.in_(ids), *self._mine())
        for key, clock, due_at in await self._session.execute(running):
            alarms[key][Clock(clock)] = due_at
        listed = select(Case).where(Case.id.in_(ids)).options(defer(Case.bundle, raiseload=True))  # forty bundles, and none of them shown
        cases = {case.id: case for case in await self._session.scalars(listed)}
        in_order = {key: [(clock, found[clock]) for clock in Clock if clock in found] for key, found in alarms.items()}
        return [Row(cases[key], in_order[key], self._now) for key in ids]
