"""Answers a batch of photos and files: what arrived, what has to be taken again and how, whose a card is, what is still missing."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from actions import asking, sensitive
from actions.context import TurnContext
from actions.reply import File
from actions.topics import opening, returning, telling
from intake.drafts.birth_letters import letters_of
from intake.drafts.model import Document, Draft, DraftState
from intake.placing.arranging import doubtful
from intake.placing.arrivals import Arrival, Outcome, Received, Upload
from intake.placing.receiving import ready_to_ask
from intake.questions.question import Open
from intake.reading import read_item
from standard.kinds import Kind

TAKEN = (Outcome.TAKEN, Outcome.REPLACED, Outcome.FLAGGED)
SEVERAL_PROBLEMS = 3
UNSEEN = (Kind.NONE, Kind.OTHER)
"""What nobody can tell to be one of our documents."""


async def handle(ctx: TurnContext) -> None:
    """`kirim_berkas`: the files go into the draft in hand; who sends some first of all gets a draft, and is asked to agree after."""
    draft = draft_for_files(ctx)
    if (draft is None or not draft.agreed) and await telling.shown(ctx):
        return
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
    report(ctx, received)
    await _show_fault(ctx, received)
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


def report(ctx: TurnContext, received: Received) -> None:
    """One paragraph for what arrived, one for each thing that is not right."""
    arrived = [arrival for arrival in received.arrivals if arrival.outcome in TAKEN and arrival.item]
    if arrived:
        items = list(dict.fromkeys(arrival.item for arrival in arrived if arrival.item))
        names = asking.bullets([f"{asking.item_name(ctx, item)} ✅" for item in items])
        ctx.say("berkas_diterima_satu" if len(items) == 1 else "berkas_diterima", daftar=names, berkas=asking.item_name(ctx, items[0]))
    for arrival in arrived:
        if arrival.outcome in (Outcome.REPLACED, Outcome.FLAGGED):
            ctx.say(f"berkas_{arrival.outcome}", berkas=asking.item_name(ctx, arrival.item) if arrival.item else "")
    faults = [
        arrival
        for arrival in received.arrivals
        if arrival.outcome not in (*TAKEN, Outcome.ASK, Outcome.LATER, Outcome.MOMENT) and not _held(arrival)
    ]
    unknown = [arrival for arrival in faults if arrival.outcome is Outcome.RETAKE and arrival.item is None and arrival.kind in UNSEEN]
    if len(unknown) > 1:
        reasons = [reason for arrival in unknown for reason in arrival.reasons]
        ctx.say("foto_ulang_beberapa", jumlah=len(unknown), sebab=_reasons(ctx, reasons))
    named = [arrival for arrival in faults if len(unknown) < 2 or arrival not in unknown]
    for paragraph in dict.fromkeys(_fault(ctx, arrival) for arrival in named[:SEVERAL_PROBLEMS]):
        ctx.reply.paragraphs.append(paragraph)
    if len(named) > SEVERAL_PROBLEMS:
        ctx.say("berkas_lainnya_bermasalah", jumlah=len(named) - SEVERAL_PROBLEMS)
    left = sorted({arrival.page for arrival in faults if arrival.page is not None})
    if left:
        ctx.say("berkas_halaman_sisa", halaman=", ".join(map(str, left)))
    for moment in dict.fromkeys(reason for arrival in received.arrivals if arrival.outcome is Outcome.MOMENT for reason in arrival.reasons):
        sensitive.met(ctx, moment)
    if ctx.draft is not None and 0 < len(letters_of(ctx.draft)) < len(ctx.draft.children):
        ctx.say_once("surat_kembar")
    if any(arrival.outcome is Outcome.LATER for arrival in received.arrivals):
        ctx.say_once("berkas_nanti_ditempatkan")
    if len(faults) == 1 and len(received.arrivals) > 1:
        ctx.reply.quote = faults[0].message


def _held(arrival: Arrival) -> bool:
    """Whether it is asked of this file if it is another one: that says enough."""
    return arrival.outcome is Outcome.SAME and arrival.submission is not None


def _fault(ctx: TurnContext, arrival: Arrival) -> str:
    last = ctx.conversation.last
    if arrival.outcome is Outcome.KEPT:
        kept = next((found for found in ctx.draft.documents if found.submission == arrival.submission), None) if ctx.draft else None
        return ctx.catalogue.text("berkas_kept", last, berkas=whose(ctx, kept) if kept else ctx.text(f"jenis_{arrival.kind.value}"))
    name = asking.item_name(ctx, arrival.item) if arrival.item else ctx.text(f"jenis_{arrival.kind.value}")
    if arrival.outcome is Outcome.RETAKE:
        key = "foto_ulang_tak_dikenal" if arrival.item is None and arrival.kind in UNSEEN else "foto_ulang"
        return ctx.catalogue.text(key, last, berkas=name, sebab=_reasons(ctx, arrival.reasons))
    if arrival.outcome is Outcome.PROBLEM:
        return ctx.catalogue.text(f"masalah_{arrival.reasons[0]}", last)
    if arrival.outcome is Outcome.SAME and arrival.item is None:
        return ctx.catalogue.text("berkas_sama_belum_ditempatkan", last)
    return ctx.catalogue.text(f"berkas_{arrival.outcome}", last, berkas=name)


def _reasons(ctx: TurnContext, reasons: Sequence[str]) -> str:
    """What is wrong and how to mend it: the first two reasons, the rest follow from them."""
    known = [reason for reason in dict.fromkeys(reasons) if ctx.catalogue.has(f"ulang_{reason}")] or ["UMUM"]
    first, *rest = (ctx.catalogue.text(f"ulang_{reason}", ctx.conversation.last) for reason in known[:2])
    return " ".join([first, *(ctx.text("ulang_selain_itu", sebab=other) for other in rest)])


def _form_after(ctx: TurnContext, before: Open | None) -> str | None:
    """The missing papers are named short; a question that is new now is asked in full."""
    now = ctx.open
    if now is not None and now.question.id == "berkas" and before is not None and before.question.id == "berkas":
        return asking.SHORT
    return None


def ask_place(ctx: TurnContext, draft: Draft) -> bool:
    """Asks whose the first waiting card is, once it makes sense; the next one's turn comes after the answer."""
    waiting = doubtful(draft) if ready_to_ask(draft) else []
    if not waiting:
        return False
    document, candidates = waiting[0]
    options = asking.place_options(ctx, candidates)
    options.append(ctx.catalogue.options("sisi_tempat_berkas")[0])
    ctx.ask_aside("tempat_berkas", options=options, submission=document.submission, draft=draft.id, values={"berkas": whose(ctx, document)})
    return True


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


def whose(ctx: TurnContext, document: Document) -> str:
    """A waiting document as the applicant recognises it: its kind, and the name on it."""
    kind = ctx.text(f"jenis_{document.kind.value}")
    name = document.fields.get("nama")
    return ctx.text("atas_nama", jenis=kind, nama=name) if name else kind


def names_of(ctx: TurnContext, documents: Iterable[Document]) -> str:
    """Placed documents by name, for a sentence."""
    return ", ".join(asking.item_name(ctx, document.item) for document in documents if document.item)
