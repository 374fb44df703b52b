"""Looks after accounts: names, roles, deputies for a period, closing and opening, second factors, sessions."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.actor import Actor
from backoffice.audit.service import Audit
from backoffice.errors import Forbidden, Invalid, NotFound
from backoffice.staff.models import Passkey, Staff, StaffRole, StaffSession
from backoffice.staff.passkeys import has_one
from standard import roles
from standard.clock import office_zone
from standard.roles import Permission

LONGEST_DEPUTY = timedelta(days=366)
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
"""What may be an e-mail address; whether it is one shows when it is written to."""


@dataclass(frozen=True)
class Person:
    """One account with the roles held now or later. `deputies` are the rows held for somebody else."""

    staff: Staff
    own: list[str]
    deputies: list[StaffRole]
    has_passkey: bool

    @property
    def has_second_factor(self) -> bool:
        """Whether signing in asks for more than the password."""
        return self.has_passkey or self.staff.totp_secret is not None


class People:
    """The acts on accounts by whoever may manage them. The caller holds the transaction and commits it."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self._session, self._now = session, now

    async def every(self) -> list[Person]:
        """All accounts, those in use first, by name."""
        staff = list(await self._session.scalars(select(Staff).order_by(Staff.active.desc(), Staff.name)))
        held: dict[str, list[StaffRole]] = {}
        current = (StaffRole.valid_until.is_(None)) | (StaffRole.valid_until > self._now)
        for row in await self._session.scalars(select(StaffRole).where(current).order_by(StaffRole.valid_from)):
            held.setdefault(row.staff_id, []).append(row)
        keys = set(await self._session.scalars(select(Passkey.staff_id)))
        return [_person(each, held.get(each.id, []), each.id in keys) for each in staff]

    async def one(self, username: str) -> Person:
        """One account. Raises NotFound."""
        staff = await self.lock(username)
        current = (StaffRole.valid_until.is_(None)) | (StaffRole.valid_until > self._now)
        query = select(StaffRole).where(StaffRole.staff_id == staff.id, current).order_by(StaffRole.valid_from)
        rows = list(await self._session.scalars(query))
        return _person(staff, rows, bool(await self._session.scalar(select(has_one(staff.id)))))

    async def lock(self, username: str) -> Staff:
        """The account's row, which nobody else changes meanwhile. Raises NotFound."""
        staff = await self._session.scalar(select(Staff).where(Staff.username == username).with_for_update())
        if staff is None:
            raise NotFound
        return staff

    async def change(self, username: str, name: str, wanted: list[str], by: Actor, email: str | None = None) -> None:
        """A new name and new own roles, a new e-mail address where one is given (empty: none any more).

        Raises Invalid (`name`, `roles`, `email`), Forbidden for taking one's own right to manage.
        """
        person = await self.one(username)
        require_sound(person, name, wanted, by, email)
        before = (person.staff.name, sorted(person.own), person.staff.email)
        person.staff.name = name
        if email is not None:
            person.staff.email = email or None
        rows = select(StaffRole).where(StaffRole.staff_id == person.staff.id, StaffRole.deputy.is_(False), StaffRole.valid_until.is_(None))
        for row in await self._session.scalars(rows):
            if row.role not in wanted:
                row.valid_until = self._now
        new = set(wanted) - set(person.own)
        self._session.add_all([StaffRole(staff_id=person.staff.id, role=role, valid_from=self._now, deputy=False) for role in sorted(new)])
        if before != (name, sorted(wanted), person.staff.email):
            await self._note("akun_diubah", person.staff, by, {"roles": sorted(wanted), "before": before[1]})

    async def set_active(self, username: str, active: bool, by: Actor) -> None:
        """Closes an account (its sessions end at once) or opens it again. Raises Forbidden for one's own."""
        staff = await self.lock(username)
        if staff.id == by.id:
            raise Forbidden
        if staff.active == active:
            return
        staff.active = active
        if not active:
            await self._session.execute(delete(StaffSession).where(StaffSession.staff_id == staff.id))
        await self._note("akun_dibuka" if active else "akun_ditutup", staff, by, {})

    async def remove_second_factor(self, username: str, by: Actor) -> None:
        """Takes the second factor off an account whose phone is lost; its sessions end."""
        staff = await self.lock(username)
        staff.totp_secret = staff.totp_step = None
        await self._session.execute(delete(Passkey).where(Passkey.staff_id == staff.id))
        await self._session.execute(delete(StaffSession).where(StaffSession.staff_id == staff.id))
        await self._note("kode_dilepas", staff, by, {})

    async def stand_in(self, username: str, for_username: str, role: str, first: date, last: date, by: Actor) -> None:
        """Makes somebody deputy (Plt.) for a role that another holds, from the first to the last day, both whole, at the office.

        Raises NotFound, Invalid (`role`, `period`).
        """
        deputy, absent = await self.one(username), await self.one(for_username)
        if role not in absent.own or role in deputy.own or not roles.can_be_held([*deputy.own, role]) or deputy.staff.id == absent.staff.id:
            raise Invalid(field="role")
        begin = datetime.combine(first, time(), office_zone())
        end = datetime.combine(last + timedelta(days=1), time(), office_zone())
        if end <= begin or end <= self._now or end - begin > LONGEST_DEPUTY:
            raise Invalid(field="period")
        self._session.add(
            StaffRole(staff_id=deputy.staff.id, role=role, valid_from=begin, valid_until=end, deputy=True, stands_for=absent.staff.id)
        )
        data = {"role": role, "for": for_username, "from": first.isoformat(), "until": last.isoformat()}
        await self._note("plt_ditunjuk", deputy.staff, by, data)

    async def end_deputy(self, username: str, row_id: int, by: Actor) -> None:
        """Ends a deputy's time now. Raises NotFound."""
        staff = await self.lock(username)
        row = await self._session.get(StaffRole, row_id)
        if row is None or row.staff_id != staff.id or not row.deputy:
            raise NotFound
        row.valid_until = max(self._now, row.valid_from) if row.valid_until is None else min(row.valid_until, self._now)
        await self._note("plt_diakhiri", staff, by, {"role": row.role})

    async def sessions(self, staff_id: str) -> list[StaffSession]:
        """The account's sessions, the one used last first."""
        query = select(StaffSession).where(StaffSession.staff_id == staff_id).order_by(StaffSession.seen_at.desc())
        return list(await self._session.scalars(query))

    async def end_sessions(self, staff: Staff, by: Actor, only: str | None = None, but: str | None = None) -> None:
        """Ends sessions of an account: all, `only` one, or all `but` one (hashes)."""
        ended = delete(StaffSession).where(StaffSession.staff_id == staff.id)
        if only is not None:
            ended = ended.where(StaffSession.token_hash == only)
        if but is not None:
            ended = ended.where(StaffSession.token_hash != but)
        done = (await self._session.scalars(ended.returning(StaffSession.token_hash))).all()
        await self._note("sesi_diakhiri", staff, by, {"count": len(done)})

    async def _note(self, action: str, staff: Staff, by: Actor, data: Mapping[str, object]) -> None:
        await Audit(self._session, self._now).note(action, by.id, staff.username, dict(data))


def require_sound(person: Person, name: str, wanted: list[str], by: Actor, email: str | None) -> None:
    """Raises what `People.change` raises, and changes nothing."""
    if not 1 <= len(name) <= 120:
        raise Invalid(field="name")
    if not roles.can_be_held(wanted):
        raise Invalid(field="roles")
    if email and not (ADDRESS.fullmatch(email) and len(email) <= 254):
        raise Invalid(field="email")
    if person.staff.id == by.id and not roles.may(wanted, Permission.MANAGE_STAFF):
        raise Forbidden


def _person(staff: Staff, rows: list[StaffRole], has_passkey: bool) -> Person:
    return Person(staff, [row.role for row in rows if not row.deputy], [row for row in rows if row.deputy], has_passkey)
