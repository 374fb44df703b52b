"""Notes who has read how far, and who has a thread open now."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.actor import Actor
from backoffice.complaints.models import Complaint, ComplaintReading
from backoffice.staff.models import Staff

HERE = timedelta(seconds=45)
"""So long a page that said it is open counts as open; it says so every twenty seconds."""


async def read(session: AsyncSession, complaint: Complaint, actor: Actor, now: datetime, *, here: bool = True) -> None:
    """The actor has the thread before them, and has read all of it."""
    if actor.id is None:
        return
    row = await session.get(ComplaintReading, (complaint.id, actor.id), with_for_update=True)
    if row is None:
        row = ComplaintReading(complaint_id=complaint.id, staff_id=actor.id)
        session.add(row)
    row.read_at, row.here_until = now, now + HERE if here else None


async def others_here(session: AsyncSession, complaint: Complaint, actor: Actor, now: datetime) -> list[str]:
    """The names of the colleagues who have it open."""
    query = select(Staff.name).join(ComplaintReading, ComplaintReading.staff_id == Staff.id)
    here = (ComplaintReading.complaint_id == complaint.id, ComplaintReading.here_until > now, ComplaintReading.staff_id != actor.id)
    return list(await session.scalars(query.where(*here).order_by(Staff.name)))


async def unread(session: AsyncSession, complaints: Iterable[Complaint], actor: Actor) -> set[str]:
    """The ids of those in which the citizen has written since the actor looked."""
    listed = {complaint.id: complaint for complaint in complaints}
    query = select(ComplaintReading.complaint_id, ComplaintReading.read_at)
    rows = await session.execute(query.where(ComplaintReading.staff_id == actor.id, ComplaintReading.complaint_id.in_(listed)))
    seen = {complaint_id: at for complaint_id, at in rows}
    return {
        key
        for key, complaint in listed.items()
        if key not in seen or (complaint.last_in_at is not None and complaint.last_in_at > seen[key])
    }
