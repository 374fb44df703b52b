"""Tells somebody what others did to their account: at the next sign-in, on their own page, and by e-mail where there is an address."""

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.actor import Actor
from backoffice.audit.models import AuditEvent
from backoffice.notices.mail import MAILTO
from backoffice.notices.outbox import Outbox
from backoffice.services import Services
from backoffice.staff.models import Staff

TOLD = (
    "akun_dibuat", "akun_diubah", "akun_ditutup", "akun_dibuka", "kata_sandi_diatur_ulang", "kode_dilepas", "plt_ditunjuk", "plt_diakhiri",
    "sesi_diakhiri", "perubahan_diminta",
)  # fmt: skip
"""Acts on an account that its owner hears of when somebody else did them."""

MAIL = "surel_akun"
SHOWN = 10


async def changes_by_others(session: AsyncSession, staff: Staff, limit: int = SHOWN, since: datetime | None = None) -> list[AuditEvent]:
    """What others did to that account, the newest first; only what came after `since`, where it is given."""
    others = or_(AuditEvent.staff_id.is_(None), AuditEvent.staff_id != staff.id)
    query = select(AuditEvent).where(AuditEvent.subject == staff.username, AuditEvent.action.in_(TOLD), others)
    if since is not None:
        query = query.where(AuditEvent.at > since)
    return list(await session.scalars(query.order_by(AuditEvent.at.desc(), AuditEvent.id.desc()).limit(limit)))


def tell_by_mail(session: AsyncSession, services: Services, staff: Staff, address: str | None, by: Actor) -> None:
    """An e-mail to the address that the account had before, without what was done: that stands on the page behind the sign-in."""
    if address and services.settings.smtp_url and staff.id != by.id:
        Outbox(session, services.clock()).add(MAIL, f"{MAILTO}{address}", "", {})
