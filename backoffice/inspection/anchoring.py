"""Notes in the chain of acts, every hour, how far the chains of cases that moved have come: events cut off a case's end are missed then."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.audit.models import AuditEvent
from backoffice.audit.service import Audit
from backoffice.cases.models import Case, CaseEvent
from backoffice.services import Services

ANCHORED = "rantai_dicatat"
"""The act. Its `heads` map a case's number to its count of events and the hash of the last: all that came before follows from it."""

FIRST_LOOK = timedelta(hours=1)
OVERLAP = timedelta(minutes=10)
"""An event bears the moment of its request and is written a little later: so much before the last note is looked at again."""

AT_ONCE = 500
"""Cases in one note."""


async def anchor(services: Services) -> int:
    """Notes the heads of the cases that moved since the last note; returns how many those were."""
    async with services.database.write() as session:
        return await _note_heads(session, services.clock())


async def _note_heads(session: AsyncSession, now: datetime) -> int:
    """The very first note looks back one hour only: cases that rest since before are noted when they move again."""
    last = await session.scalar(select(func.max(AuditEvent.at)).where(AuditEvent.action == ANCHORED))
    since = (last or now - FIRST_LOOK) - OVERLAP
    moved = select(CaseEvent.case_id).where(CaseEvent.at >= since)
    query = select(Case.number, Case.events, Case.head_hash).where(Case.id.in_(moved)).order_by(Case.id)
    heads = [(number, [count, head]) for number, count, head in await session.execute(query)]
    for begin in range(0, len(heads), AT_ONCE):
        part = dict(heads[begin : begin + AT_ONCE])
        await Audit(session, now).note(ANCHORED, None, None, {"count": len(part), "heads": part})
    return len(heads)
