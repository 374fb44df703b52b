"""Keeps the tables of the reports in step with the events: at each act, and rebuilt from all events when an administrator asks."""

from collections.abc import Iterable

from sqlalchemy import delete, select

from backoffice.cases.models import Case, CaseEvent
from backoffice.cases.place import kecamatan_of
from backoffice.cases.publishing import Happened
from backoffice.reports.figures import UNDONE, Figures, figures_of
from backoffice.reports.keeping import forget_months
from backoffice.reports.models import CaseOutcome, DocumentReturn, MonthFigures, StageVisit
from standard.clock import today
from storage.database import Database

BATCH = 500


async def count(happened: Happened) -> None:
    """Adds what this one event, already recorded, means for the reports; in the act's own transaction. An arrival ends no stay."""
    session, case, event = happened.session, happened.case, happened.event
    if event.sequence == 1 or ("to" not in event.data and "delivered" not in event.data):
        return
    await session.flush()
    events = await session.scalars(select(CaseEvent).where(CaseEvent.case_id == case.id).order_by(CaseEvent.sequence))
    figures = figures_of(events)
    rows = list(rows_of(case, figures, only=event.sequence))
    session.add_all(rows)
    days = {row.day for row in rows}
    if event.kind == UNDONE:
        kept = [visit.sequence for visit in figures.visits]
        ended = delete(StageVisit).where(StageVisit.case_id == case.id, StageVisit.sequence.not_in(kept)).returning(StageVisit.day)
        days |= set(await session.scalars(ended))
    if event.data.get("delivered") is False:
        days |= set(await session.scalars(delete(CaseOutcome).where(CaseOutcome.case_id == case.id).returning(CaseOutcome.day)))
    await forget_months(session, days)


async def rebuild(database: Database) -> int:
    """Counts all cases anew from their events, some hundred at a time; returns how many those were."""
    last = done = 0
    while True:
        async with database.write() as session:
            cases = list(await session.scalars(select(Case).where(Case.id > last).order_by(Case.id).limit(BATCH)))
            if not cases:
                await session.execute(delete(MonthFigures))
                return done
            ids = [case.id for case in cases]
            for table in (StageVisit, CaseOutcome, DocumentReturn):
                await session.execute(delete(table).where(table.case_id.in_(ids)))
            events: dict[int, list[CaseEvent]] = {key: [] for key in ids}
            query = select(CaseEvent).where(CaseEvent.case_id.in_(ids)).order_by(CaseEvent.case_id, CaseEvent.sequence)
            for event in await session.scalars(query):
                events[event.case_id].append(event)
            for case in cases:
                session.add_all(rows_of(case, figures_of(events[case.id])))
            last, done = ids[-1], done + len(ids)


def rows_of(case: Case, figures: Figures, only: int | None = None) -> Iterable[StageVisit | CaseOutcome | DocumentReturn]:
    """The rows of a case's figures, or `only` those of one event."""
    place = kecamatan_of(case.bundle)
    for visit in figures.visits:
        if only in (None, visit.sequence):
            seconds = int((visit.until - visit.since).total_seconds())
            yield StageVisit(
                case_id=case.id, sequence=visit.sequence, stage=visit.stage, day=today(visit.until), seconds=seconds,
                staff_id=visit.staff_id, kecamatan=place,
            )  # fmt: skip
    for outcome in figures.outcomes:
        if only in (None, outcome.sequence):
            on_time = outcome.issued and outcome.due is not None and outcome.at <= outcome.due
            yield CaseOutcome(
                case_id=case.id, day=today(outcome.at), issued=outcome.issued, on_time=on_time,
                seconds=int((outcome.at - outcome.begin).total_seconds()), kecamatan=place, ended_at=outcome.at,
            )  # fmt: skip
    for back in figures.returns:
        if only in (None, back.sequence):
            yield DocumentReturn(
                case_id=case.id, day=today(back.at), item=back.item, reason=back.reason, staff_id=back.staff_id, kecamatan=place
            )
