"""Has the applicant confirm the e-mail address of a case by a code: until then nothing else goes there.

The code is stored nowhere: it is made of its mail's id and the installation's secret, and said in that mail alone. It is typed in the chat.
"""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ForeignKey, String, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from backoffice.cases.models import Case
from backoffice.notices.mail import CODE, MAILTO, code_of
from backoffice.notices.models import Notice
from backoffice.notices.outbox import Outbox
from backoffice.settings import Settings
from backoffice.tables import Base
from contracts.case import MailCodeTaken, MailState
from storage.sealed import SealedText

TRIES = 3
"""Wrong codes after which another one has to be asked for."""
VALID = timedelta(hours=24)
CODES, WITHIN = 3, timedelta(hours=24)
"""So many codes are mailed for one case in that time: nobody's mailbox is filled by us, and at most nine guesses a day are possible."""


class MailAddress(Base):
    """The address that a case's mail goes to once it is confirmed. Another address is another row's content: it starts anew."""

    __tablename__ = "mail_addresses"

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    address: Mapped[str] = mapped_column(SealedText("mail_addresses.address"))
    notice_id: Mapped[str] = mapped_column(String(36))
    """The mail that brought the code which counts now."""
    tries: Mapped[int]
    last_turn: Mapped[str | None] = mapped_column(String(80))
    """The turn of the last wrong code: the same turn again is no further try."""
    confirmed_at: Mapped[datetime | None]


class Tried(StrEnum):
    """What became of a code that was typed, as `MailCodeTaken.state` says it."""

    CONFIRMED = "confirmed"
    WRONG = "wrong"
    ENDED = "ended"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Asked:
    """An address that waits for its code: `since` is when the code was mailed, or put into the outbox."""

    row: MailAddress
    case: Case
    since: datetime

    def ended(self, now: datetime) -> bool:
        """Whether the code is worth nothing any more."""
        return self.row.tries >= TRIES or now - self.since > VALID


async def ask(session: AsyncSession, case: Case, now: datetime) -> bool:
    """Mails a code where the case has an address that nobody was asked about, or whose code has ended; returns whether one is waited for.

    The caller holds the case locked.
    """
    address, row = case.bundle.get("email"), await session.get(MailAddress, case.id)
    if not address:
        if row is not None:
            await session.delete(row)
        return False
    if row is not None and row.address == address:
        if row.confirmed_at is not None:
            return False
        if (asked := await _asked(session, row, case)) and asked.ended(now):
            await _send(session, case, row, now)
        return True
    if row is None:
        row = MailAddress(case_id=case.id)
        session.add(row)
    row.address, row.confirmed_at = address, None
    await _send(session, case, row, now)
    return True


async def confirmed_address(session: AsyncSession, case: Case) -> str | None:
    """Where mail about the case may go, or None."""
    row = await session.get(MailAddress, case.id)
    return row.address if row is not None and row.confirmed_at is not None and row.address == case.bundle.get("email") else None


async def mail_state(session: AsyncSession, case: Case, now: datetime) -> MailState | None:
    """How far the address of the case is; None where it has none, or nobody was asked yet."""
    row = await session.get(MailAddress, case.id)
    if row is None or row.address != case.bundle.get("email"):
        return None
    if row.confirmed_at is not None:
        return MailState.CONFIRMED
    asked = await _asked(session, row, case)
    return MailState.ENDED if asked is None or asked.ended(now) else MailState.WAITING


async def try_code(
    session: AsyncSession, settings: Settings, now: datetime, numbers: Sequence[str], turn: str, code: str
) -> tuple[Tried, Case | None, int]:
    """Confirms the address among these cases that the code was mailed to: what came of it, of which case, and the tries that are left.

    A code that fits none is a wrong try at each that waits; the same turn again is answered alike and changes nothing.
    """
    waiting = await _waiting(session, numbers, now)
    for asked in waiting:
        known = asked.row.confirmed_at is not None
        if not asked.ended(now) and hmac.compare_digest(code_of(settings, asked.row.notice_id).encode(), code.encode()):
            asked.row.confirmed_at = asked.row.confirmed_at or now
            return Tried.CONFIRMED, None if known else asked.case, 0
    open_ones = [asked for asked in waiting if asked.row.confirmed_at is None]
    if not open_ones:
        return Tried.NOTHING, None, 0
    for asked in open_ones:
        if not asked.ended(now) and asked.row.last_turn != turn:
            asked.row.tries, asked.row.last_turn = asked.row.tries + 1, turn
    left = max(0 if asked.ended(now) else TRIES - asked.row.tries for asked in open_ones)
    return (Tried.WRONG if left else Tried.ENDED), open_ones[0].case, left


async def send_anew(session: AsyncSession, now: datetime, numbers: Sequence[str], turn: str) -> MailCodeTaken:
    """Mails another code to each address among these cases that waits for one; the former is worth nothing then."""
    waiting = [asked for asked in await _waiting(session, numbers, now) if asked.row.confirmed_at is None]
    if not waiting:
        return MailCodeTaken(state="nothing")
    sent = False
    for asked in waiting:
        if asked.row.last_turn == turn:
            sent = True
            continue
        lately = (Notice.case_id == asked.case.id) & (Notice.kind == CODE) & (Notice.at > now - WITHIN)
        if (await session.scalar(select(func.count()).select_from(Notice).where(lately)) or 0) < CODES:
            await _send(session, asked.case, asked.row, now, turn)
            sent = True
    return MailCodeTaken(state="sent" if sent else "too_often", number=waiting[0].case.number)


async def _send(session: AsyncSession, case: Case, row: MailAddress, now: datetime, turn: str | None = None) -> None:
    """Puts the mail into the outbox; the number of the case is all that it says of it."""
    row.notice_id = Outbox(session, now).add(CODE, f"{MAILTO}{row.address}", case.number, {}, case.id).id
    row.tries, row.last_turn = 0, turn
    await session.flush()


async def _asked(session: AsyncSession, row: MailAddress, case: Case) -> Asked | None:
    notice = await session.get(Notice, row.notice_id)
    return Asked(row, case, notice.state_at) if notice is not None else None


async def _waiting(session: AsyncSession, numbers: Sequence[str], now: datetime) -> list[Asked]:
    """The addresses of these cases, the newest case first; one that was confirmed as long as its code is valid: it may be typed again."""
    query = select(MailAddress, Case, Notice.state_at).join(Case, Case.id == MailAddress.case_id)
    query = query.outerjoin(Notice, Notice.id == MailAddress.notice_id).where(Case.number.in_(numbers))
    rows = (await session.execute(query.order_by(Case.id.desc()).with_for_update(of=MailAddress))).all()
    every = [Asked(row, case, since or datetime.min.replace(tzinfo=now.tzinfo)) for row, case, since in rows]
    return [asked for asked in every if asked.row.address == asked.case.bundle.get("email")]
