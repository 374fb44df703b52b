"""Lists cases: each tab of the queue by role, its count, and what a search finds, page by page."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.cases.finding import keys_found
from backoffice.cases.models import Case, CaseTask
from backoffice.cases.search import Query
from backoffice.cases.service import NEVER
from backoffice.staff.actor import Actor
from backoffice.staff.models import Staff
from standard import facts, stages

PAGE = 40
COUNTED_TO = 999
"""Counts stop here: nobody reads more, and the database needn't count a million rows."""

TABS = ("tugas", "saya", "mendesak", "berjalan", "menunggu", "selesai")


LISTED = (
    Case.id, Case.number, Case.child_name, Case.stage, Case.stage_since, Case.deadline, Case.delivered_at, Case.taken_by, Case.taken_until,
    Staff.name.label("holder_name"), Case.bundle["flags"].label("flags"), Case.bundle["warnings"].label("warnings"),
)  # fmt: skip
"""What a list shows of a case. Its bundle is not among it: forty of them would be read for nothing."""


@dataclass(frozen=True)
class Listing:
    """One page of a list: rows of LISTED. `next` is the cursor of the page after it, None at the end."""

    cases: list[Row[Any]]
    next: str | None


class Queues:
    """The lists of cases that one person works from."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime) -> None:
        self._session, self._actor, self._now = session, actor, now

    def tabs(self) -> list[str]:
        """The tabs that mean something to this person."""
        works = any(row.task and row.roles & self._actor.roles for row in stages.transitions().values())
        mine = {"tugas": works, "mendesak": works, "saya": self._actor.takes_cases}
        return [tab for tab in TABS if mine.get(tab, True)]

    async def page(self, tab: str, cursor: str | None, stage: str | None = None) -> Listing:
        """One page of a tab, the most urgent first; of the finished ones the latest first."""
        moment, newest = self._order(tab)
        query = self._keys(tab, stage)
        if cursor and (place := read_cursor(cursor)):
            key = tuple_(moment, newest)
            query = query.where(key < tuple_(*place) if tab == "selesai" else key > tuple_(*place))
        latest_first = tab == "selesai"
        order = (moment.desc(), newest.desc()) if latest_first else (moment, newest)
        keys = query.order_by(*order).limit(PAGE + 1).subquery()
        first, second = keys.c[moment.key], keys.c[newest.key]
        order = (first.desc(), second.desc()) if latest_first else (first, second)
        found = (
            await self._session.execute(_listed().add_columns(first.label("moment")).join(keys, Case.id == second).order_by(*order))
        ).all()
        shown = found[:PAGE]
        return Listing(shown, write_cursor(shown[-1].moment, shown[-1].id) if len(found) > PAGE else None)

    async def counts(self, stage: str | None = None) -> dict[str, int]:
        """How many each tab holds, at most COUNTED_TO + 1: all in one question to the database."""
        tabs = self.tabs()
        row = (await self._session.execute(select(*[_count(self._keys(tab, stage)) for tab in tabs]))).one()
        return dict(zip(tabs, row, strict=True))

    async def count(self, tab: str) -> int:
        """How many one tab holds, at most COUNTED_TO + 1; none where it means nothing to this person."""
        return await self._session.scalar(select(_count(self._keys(tab, None)))) or 0 if tab in self.tabs() else 0

    async def search(self, query: Query, cursor: str | None) -> Listing:
        """Cases that a search finds, the newest first."""
        found = await keys_found(self._session, query, int(cursor) if cursor and cursor.isdigit() else None)
        keys = found.limit(PAGE + 1).subquery()
        rows = (await self._session.execute(_listed().join(keys, Case.id == keys.c.id).order_by(Case.id.desc()))).all()
        return Listing(rows[:PAGE], str(rows[PAGE - 1].id) if len(rows) > PAGE else None)

    def _keys(self, tab: str, stage: str | None) -> Select[Any]:
        moment, key = self._order(tab)
        match tab:
            case "saya":
                query = select(key, moment).where(Case.taken_by == self._actor.id, Case.taken_until > self._now)
            case "menunggu":
                query = select(key, moment).where(Case.stage == "dikembalikan")
            case "selesai":
                query = select(key, moment).where(Case.delivered_at.is_not(None))
            case _:
                query = select(key, moment).distinct()
                if tab != "berjalan":
                    query = query.where(CaseTask.role.in_(self._actor.roles))
                if tab == "mendesak":
                    warn = timedelta(hours=facts.load("deadlines")["service"]["warn_hours_before"])
                    query = query.where(CaseTask.due_at <= self._now + warn)
                if stage:
                    query = query.join(Case, Case.id == CaseTask.case_id)
        return query.where(Case.stage == stage) if stage else query

    @staticmethod
    def _order(tab: str) -> tuple[Any, Any]:
        match tab:
            case "saya" | "menunggu":
                return Case.stage_since, Case.id
            case "selesai":
                return Case.delivered_at, Case.id
            case _:
                return CaseTask.due_at, CaseTask.case_id


def _listed() -> Select[Any]:
    return select(*LISTED).outerjoin(Staff, Staff.id == Case.taken_by)


def _count(keys: Select[Any]) -> Any:
    return select(func.count()).select_from(keys.limit(COUNTED_TO + 1).subquery()).scalar_subquery()


def write_cursor(moment: datetime | None, key: int) -> str:
    """A place in a list, as it stands in an address."""
    return f"{(moment or NEVER).isoformat()}~{key}".replace("+00:00", "Z")


def read_cursor(text: str) -> tuple[datetime, int] | None:
    """The place that a cursor names, or None where it is none."""
    moment, _, key = text.partition("~")
    try:
        return datetime.fromisoformat(moment), int(key)
    except ValueError:
        return None
