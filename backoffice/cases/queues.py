"""Lists cases: each tab of the queue by role, its count, and what a search finds, page by page."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.cases.models import Case, CaseTask, CaseTerm
from backoffice.cases.search import Query
from backoffice.cases.service import NEVER
from backoffice.staff.actor import Actor
from standard import facts, stages

PAGE = 40
COUNTED_TO = 999
"""Counts stop here: nobody reads more, and the database needn't count a million rows."""

TABS = ("tugas", "saya", "mendesak", "berjalan", "menunggu", "selesai")


@dataclass(frozen=True)
class Listing:
    """One page of a list. `next` is the cursor of the page after it, None at the end."""

    cases: list[Case]
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
        order = (moment.desc(), newest.desc()) if tab == "selesai" else (moment, newest)
        found = (await self._session.execute(query.order_by(*order).limit(PAGE + 1))).all()
        shown = found[:PAGE]
        following = write_cursor(shown[-1][1], shown[-1][0]) if len(found) > PAGE else None
        return Listing(await self._cases([row[0] for row in shown]), following)

    async def counts(self, stage: str | None = None) -> dict[str, int]:
        """How many each tab holds, at most COUNTED_TO + 1."""
        return {tab: await self._count(self._keys(tab, stage)) for tab in self.tabs()}

    async def search(self, query: Query, cursor: str | None) -> Listing:
        """Cases that a search finds, the newest first."""
        found = select(Case.id)
        if query.kind == "nomor":
            found = found.where(Case.number == query.words[0])
        else:
            for word in query.words:
                exact = query.kind == "nik"
                match = CaseTerm.term == word if exact else (CaseTerm.term >= word) & (CaseTerm.term < word + "\uffff")
                found = found.where(Case.id.in_(select(CaseTerm.case_id).where(CaseTerm.kind == query.kind, match)))
        if cursor and cursor.isdigit():
            found = found.where(Case.id < int(cursor))
        ids = list(await self._session.scalars(found.order_by(Case.id.desc()).limit(PAGE + 1)))
        return Listing(await self._cases(ids[:PAGE]), str(ids[PAGE - 1]) if len(ids) > PAGE else None)

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

    async def _count(self, query: Select[Any]) -> int:
        return await self._session.scalar(select(func.count()).select_from(query.limit(COUNTED_TO + 1).subquery())) or 0

    async def _cases(self, ids: list[int]) -> list[Case]:
        if not ids:
            return []
        rows = {case.id: case for case in await self._session.scalars(select(Case).where(Case.id.in_(ids)))}
        return [rows[key] for key in ids if key in rows]


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
