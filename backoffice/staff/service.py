"""Signs staff in and out, keeps their sessions, and makes accounts."""

import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.actor import Actor, SignedIn
from backoffice.audit.service import Audit
from backoffice.errors import Invalid, NotFound, NotSignedIn
from backoffice.keys import keyed
from backoffice.services import Services
from backoffice.settings import Settings
from backoffice.staff.account_notices import changes_by_others
from backoffice.staff.models import Staff, StaffRole, StaffSession
from backoffice.staff.passkeys import has_one
from standard import roles

CONFIRMED_FOR = timedelta(minutes=15)
"""How long a proof (signing in, the password given again) counts for signatures."""

CODE_WITHIN = timedelta(minutes=10)
"""How long after the password the second factor's code may come."""

SEEN_EVERY = timedelta(minutes=1)
"""A session's last moment is written at most so often: reading pages should not write rows."""


@dataclass(frozen=True)
class NewSession:
    """What a right password opens: the token for the browser, and whether a code has to come before anything else."""

    token: str
    code_due: bool
    news: bool
    """Somebody else has changed the account since the last sign-in: the person is told first."""


class StaffService:
    """Accounts and sessions. The caller holds the transaction and commits it; passwords are hashed and checked before it begins."""

    def __init__(self, session: AsyncSession, settings: Settings, now: datetime) -> None:
        self._session, self._settings, self._now = session, settings, now

    async def stored_password(self, username: str) -> str | None:
        """The hash that a password is checked against; None for no such account, or one that is closed."""
        return await self._session.scalar(select(Staff.password_hash).where(Staff.username == written(username), Staff.active))

    async def sign_in(self, username: str, proven: str | None, address: str, browser: str) -> NewSession | None:
        """A new session, or None: no such account, a wrong password, or a closed account, all answered alike.

        `proven` is the stored hash that the password was right for, or None. It was checked before this transaction, in which other
        writers wait, and counts only while it is the account's still.
        """
        staff = await self._session.scalar(select(Staff).where(Staff.username == written(username)).with_for_update())
        if staff is None or not staff.active or proven != staff.password_hash:
            await self._note("masuk_gagal", staff.id if staff else None, None, {"address": address})
            return None
        token = secrets.token_urlsafe(32)
        second = staff.totp_secret is not None or bool(await self._session.scalar(select(has_one(staff.id))))
        self._session.add(
            StaffSession(
                token_hash=keyed(self._settings, "session", token),
                staff_id=staff.id,
                created_at=self._now,
                seen_at=self._now,
                confirmed_at=self._now,
                address=address,
                browser=browser[:200],
                code_due=second,
                roles=sorted((await self.actor(staff)).roles),
            )
        )
        news = not second and await self._signed_in(staff, address)
        return NewSession(token, second, news)

    async def open_session(self, session_hash: str, address: str) -> NewSession:
        """The second step of signing in: the code was right, everything is open now to the token given back."""
        row = await self._session.get(StaffSession, session_hash)
        staff = await self._session.get(Staff, row.staff_id) if row else None
        if row is None or staff is None:
            raise NotSignedIn
        row.code_due, row.confirmed_at = False, self._now
        news = await self._signed_in(staff, address)
        return NewSession(await self.renew(session_hash), False, news)

    async def renew(self, session_hash: str) -> str:
        """A new token for a session that can do more from now on, or whose secrets changed: the old one is worth nothing any more."""
        row = await self._session.get(StaffSession, session_hash)
        if row is None:
            raise NotSignedIn
        token = secrets.token_urlsafe(32)
        row.token_hash = keyed(self._settings, "session", token)
        await self._session.flush()
        return token

    async def _signed_in(self, staff: Staff, address: str) -> bool:
        news = await changes_by_others(self._session, staff, limit=1, since=staff.signed_in_at or staff.created_at)
        staff.signed_in_at = self._now
        await self._note("masuk", staff.id, None, {"address": address})
        return bool(news)

    async def find(self, token: str) -> tuple[SignedIn, bool] | None:
        """Who holds that token now, and whether `touch` is due; None where the session has ended."""
        query = (
            select(StaffSession, Staff, StaffRole, has_one(Staff.id))
            .join(Staff, Staff.id == StaffSession.staff_id)
            .outerjoin(StaffRole, (StaffRole.staff_id == Staff.id) & (StaffRole.valid_from <= self._now))
            .where(StaffSession.token_hash == keyed(self._settings, "session", token))
        )
        found = (await self._session.execute(query)).all()
        if not found:
            return None
        row, staff, _, passkey = found[0]
        if self._now - row.seen_at > timedelta(minutes=self._settings.session_idle_minutes):
            return None
        if self._now - row.created_at > timedelta(hours=self._settings.session_hours):
            return None
        if not staff.active or (row.code_due and self._now - row.created_at > CODE_WITHIN):
            return None
        actor = self._actor(staff, [role for _, _, role, _ in found if role is not None])
        if actor.roles - set(row.roles):
            return None
        fresh = self._now - row.confirmed_at <= CONFIRMED_FOR
        csrf = keyed(self._settings, "form", token)
        code = staff.totp_secret is not None
        signed_in = SignedIn(
            actor, staff.username, csrf, row.token_hash, fresh, staff.must_change_password, code or passkey, row.code_due, code, passkey
        )
        return signed_in, self._now - row.seen_at > SEEN_EVERY

    async def touch(self, session_hash: str) -> None:
        """Notes that the session is in use."""
        row = await self._session.get(StaffSession, session_hash)
        if row is not None:
            row.seen_at = self._now

    async def sign_out(self, session_hash: str, actor: Actor) -> None:
        """Ends that session."""
        await self._session.execute(delete(StaffSession).where(StaffSession.token_hash == session_hash))
        await self._note("keluar", actor.id, None, {})

    async def confirm(self, session_hash: str) -> None:
        """The person has proved just now who it is."""
        row = await self._session.get(StaffSession, session_hash)
        if row is not None:
            row.confirmed_at = self._now

    async def change_password(self, actor: Actor, password_hash: str, session_hash: str) -> str:
        """Gives the own account a new password and ends all its other sessions. Returns the new token of this one."""
        staff = await self._session.get(Staff, actor.id)
        if staff is None:
            raise NotFound
        staff.password_hash, staff.must_change_password = password_hash, False
        others = delete(StaffSession).where(StaffSession.staff_id == staff.id, StaffSession.token_hash != session_hash)
        await self._session.execute(others)
        await self._note("kata_sandi_diganti", actor.id, staff.username, {})
        return await self.renew(session_hash)

    async def create(
        self, username: str, name: str, held: list[str], password_hash: str, must_change: bool, by: Actor | None = None
    ) -> Staff:
        """A new account with its roles. Raises Invalid where the name is taken or a role is unknown."""
        username = written(username)
        if await self._session.scalar(select(Staff.id).where(Staff.username == username)) is not None:
            raise Invalid(field="username")
        if not roles.can_be_held(held):
            raise Invalid(field="roles")
        staff = Staff(
            id=str(uuid.uuid4()),
            username=username,
            name=name,
            password_hash=password_hash,
            must_change_password=must_change,
            active=True,
            created_at=self._now,
        )
        self._session.add(staff)
        await self._session.flush()
        self._session.add_all([StaffRole(staff_id=staff.id, role=role, valid_from=self._now, deputy=False) for role in held])
        await self._note("akun_dibuat", by.id if by else None, username, {"roles": held})
        return staff

    async def reset_password(self, username: str, password_hash: str, must_change: bool = True, by: Actor | None = None) -> None:
        """Gives an account a new password and ends its sessions. Raises NotFound."""
        staff = await self._session.scalar(select(Staff).where(Staff.username == written(username)))
        if staff is None:
            raise NotFound
        staff.password_hash, staff.must_change_password = password_hash, must_change
        await self._session.execute(delete(StaffSession).where(StaffSession.staff_id == staff.id))
        await self._note("kata_sandi_diatur_ulang", by.id if by else None, staff.username, {})

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

    async def _note(self, action: str, staff_id: str | None, subject: str | None, data: dict[str, Any]) -> None:
        await Audit(self._session, self._now).note(action, staff_id, subject, data)


def written(username: str) -> str:
    """A username as accounts hold it."""
    return username.strip().lower()


async def name_of(services: Services, staff_id: str) -> str:
    """The name of a member of staff; empty for nobody known."""
    async with services.database.read() as session:
        return (await StaffService(session, services.settings, services.clock()).names({staff_id})).get(staff_id, "")
