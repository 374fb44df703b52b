"""Says what became of each photo of a turn: what it was taken for, where it goes, and which can't be used, by its number, and why."""

from collections import Counter
from collections.abc import Iterable, Sequence

from actions import asking, sensitive
from actions.context import TurnContext
from contracts.whatsapp import TEXT, size
from intake.drafts.model import Document
from intake.placing.arrivals import Arrival, Outcome, Received
from standard.kinds import Kind

TAKEN = (Outcome.TAKEN, Outcome.REPLACED, Outcome.FLAGGED)
WAITING = (Outcome.LATER, Outcome.ASK)
UNSEEN = (Kind.NONE, Kind.OTHER)
"""What nobody can tell to be one of our documents."""


def report(ctx: TurnContext, received: Received) -> None:
    """What was taken and what waits for its place in one list; what can't be used, each with its reason."""
    arrivals = received.arrivals
    _say_arrived(ctx, arrivals)
    faults = [arrival for arrival in arrivals if arrival.outcome not in (*TAKEN, *WAITING, Outcome.MOMENT) and not _held(arrival)]
    _say_faults(ctx, faults)
    left = sorted({arrival.page for arrival in faults if arrival.page is not None})
    if left:
        ctx.say("berkas_halaman_sisa", halaman=", ".join(map(str, left)))
    for moment in dict.fromkeys(reason for arrival in arrivals if arrival.outcome is Outcome.MOMENT for reason in arrival.reasons):
        sensitive.met(ctx, moment)
    if len(faults) == 1 and len(arrivals) > 1:
        ctx.reply.quote = faults[0].message


def whose(ctx: TurnContext, document: Document) -> str:
    """A waiting document as the applicant recognises it: its kind, and the name on it."""
    kind = ctx.text(f"jenis_{document.kind.value}")
    name = document.fields.get("nama")
    return ctx.text("atas_nama", jenis=kind, nama=name) if name else kind


def _say_arrived(ctx: TurnContext, arrivals: Sequence[Arrival]) -> None:
    taken = Counter(arrival.item for arrival in arrivals if arrival.outcome in TAKEN and arrival.item)
    waiting = [found for arrival in arrivals if arrival.outcome in WAITING and (found := _document(ctx, arrival)) is not None]
    asked_alone = len(arrivals) == 1 and arrivals[0].outcome is Outcome.ASK  # the question names it
    counted = {item: ctx.text("jumlah_foto", jumlah=count) if count > 1 else "" for item, count in taken.items()}
    lines = [f"{asking.item_name(ctx, item)} ✅{count}" for item, count in counted.items()]
    lines += [] if asked_alone else [ctx.text("berkas_menunggu", berkas=whose(ctx, document)) for document in waiting]
    if lines and (len(lines) > 1 or waiting):
        ctx.say("berkas_diterima", daftar=asking.bullets(lines), berkas=lines[0])
    elif lines:
        ctx.say("berkas_diterima_satu", berkas=asking.item_name(ctx, next(iter(taken))))
    if any(arrival.outcome is Outcome.LATER for arrival in arrivals) and waiting:
        ctx.say_once("berkas_nanti_ditempatkan")
    for arrival in arrivals:
        if arrival.outcome in (Outcome.REPLACED, Outcome.FLAGGED):
            ctx.say(f"berkas_{arrival.outcome}", berkas=asking.item_name(ctx, arrival.item) if arrival.item else "")


def _say_faults(ctx: TurnContext, faults: Sequence[Arrival]) -> None:
    """A paragraph each where there is one file, else a list by the files' numbers; the same fault of several is said once."""
    if len(ctx.turn.uploads) < 2:
        ctx.reply.paragraphs += dict.fromkeys(_fault(ctx, arrival) for arrival in faults)
        return
    numbers = {upload.message: at for at, upload in reversed(list(enumerate(ctx.turn.uploads, 1)))}
    lines: dict[str, list[int]] = {}
    for arrival in faults:
        same = lines.setdefault(_fault(ctx, arrival), [])
        if (number := numbers.get(arrival.message)) is not None and number not in same:
            same.append(number)
    if not lines:
        return
    for shortest in (False, True):
        rows = [_numbered(ctx, numbers, _first_sentence(text) if shortest else text) for text, numbers in lines.items()]
        if size("\n".join(rows)) <= TEXT // 3:
            break
    ctx.say("foto_belum_dipakai", daftar=asking.bullets(rows))


def _numbered(ctx: TurnContext, numbers: Iterable[int], text: str) -> str:
    stated = [str(number) for number in numbers]
    joint = f" {ctx.text('dan')} "
    named = joint.join([", ".join(stated[:-1]), stated[-1]] if len(stated) > 1 else stated)
    return ctx.text("foto_ke", nomor=named, isi=text) if stated else text


def _first_sentence(text: str) -> str:
    return text.split(". ")[0].rstrip(".") + "."


def _held(arrival: Arrival) -> bool:
    """Whether it is asked of this file if it is another one: that says enough."""
    return arrival.outcome is Outcome.SAME and arrival.submission is not None


def _document(ctx: TurnContext, arrival: Arrival) -> Document | None:
    documents = ctx.draft.documents if ctx.draft else []
    return next((found for found in documents if found.submission == arrival.submission), None)


def _fault(ctx: TurnContext, arrival: Arrival) -> str:
    last = ctx.conversation.last
    if arrival.outcome is Outcome.KEPT:
        kept = _document(ctx, arrival)
        return ctx.catalogue.text("berkas_kept", last, berkas=whose(ctx, kept) if kept else ctx.text(f"jenis_{arrival.kind.value}"))
    name = asking.item_name(ctx, arrival.item) if arrival.item else ctx.text(f"jenis_{arrival.kind.value}")
    if arrival.outcome is Outcome.RETAKE:
        key = "foto_ulang_tak_dikenal" if arrival.item is None and arrival.kind in UNSEEN else "foto_ulang"
        return ctx.catalogue.text(key, last, berkas=name, sebab=_reasons(ctx, arrival.reasons))
    if arrival.outcome is Outcome.PROBLEM:
        return ctx.catalogue.text(f"masalah_{arrival.reasons[0]}", last)
    if arrival.outcome is Outcome.WRONG and ctx.catalogue.has(f"kertas_{arrival.read_as}"):
        return ctx.catalogue.text("berkas_wrong_dikenal", last, berkas=ctx.text(f"kertas_{arrival.read_as}"))
    if arrival.outcome is Outcome.SAME and arrival.item is None:
        return ctx.catalogue.text("berkas_sama_belum_ditempatkan", last)
    return ctx.catalogue.text(f"berkas_{arrival.outcome}", last, berkas=name)


def _reasons(ctx: TurnContext, reasons: Sequence[str]) -> str:
    """What is wrong and how to mend it: the first two reasons, the rest follow from them."""
    known = [reason for reason in dict.fromkeys(reasons) if ctx.catalogue.has(f"ulang_{reason}")] or ["UMUM"]
    first, *rest = (ctx.catalogue.text(f"ulang_{reason}", ctx.conversation.last) for reason in known[:2])
    return " ".join([first, *(ctx.text("ulang_selain_itu", sebab=other) for other in rest)])
