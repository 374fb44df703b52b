"""Gives and voids approvals: one person once in one case, and only as long as the approved draft stays the same."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.actor import Actor
from backoffice.cases.approvals import Approval
from backoffice.cases.models import Case
from backoffice.cases.products import Phase, Product
from backoffice.cases.publishing import Intended
from backoffice.errors import ApprovedBefore, ConfirmationNeeded
from standard.stages import Transition

SIGNATURES = frozenset({"setuju_kadis"})
"""Approvals that ask for the password again when the last proof is old."""


async def approve(intended: Intended) -> dict[str, Any]:
    """Gives the approval that a transition is, and voids those whose facts it clears: `voided` names their transitions.

    Raises ApprovedBefore, ConfirmationNeeded.
    """
    approvals, transition = Approvals(intended.session), intended.transition
    if transition.track:
        await approvals.give(intended.case, transition, intended.actor, intended.now, intended.confirmed)
    voided = await approvals.void(intended.case, transition.clears, intended.now)
    return {"voided": voided} if voided else {}


class Approvals:
    """Approvals of a case whose row the caller holds locked."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def give(self, case: Case, transition: Transition, actor: Actor, now: datetime, confirmed: bool) -> None:
        """Raises ApprovedBefore where this person holds a valid approval in the case, ConfirmationNeeded where the proof is too old."""
        if transition.id in SIGNATURES and not confirmed:
            raise ConfirmationNeeded(number=case.number)
        if any(given.staff_id == actor.id for given in await self._valid(case)):
            raise ApprovedBefore(number=case.number)
        drafts = select(Product).where(Product.case_id == case.id, Product.phase == Phase.DRAFT, Product.replaced_at.is_(None))
        seen = [draft.blob for draft in await self._session.scalars(drafts) if transition.track in (draft.kind, "semua")]
        self._session.add(
            Approval(
                case_id=case.id,
                transition=transition.id,
                track=transition.track,
                staff_id=actor.id,
                staff_name=actor.name,
                role=actor.role_among(transition.roles),
                given_at=now,
                drafts=sorted(seen),
            )
        )

    async def void(self, case: Case, facts: frozenset[str], now: datetime) -> list[str]:
        """Voids the valid approvals whose facts are cleared, and names their transitions (an approval gives the fact of its own name)."""
        voided = [given for given in await self._valid(case) if given.transition in facts]
        for given in voided:
            given.voided_at = now
        return [given.transition for given in voided]

    async def _valid(self, case: Case) -> list[Approval]:
        query = select(Approval).where(Approval.case_id == case.id, Approval.voided_at.is_(None))
        return list(await self._session.scalars(query))
