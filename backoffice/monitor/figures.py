"""Counts what the public screen shows: today's numbers, how many stand at each stage, which moved last. Nothing personal."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.cases.models import Case
from backoffice.reports.lists import overdue_in
from backoffice.reports.models import CaseOutcome
from backoffice.reports.period import Scope
from backoffice.reports.queries import Issued
from standard import stages
from standard.clock import office_zone, today
from standard.stages import CaseClock

LATEST = 7
AWAY = ("selesai", "ditolak")
"""Stages at which nothing is under way any more."""


@dataclass(frozen=True)
class Moved:
    """A case that moved today: its number's last part, which only its applicant knows to be theirs, and where it stands."""

    short: str
    stage: str
    at: datetime


@dataclass(frozen=True)
class MonitorFigures:
    """One look at the office. `by_stage` holds every stage under way, in the order of the way; `share` is None before anything was due."""

    received: int
    working: int
    waiting: int
    issued: int
    overdue: int
    share: float | None
    by_stage: dict[str, int]
    latest: list[Moved]


async def look(session: AsyncSession, now: datetime) -> MonitorFigures:
    """The figures of this moment."""
    day = today(now)
    midnight = datetime.combine(day, time(), office_zone())
    under_way = [row.id for row in stages.stages().values() if row.id not in AWAY]
    counted = dict((await session.execute(select(Case.stage, func.count()).where(Case.stage.in_(under_way)).group_by(Case.stage))).all())
    by_stage = {stage: counted.get(stage, 0) for stage in under_way}
    clocks = {stage: stages.stages()[stage].clock for stage in under_way}
    received = await session.scalar(select(func.count()).select_from(Case).where(Case.submitted_at >= midnight))
    month = select(func.count(), func.count().filter(CaseOutcome.on_time)).where(
        CaseOutcome.issued, CaseOutcome.day >= day.replace(day=1), CaseOutcome.day <= day
    )
    all_issued, on_time = (await session.execute(month)).one()
    overdue = await session.scalar(select(func.count()).select_from(Case).where(*overdue_in(Scope(day.replace(day=1), day), now))) or 0
    issued = await session.scalar(select(func.count()).select_from(CaseOutcome).where(CaseOutcome.issued, CaseOutcome.day == day))
    recent = select(Case.number, Case.stage, Case.stage_since).where(Case.stage.in_(under_way), Case.stage_since >= midnight)
    latest = [
        Moved(number[-4:], stage, at) for number, stage, at in await session.execute(recent.order_by(Case.stage_since.desc()).limit(LATEST))
    ]
    return MonitorFigures(
        received=received or 0,
        working=sum(count for stage, count in by_stage.items() if clocks[stage] is CaseClock.RUNNING),
        waiting=by_stage.get("dikembalikan", 0),
        issued=issued or 0,
        overdue=overdue,
        share=Issued(all_issued, on_time, overdue=overdue).share,
        by_stage=by_stage,
        latest=latest,
    )


class Board:
    """Keeps a look for some seconds: a screen that anybody may open must not become work for the database."""

    FRESH = timedelta(seconds=5)

    def __init__(self) -> None:
        self._at: datetime | None = None
        self._figures: MonitorFigures | None = None

    async def figures(self, session: AsyncSession, now: datetime) -> MonitorFigures:
        """The figures, at most some seconds old."""
        if self._figures is None or self._at is None or not timedelta() <= now - self._at < self.FRESH:
            self._figures, self._at = await look(session, now), now
        return self._figures
