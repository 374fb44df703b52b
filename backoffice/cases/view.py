"""Gathers what the page of a case shows, and hides identity data from who has not taken it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.actor import Actor
from backoffice.cases import holding
from backoffice.cases.approvals import Approval
from backoffice.cases.comparison import compare
from backoffice.cases.documents import CaseDocument
from backoffice.cases.duplicates import Duplicate, find_duplicates
from backoffice.cases.mail_address import mail_state
from backoffice.cases.models import Case, CaseEvent
from backoffice.cases.products import Phase, Product
from backoffice.cases.repository import RETURNS, CaseRepository
from backoffice.cases.retry import may_retry
from backoffice.cases.service import all_facts, children_of
from backoffice.cases.values import CaseValues
from backoffice.notices.models import Notice
from backoffice.staff.models import Staff, StaffRole
from contracts.case import MailState
from standard import roles, stages
from standard.roles import Permission
from standard.stages import Transition


@dataclass(frozen=True)
class Action:
    """A button. `missing` are the facts that it still lacks: then it is shown, and says what is to be done first."""

    transition: Transition
    missing: frozenset[str]


@dataclass(frozen=True)
class CaseView:
    """Everything that the pages of a case show. `identity`: whether names, numbers and pictures may be shown."""

    case: Case
    identity: bool
    holder: str | None
    mine: bool
    may_take: bool
    awaited: bool
    """Whether the case waits for the work of who looks at it."""

    documents: list[CaseDocument]
    products: list[Product]
    approvals: list[Approval]
    notices: list[Notice]
    mail: MailState | None
    """Whether the e-mail address was confirmed; None where nobody was asked yet."""

    events: list[CaseEvent]
    notes: dict[int, str]
    """What was written to an event, by its sequence."""

    duplicates: list[Duplicate]
    colleagues: list[Staff]
    actions: list[Action]
    uploads: dict[str, Transition]
    numbers: dict[str, Transition]
    """Corrections of the numbers from SIAK that may be made now."""

    after_message: dict[str, Transition]
    """What may be done about what the applicant said."""

    settled: set[str]
    """Fields of which an officer has said what is right."""

    data: dict[str, Transition]
    """How a declared value is put right now."""

    notes_of_papers: list[Transition]
    """What may be noted of a paper now, on its page."""

    decides_documents: bool
    may_retry: bool
    """Whether notices that failed may be sent again."""

    @property
    def stage(self) -> stages.Stage:
        """The row of the stage where the case stands."""
        return stages.stages()[self.case.stage]

    @property
    def approvable(self) -> bool:
        """Whether the stage waits for approvals."""
        return any(row.track and self.case.stage in row.at for row in stages.transitions().values())

    @property
    def waits_for(self) -> list[str]:
        """The labels of the roles that the case waits for."""
        return sorted(roles.roles()[role].label for role in stages.waiting_for(self.case.stage, frozenset(self.case.facts)))

    @property
    def children(self) -> list[dict[str, Any]]:
        """The children's records, at least one."""
        return self.case.bundle.get("anak") or [{}]

    @property
    def drafts(self) -> dict[tuple[str, int], Product]:
        """Drafts now in place by kind and child."""
        return {(product.kind, product.child): product for product in self.products if product.phase == Phase.DRAFT}

    @property
    def breaches(self) -> list[datetime]:
        """By when somebody has to be told of another person's paper that went out in this case."""
        return [datetime.fromisoformat(event.data["breach_due"]) for event in self.events if "breach_due" in event.data]

    @property
    def returned(self) -> CaseEvent | None:
        """The act by which a head has sent the drafts back, while they are not put forward again."""
        if "draf_dikembalikan" not in self.case.facts:
            return None
        return next((event for event in reversed(self.events) if event.kind in RETURNS), None)

    def warned(self, track: str | None) -> bool:
        """Whether a draft bears a warning, of those that this track is about (None: of all), the case came in with one, or a paper says
        otherwise than the case.
        """
        if self.case.bundle.get("warnings") or any(row.differs for row in compare(self.case.bundle, self.documents, {}, self.settled)):
            return True
        return any(draft.warnings for (kind, _), draft in self.drafts.items() if track in (kind, "semua", None))

    @property
    def finals(self) -> dict[tuple[str, int], Product]:
        """Final PDFs now in place by kind and child."""
        return {(product.kind, product.child): product for product in self.products if product.phase == Phase.FINAL}

    @property
    def child_count(self) -> int:
        """How many children the bundle is about."""
        return children_of(self.case)


async def view_case(session: AsyncSession, case: Case, actor: Actor, now: datetime) -> CaseView:
    """The view of a case for one person. Reads only."""
    cases = CaseRepository(session)
    documents, products = await cases.documents(case), await cases.products(case)
    held_by = holding.holder(case, now)
    mine = held_by is not None and held_by == actor.id
    facts = all_facts(case, (document.state for document in documents), products)
    offered = stages.offered(case.stage, facts, actor.roles)
    acts = mine or not actor.takes_cases
    holder = await session.get(Staff, held_by) if held_by else None
    notices = await session.scalars(select(Notice).where(Notice.case_id == case.id).order_by(Notice.at.desc()))
    return CaseView(
        case=case,
        identity=holding.may_see_identity(case, actor, now),
        holder=holder.name if holder else None,
        mine=mine,
        awaited=bool(stages.waiting_for(case.stage, frozenset(case.facts)) & set(actor.roles)),
        may_take=not mine and _may_take(actor, offered, held_by is None),
        documents=documents,
        products=products,
        approvals=await cases.approvals(case),
        notices=list(notices),
        mail=await mail_state(session, case, now),
        events=await cases.events(case),
        notes=await CaseValues(session).notes(case),
        duplicates=await find_duplicates(session, case),
        colleagues=await _colleagues(session, case, actor, held_by, now),
        actions=buttons(offered, facts) if acts else [],
        numbers={row.id: row for row, missing in offered if acts and row.about == "numbers" and not missing},
        uploads={row.id: row for row, _ in offered if acts and row.about == "product"},
        after_message={row.id: row for row, missing in offered if acts and row.about == "message" and not missing},
        settled=(await cases.settled_of([case.id]))[case.id],
        data={row.id: row for row, missing in offered if acts and row.about == "data" and not missing},
        notes_of_papers=[row for row, missing in offered if acts and row.about == "paper" and not missing],
        decides_documents=acts and any(row.about == "document" for row, _ in offered),
        may_retry=may_retry(actor),
    )


def buttons(offered: list[tuple[Transition, frozenset[str]]], facts: frozenset[str]) -> list[Action]:
    """What of it is a button of the case itself, the task first, what can't be done yet later, and sending back last.

    What would take back nothing is none.
    """
    return sorted(
        (Action(row, missing) for row, missing in offered if row.about is None and not stages.takes_back_nothing(row, facts)),
        key=lambda action: (action.transition.reason is not None, bool(action.missing), not action.transition.task),
    )


async def _colleagues(session: AsyncSession, case: Case, actor: Actor, held_by: str | None, now: datetime) -> list[Staff]:
    """Who the case may be handed to: those whose work it waits for. For the holder and for who may take over."""
    if held_by != actor.id and not actor.may(Permission.TAKE_OVER):
        return []
    takers = [role for role in stages.waiting_for(case.stage, frozenset(case.facts)) if roles.roles()[role].takes]
    held = select(StaffRole.staff_id).where(
        StaffRole.role.in_(takers), StaffRole.valid_from <= now, or_(StaffRole.valid_until.is_(None), StaffRole.valid_until > now)
    )
    query = select(Staff).where(Staff.id.in_(held), Staff.active, Staff.id != held_by).order_by(Staff.name)
    return list(await session.scalars(query if held_by else select(Staff).where(Staff.id.in_(held), Staff.active).order_by(Staff.name)))


def _may_take(actor: Actor, offered: list[Any], free: bool) -> bool:
    return (actor.takes_cases and bool(offered) and free) or (actor.may(Permission.TAKE_OVER) and not free)
