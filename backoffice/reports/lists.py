"""Lists the cases and complaints behind each number of a report, the newest first, page by page."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, null, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import load_only

from backoffice.actor import Actor
from backoffice.cases.models import Case
from backoffice.complaints.models import Complaint
from backoffice.complaints.sight import counted_for
from backoffice.reports.models import CaseOutcome, DocumentReturn, StageVisit
from backoffice.reports.period import Scope, columns
from standard import stages
from standard.clock import office_zone, today

PAGE = 50
REPLIED_IN_TIME = Complaint.first_reply_at.is_not(None) & (Complaint.first_reply_at <= Complaint.first_reply_due)
OF_COMPLAINTS = frozenset({"aduan", "dibalas"})
"""Numbers behind which complaints stand, not cases."""


@dataclass(frozen=True)
class Line:
    """One case; `seconds` is what was measured, None where nothing was."""

    case: Case
    day: date
    seconds: int | None


@dataclass(frozen=True)
class Page:
    """Lines, or complaints; `next` is the place after which the next page begins, None at the end."""

    rows: list[Any]
    next: tuple[int, int] | tuple[datetime, str] | None


class Lists:
    """What the numbers of one scope counted as they stand `now`. Reads only. `reader`: whose complaints count (`complaints.sight`)."""

    def __init__(self, session: AsyncSession, scope: Scope, now: datetime, reader: Actor | None = None) -> None:
        self._session, self._scope, self._now, self._reader = session, scope, now, reader

    async def cases(self, what: str, after: tuple[int, int] | None) -> Page:
        """Cases that a number counted (`terbit`, `tahap:draf`, …). Raises KeyError for a number that there is not."""
        kind, _, detail = what.partition(":")
        query, tie = self._behind(kind, detail)
        query = query.add_columns(tie).options(load_only(Case.number, Case.child_name, Case.stage))
        if after is not None:
            query = query.where((Case.id < after[0]) | ((Case.id == after[0]) & (tie < after[1])))
        found = (await self._session.execute(query.order_by(Case.id.desc(), tie.desc()).limit(PAGE + 1))).all()
        shown = found[:PAGE]
        lines = [Line(case, today(day) if isinstance(day, datetime) else day, seconds) for case, day, seconds, _ in shown]
        return Page(lines, (shown[-1][0].id, shown[-1][3]) if len(found) > PAGE else None)

    async def complaints(self, what: str, after: tuple[datetime, str] | None) -> Page:
        """Complaints of a category (`aduan:lama`), or those of it that were answered in time (`dibalas:lama`)."""
        kind, _, category = what.partition(":")
        query = select(Complaint).where(*complained_in(self._scope, self._reader), Complaint.category == category)
        if kind == "dibalas":
            query = query.where(REPLIED_IN_TIME)
        place = tuple_(Complaint.created_at, Complaint.number)
        if after is not None:
            query = query.where(place < tuple_(*after))
        query = query.order_by(Complaint.created_at.desc(), Complaint.number.desc()).limit(PAGE + 1)
        found = list(await self._session.scalars(query))
        last = found[:PAGE][-1] if len(found) > PAGE else None
        return Page(found[:PAGE], (last.created_at, last.number) if last else None)

    def _behind(self, kind: str, detail: str) -> tuple[Select[*tuple[Any, ...]], Any]:
        """The rows that a number counted, and the column that tells rows of one case apart."""
        outcome = select(Case, CaseOutcome.day, CaseOutcome.seconds).join(CaseOutcome, CaseOutcome.case_id == Case.id)
        visit = select(Case, StageVisit.day, StageVisit.seconds).join(StageVisit, StageVisit.case_id == Case.id)
        back = select(Case, DocumentReturn.day, null()).join(DocumentReturn, DocumentReturn.case_id == Case.id)
        late = select(Case, Case.deadline, null()).where(*overdue_in(self._scope, self._now))
        first, _, second = detail.partition(":")
        returned = select(DocumentReturn.case_id, func.max(DocumentReturn.day).label("day")).group_by(DocumentReturn.case_id)
        last = self._within(DocumentReturn, returned).subquery()
        once = select(Case, last.c.day, null()).join(last, last.c.case_id == Case.id)
        rows: dict[str, tuple[Any, Select[*tuple[Any, ...]], Any]] = {
            "masuk": (None, select(Case, Case.submitted_at, null()).where(*submitted_in(self._scope)), Case.id),
            "lewat": (None, late, Case.id),
            "lewat_masa": (None, late.where(*self._ran_out_in(first)), Case.id),
            "lewat_kecamatan": (None, late.where(Case.kecamatan == first), Case.id),
            "terbit": (CaseOutcome, outcome.where(CaseOutcome.issued), Case.id),
            "tepat": (CaseOutcome, outcome.where(CaseOutcome.on_time), Case.id),
            "terlambat": (CaseOutcome, outcome.where(CaseOutcome.issued, CaseOutcome.on_time.is_(False)), Case.id),
            "ditutup": (CaseOutcome, outcome.where(CaseOutcome.issued.is_(False)), Case.id),
            "masa": (CaseOutcome, outcome.where(CaseOutcome.issued, *self._column(first)), Case.id),
            "masa_tepat": (CaseOutcome, outcome.where(CaseOutcome.on_time, *self._column(first)), Case.id),
            "kecamatan": (CaseOutcome, outcome.where(CaseOutcome.issued, CaseOutcome.kecamatan == first), Case.id),
            "dikembalikan": (None, once, Case.id),
            "alasan": (DocumentReturn, back.where(DocumentReturn.reason == first, DocumentReturn.item == second), DocumentReturn.id),
            "tahap": (StageVisit, visit.where(StageVisit.stage == first), StageVisit.sequence),
            "petugas": (StageVisit, visit.where(StageVisit.staff_id == first, StageVisit.stage == second), StageVisit.sequence),
        }
        table, query, tie = rows[kind]
        return (query if table is None else self._within(table, query)), tie

    def _column(self, first: str) -> list[ColumnElement[bool]]:
        """The days of the week or month that begins on that day; none where no column does."""
        last = {begin.isoformat(): end for begin, end in columns(self._scope)}.get(first)
        return [CaseOutcome.day >= date.fromisoformat(first), CaseOutcome.day <= last] if last else [CaseOutcome.day.is_(None)]

    def _ran_out_in(self, first: str) -> list[ColumnElement[bool]]:
        """The time ran out in that week or month, or before the scope where it is the first one; none where no column does."""
        last = {begin.isoformat(): end for begin, end in columns(self._scope)}.get(first)
        if last is None:
            return [Case.deadline.is_(None)]
        begin = date.fromisoformat(first)
        return _moments_in(Case.deadline, Scope(date.min if begin == self._scope.first else begin, last))

    def _within(self, table: Any, query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
        query = query.where(table.day >= self._scope.first, table.day <= self._scope.last)
        return query.where(table.kecamatan == self._scope.kecamatan) if self._scope.kecamatan else query


def submitted_in(scope: Scope) -> list[ColumnElement[bool]]:
    """What a case must fulfil that came in the days of a scope."""
    place = [Case.kecamatan == scope.kecamatan] if scope.kecamatan else []
    return [*_moments_in(Case.submitted_at, scope), *place]


def overdue_in(scope: Scope, now: datetime) -> list[ColumnElement[bool]]:
    """What an open case must fulfil whose time had run out by the last of the days and that is still not done."""
    running = [row.id for row in stages.stages().values() if row.clock is stages.CaseClock.RUNNING]
    end = min(now, datetime.combine(scope.last + timedelta(days=1), time(), office_zone()))
    place = [Case.kecamatan == scope.kecamatan] if scope.kecamatan else []
    return [Case.stage.in_(running), Case.deadline.is_not(None), Case.deadline < end, *place]


def complained_in(scope: Scope, reader: Actor | None) -> list[ColumnElement[bool]]:
    """What a complaint must fulfil of the days of a scope, wherever it came from."""
    return [*_moments_in(Complaint.created_at, scope), counted_for(reader)]


def bounds(scope: Scope) -> tuple[datetime, datetime]:
    """The moment at which the days of a scope begin, and the one at which they are over."""
    begin = datetime.min.replace(tzinfo=UTC) if scope.first == date.min else datetime.combine(scope.first, time(), office_zone())
    return begin, datetime.combine(scope.last + timedelta(days=1), time(), office_zone())


def _moments_in(column: Any, scope: Scope) -> list[ColumnElement[bool]]:
    begin, end = bounds(scope)
    return [column < end] if scope.first == date.min else [column >= begin, column < end]
