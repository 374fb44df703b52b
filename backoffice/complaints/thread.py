"""Gathers what the page of one thread shows, for one reader."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.actor import Actor
from backoffice.audit.models import AuditEvent
from backoffice.complaints import mail_address, merging, reading
from backoffice.complaints.desk import Desk
from backoffice.complaints.models import Breach, Complaint, ComplaintMessage
from backoffice.complaints.service import ComplaintService, may_answer
from backoffice.notices.models import Notice, NoticeState
from backoffice.staff.models import Staff
from backoffice.staff.service import StaffService
from standard.complaint_flow import open_states


@dataclass(frozen=True)
class Thread:
    """One complaint with its messages and what may be done with it. `states`: of the notices, by their ids."""

    complaint: Complaint
    messages: list[ComplaintMessage]
    states: dict[str, str]
    answers: bool
    colleagues: list[Staff]
    history: list[tuple[AuditEvent, str | None]]
    names: dict[str, str]
    everybody: list[Staff]
    breach: Breach | None
    others: list[Complaint]
    here: list[str]

    @property
    def works(self) -> bool:
        """Whether the reader may act on it now."""
        return self.answers and self.complaint.state in open_states()

    @property
    def mail_waits(self) -> bool:
        """Whether the reporter's e-mail address has still to be confirmed."""
        return mail_address.waits(self.complaint)

    @property
    def failed(self) -> bool:
        """Whether something did not reach the citizen."""
        return NoticeState.FAILED in self.states.values()


async def load(session: AsyncSession, staff: StaffService, number: str, actor: Actor, now: datetime) -> Thread:
    """The thread, noted as read by the actor. Raises NotFound for whom it does not exist."""
    service = ComplaintService(session, now)
    complaint = await service.get(number)
    await service.require_sight(complaint, actor)
    await reading.read(session, complaint, actor, now)
    messages = list(
        await session.scalars(
            select(ComplaintMessage).where(ComplaintMessage.complaint_id == complaint.id).order_by(ComplaintMessage.at, ComplaintMessage.id)
        )
    )
    sent = [message.notice_id for message in messages if message.notice_id]
    states = {notice.id: notice.state for notice in await session.scalars(select(Notice).where(Notice.id.in_(sent)))}
    desk, answers = Desk(session, now), may_answer(complaint, actor)
    reads = complaint.restricted and complaint.reader_id == actor.id
    return Thread(
        complaint=complaint,
        messages=messages,
        states=states,
        answers=answers,
        colleagues=await desk.colleagues(complaint),
        history=await desk.history(number),
        names=await staff.names({key for key in (complaint.assigned_to, complaint.reader_id) if key}),
        everybody=list(await session.scalars(select(Staff).where(Staff.active).order_by(Staff.name))) if reads else [],
        breach=await session.scalar(select(Breach).where(Breach.complaint_id == complaint.id)) if reads else None,
        others=await merging.others_of(session, complaint, actor) if answers else [],
        here=await reading.others_here(session, complaint, actor, now),
    )
