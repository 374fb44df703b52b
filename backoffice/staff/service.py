"""Signs staff in and out, keeps their sessions, and makes accounts."""

import hashlib
import hmac
import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.audit.service import Audit
from backoffice.errors import Invalid, NotFound, TooManyAttempts, WrongCredentials
from backoffice.settings import Settings
from backoffice.staff import passwords
from backoffice.staff.actor import Actor
from backoffice.staff.models import FailedSignIn, Staff, StaffRole, StaffSession
from backoffice.staff.proof import Proofs
from standard import roles

ADDRESS_ATTEMPTS = 30
"""Failed sign-ins from one address within the lock time, over all accounts; an office behind one address has a dozen people."""

CONFIRMED_FOR = timedelta(minutes=15)
"""How long a proof (signing in, the password given again) counts for signatures."""

SEEN_EVERY = timedelta(minutes=1)
"""A session's last moment is written at most so often: reading pages should not write rows."""


@dataclass(frozen=True)
class SignedIn:
    """A valid session: who it is, the token of its forms, and whether the proof is fresh enough for a signature."""

    actor: Actor
    username: str
    csrf: str
    session_hash: str
    confirmed: bool
    must_change_password: bool
    second_factor: bool = False
    """Whether proofs are codes of an authenticator app rather than the password."""
    code_due: bool = False
    """The code is still to come: nothing is open yet but the page that asks for it."""


class StaffService:
    """Accounts and sessions. The caller holds the transaction and commits it, failed sign-ins too."""

    def __init__(self, session: AsyncSession, settings: Settings, now: datetime) -> None:
        self._session, self._settings, self._now = session, settings, now
        self._proofs = Proofs(session, settings, now)

    async def stored_password(self, username: str) -> str | None:
        """The hash that a password is checked against; None for no such account, or one that is closed."""
        return await self._session.scalar(select(Staff.password_hash).where(Staff.username == _written(username), Staff.active))

    async def sign_in(self, username: str, proven: str | None, address: str, browser: str) -> str | Exception:
        """The token of a new session, or the problem (TooManyAttempts, WrongCredentials): returned, so that failures count.

        `proven` is the stored hash that the password was right for, or None. It was checked before this transaction, in which other
        writers wait, and counts only while it is the account's still.
        """
        audit = Audit(self._session, self._now)
        window = self._now - timedelta(minutes=self._settings.login_lock_minutes)
        tries = await self._session.scalar(
            select(func.count()).select_from(FailedSignIn).where(FailedSignIn.address == address, FailedSignIn.at > window)
        )
        staff = await self._session.scalar(select(Staff).where(Staff.username == _written(username)).with_for_update())
        locked = staff is not None and staff.locked_until is not None and staff.locked_until > self._now
        if locked or (tries or 0) >= ADDRESS_ATTEMPTS:
            return TooManyAttempts(minutes=self._settings.login_lock_minutes)
        if staff is None or not staff.active or proven != staff.password_hash:
            self._session.add(FailedSignIn(address=address, at=self._now))
            await audit.note("masuk_gagal", staff.id if staff else None, None, {"address": address})
            if staff is not None:
                await self._proofs.count_failure(staff)
            return WrongCredentials()
        code_due = staff.totp_secret is not None
        if not code_due:
            staff.failed_sign_ins, staff.locked_until, staff.signed_in_at = 0, None, self._now
        token = secrets.token_urlsafe(32)
        self._session.add(
            StaffSession(
                token_hash=self._keyed("session", token),
                staff_id=staff.id,
                created_at=self._now,
                seen_at=self._now,
                confirmed_at=self._now,
                address=address,
                browser=browser[:200],
                code_due=code_due,
            )
        )
        if not code_due:
            await audit.note("masuk", staff.id, None, {"address": address})
        return token

    async def give_code(self, session_hash: str, code: str, address: str) -> bool:
        """The second step of signing in: opens the session for the right code, counts a wrong one."""
        row = await self._session.get(StaffSession, session_hash)
        staff = await self._session.get(Staff, row.staff_id, with_for_update=True) if row else None
        audit = Audit(self._session, self._now)
        if row is None or staff is None or not await self._proofs.is_right(staff, code):
            await audit.note("masuk_gagal", staff.id if staff else None, None, {"address": address})
            return False
        row.code_due, row.confirmed_at = False, self._now
        staff.failed_sign_ins, staff.locked_until, staff.signed_in_at = 0, None, self._now
        await audit.note("masuk", staff.id, None, {"address": address})
        return True

    async def find(self, token: str) -> tuple[SignedIn, bool] | None:
        """Who holds that token now, and whether `touch` is due; None where the session has ended."""
        query = (
            select(StaffSession, Staff, StaffRole)
            .join(Staff, Staff.id == StaffSession.staff_id)
            .outerjoin(StaffRole, (StaffRole.staff_id == Staff.id) & (StaffRole.valid_from <= self._now))
            .where(StaffSession.token_hash == self._keyed("session", token))
        )
        found = (await self._session.execute(query)).all()
        if not found:
            return None
        row, staff, _ = found[0]
        if self._now - row.seen_at > timedelta(minutes=self._settings.session_idle_minutes):
            return None
        if self._now - row.created_at > timedelta(hours=self._settings.session_hours):
            return None
        if not staff.active:
            return None
        actor = self._actor(staff, [role for _, _, role in found if role is not None])
        fresh = self._now - row.confirmed_at <= CONFIRMED_FOR
        csrf = self._keyed("form", token)
        second = staff.totp_secret is not None
        signed_in = SignedIn(actor, staff.username, csrf, row.token_hash, fresh, staff.must_change_password, second, row.code_due)
        return signed_in, self._now - row.seen_at > SEEN_EVERY

    async def touch(self, session_hash: str) -> None:
        """Notes that the session is in use."""
        row = await self._session.get(StaffSession, session_hash)
        if row is not None:
            row.seen_at = self._now

    async def sign_out(self, session_hash: str, actor: Actor) -> None:
        """Ends that session."""
        await self._session.execute(delete(StaffSession).where(StaffSession.token_hash == session_hash))
        await Audit(self._session, self._now).note("keluar", actor.id, None, {})

    async def confirm(self, session_hash: str, actor: Actor, proof: str) -> bool:
        """Whether the proof is right (the second factor's code, else the password); a right one makes the session's proof fresh."""
        staff = await self._session.get(Staff, actor.id, with_for_update=True)
        row = await self._session.get(StaffSession, session_hash)
        if staff is None or row is None or not await self._proofs.is_right(staff, proof):
            await Audit(self._session, self._now).note("konfirmasi_gagal", actor.id, None, {})
            return False
        row.confirmed_at, staff.failed_sign_ins = self._now, 0
        return True

    async def change_password(self, actor: Actor, old: str, new: str, session_hash: str) -> None:
        """Changes the own password and ends all other sessions. Raises Invalid (`old` or `new`)."""
        staff = await self._session.get(Staff, actor.id)
        if staff is None or not passwords.is_right(staff.password_hash, old):
            raise Invalid(field="old")
        if len(new) < passwords.MINIMUM_LENGTH or new == old or staff.username in new.lower():
            raise Invalid(field="new")
        staff.password_hash, staff.must_change_password = passwords.hash_password(new), False
        others = delete(StaffSession).where(StaffSession.staff_id == staff.id, StaffSession.token_hash != session_hash)
        await self._session.execute(others)
        await Audit(self._session, self._now).note("kata_sandi_diganti", actor.id, staff.username, {})

    async def create(self, username: str, name: str, held: list[str], password: str, must_change: bool, by: Actor | None = None) -> Staff:
        """A new account with its roles. Raises Invalid where the name is taken or a role is unknown."""
        username = _written(username)
        if await self._session.scalar(select(Staff.id).where(Staff.username == username)) is not None:
            raise Invalid(field="username")
        if not held or set(held) - set(roles.roles()):
            raise Invalid(field="roles")
        staff = Staff(
            id=str(uuid.uuid4()),
            username=username,
            name=name,
            password_hash=passwords.hash_password(password),
            must_change_password=must_change,
            active=True,
            failed_sign_ins=0,
            created_at=self._now,
        )
        self._session.add(staff)
        await self._session.flush()
        self._session.add_all([StaffRole(staff_id=staff.id, role=role, valid_from=self._now, deputy=False) for role in held])
        await Audit(self._session, self._now).note("akun_dibuat", by.id if by else None, username, {"roles": held})
        return staff

    async def reset_password(self, username: str, password: str, must_change: bool = True, by: Actor | None = None) -> None:
        """Gives an account a new password, unlocks it and ends its sessions. Raises NotFound."""
        staff = await self._session.scalar(select(Staff).where(Staff.username == _written(username)))
        if staff is None:
            raise NotFound
        staff.password_hash, staff.must_change_password = passwords.hash_password(password), must_change
        staff.locked_until, staff.failed_sign_ins = None, 0
        await self._session.execute(delete(StaffSession).where(StaffSession.staff_id == staff.id))
        await Audit(self._session, self._now).note("kata_sandi_diatur_ulang", by.id if by else None, staff.username, {})

    async def actor(self, staff: Staff) -> Actor:
        """That person with the roles held at this moment, those of a deputy (Plt.) among them."""
        query = select(StaffRole).where(StaffRole.staff_id == staff.id, StaffRole.valid_from <= self._now)
        return self._actor(staff, list(await self._session.scalars(query)))

    def _actor(self, staff: Staff, begun: list[StaffRole]) -> Actor:
        held = [row for row in begun if row.valid_until is None or row.valid_until > self._now]
        every, own = frozenset(row.role for row in held), frozenset(row.role for row in held if not row.deputy)
        return Actor(staff.id, staff.name, every, every - own)

    async def names(self, ids: set[str]) -> dict[str, str]:
        """The names of those members of staff."""
        return {row.id: row.name for row in await self._session.scalars(select(Staff).where(Staff.id.in_(ids)))} if ids else {}

    def _keyed(self, purpose: str, token: str) -> str:
        """Session hashes and form tokens are keyed: who reads the database can't make a session of a row."""
        key = self._settings.session_secret.get_secret_value().encode()
        return hmac.new(key, f"{purpose}:{token}".encode(), hashlib.sha256).hexdigest()


def _written(username: str) -> str:
    """A username as accounts hold it."""
    return username.strip().lower()
