"""Asks the report tables: shares, medians and p90 by stage, officer, kecamatan, week and month, and the list behind each number."""

import asyncio
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Select, func, null, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import load_only

from backoffice.cases.models import Case
from backoffice.complaints.models import Complaint
from backoffice.reports.counted import parts_of
from backoffice.reports.models import CaseOutcome, DocumentReturn, StageVisit
from backoffice.reports.parts import Parts, Run, Spread, spread_of
from backoffice.reports.period import Scope, begin_of, columns
from standard.clock import JAKARTA, today

PAGE = 50


@dataclass(frozen=True)
class Issued:
    """Cases issued in a time or place, and how many of them within 24 hours."""

    count: int
    on_time: int
    median: int | None = None

    @property
    def share(self) -> float | None:
        """From 0 to 1; None where nothing was issued."""
        return self.on_time / self.count if self.count else None


@dataclass(frozen=True)
class Report:
    """All that the page and the exports show of a scope."""

    scope: Scope
    received: int | None
    issued: Issued
    spread: Spread
    closed: int
    returned_cases: int
    stages: dict[str, Spread]
    reasons: dict[tuple[str, str], int]
    officers: dict[tuple[str, str], Spread]
    kecamatan: dict[str, Issued]
    columns: dict[date, Issued]
    complaints: dict[str, tuple[int, int]]


@dataclass(frozen=True)
class Line:
    """One case of the list behind a number; `seconds` is what was measured, None where nothing was."""

    case: Case
    day: date
    seconds: int | None


class Reports:
    """The figures of one scope. Reads only. `restricted`: restricted complaints count, too."""

    def __init__(self, session: AsyncSession, scope: Scope, restricted: bool = False) -> None:
        self._session, self._scope, self._restricted = session, scope, restricted

    async def whole(self) -> Report:
        """Everything at once."""
        parts, received, complaints = await parts_of(self._session, self._scope), await self._received(), await self._complaints()
        return await asyncio.to_thread(make_report, self._scope, parts, received, complaints)

    async def lines(self, what: str, after: tuple[int, int] | None) -> tuple[list[Line], tuple[int, int] | None]:
        """One page of what a number counted (`terbit`, `tahap:draf`, …), the newest case first, and the place after which the next begins.

        Raises KeyError for a number that there is not.
        """
        kind, _, detail = what.partition(":")
        query, tie = self._behind(kind, detail)
        query = query.add_columns(tie).options(load_only(Case.number, Case.child_name, Case.stage))
        if after is not None:
            query = query.where((Case.id < after[0]) | ((Case.id == after[0]) & (tie < after[1])))
        found = (await self._session.execute(query.order_by(Case.id.desc(), tie.desc()).limit(PAGE + 1))).all()
        shown = found[:PAGE]
        lines = [Line(case, today(day) if isinstance(day, datetime) else day, seconds) for case, day, seconds, _ in shown]
        return lines, (shown[-1][0].id, shown[-1][3]) if len(found) > PAGE else None

    def _behind(self, kind: str, detail: str) -> tuple[Select[Any], Any]:
        """The rows that a number counted, and the column that tells rows of one case apart."""
        outcome = select(Case, CaseOutcome.day, CaseOutcome.seconds).join(CaseOutcome, CaseOutcome.case_id == Case.id)
        visit = select(Case, StageVisit.day, StageVisit.seconds).join(StageVisit, StageVisit.case_id == Case.id)
        back = select(Case, DocumentReturn.day, null()).join(DocumentReturn, DocumentReturn.case_id == Case.id)
        first, _, second = detail.partition(":")
        returned = select(DocumentReturn.case_id, func.max(DocumentReturn.day).label("day")).group_by(DocumentReturn.case_id)
        last = self._within(DocumentReturn, returned).subquery()
        once = select(Case, last.c.day, null()).join(last, last.c.case_id == Case.id)
        rows: dict[str, tuple[Any, Select[Any], Any]] = {
            "masuk": (None, select(Case, Case.submitted_at, null()).where(*self._submitted()), Case.id),
            "terbit": (CaseOutcome, outcome.where(CaseOutcome.issued), Case.id),
            "tepat": (CaseOutcome, outcome.where(CaseOutcome.on_time), Case.id),
            "terlambat": (CaseOutcome, outcome.where(CaseOutcome.issued, CaseOutcome.on_time.is_(False)), Case.id),
            "ditutup": (CaseOutcome, outcome.where(CaseOutcome.issued.is_(False)), Case.id),
            "dikembalikan": (None, once, Case.id),
            "alasan": (DocumentReturn, back.where(DocumentReturn.reason == first, DocumentReturn.item == second), DocumentReturn.id),
            "tahap": (StageVisit, visit.where(StageVisit.stage == first), StageVisit.sequence),
            "petugas": (StageVisit, visit.where(StageVisit.staff_id == first, StageVisit.stage == second), StageVisit.sequence),
        }
        table, query, tie = rows[kind]
        return (query if table is None else self._within(table, query)), tie

    def _within(self, table: Any, query: Select[Any]) -> Select[Any]:
        query = query.where(table.day >= self._scope.first, table.day <= self._scope.last)
        return query.where(table.kecamatan == self._scope.kecamatan) if self._scope.kecamatan else query

    def _submitted(self) -> tuple[Any, Any]:
        begin = datetime.combine(self._scope.first, time(), JAKARTA)
        return Case.submitted_at >= begin, Case.submitted_at < datetime.combine(self._scope.last + timedelta(days=1), time(), JAKARTA)

    async def _received(self) -> int | None:
        """Where a case came from is known of those that moved; so this is of all kecamatan or not at all."""
        if self._scope.kecamatan:
            return None
        return await self._session.scalar(select(func.count()).select_from(Case).where(*self._submitted())) or 0

    async def _complaints(self) -> dict[str, tuple[int, int]]:
        """Complaints of the days by category: how many came, how many were answered in time or still may be. All kecamatan."""
        begin = datetime.combine(self._scope.first, time(), JAKARTA)
        end = datetime.combine(self._scope.last + timedelta(days=1), time(), JAKARTA)
        replied = Complaint.first_reply_at.is_not(None) & (Complaint.first_reply_at <= Complaint.first_reply_due)
        query = select(Complaint.category, func.count(), func.count().filter(replied)).where(
            Complaint.created_at >= begin, Complaint.created_at < end
        )
        if not self._restricted:
            query = query.where(Complaint.restricted.is_(False))
        return {category: (count, in_time) for category, count, in_time in await self._session.execute(query.group_by(Complaint.category))}


def make_report(scope: Scope, parts: Parts, received: int | None, complaints: dict[str, tuple[int, int]]) -> Report:
    """The report of these parts. Pure; takes a while for years."""
    stages: dict[str, list[Run]] = {}
    for (_, stage), runs in parts.visits.items():
        stages.setdefault(stage, []).extend(runs)
    places = {place: spread_of(runs) for place, runs in parts.outcomes.items()}
    by_count = sorted(places.items(), key=lambda place: (-place[1].count, place[0]))
    days = list(parts.days.values())
    return Report(
        scope=scope,
        received=received,
        issued=Issued(sum(issued for issued, _ in days), sum(on_time for _, on_time in days)),
        spread=spread_of([run for runs in parts.outcomes.values() for run in runs]),
        closed=parts.closed,
        returned_cases=len(parts.returned),
        stages={stage: spread_of(runs) for stage, runs in stages.items()},
        reasons=dict(sorted(parts.reasons.items(), key=lambda row: (-row[1], row[0]))),
        officers={(group[0], group[1]): spread_of(runs) for group, runs in sorted(parts.visits.items(), key=str) if group[0] is not None},
        kecamatan={place: Issued(spread.count, parts.on_time[place], spread.median) for place, spread in by_count},
        columns=_columns(scope, parts.days),
        complaints=complaints,
    )


def _columns(scope: Scope, days: dict[date, tuple[int, int]]) -> dict[date, Issued]:
    found: dict[date, list[int]] = {}
    for day, counts in days.items():
        sums = found.setdefault(max(begin_of(day, scope.cut), scope.first), [0, 0])
        sums[0] += counts[0]
        sums[1] += counts[1]
    return {first: Issued(*found.get(first, (0, 0))) for first, _ in columns(scope)}
