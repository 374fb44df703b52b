"""Takes the answer to a question beside the bundle: a confirmation, a choice, the text of a complaint."""

from collections.abc import Awaitable, Callable, Sequence

from actions import sensitive, understanding, weighing
from actions.catalogue import Option
from actions.context import SCOPE, TurnContext
from actions.topics import (
    arrivals,
    birth_day,
    changes,
    complaint_wishes,
    complaints,
    corrections,
    documents,
    early,
    issued,
    leaving,
    locations,
    noticing,
    officer,
    places,
    survey,
    telling,
)
from intake.drafts.model import Side
from intake.questions.papers import papers_mentioned
from intake.reading import read_choice
from intake.reading.complaining import takes_back_leaving
from language.phrases import words

Answer = Callable[[TurnContext, Side, str], Awaitable[None]]
"""What follows from a choice: the turn, the question with its data, the id of the choice (or the text, where any text is an answer)."""

SIDES: dict[str, Answer] = {
    "mulai_lagi": leaving.chosen_start,
    "kasus_berjalan": leaving.chosen_next,
    "pilih_draf": corrections.chosen_draft,
    "batal_yakin": leaving.cancel_confirmed,
    "ulang_yakin": leaving.restart_confirmed,
    "hapus_yakin": leaving.erase_confirmed,
    "tempat_berkas": places.chosen,
    "berkas_sama": places.said_another,
    "perbaiki_apa": corrections.chosen,
    "perbaiki_isian": changes.chosen_field,
    "perbaiki_anak": changes.chosen_child,
    "nama_orang_tua": corrections.named_parent,
    "email_baru": corrections.new_email,
    issued.SIDE: issued.said_what,
    "ganti_berkas": corrections.nothing_to_choose,
    "lokasi_alamat": locations.chosen,
    "lahir_kira": birth_day.chosen,
    complaints.PROPOSED: complaints.confirmed_category,
    complaints.CHOSEN: complaints.picked_category,
    sensitive.SIDE: sensitive.chosen,
    "petugas_yakin": officer.chosen,
    "aduan_jenis": complaints.chosen_category,
    "aduan_tambahan": telling.chosen_belonging,
    "kia_sampai": arrivals.chosen,
    "aduan_nilai": complaint_wishes.rated,
    survey.SIDE: survey.answered,
    "aduan_kurang": complaint_wishes.said_what_lacked,
    "aduan_cabut": complaint_wishes.withdrawal_confirmed,
}
READERS: dict[str, Callable[[str, Sequence[Option]], str | None]] = {"tempat_berkas": places.meant, survey.SIDE: survey.digits}
"""Reads what the words of the choices alone do not tell."""

FREE = frozenset({"nama_orang_tua", "email_baru", "aduan_kurang", issued.SIDE})
"""Here any text is an answer, unless it clearly is a wish."""

OF_A_PART = frozenset({"perbaiki_apa", "perbaiki_isian", "perbaiki_anak"})
"""These ask what is wrong: a message that says what is right, or answers the open question, says more than that."""

OPTIONAL = frozenset({survey.SIDE, "aduan_nilai", "kia_sampai"})
"""Nobody has to answer these: other words are taken for themselves."""

LETS_BELONG = frozenset({complaints.PROPOSED, complaints.CHOSEN})
"""Here words that are no answer may belong to the complaint that was just filed."""

SHORT = 5
"""Words up to which they are an answer: `saya sudah ke ombudsman juga ya pak` is no yes."""

PLACE = "tempat_berkas"
"""Here who somebody is, is the answer, whatever question the language model hears in it."""

YIELDS = frozenset({"lahir_kira"})
"""These stand for the open question: what answers that one, answers it."""


async def answered(ctx: TurnContext) -> bool:
    """Whether the message answered the side question. One that is about something else closes it."""
    if ctx.turn.kind == "choice" and issued.pressed(ctx):
        return True
    side = ctx.conversation.side
    if side is None:
        return False
    if ctx.turn.kind == "choice":
        scope, _, pressed = (ctx.turn.choice or "").partition(SCOPE)
        if scope != ctx.side_scope():
            return False
        await _answer(ctx, side, pressed)
        return True
    if (side.id in YIELDS and ctx.reads_open()) or _tells_more(ctx, side):
        ctx.conversation.side = None
        return False
    if side.id in FREE:
        return await _took_any_text(ctx, side)
    options = _options(side)
    if side.id in OF_A_PART and (taken := _says_what_is_right(ctx, side, options)) is not None:
        return taken
    choice = None if side.id in LETS_BELONG and len(ctx.turn.text.split()) > SHORT else _meant(ctx, side, options)
    if choice is None and (side.id in OPTIONAL or ctx.turn.complains >= weighing.SURE):
        ctx.conversation.side = None
        return False
    if choice is not None and (_stays(ctx, side) or not understanding.goes_first(ctx.turn, free=False, readable=True)):
        await _answer(ctx, side, choice)
        return True
    is_well = side.id in LETS_BELONG and (noticing.is_content(ctx) or noticing.praises(noticing.story_part(ctx)))
    if ctx.turn.intent in understanding.INTERRUPTING or not options or is_well:
        ctx.conversation.side = None
        return False
    if side.id in LETS_BELONG and noticing.last_filed(ctx) is not None:
        ctx.conversation.side = None
        await noticing.more(ctx)
        return True
    _again(ctx, side, options)
    return True


def reads(ctx: TurnContext) -> bool:
    """Whether a question beside the bundle is open that takes this text for its answer."""
    side = ctx.conversation.side
    if side is None:
        return False
    return side.id in FREE or _meant(ctx, side, _options(side)) is not None


def _options(side: Side) -> list[Option]:
    return [Option(row[0], row[1], None, tuple(row[2:])) for row in side.data.get("options", [])]


UNDOING = frozenset({"aduan_cabut", "batal_yakin", "ulang_yakin", "hapus_yakin"})
"""Whoever says here that it does not come to that (`gak jadi batal, tolong dilanjut`) stays."""

LEAVES_TEXT = frozenset({"batal", "bantuan", "mulai_ulang", "lanjutkan"})


async def _took_any_text(ctx: TurnContext, side: Side) -> bool:
    """Takes any text as the answer, unless it clearly is a wish that leaves the question."""
    if ctx.turn.intent in LEAVES_TEXT and understanding.goes_first(ctx.turn, free=True, readable=True):
        ctx.conversation.side = None
        return False
    await _answer(ctx, side, ctx.turn.text)
    return True


def _says_what_is_right(ctx: TurnContext, side: Side, options: list[Option]) -> bool | None:
    """Whether the message holds the right value (taken: True) or answers the open question (False); None where it names a part."""
    if len(words(ctx.turn.text)) <= SHORT and _meant(ctx, side, options) is not None:
        return None
    ctx.conversation.side = None
    if changes.given(ctx):
        return True
    if ctx.reads_open():
        return False
    ctx.conversation.side = side
    return None


def _tells_more(ctx: TurnContext, side: Side) -> bool:
    """Whether, asked whose a card is, the person goes on with the registration: that is kept, and the card asked about again."""
    draft = ctx.draft
    if side.id != PLACE or places.meant(ctx.turn.text, _options(side)) is not None:
        return False
    return draft is not None and (early.tells(ctx) or bool(papers_mentioned(ctx.turn.text, draft)))


def _stays(ctx: TurnContext, side: Side) -> bool:
    if side.id == PLACE:
        return places.meant(ctx.turn.text, _options(side)) is not None
    return side.id in UNDOING and takes_back_leaving(ctx.turn.text)


def _meant(ctx: TurnContext, side: Side, options: list[Option]) -> str | None:
    """The choice that the words mean, or None."""
    if side.id in UNDOING and _stays(ctx, side):
        return "tidak"
    choice = sensitive.meant(ctx, side) if side.id == sensitive.SIDE else None
    choice = choice or read_choice(ctx.turn.text, [option.as_choice() for option in options])
    if choice is None and side.id in READERS:
        choice = READERS[side.id](ctx.turn.text, options)
    if choice is None and side.id == sensitive.SIDE:
        choice = sensitive.say_again(ctx, side)
    return choice


async def _answer(ctx: TurnContext, side: Side, choice: str) -> None:
    ctx.conversation.side = None
    await SIDES[side.id](ctx, side, choice)


def _again(ctx: TurnContext, side: Side, options: list[Option]) -> None:
    """Not understood: the choices once more, in other words; then the question is let go and the bundle's own comes back."""
    if side.data.get("asked_again"):
        ctx.conversation.side = None
        ctx.say("sisi_lewat")
        ctx.let_go = True
        return
    named = ", ".join(option.title for option in options)
    if (paper := side.data.get("berkas")) is not None:
        documents.asked_again(ctx, side.data)
        ctx.say("sisi_ulang_berkas", berkas=paper, pilihan=named)
    else:
        ctx.say("sisi_ulang", pilihan=named)
    side.data["asked_again"] = True
    ctx.offer_these(ctx.side_scope(), options)
    ctx.asks = False
    ctx.missed = True
