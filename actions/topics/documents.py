"""Answers a batch of photos and files: what arrived, what has to be taken again and how, whose a card is, what is still missing."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from actions import asking
from actions.context import TurnContext
from actions.reply import File, Offer
from actions.topics import noticing, opening, photo_report, returning, telling
from actions.topics.photo_report import UNSEEN, whose
from contracts.answer import Capture
from intake.drafts.model import Document, Draft, DraftState, Waiting
from intake.placing.arranging import doubtful
from intake.placing.arrivals import Arrival, Outcome, Received, Upload
from intake.placing.checks import OF_THE_CAMERA
from intake.placing.receiving import ready_to_ask
from intake.questions.question import Open
from intake.reading import read_item
from standard.kinds import KIND_OF, Item

MOST_ASKED = 2
"""So often it is asked whose a photo is; nobody is held up by it longer."""


async def handle(ctx: TurnContext) -> None:
    """`kirim_berkas`: the files go into the draft in hand; who sends some first of all gets a draft, and is asked to agree after."""
    draft = draft_for_files(ctx)
    if (draft is None or not draft.agreed) and not ctx.again and await noticing.shown(ctx):
        return
    if ctx.again and not ctx.record.drafts and not await telling.are_papers(ctx, 1):
        return  # given back from a complaint, and nothing that a registration takes
    if draft is None:
        if any(known.agreed for known in ctx.record.drafts):
            _nothing_wanted(ctx)
            return
        await opening.begin(ctx)
        draft = ctx.draft
        assert draft is not None
    before = ctx.open
    received = await ctx.intake.receive(ctx.turn.id, draft, hinted(ctx))
    ctx.touch()
    photo_report.report(ctx, received)
    _note_waiting(draft, received)
    await _show_fault(ctx, received)
    _offer_page(ctx, draft, received)
    returning.send_back(ctx, draft, received.arrivals)
    ctx.form = _form_after(ctx, before)
    if not any(arrival.outcome is Outcome.MOMENT for arrival in received.arrivals):
        _ = ask_place(ctx, draft) or ask_double(ctx, draft, received)


async def _show_fault(ctx: TurnContext, received: Received) -> None:
    """The applicant's own picture with the fault ringed, where one photo has to be taken again; what to do is its caption."""
    again = [arrival for arrival in received.arrivals if arrival.outcome is Outcome.RETAKE]
    if len(again) == 1 and (picture := again[0].marked) is not None:
        blob = await ctx.intake.keep(ctx.turn.id, picture)
        ctx.reply.files.append(File(blob, "image/jpeg", beside=True))


def _offer_page(ctx: TurnContext, draft: Draft, received: Received) -> None:
    """After the first failed photo: the page that photographs at full resolution. A setting says for which papers."""
    first = [arrival for arrival in received.arrivals if arrival.outcome is Outcome.RETAKE and arrival.tries == 1]
    again = [arrival for arrival in first if OF_THE_CAMERA & set(arrival.reasons)]
    item = next((item for arrival in again if (item := _wanted(draft, arrival)) is not None), None)
    if item is not None and item in ctx.by_page:
        page = Capture(button=ctx.text("foto_laman_tombol"), item=item.value)
        ctx.reply.capture = Offer(ctx.text("foto_laman", berkas=asking.item_name(ctx, item), laman="{laman}"), page)


def _wanted(draft: Draft, arrival: Arrival) -> Item | None:
    """What a photo that has to be taken again was to be: its place, the only one that takes its kind, or what is missing next."""
    if arrival.item is not None:
        return arrival.item
    missing = draft.missing()
    fitting = [item for item in missing if arrival.kind in UNSEEN or KIND_OF[item] is arrival.kind]
    return fitting[0] if fitting else None


def draft_for_files(ctx: TurnContext) -> Draft | None:
    """The draft that files belong to: the one in hand if it takes any, else the only one that does."""
    draft = ctx.draft
    if draft is not None and (draft.state is DraftState.OPEN or draft.returned):
        return draft
    takers = [known for known in ctx.record.drafts if known.state is DraftState.OPEN or known.returned]
    if takers:
        opening.take_up(ctx, takers[0])
        return takers[0]
    return None


def _nothing_wanted(ctx: TurnContext) -> None:
    ctx.say("berkas_tidak_diminta")
    ctx.offer("menu", "berkas_tidak_diminta")
    ctx.asks = False


def hinted(ctx: TurnContext) -> list[Upload]:
    """The files with what their captions call them. One caption for a whole album names nothing when it names several."""
    side = ctx.conversation.side
    replacing = side.data.get("item") if side is not None and side.id == "ganti_berkas" else None
    if replacing is not None:
        ctx.conversation.side = None
    uploads = []
    for upload, caption in zip(ctx.turn.uploads, ctx.turn.captions, strict=True):
        named = read_item(caption) if caption else None
        uploads.append(replace(upload, hint=str(named) if named is not None else replacing))
    return uploads


def _form_after(ctx: TurnContext, before: Open | None) -> str | None:
    """The missing papers are named short; a question that is new now is asked in full."""
    now = ctx.open
    if now is not None and now.question.id == "berkas" and before is not None and before.question.id == "berkas":
        return asking.SHORT
    return None


def ask_place(ctx: TurnContext, draft: Draft) -> bool:
    """Asks whose the first waiting photo is, once it makes sense, as an answer to that photo; the next one's turn comes after the answer.

    What was asked `MOST_ASKED` times in vain is asked no more: a paper waits for one that tells its place, anything else goes.
    """
    if not ready_to_ask(draft):
        return False
    for document, candidates in doubtful(draft):
        known = draft.waiting.get(document.submission) or Waiting()
        if known.asked >= MOST_ASKED:
            _give_up(ctx, draft, document, known)
            continue
        draft.waiting[document.submission] = known.model_copy(update={"asked": known.asked + 1})
        options = asking.place_options(ctx, candidates)
        options.append(ctx.catalogue.options("sisi_tempat_berkas")[0])
        key = "sisi_tempat_foto" if document.kind in UNSEEN else "sisi_tempat_berkas"
        about = {"submission": document.submission, "draft": draft.id, "berkas": whose(ctx, document)}
        ctx.ask_aside("tempat_berkas", key, options, **about, values={"berkas": about["berkas"]})
        ctx.reply.quote = known.message
        return True
    return False


def asked_again(ctx: TurnContext, data: dict[str, Any]) -> None:
    """It is asked once more whose that photo is: counted, and said as an answer to it."""
    draft = ctx.draft
    known = draft.waiting.get(str(data.get("submission"))) if draft is not None else None
    if draft is not None and known is not None:
        draft.waiting[str(data["submission"])] = known.model_copy(update={"asked": known.asked + 1})
        ctx.reply.quote = known.message


def _give_up(ctx: TurnContext, draft: Draft, document: Document, known: Waiting) -> None:
    if document.kind in UNSEEN:
        draft.documents.remove(document)
        draft.waiting.pop(document.submission, None)
        ctx.say_once("foto_tidak_dipakai")
    elif not known.told:
        draft.waiting[document.submission] = known.model_copy(update={"told": True})
        ctx.say_once("berkas_tanpa_tempat", berkas=whose(ctx, document))


def _note_waiting(draft: Draft, received: Received) -> None:
    """Remembers by which message each waiting photo came."""
    waiting = {document.submission for document in draft.unplaced()}
    draft.waiting = {submission: known for submission, known in draft.waiting.items() if submission in waiting}
    for arrival in received.arrivals:
        if arrival.submission in waiting:
            draft.waiting[str(arrival.submission)] = Waiting(message=arrival.message)


def ask_double(ctx: TurnContext, draft: Draft, received: Received) -> bool:
    """Says which file seems to be here already, and asks whether it is another after all."""
    held = next((arrival for arrival in received.arrivals if arrival.outcome is Outcome.SAME and arrival.submission), None)
    if held is None:
        return False
    document = next(found for found in draft.documents if found.submission == held.submission)
    ctx.ask_aside("berkas_sama", submission=held.submission, draft=draft.id, values={"berkas": whose(ctx, document)})
    return True


def tell_moves(ctx: TurnContext) -> None:
    """Says before everything else which documents are elsewhere than the applicant was told, and notes what they know now."""
    draft = ctx.draft
    if draft is None or draft.state is not DraftState.OPEN:
        return
    moved = [document for document in draft.documents if document.stated not in (None, document.item)]
    if moved:
        ctx.reply.paragraphs.insert(0, ctx.text("berkas_dipindah", daftar=asking.bullets([_moved(ctx, found) for found in moved])))
    for document in draft.documents:
        document.stated = document.item


def _moved(ctx: TurnContext, document: Document) -> str:
    place = asking.item_name(ctx, document.item) if document.item else ctx.text("disimpan_dahulu")
    return f"{whose(ctx, document)} → *{place}*"


async def place_waiting(ctx: TurnContext, draft: Draft) -> None:
    """Once the conditions are known, whose the cards are that came before: from the KK's members, else the applicant is asked."""
    if draft.state is not DraftState.OPEN or not ready_to_ask(draft) or not doubtful(draft):
        return
    await ctx.intake.read_members(draft)
    ask_place(ctx, draft)


def names_of(ctx: TurnContext, documents: Iterable[Document]) -> str:
    """Placed documents by name, for a sentence."""
    return ", ".join(asking.item_name(ctx, document.item) for document in documents if document.item)
