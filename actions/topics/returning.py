"""Sends a document that the office asked for again into its case."""

from collections.abc import Sequence

from actions.context import TurnContext
from intake.drafts.model import Document, Draft, DraftState
from intake.handover.bundle import document_json
from intake.handover.dispatches import Dispatch
from intake.placing.arrivals import Arrival, Outcome

ARRIVED = (Outcome.TAKEN, Outcome.REPLACED, Outcome.FLAGGED)


def send_back(ctx: TurnContext, draft: Draft, arrivals: Sequence[Arrival]) -> None:
    """Every returned item that has arrived goes to the back office; when the last one has, the applicant is told that it goes on."""
    if draft.state is DraftState.OPEN:
        return
    for arrival in arrivals:
        document = draft.document(arrival.item) if arrival.item and arrival.outcome in ARRIVED else None
        if document is not None and document.item is not None and document.item in draft.returned:
            send(ctx, draft, document)


def send(ctx: TurnContext, draft: Draft, document: Document) -> None:
    """One document into its case; it is not asked for any more."""
    assert document.item is not None
    draft.returned.pop(document.item, None)
    ctx.changes.dispatches.append(
        Dispatch(
            f"document:{document.submission}",
            draft.id,
            f"/api/cases/{draft.number}/documents/{document.submission}",
            document_json(document),
            tuple({"blob": page.blob, "mime": page.mime} for page in document.pages),
        )
    )
    if not draft.returned:
        ctx.say("perbaikan_lengkap", nomor=draft.number)
