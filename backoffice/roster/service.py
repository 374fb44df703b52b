"""Reads the roster with everybody's load, assigns officers, and gives the next case to one of them."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.actor import Actor
from backoffice.audit.service import Audit
from backoffice.cases import holding, ledger
from backoffice.cases.models import Case, CaseEvent
from backoffice.cases.queues import Queues
from backoffice.cases.repository import CaseRepository
from backoffice.errors import Forbidden, Invalid, NotFound
from backoffice.roster.models import Assignment
from backoffice.staff.models import Staff, StaffRole, held_at
from standard import facts, roles, stages
from standard.clock import today
from standard.roles import Permission

LONGEST = timedelta(days=3 * 366)
"""A decision that names officers for longer is a slip of the pen."""
RECENT = timedelta(days=7)
NEXT_AMONG = 30
TASKS = tuple(row.id for row in stages.transitions().values() if row.task)


@dataclass(frozen=True)
class Officer:
    """Somebody who works on cases, or is assigned to. `load`: cases in hand, `late` those of them past their time, `done` tasks of the
    last seven days.
    """

    staff: Staff
    roles: tuple[str, ...]
    assignments: tuple[Assignment, ...]
    on_duty: bool
    load: int
    late: int
    done: int

    @property
    def takes(self) -> bool:
        """Whether a case can be given to them."""
        return self.staff.active and roles.takes_cases(self.roles)


@dataclass(frozen=True)
class Roster:
    """Everybody, and what is missing: how many of the `least`, and which roles that take cases nobody on duty holds."""

    officers: tuple[Officer, ...]
    on_duty: int
    least: int
    without: tuple[str, ...]

    @property
    def missing(self) -> int:
        """How many more have to be assigned."""
        return max(0, self.least - self.on_duty)


def may_assign(actor: Actor) -> bool:
    """The head assigns (Seed B.4)."""
    return actor.may(Permission.ASSIGN)


def may_read(actor: Actor) -> bool:
    """The head, and who gives cases to others."""
    return may_assign(actor) or actor.may(Permission.TAKE_OVER)


class Rosters:
    """The caller holds the transaction and commits it."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self._session, self._now = session, now

    async def read(self) -> Roster:
        """The roster of today."""
        held = await self._roles()
        assigned = await self._assigned()
        query = select(Staff).where(Staff.id.in_({*held, *assigned})).order_by(Staff.name)
        people = [each for each in await self._session.scalars(query) if each.active or each.id in assigned]
        load, late, done = await self._counts()
        officers = []
        for person in people:
            rows, day = assigned.get(person.id, ()), today(self._now)
            now = person.active and any(row.first_day <= day <= row.last_day for row in rows)
            own = held.get(person.id, ())
            officers.append(Officer(person, own, tuple(rows), now, load.get(person.id, 0), late.get(person.id, 0), done.get(person.id, 0)))
        on_duty = [officer for officer in officers if officer.on_duty]
        there = {role for officer in on_duty for role in officer.roles}
        without = tuple(role.id for role in roles.roles().values() if role.takes and role.id not in there)
        return Roster(tuple(officers), len(on_duty), int(facts.load("roles")["least_on_duty"]), without)

    async def assign(self, username: str, decision: str, first: date | None, last: date | None, by: Actor) -> None:
        """Assigns an officer by a decision of the head. Raises Forbidden, NotFound, Invalid (`decision`, `period`)."""
        if not may_assign(by):
            raise Forbidden
        decision = " ".join(decision.split())
        if not 3 <= len(decision) <= 80 or not any(map(str.isdigit, decision)):
            raise Invalid(field="decision", sentence="invalid.decision")
        if first is None or last is None or not first <= last <= first + LONGEST or last < today(self._now):
            raise Invalid(field="period", sentence="invalid.period")
        staff = await self._session.scalar(select(Staff).where(Staff.username == username, Staff.active))
        if staff is None:
            raise NotFound
        self._session.add(
            Assignment(
                id=str(uuid.uuid4()),
                staff_id=staff.id,
                decision=decision,
                first_day=first,
                last_day=last,
                made_by=by.id,
                made_at=self._now,
                ended_at=None,
            )
        )
        data = {"decision": decision, "from": first.isoformat(), "until": last.isoformat()}
        await Audit(self._session, self._now).note("petugas_ditunjuk", by.id, staff.username, data)

    async def end(self, key: str, by: Actor) -> None:
        """Takes an assignment back. Raises Forbidden, NotFound."""
        if not may_assign(by):
            raise Forbidden
        row = await self._session.get(Assignment, key, with_for_update=True)
        if row is None or row.ended_at is not None:
            raise NotFound
        row.ended_at = self._now
        staff = await self._session.get_one(Staff, row.staff_id)
        await Audit(self._session, self._now).note("penunjukan_diakhiri", by.id, staff.username, {"decision": row.decision})

    async def give_next(self, username: str, by: Actor, minutes: int) -> str | None:
        """Puts the most urgent case that waits for this officer's work and that nobody has into their hands; None where there is none.

        Raises Forbidden, NotFound.
        """
        if not by.may(Permission.TAKE_OVER):
            raise Forbidden
        staff = await self._session.scalar(select(Staff).where(Staff.username == username, Staff.active))
        held = (await self._roles()).get(staff.id, ()) if staff is not None else ()
        if staff is None or not roles.takes_cases(held):
            raise NotFound
        theirs = Actor(staff.id, staff.name, frozenset(held))
        ids = await Queues(self._session, theirs, self._now).first("tugas", NEXT_AMONG)
        found = await CaseRepository(self._session).lock_all(ids)
        free = (found[key] for key in ids if key in found and holding.holder(found[key], self._now) is None)
        case = next(free, None)
        if case is None:
            return None
        holding.hand_over(case, by, staff.id, self._now, minutes)
        data = {"from_staff": None, "to_staff": staff.id, "to_name": staff.name}
        ledger.record(self._session, case, "dialihkan", by, self._now, data)
        return case.number

    async def _roles(self) -> Mapping[str, tuple[str, ...]]:
        """Whoever holds a role that takes cases now, with all their roles."""
        query = select(StaffRole.staff_id, StaffRole.role).join(Staff, Staff.id == StaffRole.staff_id)
        found: dict[str, set[str]] = {}
        for staff_id, role in await self._session.execute(query.where(held_at(self._now), Staff.active)):
            found.setdefault(staff_id, set()).add(role)
        return {key: tuple(sorted(own)) for key, own in found.items() if roles.takes_cases(own)}

    async def _assigned(self) -> Mapping[str, list[Assignment]]:
        """Assignments of today and later, by officer."""
        query = select(Assignment).where(Assignment.ended_at.is_(None), Assignment.last_day >= today(self._now))
        found: dict[str, list[Assignment]] = {}
        for row in await self._session.scalars(query.order_by(Assignment.first_day, Assignment.id)):
            found.setdefault(row.staff_id, []).append(row)
        return found

    async def _counts(self) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
        in_hand = Case.taken_by.is_not(None) & (Case.taken_until > self._now)
        holds = select(Case.taken_by, func.count(), func.count().filter(Case.deadline < self._now)).where(in_hand)
        rows = (await self._session.execute(holds.group_by(Case.taken_by))).all()
        acts = select(CaseEvent.staff_id, func.count()).where(CaseEvent.at > self._now - RECENT, CaseEvent.kind.in_(TASKS))
        done = (await self._session.execute(acts.where(CaseEvent.staff_id.is_not(None)).group_by(CaseEvent.staff_id))).all()
        return {str(row[0]): row[1] for row in rows}, {str(row[0]): row[2] for row in rows}, {str(row[0]): row[1] for row in done}
