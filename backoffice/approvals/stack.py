"""Lays out the stack of drafts that wait for one person: all cards at once, in a handful of questions to the database."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.actor import Actor
from backoffice.cases.approvals import Approval
from backoffice.cases.comparison import Compared, PaperRead, compare
from backoffice.cases.models import Case, CaseEvent
from backoffice.cases.products import Phase, Product
from backoffice.cases.queues import Queues
from backoffice.cases.service import CaseService, all_facts
from backoffice.cases.values import CaseValues
from backoffice.cases.view import Action, buttons
from standard import stages
from standard.stages import Transition

AT_ONCE = 20
"""Cards on one page: what a head looks at in one sitting; the next ones follow when these are done."""


@dataclass(frozen=True)
class Card:
    """One draft to approve by `transition`, beside its data."""

    transition: Transition
    case: Case
    drafts: dict[tuple[str, int], Product]
    approvals: list[Approval]
    actions: list[Action]
    documents: list[PaperRead]
    differing: list[Compared]
    """What the papers say otherwise than the case: the head sees it before signing."""
    returned: CaseEvent | None = None
    """The last time that drafts of the case were sent back, by whom and why."""
    note: str | None = None
    """What was written to that."""

    @property
    def children(self) -> list[dict[str, Any]]:
        """The children's records, at least one."""
        return self.case.bundle.get("anak") or [{}]

    @property
    def warned(self) -> bool:
        """Whether a draft that this approval is about bears a warning, a paper says otherwise, or the intake had a warning: then it is
        given on its own.
        """
        drafts = [draft for (kind, _), draft in self.drafts.items() if self.transition.track in (kind, "semua")]
        return bool(self.differing or self.case.bundle.get("warnings")) or any(draft.warnings for draft in drafts)


async def lay_out(session: AsyncSession, actor: Actor, now: datetime, take_minutes: int) -> list[Card]:
    """The cards, the most urgent first. That each case was looked at is an event."""
    service = CaseService(session, now, take_minutes)
    waiting = await Queues(session, actor, now).first("tugas", AT_ONCE)
    cases = await service.repository.lock_all(waiting)
    documents, products = await service.repository.papers_of(waiting), await service.repository.products_of(waiting)
    (settled, returned), approvals = await service.repository.marks_of(waiting), await service.repository.approvals_of(waiting)
    values, cards = CaseValues(session), []
    for case in (cases[key] for key in waiting if key in cases):
        service.note_look(case, actor, "persetujuan")
        facts = all_facts(case, (document.state for document in documents[case.id]), products[case.id])
        actions = buttons(stages.offered(case.stage, facts, actor.roles), facts)
        differing = [row for row in compare(case.bundle, documents[case.id], {}, settled[case.id]) if row.differs]
        drafts = {(row.kind, row.child): row for row in products[case.id] if row.phase == Phase.DRAFT}
        back = returned.get(case.id)
        note = (await values.notes(case)).get(back.sequence) if back else None
        cards += [
            Card(action.transition, case, drafts, approvals[case.id], actions, documents[case.id], differing, back, note)
            for action in actions
            if action.transition.track and not action.missing
        ]
    return cards
