"""Before papers or a PIN go to a number that changed or was long silent: they wait for something that only the applicant knows."""

from datetime import timedelta

from actions.context import TurnContext
from actions.topics import case_messages, issued
from contracts import notice as contract
from contracts.case import MessageKind
from intake.drafts.model import Draft, HeldPapers
from intake.handover.bundle import answers_of
from intake.reading.asking import is_question
from language.lists import word_set
from language.phrases import words
from standard.numbers import digits_of

SILENT = timedelta(days=30)
"""A number that nobody has written from for so long may be somebody else's: providers give one out again after two or three months."""
FIGURES = 4
TRIES = 3
"""Then an officer has to be asked: three guesses at four figures are right once in 3,333."""

WHOLE = 16
"""Figures of a KK's whole number, which some write instead."""


def doubtful(ctx: TurnContext, draft: Draft | None) -> bool:
    """Whether somebody else may read here than the one who applied: since then, and since they last proved who they are."""
    conversation = ctx.conversation
    moments = (conversation.confirmed_at, draft.submitted_at if draft else None)
    sure = max((moment for moment in moments if moment is not None), default=None)
    changed = conversation.changed_at is not None and (sure is None or conversation.changed_at > sure)
    silent = long_silent(ctx) and (sure is None or ctx.turn.at - sure > SILENT)
    return changed or silent


def long_silent(ctx: TurnContext) -> bool:
    """Whether nobody had written from the number for longer than SILENT."""
    return ctx.silence is not None and ctx.silence > SILENT


def hold(ctx: TurnContext, draft: Draft | None, name: str, files: list[contract.Attachment], signed: bool) -> None:
    """Keeps the papers back and asks, and the case says so; where nothing can be asked, or it was guessed at before, an officer calls."""
    number = str(ctx.turn.notice.number if ctx.turn.notice else "")
    guessed = next((row.tries for row in ctx.conversation.held if row.number == number and not row.files), 0)
    held = HeldPapers(number=number, name=name, signed=signed, files=[file.model_dump(mode="json") for file in files], tries=guessed)
    ctx.conversation.held = [row for row in ctx.conversation.held if row.number != number] + [held]
    if _secrets(draft) and guessed < TRIES:
        ctx.say("pastikan_dulu", permohonan=name)
        _into_case(ctx, number, "pastikan_catatan_ditahan", MessageKind.HELD_BACK)
    else:
        _to_officer(ctx, held, MessageKind.HELD_BACK)


def given(ctx: TurnContext, number: str) -> None:
    """Papers of that case went out without a question: what was held back before it waits no more, and the case says so."""
    if held_back(ctx, number):
        _into_case(ctx, number, "pastikan_catatan_dikirim", MessageKind.GIVEN)
    ctx.conversation.held = [row for row in ctx.conversation.held if row.number != number]


def held_back(ctx: TurnContext, number: str | None) -> bool:
    """Whether papers of that case wait for the applicant, though the office has sent them."""
    return any(row.number == number and row.files for row in ctx.conversation.held)


def pin_text(ctx: TurnContext, draft: Draft, name: str, pin: str) -> str:
    """The PIN, which opens the papers' page; in doubt that it is held back, with the papers, and what has to be answered or done first."""
    held = next((row for row in ctx.conversation.held if row.number == draft.number), None)
    if held is None and not doubtful(ctx, draft):
        return ctx.text("status_pin", pin=pin)
    if held is None and _secrets(draft):
        held = HeldPapers(number=str(draft.number), name=name, signed=False, files=[])
        ctx.conversation.held.append(held)
    asks = held is not None and held.tries < TRIES
    if held_back(ctx, draft.number):
        return ctx.text("status_ditahan" if asks else "pastikan_petugas", permohonan=name)
    return ctx.text("status_pin_pastikan" if asks else "status_pin_petugas")


async def heard(ctx: TurnContext) -> bool:
    """Whether the message is such an answer; a right one brings the papers that it is right for."""
    figures = _given(ctx.turn.text) if ctx.turn.kind == "text" else None
    waiting = [row for row in ctx.conversation.held if row.tries < TRIES]
    if figures is None or not waiting or (ctx.conversation.question_shown and ctx.reads_open()):
        return False
    right = [row for row in waiting if figures in _secrets(next((d for d in ctx.record.drafts if d.number == row.number), None))]
    if not right and _is_year(ctx, figures):
        return False
    ctx.asks = False
    for row in waiting if not right else ():
        row.tries += 1
        if row.tries >= TRIES and row.files:
            _to_officer(ctx, row)
        elif row.tries >= TRIES:
            ctx.say("status_pin_petugas")
        else:
            ctx.say("pastikan_keliru", permohonan=row.name, sisa=TRIES - row.tries)
    for row in right:
        ctx.conversation.held.remove(row)
        ctx.conversation.confirmed_at = ctx.turn.at
        if row.files:
            issued.give(ctx, row.number, row.name, [contract.Attachment.model_validate(file) for file in row.files], row.signed)
            _into_case(ctx, row.number, "pastikan_catatan_dikirim", MessageKind.GIVEN)
        else:
            ctx.say("pastikan_benar", permohonan=row.name)
    return True


def _given(text: str) -> str | None:
    """The last four figures of a message that holds these or a whole number, and beside them only words that lead to it; else None."""
    known = word_set("answers", "figures") | word_set("answers", "filler")
    typed = words(text)
    numbers = [word for word in typed if word.isascii() and word.isdecimal()]
    if is_question(text) or not all(word in known for word in typed if word not in numbers):
        return None
    if numbers[:1] == [str(FIGURES)]:  # "4 angka terakhir 1234"; not "4 321"
        numbers = numbers[1:] if len("".join(numbers)) in (FIGURES + 1, WHOLE + 1) else numbers
    figures = "".join(numbers)
    return figures[-FIGURES:] if len(figures) in (FIGURES, WHOLE) else None


def _is_year(ctx: TurnContext, given: str) -> bool:
    """Whether figures that are wrong are this year or the last, with words beside them of which none names an answer ("2026 ya"): no guess.

    Two free guesses in ten thousand are no way in.
    """
    years = {str(ctx.turn.at.year), str(ctx.turn.at.year - 1)}
    beside = set(words(ctx.turn.text)) - {given}
    return given in years and bool(beside) and not beside & (word_set("answers", "figures") - word_set("answers", "yes"))


def _secrets(draft: Draft | None) -> set[str]:
    """The last figures of the KK's number; where that is not known, of the applicant's NIK."""
    answers = answers_of(draft) if draft is not None else {}
    for name in ("pelapor_no_kk", "pelapor_nik"):
        number = digits_of(str((answers.get(name) or {}).get("value") or ""))
        if number:
            return {number[-FIGURES:]}
    return set()


def _to_officer(ctx: TurnContext, held: HeldPapers, kind: MessageKind = MessageKind.ANSWER) -> None:
    held.tries = TRIES
    ctx.say("pastikan_petugas", permohonan=held.name)
    _into_case(ctx, held.number, "pastikan_catatan", kind)


def _into_case(ctx: TurnContext, number: str, key: str, kind: MessageKind) -> None:
    case_messages.send(ctx, number, kind, ctx.text(key, nomor=number))
