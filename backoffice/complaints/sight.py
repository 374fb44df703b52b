"""Says who sees a complaint. A restricted one is seen by its reader alone, and none by whoever is accused in it or is over them."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.actor import Actor
from backoffice.complaints.models import Complaint, ComplaintExclusion
from backoffice.staff.models import Staff, StaffRole
from language.phrases import words
from standard import roles
from standard.complaint_flow import open_states, restriction, step_of
from standard.roles import Permission

NOBODY = "-"
"""An account that there is not: what the program itself does is nobody's."""

SHORTEST_NAME = 4
"""Letters from which on a given name alone tells who of the staff is meant."""


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """What this person may list, count and search.

    With the permission all that are not restricted, up the ladder those that have come so far, and the restricted ones that are theirs.
    """
    step = step_of(actor.roles)
    theirs = true() if actor.may(Permission.COMPLAINTS) else Complaint.level >= step if step else false()
    anybodys = Complaint.restricted.is_(False) & theirs
    reader = actor.id or NOBODY
    return and_(or_(anybodys, Complaint.restricted & _read_by(reader)), ~_excluded_from(reader))


def _read_by(staff_id: str) -> ColumnElement[bool]:
    """Never unknown, also where there is no reader yet: its opposite is asked for, too."""
    return Complaint.reader_id.is_not(None) & (Complaint.reader_id == staff_id)


def _excluded_from(staff_id: str) -> ColumnElement[bool]:
    return exists().where(ComplaintExclusion.complaint_id == Complaint.id, ComplaintExclusion.staff_id == staff_id)


def has_desk(actor: Actor) -> bool:
    """Whether this person has a list of complaints at all."""
    return actor.may(Permission.COMPLAINTS) or actor.may(Permission.RESTRICTED_COMPLAINTS) or step_of(actor.roles) > 0


def counted_for(actor: Actor | None) -> ColumnElement[bool]:
    """What counts in somebody's figures: what they may see, and the unrestricted ones that do not accuse them; None: of nobody's own."""
    reader = actor.id if actor and actor.id else NOBODY
    return or_(Complaint.restricted.is_(False), _read_by(reader)) & ~_excluded_from(reader)


def secret() -> ColumnElement[bool]:
    """The complaints that are kept from somebody: restricted ones, and those in which somebody of the staff is accused."""
    return Complaint.restricted | exists().where(ComplaintExclusion.complaint_id == Complaint.id)


async def sees(session: AsyncSession, complaint: Complaint, actor: Actor) -> bool:
    """The same of one complaint."""
    await session.flush()
    return bool(await session.scalar(select(exists().where(Complaint.id == complaint.id, visible_to(actor)))))


class Readers:
    """Finds whom a complaint accuses, and who reads it."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self._session, self._now = session, now

    async def accused_in(self, text: str) -> set[str]:
        """The staff whose whole name, or a given name that nobody else has, stands in the text."""
        typed = words(text)
        everybody = (await self._session.execute(select(Staff.id, Staff.name).where(Staff.active))).all()
        names = {staff_id: words(name) for staff_id, name in everybody}
        given: dict[str, list[str]] = {}
        for staff_id, name in names.items():
            given.setdefault(name[0] if name else "", []).append(staff_id)
        found = {staff_id for staff_id, name in names.items() if len(name) > 1 and _stands_in(name[:2], typed)}
        alone = {ids[0] for name, ids in given.items() if len(ids) == 1 and len(name) >= SHORTEST_NAME and name in typed}
        return found | alone

    async def line_of(self, accused: Iterable[str]) -> set[str]:
        """The accused with those who are over them, up to the head of the office."""
        held = set(await self._session.scalars(select(StaffRole.role).where(StaffRole.staff_id.in_(list(accused)), self._holds())))
        above: set[str] = set()
        while held:
            held = {row.superior for role in held if (row := roles.roles().get(role)) and row.superior} - above
            above |= held
        over = await self._session.scalars(select(StaffRole.staff_id).where(StaffRole.role.in_(above), self._holds()))
        return {*accused, *over}

    async def exclude(self, complaint: Complaint, staff_ids: Iterable[str]) -> None:
        """From now on these people see nothing of it; a reader or holder among them loses it."""
        await self._session.flush()
        known = set(await self._excluded(complaint))
        out = set(staff_ids)
        self._session.add_all(ComplaintExclusion(complaint_id=complaint.id, staff_id=staff_id) for staff_id in out - known)
        if complaint.assigned_to in out:
            complaint.assigned_to = None
        await self._session.flush()
        if complaint.restricted and (complaint.reader_id is None or complaint.reader_id in out):
            complaint.reader_id = await self.reader_for(complaint)

    async def reader_for(self, complaint: Complaint, *, outside: bool = False) -> str | None:
        """Who reads it: an integrity officer, else somebody of the reader's role; `outside`: that role at once. None where nobody can.

        Of several the one who has the fewest open ones.
        """
        rules, excluded = restriction(), set(await self._excluded(complaint))
        if not outside and not names_heads(complaint.text):
            officers = await self._session.execute(
                select(Staff.username, Staff.id).where(Staff.username.in_(rules.integrity_officers), Staff.active)
            )
            by_name = {username: staff_id for username, staff_id in officers if staff_id not in excluded}
            for username in rules.integrity_officers:
                if username in by_name:
                    return by_name[username]
        of_role = select(StaffRole.staff_id).where(StaffRole.role == rules.reader_role, self._holds())
        candidates = set(await self._session.scalars(select(Staff.id).where(Staff.active, Staff.id.in_(of_role)))) - excluded
        if not candidates:
            return None
        counted = select(Complaint.reader_id, func.count()).where(
            Complaint.reader_id.in_(candidates), Complaint.restricted, Complaint.state.in_(open_states())
        )
        load = {staff_id: n for staff_id, n in await self._session.execute(counted.group_by(Complaint.reader_id))}
        return min(candidates, key=lambda staff_id: (load.get(staff_id, 0), staff_id))

    async def _excluded(self, complaint: Complaint) -> list[str]:
        query = select(ComplaintExclusion.staff_id).where(ComplaintExclusion.complaint_id == complaint.id)
        return list(await self._session.scalars(query))

    def _holds(self) -> ColumnElement[bool]:
        open_ended = StaffRole.valid_until.is_(None) | (StaffRole.valid_until > self._now)
        return (StaffRole.valid_from <= self._now) & open_ended


def names_heads(text: str) -> bool:
    """Whether a report means the head of the office, or who oversees the desk."""
    typed = words(text)
    return any(_stands_in(words(phrase), typed) for phrase in restriction().heads)


def _stands_in(phrase: list[str], typed: list[str]) -> bool:
    return any(typed[at : at + len(phrase)] == phrase for at in range(len(typed)))
