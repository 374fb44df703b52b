"""Takes complaints in, lets citizens add to them, take them back or up again, and sends the desk's answers back."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.actor import Actor
from backoffice.blob_owners import of_message
from backoffice.complaints import mail_address
from backoffice.complaints.files import file_id
from backoffice.complaints.models import WHATSAPP, WORDS, Breach, Complaint, ComplaintMessage, ComplaintState
from backoffice.complaints.sight import Readers, sees
from backoffice.errors import ComplaintClosed, Forbidden, Invalid, NotFound
from backoffice.notices.mail import MAILTO
from backoffice.notices.models import Notice, NoticeState
from backoffice.notices.outbox import Outbox
from contracts import complaint as contract
from standard import complaint_flow as flow
from standard import complaints as desk
from standard.deadlines import office_calendar
from standard.roles import Permission
from storage.kept_blobs import need

ANSWER_LENGTH = 3000
"""Characters of an answer; a WhatsApp message holds 4096, and the bot adds number and greeting."""

MERGED = "digabung"
"""Of a notice: another complaint goes on in its stead."""

BREACHES = frozenset({"privasi"})
"""Categories that open a record in the register of breaches."""

BREACH_TOLD_WITHIN = timedelta(hours=3 * 24)
"""UU 27/2022 Ps 46."""


class ComplaintService:
    """The desk's acts. The caller holds the transaction and commits it."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self._session, self._now = session, now
        self._readers = Readers(session, now)

    async def accept(self, complaint_id: str, given: contract.Complaint, channel: str = WHATSAPP) -> tuple[Complaint, bool]:
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
            restricted=given.restricted or given.doubtful or given.anonymous or category.restricted,
            anonymous=given.anonymous,
            doubt_until=office_calendar().add_working_days(self._now, flow.restriction().doubt_days) if given.doubtful else None,
            urgent=category.urgent,
            state=ComplaintState.NEW,
            created_at=given.created_at,
            first_reply_due=due.first_reply,
            answer_due=due.answer,
            told=[],
            level=0,
            channel=channel,
        )
        note_last(complaint, "in", given.text, given.created_at)
        self._session.add(complaint)
        await self._keep_from_the_accused(complaint, given.text)
        await self._open_breach(complaint)
        return complaint, True

    async def add_message(self, number: str, turn: str, given: contract.ComplaintMessage) -> Complaint:
        """What the citizen adds; takes a complaint up again that ended lately. Raises NotFound, ComplaintClosed."""
        complaint = await self._going_on(await self.lock(number))
        if await self._session.get(ComplaintMessage, turn) is not None:
            return complaint
        if complaint.state in flow.reopening_states():
            if complaint.closed_at and self._now > desk.reopen_until(complaint.closed_at):
                raise ComplaintClosed
            self.move(complaint, "buka_lagi")
        elif complaint.state == ComplaintState.WAITING:
            self.move(complaint, "jawaban_warga")
        elif complaint.state not in flow.open_states():
            raise ComplaintClosed
        message = ComplaintMessage(
            id=turn,
            complaint_id=complaint.id,
            direction="in",
            text=given.text,
            attachments=[attachment.body() for attachment in given.attachments],
            at=given.at,
        )
        self._session.add(message)
        note_last(complaint, "in", given.text, given.at)
        await need(self._session, of_message(turn), [attachment.blob for attachment in given.attachments], given.at)
        if complaint.restricted:
            await self._keep_from_the_accused(complaint, given.text)
        return complaint

    async def rename(self, number: str, category_id: str) -> Complaint:
        """What the citizen says that it is about, while the desk has not begun. A restriction stays. Raises NotFound."""
        complaint = await self.lock(number)
        if complaint.state == ComplaintState.NEW:
            await self.set_category(complaint, category_id)
        return complaint

    async def set_category(self, complaint: Complaint, category_id: str) -> None:
        """Another category: its deadlines count anew from the arrival. It may restrict and never lifts a restriction."""
        category = desk.categories()[category_id]
        due = desk.complaint_deadlines(category.id, complaint.created_at)
        complaint.category, complaint.urgent = category.id, category.urgent
        complaint.first_reply_due, complaint.answer_due = due.first_reply, due.answer
        if category.restricted:
            await self.restrict(complaint)
        await self._open_breach(complaint)

    async def restrict(self, complaint: Complaint) -> None:
        """Only its reader sees it from now on; whoever had it in hand has it no more."""
        if complaint.restricted and complaint.reader_id is not None:
            return
        complaint.restricted, complaint.assigned_to = True, None
        await self._keep_from_the_accused(complaint, complaint.text)

    async def withdraw(self, number: str) -> Complaint:
        """The citizen takes it back. Raises NotFound."""
        complaint = await self.lock(number)
        if complaint.state in flow.acts()["cabut"].sources:
            self.move(complaint, "cabut")
        return complaint

    async def rate(self, number: str, value: int) -> Complaint:
        """How much the citizen says that it helped; the latest word holds. Raises NotFound."""
        complaint = await self.lock(number)
        complaint.rating = value
        return complaint

    async def keep_secret(self, number: str) -> Complaint:
        """The citizen asks that it be kept secret. Raises NotFound."""
        complaint = await self.lock(number)
        await self.restrict(complaint)
        return complaint

    async def _going_on(self, complaint: Complaint) -> Complaint:
        """The complaint itself, or the one into which it was merged."""
        while complaint.merged_into is not None:
            complaint = await self.lock(complaint.merged_into)
        return complaint

    async def answer(self, number: str, actor: Actor, text: str, act: str, key: str, files: Sequence[dict[str, str]] = ()) -> Complaint:
        """Sends an answer to the citizen by one of the desk's acts (`jawab`, `tanya`, `selesaikan`, `tolak`), with files of ours.

        It goes back the way that the complaint came; what came by letter or by telephone is answered by hand, and noted here.
        `files`: `{"blob", "mime", "filename"}`. The same press (`key`) again changes nothing. Raises NotFound, Forbidden, Invalid, and
        ComplaintClosed where the complaint ended meanwhile: a late press opens nothing again.
        """
        complaint = await self.lock(number)
        await self.require_sight(complaint, actor)
        if not may_answer(complaint, actor):
            raise Forbidden
        if await self._session.get(ComplaintMessage, key) is not None:
            return complaint
        if not 1 <= len(text) <= ANSWER_LENGTH:
            raise Invalid(field="text")
        self.move(complaint, act)
        closes = complaint.state not in flow.open_states()
        if act == "tolak":
            complaint.reason = text
        message_id = key or str(uuid.uuid4())
        data = {"text": text, "officer": actor.name, **({"closed": True} if closes else {})}
        notice = self._tell(complaint, "jawaban_aduan", data, [_as_sent(file, message_id, place) for place, file in enumerate(files)])
        await self._session.flush()
        self._session.add(
            ComplaintMessage(
                id=message_id,
                complaint_id=complaint.id,
                direction="out",
                text=text,
                attachments=list(files),
                at=self._now,
                staff_id=actor.id,
                staff_name=actor.name,
                notice_id=notice.id if notice else None,
            )
        )
        await need(self._session, of_message(message_id), [file["blob"] for file in files], self._now)
        note_last(complaint, "out", text, self._now)
        complaint.first_reply_at = complaint.first_reply_at or self._now
        return complaint

    def move(self, complaint: Complaint, act: str) -> None:
        """One act of the flow; the citizen is told once of those that are told. Raises ComplaintClosed where it leads nowhere."""
        try:
            complaint.state = flow.after(complaint.state, act)
        except flow.NotNow as not_now:
            raise ComplaintClosed from not_now
        if complaint.state in flow.open_states():
            complaint.closed_at = None
        else:
            complaint.closed_at = complaint.closed_at or self._now
        if flow.acts()[act].tells and act not in complaint.told and not desk.categories()[complaint.category].wish:
            complaint.told = [*complaint.told, act]
            self._tell(complaint, "tahap_aduan", {"state": complaint.state})

    def tell_merged(self, complaint: Complaint) -> None:
        """Says once that another complaint of theirs goes on in its stead."""
        self._tell(complaint, "tahap_aduan", {"state": MERGED})

    def _tell(
        self, complaint: Complaint, kind: str, data: dict[str, Any], attachments: list[dict[str, str]] | None = None
    ) -> Notice | None:
        """Into the chat, or an answer by e-mail; None where only a person can tell it."""
        outbox, contact = Outbox(self._session, self._now), complaint.contact["id"]
        if complaint.channel == WHATSAPP:
            return outbox.add(kind, contact, complaint.number, data, attachments=attachments)
        if kind == "jawaban_aduan" and (address := mail_address.address_of(complaint)):
            notice = outbox.add("surel_aduan", f"{MAILTO}{address}", complaint.number, data, attachments=attachments)
            if mail_address.waits(complaint):
                notice.state = NoticeState.WAITING_CODE
            return notice
        return None

    async def require_sight(self, complaint: Complaint, actor: Actor) -> None:
        """Raises NotFound where the actor may not see it: for those it does not exist."""
        if not await sees(self._session, complaint, actor):
            raise NotFound

    async def _keep_from_the_accused(self, complaint: Complaint, text: str) -> None:
        """Whom the text names, and who is over them, does not see it; a restricted one gets its reader."""
        if complaint.restricted:
            accused = await self._readers.accused_in(text)
            await self._readers.exclude(complaint, await self._readers.line_of(accused) if accused else ())

    async def _open_breach(self, complaint: Complaint) -> None:
        """A record in the register, once."""
        known = select(Breach.id).where(Breach.complaint_id == complaint.id)
        if complaint.category in BREACHES and await self._session.scalar(known) is None:
            record = Breach(id=str(uuid.uuid5(uuid.NAMESPACE_OID, complaint.id)), complaint_id=complaint.id, known_at=self._now)
            record.due = self._now + BREACH_TOLD_WITHIN
            self._session.add(record)

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


def _as_sent(file: dict[str, str], message_id: str, place: int) -> dict[str, str]:
    """A file of an answer as a notice names it (`complaints.files`)."""
    return {"filename": file["filename"], "mime": file["mime"], "sha256": file["blob"], "url": f"/api/files/{file_id(message_id, place)}"}


def note_last(complaint: Complaint, direction: str, words: str, at: datetime) -> None:
    """What the list shows of its last message."""
    complaint.last_at, complaint.last_direction = at, direction
    complaint.last_words = " ".join(words.split())[:WORDS]
    if direction == "in":
        complaint.last_in_at = at


def may_answer(complaint: Complaint, actor: Actor) -> bool:
    """Whether the actor, who sees it, may answer it: a restricted one its reader."""
    return complaint.reader_id == actor.id if complaint.restricted else actor.may(Permission.ANSWER_COMPLAINTS)
