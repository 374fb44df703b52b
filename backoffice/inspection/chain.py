"""Checks the hash chains: of each case, of the acts beside them; whether every case that came is there, and every event noted since."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.audit.models import AuditEvent
from backoffice.audit.service import ARRIVED, GENESIS, hash_of
from backoffice.cases.ledger import first_broken
from backoffice.cases.models import Case, CaseEvent
from backoffice.cases.values import CaseValues
from backoffice.inspection.anchoring import ANCHORED

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


async def check_number(session: AsyncSession, number: str) -> Break | None:
    """The first event of a case that does not fit, the very first where the case is gone or came in by another way; else None."""
    case = await session.scalar(select(Case).where(Case.number == number))
    if case is not None:
        query = select(CaseEvent).where(CaseEvent.case_id == case.id).order_by(CaseEvent.sequence)
        place = await _first_wrong(session, case, list(await session.scalars(query)))
        if place is not None:
            return Break(number, place)
    return await anext(check_arrivals(session, number), None)


async def check_arrivals(session: AsyncSession, number: str | None = None) -> AsyncIterator[Break]:
    """Cases that came and are gone, or began otherwise than noted; then cases that nobody saw arriving. `number`: only this one.

    Cases older than the first noted arrival have no note, and none is asked for.
    """
    notes = select(AuditEvent.subject, AuditEvent.data, CaseEvent.hash).where(AuditEvent.action == ARRIVED)
    notes = notes.outerjoin(Case, Case.number == AuditEvent.subject)
    notes = notes.outerjoin(CaseEvent, (CaseEvent.case_id == Case.id) & (CaseEvent.sequence == 1))
    noted = select(AuditEvent.subject).where(AuditEvent.action == ARRIVED)
    first = select(func.min(Case.id)).where(Case.number.in_(noted)).scalar_subquery()
    unseen = select(Case.number).where(Case.id > first, Case.number.not_in(noted))
    if number is not None:
        notes, unseen = notes.where(AuditEvent.subject == number), unseen.where(Case.number == number)
    async for subject, data, found in await session.stream(notes):
        if found != data.get("hash"):
            yield Break(subject, 1)
    async for slipped_in in await session.stream_scalars(unseen):
        yield Break(slipped_in, 1)


async def check_heads(session: AsyncSession) -> AsyncIterator[Break]:
    """Cases that lack an event that was noted as their last (`anchoring`), or have another in its place: each once, at its first gap."""
    reported: set[str] = set()
    notes = select(AuditEvent.data).where(AuditEvent.action == ANCHORED).order_by(AuditEvent.id)
    async for data in await session.stream_scalars(notes):
        heads: dict[str, tuple[int, str]] = data["heads"]
        there = select(Case.number, CaseEvent.sequence, CaseEvent.hash).join(CaseEvent, CaseEvent.case_id == Case.id)
        wanted = there.where(Case.number.in_(heads), CaseEvent.sequence.in_({count for count, _ in heads.values()}))
        found = {(number, sequence): hash_ for number, sequence, hash_ in await session.execute(wanted)}
        lost = {number: count for number, (count, head) in heads.items() if found.get((number, count)) != head and number not in reported}
        counts = dict((await session.execute(select(Case.number, Case.events).where(Case.number.in_(lost)))).all()) if lost else {}
        reported |= lost.keys()
        for number, count in lost.items():
            yield Break(number, min(count, counts.get(number, 0) + 1))


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
            place = await _first_wrong(session, case, events[case.id])
            yield None if place is None else Break(case.number, place)
        last = cases[-1].id
        session.expunge_all()


async def _first_wrong(session: AsyncSession, case: Case, events: list[CaseEvent]) -> int | None:
    """Where the chain breaks; in a whole one, where what lies beside an event is not what it vouches for."""
    broken = first_broken(case, events)
    return await CaseValues(session).first_altered(case, events) if broken is None else broken


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
