"""Counts for Prometheus what the office has under way and what runs out: cases, complaints, notices. Numbers only, nothing of anybody."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from prometheus_client import CollectorRegistry, Gauge
from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.cases.models import Case
from backoffice.complaints.models import Complaint
from backoffice.escalation.models import CaseAlarm
from backoffice.notices.models import Notice, NoticeState
from standard import stages
from standard.complaint_flow import open_states
from standard.stages import CaseClock

SOON = timedelta(days=1)
"""A complaint's clock is near its end a day before."""
RECENT = timedelta(days=1)
"""For so long a notice that failed is counted."""
WAITING = (NoticeState.QUEUED, NoticeState.HANDED_OVER, NoticeState.WAITING_WINDOW)
"""States of notices on their way; those that have arrived are not counted: there are millions of them."""


class Watching:
    """The gauges of the office, set anew at each question."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.cases = Gauge("backoffice_cases", "Cases under way by stage", ["stage"], registry=registry)
        self.case_clocks = Gauge("backoffice_case_clocks", "Cases with a clock near its end or over", ["clock", "state"], registry=registry)
        self.complaints = Gauge("backoffice_complaints", "Complaints under way by state", ["state"], registry=registry)
        self.complaint_clocks = Gauge(
            "backoffice_complaint_clocks", "Complaints with a clock near its end or over", ["clock", "state"], registry=registry
        )
        self.notices = Gauge("backoffice_notices", "Notices on their way, and failed since a day, by state", ["state"], registry=registry)
        self.oldest_notice = Gauge("backoffice_oldest_notice_seconds", "Age of the oldest notice not handed over", registry=registry)

    async def look(self, session: AsyncSession, now: datetime) -> None:
        """Sets all of them."""
        for gauge in (self.cases, self.case_clocks, self.complaints, self.complaint_clocks, self.notices):
            gauge.clear()
        await self._cases(session, now)
        await self._complaints(session, now)
        failed = (Notice.state == NoticeState.FAILED) & (Notice.state_at >= now - RECENT)
        on_the_way = select(Notice.state, func.count()).where(Notice.state.in_(WAITING) | failed).group_by(Notice.state)
        await self._set(session, self.notices, on_the_way, [*WAITING, NoticeState.FAILED])
        oldest = await session.scalar(select(func.min(Notice.at)).where(Notice.state == NoticeState.QUEUED))
        self.oldest_notice.set((now - oldest).total_seconds() if oldest else 0)

    async def _cases(self, session: AsyncSession, now: datetime) -> None:
        under_way = [row.id for row in stages.stages().values() if row.clock is not CaseClock.ENDED]
        by_stage = select(Case.stage, func.count()).where(Case.stage.in_(under_way)).group_by(Case.stage)
        await self._set(session, self.cases, by_stage, under_way)
        cases = func.count(CaseAlarm.case_id.distinct())
        clocks = select(CaseAlarm.clock, cases.filter(CaseAlarm.due_at <= now), cases).where(CaseAlarm.near_at <= now)
        for clock, late, all_near in await session.execute(clocks.group_by(CaseAlarm.clock)):
            self.case_clocks.labels(clock, "late").set(late)
            self.case_clocks.labels(clock, "near").set(all_near - late)

    async def _complaints(self, session: AsyncSession, now: datetime) -> None:
        states = sorted(open_states())
        under_way = Complaint.state.in_(states)
        await self._set(session, self.complaints, select(Complaint.state, func.count()).where(under_way).group_by(Complaint.state), states)
        unanswered = Complaint.first_reply_at.is_(None)
        for clock, due, open_ in (
            ("first_reply", Complaint.first_reply_due, unanswered),
            ("answer", Complaint.answer_due, Complaint.closed_at.is_(None)),
        ):
            late, near = func.count().filter(due <= now), func.count().filter(due > now)
            counted = select(late, near).select_from(Complaint).where(under_way, open_, due <= now + SOON)
            for state, count in zip(("late", "near"), (await session.execute(counted)).one(), strict=True):
                self.complaint_clocks.labels(clock, state).set(count)

    async def _set(self, session: AsyncSession, gauge: Gauge, counted: Select[str, int], names: Sequence[str]) -> None:
        """A count for each name, 0 where there is none: a series that comes and goes raises no alarm."""
        found = {name: count for name, count in await session.execute(counted)}
        for name in names:
            gauge.labels(str(name)).set(found.get(name, 0))
