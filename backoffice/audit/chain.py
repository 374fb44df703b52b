"""Checks the hash chains: that of each case and that of the acts beside them. Whatever was changed, removed or slipped in shows."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.audit.models import AuditEvent
from backoffice.audit.service import GENESIS, hash_of
from backoffice.cases.ledger import first_broken
from backoffice.cases.models import Case, CaseEvent

BATCH = 500


@dataclass(frozen=True)
class Break:
    """Where a chain is broken: `what` is a case's number or `audit`, `place` the first event that does not fit."""

    what: str
    place: int


@dataclass(frozen=True)
class AuditChain:
    """What a check of the acts beside cases found. Whoever notes down `head` can prove later that nothing was cut off (`seen`)."""

    events: int
    head: str
    broken: Break | None
    seen: bool


async def check_case(session: AsyncSession, case: Case) -> Break | None:
    """The first event of a case that does not fit, or None."""
    query = select(CaseEvent).where(CaseEvent.case_id == case.id).order_by(CaseEvent.sequence)
    place = first_broken(case, await session.scalars(query))
    return None if place is None else Break(case.number, place)


async def check_cases(session: AsyncSession) -> AsyncIterator[Break | None]:
    """Goes through all cases: for each its first break, or None where its chain is whole."""
    last = 0
    while True:
        cases = list(await session.scalars(select(Case).where(Case.id > last).order_by(Case.id).limit(BATCH)))
        if not cases:
            return
        events: dict[int, list[CaseEvent]] = {case.id: [] for case in cases}
        query = select(CaseEvent).where(CaseEvent.case_id.in_(events)).order_by(CaseEvent.case_id, CaseEvent.sequence)
        for event in await session.scalars(query):
            events[event.case_id].append(event)
        for case in cases:
            place = first_broken(case, events[case.id])
            yield None if place is None else Break(case.number, place)
        last = cases[-1].id
        session.expunge_all()


async def check_audit(session: AsyncSession, seen: str | None = None) -> AuditChain:
    """Goes through the acts beside cases. `seen` is a head noted at an earlier check: is it still part of the chain?"""
    previous, count, last = GENESIS, 0, 0
    broken, found = None, seen is None
    while True:
        events = list(await session.scalars(select(AuditEvent).where(AuditEvent.id > last).order_by(AuditEvent.id).limit(BATCH)))
        if not events:
            return AuditChain(count, previous, broken, found)
        for event in events:
            if broken is None and event.hash != hash_of(previous, event):
                broken = Break("audit", event.id)
            previous, count, last = event.hash, count + 1, event.id
            found = found or event.hash == seen
        session.expunge_all()
