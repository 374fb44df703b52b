"""Merges complaints of one person about one matter: the thread goes on under one number."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.actor import Actor
from backoffice.audit.service import Audit
from backoffice.complaints.models import Complaint, ComplaintExclusion, ComplaintMessage
from backoffice.complaints.service import ComplaintService, may_answer, note_last
from backoffice.complaints.sight import Readers, visible_to
from backoffice.errors import Forbidden, Invalid
from standard.complaint_flow import open_states

MOST = 20
"""Complaints of one person that are offered."""


async def others_of(session: AsyncSession, complaint: Complaint, actor: Actor) -> list[Complaint]:
    """The open complaints with which this one may be merged: of the same person, as open or as restricted, and seen by the actor.

    Of a report without a name there is none: it is nobody's.
    """
    if complaint.anonymous:
        return []
    same = (Complaint.contact_id == complaint.contact["id"], Complaint.restricted == complaint.restricted)
    query = select(Complaint).where(*same, Complaint.id != complaint.id, Complaint.anonymous.is_(False), visible_to(actor))
    query = query.where(Complaint.state.in_(open_states()), Complaint.channel == complaint.channel)
    return list(await session.scalars(query.order_by(Complaint.created_at.desc()).limit(MOST)))


async def merge(session: AsyncSession, now: datetime, number: str, into: str, by: Actor) -> None:
    """Takes everything of a complaint over into another, the earlier deadlines with it. Raises NotFound, Forbidden, Invalid."""
    service = ComplaintService(session, now)
    first, second = [await service.lock(each) for each in sorted((number, into))]
    gone, kept = (first, second) if first.number == number else (second, first)
    for one in (gone, kept):
        await service.require_sight(one, by)
        if not may_answer(one, by):
            raise Forbidden
    if kept.id not in {other.id for other in await others_of(session, gone, by)}:
        raise Invalid(field="merge")
    service.move(gone, "gabung")
    gone.merged_into, gone.assigned_to = kept.number, None
    await session.execute(update(ComplaintMessage).where(ComplaintMessage.complaint_id == gone.id).values(complaint_id=kept.id))
    story = ComplaintMessage(id=f"{gone.number}-cerita", complaint_id=kept.id, direction="in", text=gone.text, attachments=[])
    story.at = gone.created_at
    session.add(story)
    excluded = select(ComplaintExclusion.staff_id).where(ComplaintExclusion.complaint_id == gone.id)
    await Readers(session, now).exclude(kept, list(await session.scalars(excluded)))
    kept.urgent = kept.urgent or gone.urgent
    kept.first_reply_due, kept.answer_due = min(kept.first_reply_due, gone.first_reply_due), min(kept.answer_due, gone.answer_due)
    if (gone.last_at or gone.created_at) > (kept.last_at or kept.created_at):
        note_last(kept, gone.last_direction, gone.last_words, gone.last_at or gone.created_at)
    service.tell_merged(gone)
    await Audit(session, now).note("aduan_digabung", by.id, number, {"into": into})
