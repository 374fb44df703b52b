"""Takes back the last act on a case for a few seconds, where nothing of it has left the house: a slip of the hand needs no reason."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.actor import Actor
from backoffice.cases import holding, ledger
from backoffice.cases.approvals import Approval
from backoffice.cases.documents import DocumentState
from backoffice.cases.models import Case, CaseEvent
from backoffice.cases.service import CaseService
from backoffice.cases.values import SEALED, CaseValues
from backoffice.errors import TooLate
from standard import stages
from standard.stages import Transition

KIND = "diurungkan"
OFFERED = timedelta(seconds=10)
GRACE = timedelta(seconds=5)
"""A press in the last second has a way to go."""
BESIDE = frozenset({SEALED, "told", "delivered", "deadline", "left", "voided", "fields", "blob", "message", "kia", "siak", "breach_due"})
"""An act with one of these changed more than the case's stage and facts, or was told outside."""
DECISIONS = {"dokumen_benar": DocumentState.RIGHT, "dokumen_salah": DocumentState.WRONG}


def offers(event: CaseEvent | None) -> bool:
    """Whether that act may be taken back for some seconds; None for an act that was done before."""
    return event is not None and _told_nobody(stages.transitions().get(event.kind)) and not BESIDE & event.data.keys()


def _told_nobody(row: Transition | None) -> bool:
    return row is not None and row.notice is None and row.reason is None and row.about in (None, "document", "paper") and bool(row.roles)


async def undo(session: AsyncSession, service: CaseService, case: Case, actor: Actor, now: datetime, minutes: int) -> CaseEvent:
    """Takes back the last act on a case that the caller has locked. Raises TooLate where it is another's, older, or has left the house."""
    events = await service.repository.events(case)
    last = next((event for event in reversed(events) if event.kind != "dilihat"), None)
    if last is None or not _can_be(last, actor, now):
        raise TooLate(number=case.number)
    before = [event for event in events if event.sequence < last.sequence]
    data: dict[str, Any] = {"undoes": last.kind}
    data |= {"gives": last.data["clears"]} if last.data.get("clears") else {}
    data |= {"clears": last.data["gives"]} if last.data.get("gives") else {}
    if "to" in last.data:
        entered = next(event for event in reversed(before) if "to" in event.data)
        data |= {"to": last.data["from"], "since": entered.data.get("since", entered.at.isoformat())}
    if "submission" in last.data:
        await _put_document_back(service, case, last, before, await CaseValues(session).notes(case))
        data |= {"item": last.data["item"], "submission": last.data["submission"]}
    given = (Approval.case_id == case.id, Approval.transition == last.kind, Approval.voided_at.is_(None))
    await session.execute(update(Approval).where(*given).values(voided_at=now))
    event = ledger.record(session, case, KIND, actor, now, data, role=last.role, bump=True)
    if actor.takes_cases:
        holding.take(case, actor, now, minutes)
    await service.publish(case, event)
    return event


def _can_be(event: CaseEvent, actor: Actor, now: datetime) -> bool:
    return event.staff_id == actor.id and now - event.at <= OFFERED + GRACE and offers(event)


async def _put_document_back(service: CaseService, case: Case, last: CaseEvent, before: list[CaseEvent], notes: dict[int, str]) -> None:
    document = await service.repository.document(case, last.data["submission"])
    earlier = [event for event in before if event.data.get("submission") == document.submission and event.kind in DECISIONS]
    document.state = DECISIONS[earlier[-1].kind] if earlier else DocumentState.NEW
    document.reason, document.note = (earlier[-1].data.get("reason"), notes.get(earlier[-1].sequence)) if earlier else (None, None)
