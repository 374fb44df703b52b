"""Asks the report tables: shares, medians and p90 by stage, officer, kecamatan, week and month."""

import asyncio
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.cases.models import Case
from backoffice.complaints.models import Complaint
from backoffice.reports.counted import parts_of
from backoffice.reports.lists import REPLIED_IN_TIME, complained_in, submitted_in
from backoffice.reports.parts import Parts, Run, Spread, spread_of
from backoffice.reports.period import Scope, begin_of, columns


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


class Reports:
    """The figures of one scope. Reads only. `restricted`: restricted complaints count, too."""

    def __init__(self, session: AsyncSession, scope: Scope, restricted: bool = False) -> None:
        self._session, self._scope, self._restricted = session, scope, restricted

    async def whole(self) -> Report:
        """Everything at once."""
        parts, received, complaints = await parts_of(self._session, self._scope), await self._received(), await self._complaints()
        return await asyncio.to_thread(make_report, self._scope, parts, received, complaints)

    async def _received(self) -> int:
        return await self._session.scalar(select(func.count()).select_from(Case).where(*submitted_in(self._scope))) or 0

    async def _complaints(self) -> dict[str, tuple[int, int]]:
        """Complaints of the days by category: how many came, how many got their first reply in time. All kecamatan."""
        query = select(Complaint.category, func.count(), func.count().filter(REPLIED_IN_TIME))
        rows = await self._session.execute(query.where(*complained_in(self._scope, self._restricted)).group_by(Complaint.category))
        return {category: (count, in_time) for category, count, in_time in rows}


def make_report(scope: Scope, parts: Parts, received: int, complaints: dict[str, tuple[int, int]]) -> Report:
    """The report of these parts. Pure; takes a while for years."""
    stages: dict[str, list[Run]] = {}
    for (_, stage), runs in parts.visits.items():
        stages.setdefault(stage, []).extend(runs)
    places = {place: spread_of(runs) for place, runs in parts.outcomes.items()}
    by_count = sorted(places.items(), key=lambda place: (-place[1].count, place[0]))
    by_name = sorted((staff_id, stage) for staff_id, stage in parts.visits if staff_id is not None)
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
        officers={(staff_id, stage): spread_of(parts.visits[staff_id, stage]) for staff_id, stage in by_name},
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
