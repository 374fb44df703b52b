"""Has a reporter confirm the e-mail address that the desk noted: until the code came back, nothing but the code goes there.

The code is made of its mail's id, as in `cases.mail_address`. The reporter says it to the office, by an answer to that mail or on the
telephone.
"""

import hmac
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.actor import Actor
from backoffice.audit.service import Audit
from backoffice.complaints.models import Complaint
from backoffice.errors import Invalid
from backoffice.keys import keyed
from backoffice.notices.mail import CODE_OF_COMPLAINT, MAILTO, code_of
from backoffice.notices.models import Notice, NoticeState
from backoffice.notices.outbox import Outbox, try_again
from backoffice.services import Services
from backoffice.staff.throttle import Attempt, Counter
from storage.database import keyring_of

BY_HAND = "meja-"
"""How the contact of somebody begins whom no message in a chat reaches."""
VALID = timedelta(days=14)
"""The code comes back by a letter or a call, not by the next message of a chat."""
CODES, WITHIN = 3, timedelta(hours=24)
"""So many codes go to one address in that time: nobody's mailbox is filled by us."""


def contact_id(session: AsyncSession, address: str) -> str:
    """The contact of who has that address: the same for the same address, and it tells nothing of it."""
    return f"{BY_HAND}{keyring_of(session).digest('complaints.mail', address.lower())}"


def address_of(complaint: Complaint) -> str | None:
    """Where its answers go by e-mail, or None; programs before this one wrote it into the id of the contact."""
    older = complaint.contact["id"].removeprefix(MAILTO) if complaint.contact["id"].startswith(MAILTO) else None
    return complaint.contact.get("email") or older


def waits(complaint: Complaint) -> bool:
    """Whether its address has still to be confirmed."""
    return address_of(complaint) is not None and complaint.mail_confirmed_at is None


async def ask(session: AsyncSession, complaint: Complaint, now: datetime) -> None:
    """Mails a code; the number of the complaint is all that is said beside it. Raises Invalid where too many were mailed lately."""
    sent = select(func.count()).select_from(Notice).where(*_codes(complaint), Notice.at > now - WITHIN)
    if (await session.scalar(sent) or 0) >= CODES:
        raise Invalid(field="mail_codes")
    Outbox(session, now).add(CODE_OF_COMPLAINT, f"{MAILTO}{address_of(complaint)}", complaint.number, {})


async def confirm(services: Services, session: AsyncSession, complaint: Complaint, code: str, by: Actor) -> bool:
    """Whether it is the code of the last mail; then what waited for it goes. The caller has admitted the try and holds the complaint."""
    now = services.clock()
    last = await session.scalar(select(Notice).where(*_codes(complaint), Notice.at > now - VALID).order_by(Notice.at.desc()).limit(1))
    if last is None or not hmac.compare_digest(code_of(services.settings, last.id).encode(), code.encode()):
        return False
    complaint.mail_confirmed_at = now
    waiting = select(Notice).where(Notice.contact == f"{MAILTO}{address_of(complaint)}", Notice.number == complaint.number)
    for notice in await session.scalars(waiting.where(Notice.state == NoticeState.WAITING_CODE)):
        try_again(notice, now)
    await Audit(session, now).note("surel_aduan_dipastikan", by.id, complaint.number, {})
    return True


def attempt_at(services: Services, complaint: Complaint) -> Attempt:
    """Guesses at the code of one complaint wait for one another."""
    return Attempt(Counter(keyed(services.settings, "tries-complaint-mail", complaint.id)))


def _codes(complaint: Complaint) -> tuple[ColumnElement[bool], ...]:
    return Notice.contact == f"{MAILTO}{address_of(complaint)}", Notice.kind == CODE_OF_COMPLAINT, Notice.number == complaint.number
