"""Hands a confirmed draft over: its number, the promise, the receipt, and the bundle on its way to the back office."""

from datetime import datetime, timedelta

from actions import asking
from actions.context import TurnContext
from actions.forms import PDF
from intake.drafts.model import Document, Draft, DraftState
from intake.forms import receipt
from intake.forms.paperwork import receipt_of
from intake.handover.backoffice import BackOfficeDown
from intake.handover.bundle import make_bundle
from intake.handover.dispatches import Dispatch
from intake.placing.arranging import arrange
from intake.questions.question import Phase
from standard.clock import today, write_moment
from standard.deadlines import HonestHour, honest_hour, service_deadline
from standard.kinds import Item
from standard.registration import APPLICATION


async def submit(ctx: TurnContext) -> None:
    """Gives the draft its number and everything that goes with it, in one transaction with the answer.

    Where the last readings change what the applicant confirmed, it is shown again instead.
    """
    draft = ctx.draft
    assert draft is not None
    for document in draft.documents:
        if not document.complete:
            await ctx.intake.read_on(document)
    arrange(draft)
    asked = ctx.open
    moved = any(document.stated not in (None, document.item) for document in draft.documents)
    seen = asked is None or ctx.conversation.shown is None or asking.still_holds(ctx, draft, asked, ctx.conversation.shown)
    if not seen or moved or draft.missing() or (asked is not None and asked.question.phase < Phase.SUMMARY):
        ctx.form = asking.FULL
        return
    draft.documents = [document for document in draft.documents if document.item is not None]
    draft.number = await ctx.intake.new_number(APPLICATION)
    draft.state, draft.submitted_at, draft.updated_at = DraftState.SUBMITTED, ctx.turn.at, ctx.turn.at
    deadline = service_deadline([ctx.turn.at])
    draft.deadline = deadline
    ctx.changes.dispatches.append(bundle_dispatch(ctx, draft))
    honest = honest_hour(ctx.turn.at, deadline, await _ahead(ctx))
    await _receipt(ctx, draft, deadline, honest)
    ctx.conversation.side = None
    ctx.say("diterima", nomor=draft.number, waktu=write_moment(deadline), jumlah=len(draft.documents))
    if honest is not None:
        ctx.say(_why(honest), waktu=write_moment(honest.ready))
    ctx.asks = False


def bundle_dispatch(ctx: TurnContext, draft: Draft) -> Dispatch:
    """The bundle as a write to the back office, its pages first."""
    body = make_bundle(draft, ctx.conversation, today(ctx.turn.at))
    blobs = tuple({"blob": page.blob, "mime": page.mime} for document in draft.documents for page in document.pages)
    return Dispatch(f"bundle:{draft.id}", draft.id, f"/api/bundles/{draft.id}", body, blobs)


async def _ahead(ctx: TurnContext) -> timedelta:
    """The work that stands before this application; none where the office can't be asked, for the number is given all the same."""
    try:
        return timedelta(minutes=await ctx.intake.backoffice.work_ahead())
    except BackOfficeDown:
        return timedelta()


def _why(honest: HonestHour) -> str:
    if honest.closed and honest.busy:
        return "diterima_tutup_dan_antre"
    return "diterima_kantor_tutup" if honest.closed else "diterima_antre"


async def _receipt(ctx: TurnContext, draft: Draft, deadline: datetime, honest: HonestHour | None) -> None:
    notes: dict[Item, str] = {document.item: note for document in draft.documents if document.item and (note := _note(ctx, document))}
    blob = await ctx.intake.keep(ctx.turn.id, receipt(receipt_of(draft, ctx.conversation, deadline, notes, honest)))
    ctx.attach(blob, PDF, f"Tanda Terima {draft.number}.pdf")


def _note(ctx: TurnContext, document: Document) -> str:
    """How many sheets a paper has, and that an officer will look at it."""
    sheets = [ctx.text("catatan_lembar", jumlah=len(document.pages))] if len(document.pages) > 1 else []
    return ", ".join([*sheets, *([ctx.text("catatan_petugas")] if document.flagged else [])])
