"""Proves that it is still the same person: by the code of the second factor where one is enrolled, else by the password."""

import asyncio
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.audit.service import Audit
from backoffice.errors import Invalid
from backoffice.settings import Settings
from backoffice.staff import passwords, totp
from backoffice.staff.models import Staff, StaffSession
from storage.blobs import read_key


def seal_of(settings: Settings) -> totp.Seal:
    """The seal of the installation's key: a page proposes a secret sealed, and its form brings it back."""
    return totp.Seal(read_key(settings.blob_key.get_secret_value()))


class Proofs:
    """Checks proofs, counts wrong ones against the account, and enrols the second factor. The caller holds the transaction."""

    def __init__(self, session: AsyncSession, settings: Settings, now: datetime) -> None:
        self._session, self._settings, self._now = session, settings, now
        self._seal = seal_of(settings)

    async def password_is_right(self, staff: Staff | None, password: str) -> bool:
        """Whether that is the account's password; as slow where there is no such account."""
        return await asyncio.to_thread(passwords.is_right, staff.password_hash if staff and staff.active else None, password)

    def code_is_right(self, staff: Staff, code: str) -> bool:
        """Whether that is the second factor's code of this moment, not used before."""
        secret = self._seal.open(staff.totp_secret or "", staff.id)
        step = totp.step_of(secret, code, self._now, staff.totp_step) if secret else None
        if step is None:
            return False
        staff.totp_step = step
        return True

    async def is_right(self, staff: Staff, proof: str) -> bool:
        """The code where a second factor is enrolled, else the password; a wrong one counts towards the lock."""
        right = self.code_is_right(staff, proof) if staff.totp_secret else await self.password_is_right(staff, proof)
        if not right:
            await self.count_failure(staff)
        return right

    async def count_failure(self, staff: Staff) -> None:
        """One wrong password or code more; so many lock the account for a while and end its sessions."""
        staff.failed_sign_ins += 1
        if staff.failed_sign_ins >= self._settings.login_attempts:
            staff.locked_until, staff.failed_sign_ins = self._now + timedelta(minutes=self._settings.login_lock_minutes), 0
            await self._session.execute(delete(StaffSession).where(StaffSession.staff_id == staff.id))
            await Audit(self._session, self._now).note("akun_terkunci", staff.id, staff.username, {})

    async def enrol(self, staff: Staff, sealed: str, code: str, password: str) -> None:
        """Makes that secret the account's second factor. Raises Invalid (`password`, `code`)."""
        if not await self.password_is_right(staff, password):
            raise Invalid(field="password")
        secret = self._seal.open(sealed, staff.id)
        step = totp.step_of(secret, code, self._now, None) if secret else None
        if step is None:
            raise Invalid(field="code")
        staff.totp_secret, staff.totp_step = sealed, step
        await Audit(self._session, self._now).note("kode_dipasang", staff.id, staff.username, {})
