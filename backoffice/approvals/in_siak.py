"""Records approvals that SIAK holds already, with day and reference: by the approver, or by a second person, never the case's operator."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.actor import Actor
from backoffice.cases.models import Case, CaseEvent
from backoffice.cases.service import CaseService, Request
from backoffice.errors import Forbidden, Invalid, NotFound
from backoffice.staff.models import Staff, StaffRole, held_at
from backoffice.web import navigation
from standard import stages
from standard.clock import read_day
from standard.roles import Permission
from standard.stages import Transition

OPERATES = frozenset({"operator", "plt:operator"})
OLDEST = timedelta(days=60)
"""SIAK's approval of a draft is never older than the case; a day before that is a slip of the pen."""
SHORTEST, LONGEST = 3, 60
LISTED = timedelta(hours=24)


@dataclass(frozen=True)
class Waiting:
    """An approval that a case waits for, with who may have given it in SIAK; `own`: whoever looks at it is one of them."""

    transition: Transition
    own: bool
    approvers: tuple[Staff, ...]


@dataclass(frozen=True)
class Recorded:
    """An approval in somebody's name that was noted as given in SIAK."""

    number: str
    event: CaseEvent


def may_record(actor: Actor) -> bool:
    """An approver, or who gives cases to others."""
    return navigation.is_approver(actor) or actor.may(Permission.TAKE_OVER)


def read_form(form: dict[str, str], today: date) -> dict[str, str]:
    """`day` and `ref` as the event holds them. Raises Invalid."""
    day, ref = read_day(form.get("tanggal")), " ".join(form.get("rujukan", "").split())
    if day is None or not today - OLDEST <= day <= today:
        raise Invalid(field="tanggal", sentence="invalid.siak_day")
    if not SHORTEST <= len(ref) <= LONGEST or not any(map(str.isdigit, ref)):
        raise Invalid(field="rujukan", sentence="invalid.siak_ref")
    return {"day": day.isoformat(), "ref": ref}


class InSiak:
    """The caller holds the transaction and commits it."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self._session, self._now = session, now

    async def waiting(self, case: Case, actor: Actor) -> list[Waiting]:
        """What the case waits for now; nobody's, for the case's operator. Raises Forbidden."""
        await self._require_other(case, actor)
        service = CaseService(self._session, self._now, 0)
        held = await service.facts(case)
        rows = [row for row in stages.transitions().values() if row.track and case.stage in row.at and not row.unless & held]
        return [Waiting(row, bool(row.roles & actor.roles), tuple(await self._holders(row))) for row in rows if not row.needs - held]

    async def record(
        self, service: CaseService, case: Case, by: Actor, wanted: Request, approver_id: str, given: dict[str, str]
    ) -> CaseEvent | None:
        """Notes the approval in its giver's name; `wanted.confirmed` says whether `by` proved lately who they are.

        Raises Forbidden, NotFound, and what `CaseService.act` raises.
        """
        row = stages.transitions().get(wanted.transition)
        if row is None or row.track is None:
            raise NotFound
        await self._require_other(case, by)
        giver: Actor | None = None if row.roles & by.roles else await self._giver(row, approver_id)
        told: dict[str, Any] = {"in_siak": {**given, "approver": (giver or by).id, "name": (giver or by).name}}
        own = replace(wanted, extra=told, giver=giver)
        return await service.act(case, by, own)

    async def of_today(self, actor: Actor) -> list[Recorded]:
        """What others have noted in this person's name within the last day, the newest first."""
        kinds = [row.id for row in stages.transitions().values() if row.track and row.roles & actor.roles]
        query = select(CaseEvent, Case.number).join(Case, Case.id == CaseEvent.case_id).order_by(CaseEvent.id.desc())
        found = await self._session.execute(query.where(CaseEvent.kind.in_(kinds), CaseEvent.at > self._now - LISTED))
        return [
            Recorded(number, event)
            for event, number in found
            if event.data.get("in_siak", {}).get("approver") == actor.id and event.staff_id != actor.id
        ]

    async def _require_other(self, case: Case, actor: Actor) -> None:
        if not may_record(actor):
            raise Forbidden
        query = select(CaseEvent.id).where(CaseEvent.case_id == case.id, CaseEvent.staff_id == actor.id, CaseEvent.role.in_(OPERATES))
        if await self._session.scalar(query.limit(1)) is not None:
            raise Forbidden

    async def _holders(self, row: Transition) -> list[Staff]:
        query = (
            select(Staff)
            .join(StaffRole, StaffRole.staff_id == Staff.id)
            .where(StaffRole.role.in_(row.roles), held_at(self._now), Staff.active)
        )
        return list(await self._session.scalars(query.order_by(Staff.name).distinct()))

    async def _giver(self, row: Transition, approver_id: str) -> Actor:
        found = next((staff for staff in await self._holders(row) if staff.id == approver_id), None)
        if found is None:
            raise Invalid(field="oleh", sentence="invalid.siak_by")
        return Actor(found.id, found.name, frozenset(row.roles))
