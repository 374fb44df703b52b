"""Counts the parts of a report from its tables, or reads them where a month that is over was counted before."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import String, cast, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.reports.models import CaseOutcome, DocumentReturn, MonthFigures, StageVisit
from backoffice.reports.parts import Parts, add_up, read_run, unpack
from backoffice.reports.period import Scope, uncovered, whole_months

EVERYWHERE = ""
"""Where a kept month's figures are those of all kecamatan."""


async def parts_of(session: AsyncSession, scope: Scope) -> Parts:
    """The parts of all days of the scope: kept months as they are kept, all other days counted now."""
    kept = await _kept(session, whole_months(scope), scope.kecamatan or EVERYWHERE)
    rest = [await count(session, first, last, scope.kecamatan) for first, last in uncovered(scope, kept)]
    return add_up([*map(unpack, kept.values()), *[parts for places in rest for parts in places.values()]])


async def _kept(session: AsyncSession, months: Collection[date], kecamatan: str) -> dict[date, bytes]:
    query = select(MonthFigures.month, MonthFigures.figures).where(
        MonthFigures.month.in_(months), MonthFigures.kecamatan == kecamatan, MonthFigures.figures.is_not(None)
    )
    return {month: figures for month, figures in await session.execute(query) if figures is not None} if months else {}


async def count(session: AsyncSession, first: date, last: date, kecamatan: str | None = None) -> dict[str, Parts]:
    """The parts of these days by kecamatan, of all or of one."""

    async def rows(table: Any, *columns: Any, groups: tuple[Any, ...]) -> list[Any]:
        query = select(table.kecamatan, *groups, *columns).where(table.day >= first, table.day <= last)
        if kecamatan:
            query = query.where(table.kecamatan == kecamatan)
        return list(await session.execute(query.group_by(table.kecamatan, *groups)))

    def lengths(table: Any) -> Any:
        return func.aggregate_strings(cast(table.seconds, String), ",")

    found: defaultdict[str, Parts] = defaultdict(Parts)
    in_time = func.count().filter(CaseOutcome.on_time)
    for place, day, issued, counted, on_time in await rows(
        CaseOutcome, func.count(), in_time, groups=(CaseOutcome.day, CaseOutcome.issued)
    ):
        if issued:
            found[place].days[day] = counted, on_time
        else:
            found[place].closed += counted
    for place, issued, text in await rows(CaseOutcome, lengths(CaseOutcome), groups=(CaseOutcome.issued,)):
        if issued:
            found[place].outcomes[place] = [read_run(text)]
            found[place].on_time[place] = sum(on_time for _, on_time in found[place].days.values())
    for place, staff_id, stage, text in await rows(StageVisit, lengths(StageVisit), groups=(StageVisit.staff_id, StageVisit.stage)):
        found[place].visits[staff_id, stage] = [read_run(text)]
    for place, reason, item, counted in await rows(DocumentReturn, func.count(), groups=(DocumentReturn.reason, DocumentReturn.item)):
        found[place].reasons[reason, item] = counted
    returned: defaultdict[str, set[int]] = defaultdict(set)
    for place, case_id in await rows(DocumentReturn, groups=(DocumentReturn.case_id,)):
        returned[place].add(case_id)
    for place, ids in returned.items():
        found[place].returned = ids
    return found
