"""Hands a confirmed draft over: its number, the promise, the receipt, and the bundle on its way to the back office."""

from datetime import datetime

from actions import asking
from actions.forms import PDF
from actions.talk import Talk
from intake.drafts.model import Document, Draft, DraftState
from intake.forms import receipt
from intake.forms.paperwork import receipt_of
from intake.handover.bundle import make_bundle
from intake.handover.dispatches import Dispatch
from intake.placing.settling import settle
from intake.questions.question import Phase
from standard.clock import today, write_moment
from standard.deadlines import earliest_end, service_deadline
from standard.kinds import Item
from standard.registration import APPLICATION


async def submit(talk: Talk) -> None:
    """Gives the draft its number and everything that goes with it, in one transaction with the answer.

    Where the last readings change what the applicant confirmed, it is shown again instead.
    """
    draft = talk.draft
    assert draft is not None
    for document in draft.documents:
        if not document.complete:
            await talk.intake.read_on(document)
    settle(draft)
    asked = talk.open
    moved = any(document.told not in (None, document.item) for document in draft.documents)
    if moved or draft.missing() or (asked is not None and asked.question.phase < Phase.SUMMARY):
        talk.form = asking.FULL
        return
    draft.documents = [document for document in draft.documents if document.item is not None]
    draft.number = await talk.intake.new_number(APPLICATION)
    draft.state, draft.submitted_at, draft.updated_at = DraftState.SUBMITTED, talk.turn.at, talk.turn.at
    deadline = service_deadline([talk.turn.at])
    draft.deadline = deadline
    talk.changes.dispatches.append(bundle_dispatch(talk, draft))
    await _receipt(talk, draft, deadline)
    talk.conversation.side = None
    talk.say("diterima", nomor=draft.number, waktu=write_moment(deadline), jumlah=len(draft.documents))
    if (ready := earliest_end(talk.turn.at)) > deadline:
        talk.say("diterima_kantor_tutup", waktu=write_moment(ready))
    talk.asks = False


def bundle_dispatch(talk: Talk, draft: Draft) -> Dispatch:
    """The bundle as a write to the back office, its pages first."""
    body = make_bundle(draft, talk.conversation, today(talk.turn.at))
    blobs = tuple({"blob": page.blob, "mime": page.mime} for document in draft.documents for page in document.pages)
    return Dispatch(f"bundle:{draft.id}", draft.id, f"/api/bundles/{draft.id}", body, blobs)


async def _receipt(talk: Talk, draft: Draft, deadline: datetime) -> None:
    notes: dict[Item, str] = {document.item: note for document in draft.documents if document.item and (note := _note(talk, document))}
    blob = await talk.intake.keep(talk.turn.id, receipt(receipt_of(draft, talk.conversation, deadline, notes)))
    talk.attach(blob, PDF, f"Tanda Terima {draft.number}.pdf")


def _note(talk: Talk, document: Document) -> str:
    """How many sheets a paper has, and that an officer will look at it."""
    sheets = [talk.text("catatan_lembar", jumlah=len(document.pages))] if len(document.pages) > 1 else []
    return ", ".join([*sheets, *([talk.text("catatan_petugas")] if document.flagged else [])])
