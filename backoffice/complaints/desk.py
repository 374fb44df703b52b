"""Works a complaint at the desk: takes it, gives it to a colleague, changes what it is about, hands the chat back to the bot."""

import uuid
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.actor import Actor
from backoffice.audit.models import AuditEvent
from backoffice.audit.service import Audit
from backoffice.complaints import merging
from backoffice.complaints.models import NOTE, Complaint, ComplaintExclusion, ComplaintMessage
from backoffice.complaints.service import ANSWER_LENGTH, ComplaintService, may_answer, note_last
from backoffice.complaints.sight import Readers, sees
from backoffice.errors import Forbidden, Invalid
from backoffice.notices.models import Notice, NoticeState
from backoffice.notices.outbox import try_again
from backoffice.staff.models import Staff, StaffRole
from backoffice.web.texts import text
from standard import complaints as table
from standard import roles
from standard.complaint_flow import acts, open_states
from standard.roles import Permission

REASON_LENGTH = 1000


class Desk:
    """The acts besides answering. The caller holds the transaction and commits it."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self._session, self._now = session, now
        self._service = ComplaintService(session, now)

    async def assign(self, number: str, to_staff_id: str, by: Actor) -> None:
        """Puts the complaint into somebody's hands, one's own or a colleague's. Raises Invalid where that person may not answer it."""
        complaint = await self._mine_to_work(number, by)
        if to_staff_id not in {staff.id for staff in await self.colleagues(complaint)}:
            raise Invalid(field="colleague")
        if complaint.assigned_to == to_staff_id:
            return
        complaint.assigned_to = to_staff_id
        if complaint.state in acts()["tugaskan"].sources:
            self._service.move(complaint, "tugaskan")
        to = await self._session.get(Staff, to_staff_id)
        action = "aduan_diambil" if to_staff_id == by.id else "aduan_diserahkan"
        await Audit(self._session, self._now).note(action, by.id, number, {"to": to.username if to else None})

    async def change_category(self, number: str, category_id: str, by: Actor) -> bool:
        """Says what the complaint is really about: its deadlines count anew from its arrival. Whether `by` still sees it."""
        complaint = await self._mine_to_work(number, by)
        category = table.categories().get(category_id)
        if category is None:
            raise Invalid(field="category")
        before = complaint.category
        if before == category.id:
            return True
        await self._service.set_category(complaint, category.id)
        await self._session.flush()
        if complaint.assigned_to and complaint.assigned_to not in {staff.id for staff in await self.colleagues(complaint)}:
            complaint.assigned_to = None
        await Audit(self._session, self._now).note("aduan_perihal_diubah", by.id, number, {"category": category.id, "before": before})
        return await sees(self._session, complaint, by)

    async def note(self, number: str, words: str, by: Actor, key: str) -> None:
        """Something for colleagues only; the citizen never reads it. The same press again changes nothing. Raises Invalid."""
        complaint = await self._service.lock(number)
        await self._service.require_sight(complaint, by)
        if not may_answer(complaint, by):
            raise Forbidden
        if not 1 <= len(words.strip()) <= ANSWER_LENGTH:
            raise Invalid(field="note")
        if await self._session.get(ComplaintMessage, key) is None:
            row = ComplaintMessage(
                id=key or str(uuid.uuid4()), complaint_id=complaint.id, direction=NOTE, text=words.strip(), attachments=[], at=self._now
            )
            row.staff_id, row.staff_name = by.id, by.name
            self._session.add(row)
            note_last(complaint, NOTE, words.strip(), self._now)

    async def prefer(self, number: str, urgent: bool, by: Actor) -> None:
        """Puts it before the others, or back among them."""
        complaint = await self._mine_to_work(number, by)
        if complaint.urgent != urgent:
            complaint.urgent = urgent
            await Audit(self._session, self._now).note("aduan_diutamakan", by.id, number, {"urgent": urgent})

    async def send_again(self, number: str, by: Actor) -> int:
        """What did not reach the citizen waits in the outbox once more; how many. Raises NotFound, Forbidden."""
        complaint = await self._service.lock(number)
        await self._service.require_sight(complaint, by)
        if not may_answer(complaint, by):
            raise Forbidden
        ids = select(ComplaintMessage.notice_id).where(ComplaintMessage.complaint_id == complaint.id)
        failed = list(await self._session.scalars(select(Notice).where(Notice.id.in_(ids), Notice.state == NoticeState.FAILED)))
        for notice in failed:
            try_again(notice, self._now)
        if failed:
            await Audit(self._session, self._now).note("aduan_dikirim_ulang", by.id, number, {"count": len(failed)})
        return len(failed)

    async def lift(self, number: str, reason: str, by: Actor) -> None:
        """Its reader decides that it need not be restricted, and says why. Whoever is accused still does not see it. Raises Invalid."""
        complaint = await self._mine_to_work(number, by)
        if not complaint.restricted or not 1 <= len(reason.strip()) <= REASON_LENGTH:
            raise Invalid(field="reason")
        complaint.restricted, complaint.doubt_until, complaint.reason = False, None, reason.strip()
        await Audit(self._session, self._now).note("aduan_pembatasan_dilepas", by.id, number, {})

    async def keep(self, number: str, by: Actor) -> None:
        """Its reader decides that a doubtful one stays restricted."""
        complaint = await self._mine_to_work(number, by)
        complaint.doubt_until = None
        await Audit(self._session, self._now).note("aduan_tetap_terbatas", by.id, number, {})

    async def accuse(self, number: str, staff_id: str, by: Actor) -> None:
        """Whoever works on it says who is accused: they, and those over them, see nothing of it from now on. Raises Invalid."""
        complaint = await self._mine_to_work(number, by)
        if await self._session.get(Staff, staff_id) is None:
            raise Invalid(field="accused")
        await self._service.restrict(complaint)
        readers = Readers(self._session, self._now)
        await readers.exclude(complaint, await readers.line_of([staff_id]))
        await Audit(self._session, self._now).note("aduan_terlapor_dicatat", by.id, number, {})

    async def hand_back(self, number: str, by: Actor, key: str) -> None:
        """Ends a talk with a closing word: the bot serves the citizen again (contract, `jawaban_aduan` with `closed`)."""
        await self._mine_to_work(number, by)
        await self._service.answer(number, by, text("complaints.closing_word"), act="selesaikan", key=key or str(uuid.uuid4()))
        await Audit(self._session, self._now).note("aduan_dijawab", by.id, number, {"closes": True})

    async def merge(self, number: str, into: str, by: Actor) -> None:
        """Goes on in another complaint of the same person. Raises NotFound, Forbidden, Invalid."""
        await merging.merge(self._session, self._now, number, into, by)

    async def colleagues(self, complaint: Complaint) -> list[Staff]:
        """Who at the desk may answer it, by name: of a restricted one its reader alone."""
        if complaint.restricted:
            reader = await self._session.get(Staff, complaint.reader_id) if complaint.reader_id else None
            return [reader] if reader is not None else []
        able = [role.id for role in roles.roles().values() if Permission.ANSWER_COMPLAINTS in role.permissions]
        holds = StaffRole.role.in_(able) & (StaffRole.valid_from <= self._now)
        open_ended = StaffRole.valid_until.is_(None) | (StaffRole.valid_until > self._now)
        ids = select(StaffRole.staff_id).where(holds, open_ended)
        excluded = select(ComplaintExclusion.staff_id).where(ComplaintExclusion.complaint_id == complaint.id)
        query = select(Staff).where(Staff.active, Staff.id.in_(ids), Staff.id.not_in(excluded))
        return list(await self._session.scalars(query.order_by(Staff.name)))

    async def history(self, number: str) -> list[tuple[AuditEvent, str | None]]:
        """What the desk did with it, looks left out, with the names, the oldest first."""
        query = select(AuditEvent, Staff.name).outerjoin(Staff, Staff.id == AuditEvent.staff_id)
        query = query.where(AuditEvent.subject == number, AuditEvent.action != "aduan_dilihat").order_by(AuditEvent.id)
        return [(event, name) for event, name in await self._session.execute(query)]

    async def _mine_to_work(self, number: str, by: Actor) -> Complaint:
        complaint = await self._service.lock(number)
        await self._service.require_sight(complaint, by)
        if not may_answer(complaint, by):
            raise Forbidden
        if complaint.state not in open_states():
            raise Invalid(field="closed")
        return complaint
