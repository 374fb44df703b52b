"""Does what no button does: names missing readers of complaints, closes what is over, and takes what is late up the ladder."""

from datetime import datetime

import structlog
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.complaints.inbox import is_open
from backoffice.complaints.models import Complaint, ComplaintExclusion
from backoffice.complaints.service import ComplaintService
from backoffice.complaints.sight import Readers
from backoffice.notices.mail import MAILTO
from backoffice.notices.outbox import Outbox
from backoffice.services import Services
from backoffice.staff.models import Staff, StaffRole
from standard.complaint_flow import ladder, reopening_states
from standard.complaints import reopen_until
from standard.deadlines import office_calendar

log = structlog.get_logger()

MAIL = "surel_aduan_lewat"

AT_ONCE = 200
"""Complaints of each sort in one round; the next takes the others."""


async def tend(services: Services) -> int:
    """One round; returns how many complaints changed."""
    now = services.clock()
    async with services.database.write() as session:
        climbed = await _climb(session, now)
        changed = await _name_readers(session, now) + await _close(session, now) + len(climbed)
        if services.settings.smtp_url:
            for complaint in climbed:
                await _write_to(session, now, complaint)
    if changed:
        await services.live.tell()
    return changed


async def _name_readers(session: AsyncSession, now: datetime) -> int:
    """Restricted ones without a reader, as soon as there is one."""
    query = select(Complaint).where(Complaint.restricted, Complaint.reader_id.is_(None), is_open)
    lacking = list(await session.scalars(query.limit(AT_ONCE)))
    readers, named = Readers(session, now), 0
    for complaint in lacking:
        complaint.reader_id = await readers.reader_for(complaint)
        named += complaint.reader_id is not None
    if named < len(lacking):
        log.error("complaints.no_reader", count=len(lacking) - named)
    return named


async def _close(session: AsyncSession, now: datetime) -> int:
    """Those that nobody took up again in the days that there were for it."""
    query = select(Complaint).where(Complaint.state.in_(reopening_states())).order_by(Complaint.closed_at).limit(AT_ONCE)
    service, closed = ComplaintService(session, now), 0
    for complaint in await session.scalars(query):
        if complaint.closed_at is not None and now > reopen_until(complaint.closed_at):
            service.move(complaint, "tutup")
            closed += 1
    return closed


async def _climb(session: AsyncSession, now: datetime) -> list[Complaint]:
    """Each working day that one is late it stands one step higher; a restricted one goes to a reader outside the accused's line, once."""
    late = select(Complaint).where(is_open, Complaint.next_due < now, Complaint.level < len(ladder()) - 1)
    readers, climbed = Readers(session, now), []
    for complaint in await session.scalars(late.order_by(Complaint.level, Complaint.next_due).limit(AT_ONCE)):
        due = complaint.answer_due if complaint.first_reply_at else complaint.first_reply_due
        level = next(
            step for step in range(1, len(ladder())) if step == len(ladder()) - 1 or office_calendar().add_working_days(due, step) > now
        )
        if level <= complaint.level:
            continue
        complaint.level = level
        climbed.append(complaint)
        if complaint.restricted:
            complaint.reader_id = await readers.reader_for(complaint, outside=True) or complaint.reader_id
    return climbed


async def _write_to(session: AsyncSession, now: datetime, complaint: Complaint) -> None:
    """An e-mail to whoever stands at the step that a late one has come to, and sees it: its number and nothing of it.

    Of a restricted one to its reader alone.
    """
    holds = (StaffRole.valid_from <= now) & (StaffRole.valid_until.is_(None) | (StaffRole.valid_until > now))
    at_step = select(StaffRole.staff_id).where(StaffRole.role == ladder()[complaint.level], holds)
    excluded = select(ComplaintExclusion.staff_id).where(ComplaintExclusion.complaint_id == complaint.id)
    whom = Staff.id == complaint.reader_id if complaint.restricted else Staff.id.in_(at_step) & Staff.id.not_in(excluded)
    due = complaint.answer_due if complaint.first_reply_at else complaint.first_reply_due
    for staff in await session.scalars(select(Staff).where(Staff.active, Staff.email.is_not(None), whom)):
        Outbox(session, now).add(MAIL, f"{MAILTO}{staff.email}", complaint.number, {"due": due.isoformat()})
