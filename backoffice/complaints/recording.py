"""Records what came by letter, telephone, box, web or e-mail: the same desk, the same clock, from the day on which it came."""

import uuid
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.actor import Actor
from backoffice.audit.service import Audit
from backoffice.blob_owners import of_message
from backoffice.complaints import mail_address
from backoffice.complaints.models import Complaint, ComplaintMessage
from backoffice.complaints.service import ComplaintService
from backoffice.complaints.sight import sees
from backoffice.errors import Forbidden, Invalid
from backoffice.staff.people import ADDRESS
from contracts import complaint as contract
from contracts.shape import Contact
from standard.clock import office_zone, today
from standard.complaints import categories, channels
from standard.registration import COMPLAINT, new_number
from standard.roles import Permission
from storage.kept_blobs import need

NAME_LONGEST, PHONE_LONGEST = 120, 20
OLDEST = timedelta(days=365)
EMAIL_LONGEST = 254
"""RFC 5321: what a mail server takes."""


def may_record(actor: Actor) -> bool:
    """Whoever answers at the desk."""
    return actor.may(Permission.ANSWER_COMPLAINTS) or actor.may(Permission.ANSWER_RESTRICTED_COMPLAINTS)


async def record(
    session: AsyncSession, now: datetime, form: Mapping[str, str], files: list[dict[str, str]], by: Actor
) -> tuple[Complaint, bool]:
    """The new complaint, and whether who recorded it still sees it: a restricted one is its reader's alone. Raises Forbidden, Invalid.

    The same form again (`key`) gives the same complaint.
    """
    if not may_record(by):
        raise Forbidden
    channel, category = channels().get(form.get("saluran", "")), categories().get(form.get("perihal", ""))
    words, key = form.get("isi", ""), form.get("key") or str(uuid.uuid4())
    if channel is None:
        raise Invalid(field="channel")
    if category is None or category.wish:
        raise Invalid(field="category")
    if not 1 <= len(words) <= contract.TEXT_LONGEST:
        raise Invalid(field="text")
    came = _came(form.get("diterima", ""), now)
    contact = _contact(session, form, mails=channel.mails, key=key)
    service = ComplaintService(session, now)
    number = new_number(COMPLAINT, today(now))
    while await session.scalar(select(Complaint.id).where(Complaint.number == number)):
        number = new_number(COMPLAINT, today(now))
    given = contract.Complaint(
        number=number, contact=contact, category=category.id, text=words, restricted=form.get("rahasia") == "ya", created_at=came
    )
    complaint, new = await service.accept(f"{mail_address.BY_HAND}{key}"[:64], given, channel.id)
    if new:
        if channel.mails:
            complaint.contact = {**complaint.contact, "email": form["surel"]}
            await mail_address.ask(session, complaint, now)
        if files:
            message_id = f"{complaint.number}-lampiran"
            message = ComplaintMessage(id=message_id, complaint_id=complaint.id, direction="in", text="", attachments=files, at=came)
            session.add(message)
            await need(session, of_message(message_id), [file["blob"] for file in files], now)
        await Audit(session, now).note("aduan_dicatat", by.id, complaint.number, {"channel": channel.id})
    return complaint, await sees(session, complaint, by)


def _came(given: str, now: datetime) -> datetime:
    """When it came, `2026-11-20T09:30` at the office; now where nothing was said. Raises Invalid."""
    if not given:
        return now
    try:
        came = datetime.fromisoformat(given).replace(tzinfo=office_zone()).astimezone(UTC)
    except ValueError as error:
        raise Invalid(field="came") from error
    if not now - OLDEST <= came <= now:
        raise Invalid(field="came")
    return came


def _contact(session: AsyncSession, form: Mapping[str, str], *, mails: bool, key: str) -> Contact:
    name, phone, email = form.get("nama", ""), form.get("telepon", ""), form.get("surel", "")
    if len(name) > NAME_LONGEST or len(phone) > PHONE_LONGEST:
        raise Invalid(field="contact")
    if email and not (ADDRESS.fullmatch(email) and len(email) <= EMAIL_LONGEST):
        raise Invalid(field="email")
    if mails and not email:
        raise Invalid(field="email")
    contact = mail_address.contact_id(session, email) if mails else f"{mail_address.BY_HAND}{key}"[:80]
    return Contact(id=contact, name=name or None, phone=phone or None)
