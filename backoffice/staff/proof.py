"""Proves that it is still the same person: by the code of the second factor where one is enrolled, else by the password."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.audit.service import Audit
from backoffice.errors import Invalid
from backoffice.services import Services
from backoffice.settings import Settings
from backoffice.staff import passwords, throttle, totp
from backoffice.staff.models import Staff
from backoffice.staff.throttle import Attempt, Throttle
from storage.keyring import Keyring


def seal_of(settings: Settings) -> totp.Seal:
    """The seal of the installation's key: a page proposes a secret sealed, and its form brings it back."""
    return totp.Seal(Keyring(settings.blob_key.get_secret_value()))


async def prove_password(services: Services, staff_id: str, password: str, attempt: Attempt) -> bool:
    """Whether that is the account's password: counted, checked beside the event loop and outside of transactions, forgiven when right.

    Raises TooManyAttempts.
    """
    await throttle.admit(services, attempt)
    async with services.database.read() as session:
        staff = await session.get(Staff, staff_id)
    right = await passwords.is_right(staff.password_hash if staff else None, password)
    async with services.database.write() as session:
        if right:
            await Throttle(session, services.clock()).forgive(attempt)
        else:
            await Audit(session, services.clock()).note("konfirmasi_gagal", staff_id, None, {})
    return right


async def prove_code(services: Services, staff_id: str, code: str, attempt: Attempt, failed: str = "konfirmasi_gagal") -> bool:
    """Whether that is the second factor's code of this moment, not used before: counted, forgiven when right.

    `failed` is the act that a wrong one is noted as. Raises TooManyAttempts.
    """
    await throttle.admit(services, attempt)
    async with services.database.write() as session:
        staff = await session.get(Staff, staff_id, with_for_update=True)
        right = staff is not None and _use_code(services.settings, staff, code, services.clock())
        if right:
            await Throttle(session, services.clock()).forgive(attempt)
        else:
            await Audit(session, services.clock()).note(failed, staff_id, None, {})
    return right


def _use_code(settings: Settings, staff: Staff, code: str, now: datetime) -> bool:
    secret = seal_of(settings).open(staff.totp_secret or "", staff.id)
    step = totp.step_of(secret, code, now, staff.totp_step) if secret else None
    if step is None:
        return False
    staff.totp_step = step
    return True


async def renew_secrets(services: Services) -> int:
    """Closes the secrets of second factors with the installation's newest key; returns how many. Raises SealBroken."""
    seal, done = seal_of(services.settings), 0
    async with services.database.write() as session:
        for staff in await session.scalars(select(Staff).where(Staff.totp_secret.is_not(None)).with_for_update()):
            if renewed := seal.renewed(staff.totp_secret or "", staff.id):
                staff.totp_secret, done = renewed, done + 1
    return done


async def enrol(session: AsyncSession, settings: Settings, now: datetime, staff: Staff, sealed: str, code: str) -> None:
    """Makes that secret the account's second factor. Raises Invalid (`code`)."""
    secret = seal_of(settings).open(sealed, staff.id)
    step = totp.step_of(secret, code, now, None) if secret else None
    if step is None:
        raise Invalid(field="code")
    staff.totp_secret, staff.totp_step = sealed, step
    await Audit(session, now).note("kode_dipasang", staff.id, staff.username, {})
