"""Takes complaints in, lets citizens add to them, and sends the desk's answers back."""

import uuid
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.actor import Actor
from backoffice.blob_owners import of_message
from backoffice.complaints.models import Complaint, ComplaintMessage, ComplaintState
from backoffice.errors import ComplaintClosed, Forbidden, Invalid, NotFound
from backoffice.notices.outbox import Outbox
from contracts import complaint as contract
from standard import complaints as desk
from standard.roles import Permission
from storage.kept_blobs import need

ANSWER_LENGTH = 3000
"""Characters of an answer; a WhatsApp message holds 4096, and the bot adds number and greeting."""


class ComplaintService:
    """The desk's acts. The caller holds the transaction and commits it."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self._session, self._now = session, now

    async def accept(self, complaint_id: str, given: contract.Complaint) -> tuple[Complaint, bool]:
        """The complaint of that id, and whether it is new. Raises Invalid for a number that is another's."""
        known = await self._session.get(Complaint, complaint_id)
        if known is not None:
            return known, False
        category = desk.categories()[given.category]
        if await self._session.scalar(select(Complaint.id).where(Complaint.number == given.number)):
            raise Invalid(field="number")
        due = desk.complaint_deadlines(category.id, given.created_at)
        complaint = Complaint(
            id=complaint_id,
            number=given.number,
            contact=given.contact.body(),
            category=category.id,
            text=given.text,
            case_number=given.case,
            restricted=given.restricted or category.restricted,
            urgent=category.urgent,
            state=ComplaintState.NEW,
            created_at=given.created_at,
            first_reply_due=due.first_reply,
            answer_due=due.answer,
        )
        self._session.add(complaint)
        return complaint, True

    async def add_message(self, number: str, turn: str, given: contract.ComplaintMessage) -> Complaint:
        """What the citizen adds; opens a complaint again that ended lately. Raises NotFound, ComplaintClosed."""
        complaint = await self.lock(number)
        if await self._session.get(ComplaintMessage, turn) is not None:
            return complaint
        if complaint.state == ComplaintState.CLOSED:
            if complaint.closed_at and self._now > desk.reopen_until(complaint.closed_at):
                raise ComplaintClosed
            complaint.state, complaint.closed_at = ComplaintState.OPEN, None
        message = ComplaintMessage(
            id=turn,
            complaint_id=complaint.id,
            direction="in",
            text=given.text,
            attachments=[attachment.body() for attachment in given.attachments],
            at=given.at,
        )
        self._session.add(message)
        await need(self._session, of_message(turn), [attachment.blob for attachment in given.attachments], self._now)
        return complaint

    async def rename(self, number: str, category_id: str) -> Complaint:
        """What the citizen says that it is about, while the desk has not begun. A restriction stays. Raises NotFound."""
        complaint = await self.lock(number)
        category = desk.categories()[category_id]
        if complaint.state == ComplaintState.NEW:
            due = desk.complaint_deadlines(category.id, complaint.created_at)
            complaint.category, complaint.urgent = category.id, category.urgent
            complaint.restricted = complaint.restricted or category.restricted
            complaint.first_reply_due, complaint.answer_due = due.first_reply, due.answer
        return complaint

    async def withdraw(self, number: str) -> Complaint:
        """The citizen takes it back. Raises NotFound."""
        complaint = await self.lock(number)
        if complaint.state != ComplaintState.CLOSED:
            complaint.state, complaint.closed_at = ComplaintState.CLOSED, self._now
        return complaint

    async def keep_secret(self, number: str) -> Complaint:
        """The citizen asks that it be kept secret. Raises NotFound."""
        complaint = await self.lock(number)
        complaint.restricted = True
        return complaint

    async def answer(self, number: str, actor: Actor, text: str, closes: bool, key: str) -> Complaint:
        """Sends an answer to the citizen. The same press (`key`) again changes nothing. Raises NotFound, Forbidden, Invalid."""
        complaint = await self.lock(number)
        require_sight(complaint, actor)
        if not may_answer(complaint, actor):
            raise Forbidden
        if await self._session.get(ComplaintMessage, key) is not None:
            return complaint
        if not 1 <= len(text) <= ANSWER_LENGTH:
            raise Invalid(field="text")
        data = {"text": text, "officer": actor.name, **({"closed": True} if closes else {})}
        notice = Outbox(self._session, self._now).add("jawaban_aduan", complaint.contact["id"], complaint.number, data)
        await self._session.flush()
        self._session.add(
            ComplaintMessage(
                id=key or str(uuid.uuid4()),
                complaint_id=complaint.id,
                direction="out",
                text=text,
                attachments=[],
                at=self._now,
                staff_id=actor.id,
                staff_name=actor.name,
                notice_id=notice.id,
            )
        )
        complaint.state = ComplaintState.CLOSED if closes else ComplaintState.OPEN
        complaint.closed_at = self._now if closes else None
        complaint.first_reply_at = complaint.first_reply_at or self._now
        return complaint

    async def get(self, number: str) -> Complaint:
        """Raises NotFound."""
        complaint = await self._session.scalar(select(Complaint).where(Complaint.number == number))
        if complaint is None:
            raise NotFound
        return complaint

    async def lock(self, number: str) -> Complaint:
        """The complaint, which nobody else can change until this transaction ends. Raises NotFound."""
        complaint = await self._session.scalar(select(Complaint).where(Complaint.number == number).with_for_update())
        if complaint is None:
            raise NotFound
        return complaint


def require_sight(complaint: Complaint, actor: Actor) -> None:
    """Raises NotFound where the actor may not see it: a restricted complaint does not exist for those who might be meant."""
    wanted = Permission.RESTRICTED_COMPLAINTS if complaint.restricted else Permission.COMPLAINTS
    if not actor.may(wanted):
        raise NotFound


def may_answer(complaint: Complaint, actor: Actor) -> bool:
    """Whether the actor may answer it."""
    return actor.may(Permission.ANSWER_RESTRICTED_COMPLAINTS if complaint.restricted else Permission.ANSWER_COMPLAINTS)
