"""Asks the report tables: shares, medians and p90 by stage, officer, kecamatan, week and month."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.actor import Actor
from backoffice.cases.models import Case
from backoffice.complaints.models import Complaint
from backoffice.reports.counted import parts_of
from backoffice.reports.lists import REPLIED_IN_TIME, bounds, complained_in, overdue_in, submitted_in
from backoffice.reports.models import CaseOutcome
from backoffice.reports.parts import Parts, Run, Spread, spread_of
from backoffice.reports.period import Scope, begin_of, columns
from backoffice.siak.outages import Span, length, spans, touches
from standard.clock import today


@dataclass(frozen=True)
class Issued:
    """Cases issued in a time or place, how many of them within 24 hours, and how many are still open though their time has run out."""

    count: int
    on_time: int
    median: int | None = None
    overdue: int = 0

    @property
    def share(self) -> float | None:
        """How many of all that should be done by now were done in time, from 0 to 1; None where nothing was due."""
        due = self.count + self.overdue
        return self.on_time / due if due else None


@dataclass(frozen=True)
class Overdue:
    """An open case whose time ran out on that day."""

    kecamatan: str
    since: date


@dataclass(frozen=True)
class Report:
    """All that the page and the exports show of a scope."""

    scope: Scope
    received: int
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
    siak_down: int = 0
    """Seconds in which the central SIAK could not be used."""
    late_with_siak: int = 0
    """Cases issued late in whose time the central SIAK could not be used, in part."""


class Reports:
    """The figures of one scope as they stand `now`. Reads only. `reader`: whose complaints count (`complaints.sight`)."""

    def __init__(self, session: AsyncSession, scope: Scope, now: datetime, reader: Actor | None = None) -> None:
        self._session, self._scope, self._now, self._reader = session, scope, now, reader

    async def whole(self) -> Report:
        """Everything at once."""
        parts, received, complaints = await parts_of(self._session, self._scope), await self._received(), await self._complaints()
        report = await asyncio.to_thread(make_report, self._scope, parts, received, complaints, await self._overdue())
        down = await spans(self._session, *bounds(self._scope), self._now)
        return replace(report, siak_down=int(length(down).total_seconds()), late_with_siak=await self._late_in(down))

    async def _late_in(self, down: Sequence[Span]) -> int:
        if not down:
            return 0
        ended = [CaseOutcome.day >= self._scope.first, CaseOutcome.day <= self._scope.last]
        ended += [CaseOutcome.kecamatan == self._scope.kecamatan] if self._scope.kecamatan else []
        late = select(CaseOutcome.ended_at, CaseOutcome.seconds).where(*ended, CaseOutcome.issued, ~CaseOutcome.on_time)
        return sum(touches(down, at - timedelta(seconds=seconds or 0), at) for at, seconds in await self._session.execute(late))

    async def _received(self) -> int:
        return await self._session.scalar(select(func.count()).select_from(Case).where(*submitted_in(self._scope))) or 0

    async def _overdue(self) -> list[Overdue]:
        rows = await self._session.execute(select(Case.kecamatan, Case.deadline).where(*overdue_in(self._scope, self._now)))
        return [Overdue(place, today(due)) for place, due in rows if due is not None]

    async def _complaints(self) -> dict[str, tuple[int, int]]:
        """Complaints of the days by category: how many came, how many got their first reply in time. All kecamatan."""
        query = select(Complaint.category, func.count(), func.count().filter(REPLIED_IN_TIME))
        rows = await self._session.execute(query.where(*complained_in(self._scope, self._reader)).group_by(Complaint.category))
        return {category: (count, in_time) for category, count, in_time in rows}


def make_report(scope: Scope, parts: Parts, received: int, complaints: dict[str, tuple[int, int]], overdue: list[Overdue]) -> Report:
    """The report of these parts. Pure; takes a while for years."""
    stages: dict[str, list[Run]] = {}
    for (_, stage), runs in parts.visits.items():
        stages.setdefault(stage, []).extend(runs)
    places = {place: spread_of(runs) for place, runs in parts.outcomes.items()}
    by_count = sorted(places.items(), key=lambda place: (-place[1].count, place[0]))
    by_name = sorted((staff_id, stage) for staff_id, stage in parts.visits if staff_id is not None)
    days = list(parts.days.values())
    late = Counter(case.kecamatan for case in overdue)
    nothing: Spread = spread_of([])
    return Report(
        scope=scope,
        received=received,
        issued=Issued(sum(issued for issued, _ in days), sum(on_time for _, on_time in days), overdue=len(overdue)),
        spread=spread_of([run for runs in parts.outcomes.values() for run in runs]),
        closed=parts.closed,
        returned_cases=len(parts.returned),
        stages={stage: spread_of(runs) for stage, runs in stages.items()},
        reasons=dict(sorted(parts.reasons.items(), key=lambda row: (-row[1], row[0]))),
        officers={(staff_id, stage): spread_of(parts.visits[staff_id, stage]) for staff_id, stage in by_name},
        kecamatan={
            place: Issued(spread.count, parts.on_time.get(place, 0), spread.median, late[place])
            for place, spread in [*by_count, *((place, nothing) for place in sorted(late) if place not in places)]
        },
        columns=_columns(scope, parts.days, overdue),
        complaints=complaints,
    )


def _columns(scope: Scope, days: dict[date, tuple[int, int]], overdue: list[Overdue]) -> dict[date, Issued]:
    """Issued cases by their day, overdue ones by the day on which their time ran out; those of before the scope at its first day."""
    found: dict[date, list[int]] = {}
    late = Counter(max(begin_of(case.since, scope.cut), scope.first) for case in overdue)
    for day, counts in days.items():
        sums = found.setdefault(max(begin_of(day, scope.cut), scope.first), [0, 0])
        sums[0] += counts[0]
        sums[1] += counts[1]
    sums_of = {first: found.get(first, [0, 0]) for first, _ in columns(scope)}
    return {first: Issued(issued, on_time, overdue=late[first]) for first, (issued, on_time) in sums_of.items()}
