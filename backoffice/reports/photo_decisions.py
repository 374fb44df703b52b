"""Puts officers' decisions on documents beside what the photo check had said: which faults it lets pass, and by what it could know them."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.cases.documents import CaseDocument, DocumentState
from backoffice.cases.publishing import Happened
from backoffice.cases.repository import CaseRepository
from backoffice.reports.models import PhotoDecision
from backoffice.reports.period import Scope
from standard.clock import today
from standard.reasons import ReasonList, reasons

CHECKED_AT = "diterima"
"""The stage at whose end every document was looked at."""
DECIDED = {DocumentState.RIGHT: True, DocumentState.WRONG: False}
PASSED = "ok"
"""What the check says of a document that needs nobody's eye."""


async def note_decisions(happened: Happened) -> None:
    """When the check of a case's documents is over: each document's decision, in the act's own transaction. A later one takes its place."""
    if happened.transition is None or happened.event.data.get("from") != CHECKED_AT:
        return
    session = happened.session
    decided = [document for document in await CaseRepository(session).documents(happened.case) if document.state in DECIDED]
    await session.execute(delete(PhotoDecision).where(PhotoDecision.document_id.in_([document.id for document in decided])))
    session.add_all(_decision(document, happened) for document in decided)


def _decision(document: CaseDocument, happened: Happened) -> PhotoDecision:
    check = document.check
    return PhotoDecision(
        document_id=document.id, day=today(happened.now), kind=document.kind, verdict=str(check.get("verdict", "")),
        reasons=[str(reason) for reason in check.get("reasons", ())], features=numbers(check.get("quality") or {}),
        right=DECIDED[DocumentState(document.state)], reason=document.reason,
    )  # fmt: skip


def numbers(quality: Mapping[str, Any]) -> dict[str, float]:
    """What was measured; a word among it is left out."""
    return {name: float(value) for name, value in quality.items() if isinstance(value, int | float) and not isinstance(value, bool)}


@dataclass
class KindFigures:
    """Of one kind of document: how many were decided, how many the check had passed, and of these which faults an officer found."""

    kind: str
    decided: int = 0
    passed: int = 0
    sent_on: int = 0
    """Those that the check itself had left to the officer."""
    faults: dict[str, int] = field(default_factory=dict)
    """How many of `passed` went back for which reason of an officer, those that a photo check can know."""
    others: int = 0
    """How many of `passed` went back for another reason: another family's, not signed, …"""

    @property
    def wrongly(self) -> int:
        return sum(self.faults.values())

    @property
    def share(self) -> float | None:
        """The share of the passed ones that were passed wrongly; None where none was."""
        return self.wrongly / self.passed if self.passed else None


async def photo_figures(session: AsyncSession, scope: Scope) -> list[KindFigures]:
    """By kind, those with most documents first."""
    found: dict[str, KindFigures] = {}
    columns = (PhotoDecision.kind, PhotoDecision.verdict, PhotoDecision.right, PhotoDecision.reason)
    for kind, verdict, right, reason in await session.execute(select(*columns).where(PhotoDecision.day.between(scope.first, scope.last))):
        row = found.setdefault(kind, KindFigures(kind))
        row.decided += 1
        if verdict != PASSED:
            row.sent_on += 1
            continue
        row.passed += 1
        if not right and reason and fault_of(reason):
            row.faults[reason] = row.faults.get(reason, 0) + 1
        elif not right:
            row.others += 1
    return sorted(found.values(), key=lambda row: (-row.decided, row.kind))


def fault_of(reason: str | None) -> str | None:
    """The photo check's reason that says what an officer's says; None for one that it can't know."""
    known = reasons(ReasonList.BERKAS).get(reason or "")
    return known.photo if known else None


async def learnt_from(session: AsyncSession, scope: Scope) -> AsyncIterator[dict[str, Any]]:
    """What the limits of the check can be set by (`python -m documents calibrate`): measures and what was found, nothing else."""
    query = select(PhotoDecision).where(PhotoDecision.day.between(scope.first, scope.last)).order_by(PhotoDecision.document_id)
    async for row in await session.stream_scalars(query.execution_options(yield_per=500)):
        if row.right or fault_of(row.reason):
            yield {"kind": row.kind, "verdict": row.verdict, "features": row.features, "right": row.right, "reason": fault_of(row.reason)}
