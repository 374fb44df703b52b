"""Takes an answer to the open question of the draft, says what follows from it, and hands over when the summary is confirmed."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from typing import Any

from actions import asking, understanding
from actions.context import SCOPE, STAMP, TurnContext
from actions.topics import birth_day, changes, corrections, documents, early, opening, places, second_thoughts, submitting
from intake.drafts.birth_letters import letter_facts
from intake.drafts.disagreeing import untold
from intake.drafts.learning import note_facts
from intake.drafts.model import Draft, DraftState
from intake.placing.arranging import arrange
from intake.questions.answers import CHAT, sexes_aside, store_children
from intake.questions.children_told import twins_aside
from intake.questions.explaining import REPLACE, UNMARRIED
from intake.questions.letter_name import REST
from intake.questions.moving import ENOUGH
from intake.questions.names_weighed import parents_named
from intake.questions.papers import CONDITIONS, papers_mentioned
from intake.questions.question import NOTHING, Open, Phase, Problem
from intake.questions.statuses import mothers_status_aside, statuses_told
from intake.reading import is_question, read_email, slips
from standard.kinds import Item
from standard.requirements import FamilyCard, KtpStatus

REMARKS: tuple[tuple[str, Any, str], ...] = (
    ("ada_surat_kelahiran", False, "tanpa_surat_kelahiran"),
    ("ada_surat_nikah", False, "tanpa_surat_nikah"),
    ("surat_ada", (False, False), "tanpa_kedua_surat"),
    ("surat_ada", (True, False), "tanpa_surat_nikah"),
    ("surat_ada", (False, True), "tanpa_surat_kelahiran"),
    ("hubungan_kk", FamilyCard.TIDAK, "kk_tidak"),
    ("hubungan_kk", FamilyCard.ANAK_MENANTU, "kk_anak_menantu"),
    ("hubungan_kk", FamilyCard.KEPALA_ISTRI, "kk_suami_istri"),
    ("status_ktp_ibu", KtpStatus.BELUM_KAWIN, "ktp_belum_kawin"),
    ("status_ktp_ayah", KtpStatus.BELUM_KAWIN, "ktp_belum_kawin"),
)
"""What is said when an answer changes the way: one sentence, before the next question."""


async def answered(ctx: TurnContext) -> bool:
    """Whether the message was the answer to the open question, or a tap on a button whose question is closed."""
    asked, draft = ctx.open, ctx.draft
    if ctx.turn.kind == "choice":
        scope, _, choice = (ctx.turn.choice or "").partition(SCOPE)
        if asked is None or draft is None or scope.partition(STAMP)[0] != ctx.scope(asked):
            ctx.say("tombol_lama")
            return True
        corrects = asked.question.phase is Phase.SUMMARY and ctx.conversation.side is not None
        if corrects or not asking.still_holds(ctx, draft, asked, scope):
            ctx.say("tombol_berubah")
            ctx.form = asking.FULL
            return True
        return await _take(ctx, asked, choice)
    if asked is None or draft is None or ctx.conversation.asked is None:
        return False
    if not ctx.conversation.question_shown and (
        asked.question.phase is Phase.SUMMARY
        or (
            asked.question.phase is Phase.CONSENT
            and asked.question.read(ctx.said(ctx.catalogue.options("q_setuju")), draft, asked.child) is True
        )
    ):
        return False  # after a menu, or after "I ask my husband first", a yes means something else
    return await _take(ctx, second_thoughts.open_before(ctx, draft) or asked, None)


async def answered_with(ctx: TurnContext, text: str) -> bool:
    """The same for words that came another way: an edited message."""
    ctx.turn = replace(ctx.turn, kind="text", text=text, intent="")
    return await answered(ctx)


async def _take(ctx: TurnContext, asked: Open, choice: str | None) -> bool:
    draft = ctx.draft
    assert draft is not None
    said = ctx.said(ctx.catalogue.options(f"q_{asked.question.id}"), choice)
    typed = choice is None and ctx.turn.kind == "text"
    if typed and asked.question.phase is Phase.SUMMARY and not understanding.asks_first(ctx.turn):
        return await _at_summary(ctx, draft, asked)
    if typed and asked.question.id in SHOWN and changes.of_letter(ctx, draft, asked.child):
        return True
    value = second_thoughts.read(said, draft, asked) if typed else asked.question.read(said, draft, asked.child)
    readable = value is not NOTHING
    told = typed and _told_early(ctx, draft, asked, readable)
    named = asked.question.phase is Phase.NAMES and (value is True or isinstance(value, tuple))
    if told and asked.question.of_person and not (readable and (named or asked.question.phase is Phase.CONDITIONS)):
        return True
    firm = readable and asked.question.firm(value, said)
    if not readable:
        return await _unread(ctx, draft, asked, told, typed)
    if not (firm or _is_name(ctx, asked, value)) and understanding.goes_first(ctx.turn, free=asked.question.free, readable=True):
        _answered_beside(ctx, draft, asked)
        return False
    ctx.touch()
    if isinstance(value, Problem):
        _tell_problem(ctx, asked, value)
        return True
    asked.question.store(draft, asked.child, value)
    arrange(draft)
    if typed and asked.question.phase is Phase.CONDITIONS:
        _conditions_aside(ctx, draft, asked)
    if typed:
        _told_beside(ctx, draft, asked)
    if asked.question.phase is Phase.NAMES and isinstance(value, tuple | dict):
        ctx.form = asking.FULL  # a name that is new is spelled, though the question was open before
    await _follow(ctx, asked, value)
    if asked.question.phase < Phase.PAPERS and ctx.draft is draft:
        await documents.place_waiting(ctx, draft)
    return True


async def _unread(ctx: TurnContext, draft: Draft, asked: Open, told: bool, typed: bool) -> bool:
    """Whether a message that is no answer to the open question told something all the same."""
    if typed and ((asked.question.phase is Phase.PAPERS and places.told(ctx, draft)) or await changes.changed(ctx)):
        return True
    if typed and _answered_beside(ctx, draft, asked):
        return not understanding.asks_something(ctx.turn)
    if typed and asked.question.phase in (Phase.CONDITIONS, Phase.PAPERS) and _statuses_aside(ctx, draft):
        return True
    return _email_aside(ctx, draft) or _papers_aside(ctx, draft) or birth_day.offered(ctx, draft, asked) or told


def _told_early(ctx: TurnContext, draft: Draft, asked: Open, readable: bool) -> bool:
    """Whether the message told of what comes later; before the consent a bare no tells nothing."""
    if asked.question.phase is Phase.CONSENT:
        return early.opening(ctx, draft, asked)
    return early.told(ctx, draft, asked, bare=not readable and asked.question.phase < Phase.NAMES)


NAMES = frozenset({"nama_anak", "nama_ibu", "nama_ayah"})
SHOWN = frozenset({"nama_anak_surat", "nama_anak_benar"})
"""Questions that show what the birth letter gave: any of it may be put right in the answer."""
LONGEST_NAME = 6
"""Words that a name with a courtesy beside it has at most."""


def _is_name(ctx: TurnContext, asked: Open, value: Any) -> bool:
    """Whether a name was asked for and could be read: then it is one, whatever wish it sounds like (`Bagus Prasetyo`). It is spelled."""
    turn = ctx.turn
    short = len(turn.text.split()) <= LONGEST_NAME and not is_question(turn.text)
    return asked.question.id in NAMES and short and not turn.moment and not isinstance(value, Problem)


async def _at_summary(ctx: TurnContext, draft: Draft, asked: Open) -> bool:
    """A typed yes hands over where nothing else was said; what is named is changed, and the summary shown again."""
    answer = changes.at_summary(ctx, draft)
    if answer is changes.SummaryAnswer.AGREES:
        await _follow(ctx, asked, True)
    elif answer is changes.SummaryAnswer.DISAGREES:
        await corrections.correct(ctx)
    return answer is not changes.SummaryAnswer.ELSE or _email_aside(ctx, draft)


def _tell_problem(ctx: TurnContext, asked: Open, problem: Problem) -> None:
    """What is wrong with the answer; the sentence asks for it again by itself, unless it was said just now."""
    if ctx.draft is not None and (doubtful := problem.values.get(asked.question.id)) is not None:
        ctx.draft.asked_back[asked.question.id] = doubtful
    text = ctx.catalogue.fresh(problem.text, ctx.conversation.last, **problem.values)
    if text is None:
        ctx.form = asking.EXAMPLE
        return
    ctx.reply.paragraphs.append(text)
    if ctx.draft is not None:
        ctx.offer(asking.button_scope(ctx, ctx.draft, asked), f"q_{asked.question.id}")
    ctx.asks = False


def _told_beside(ctx: TurnContext, draft: Draft, asked: Open) -> None:
    """Takes what the answer says besides: the parents' names, and of several children what each of them is."""
    if asked.question.id == "jumlah_anak" and len(draft.children) > 1:
        changes.given(ctx)
    if asked.question.phase >= Phase.NAMES:
        for name, parent in parents_named(ctx.turn.text, asked.question.id, draft).items():
            setattr(draft, name, parent)


def _email_aside(ctx: TurnContext, draft: Draft) -> bool:
    """Whether the message gives an e-mail address though something else was asked: it is kept, whenever it comes."""
    email = read_email(ctx.turn.text) if ctx.turn.kind == "text" and draft.agreed and draft.state is DraftState.OPEN else None
    if not isinstance(email, str) or is_question(ctx.turn.text):
        return False
    draft.email = email
    ctx.say("email_dicatat", email=email)
    ctx.touch()
    return True


def _papers_aside(ctx: TurnContext, draft: Draft) -> bool:
    """Whether the message says that there is one of the two papers though something else was asked: it is taken, and not asked again."""
    if ctx.turn.kind != "text" or not draft.agreed or draft.state is not DraftState.OPEN or is_question(ctx.turn.text):
        return False
    stated = {} if understanding.goes_first(ctx.turn, free=False, readable=True) else papers_mentioned(ctx.turn.text, draft)
    for item, has in stated.items():
        setattr(draft.conditions, CONDITIONS[item], has)
        if not has:
            ctx.say_once(f"tanpa_{item}")
    if stated:
        ctx.touch()
        arrange(draft)
    return bool(stated)


def _statuses_aside(ctx: TurnContext, draft: Draft) -> bool:
    """Whether the message tells what a parent's KTP says of marriage though something else was asked: it is kept of that parent."""
    stated = statuses_told(ctx.turn.text, draft)
    names = {f"status_ktp_{parent}": status for parent, status in stated.items()}
    anew = {name: status for name, status in names.items() if getattr(draft.known, name) in (None, KtpStatus.TIDAK_TAHU)}
    for name, status in anew.items():
        setattr(draft.conditions, name, status)
    if anew:
        ctx.touch()
        arrange(draft)
    return bool(anew)


def _answered_beside(ctx: TurnContext, draft: Draft, asked: Open) -> bool:
    """Whether an answer stands beside a question in the same message; it is kept, the question is answered by its topic."""
    rest = slips.beside_question(ctx.turn.text)
    if asked.question.free or asked.question.phase not in (Phase.CONDITIONS, Phase.FACTS) or not rest:
        return False
    value = asked.question.read(replace(ctx.said(ctx.catalogue.options(f"q_{asked.question.id}")), text=rest), draft, asked.child)
    if value is NOTHING or isinstance(value, Problem):
        return False
    asked.question.store(draft, asked.child, value)
    arrange(draft)
    ctx.touch()
    return True


def _conditions_aside(ctx: TurnContext, draft: Draft, asked: Open) -> None:
    """What a message says of the papers, the children and the mother's KTP beside its answer to a question about the family."""
    if asked.question.id != "surat_ada":
        _papers_aside(ctx, draft)
    counted = False
    if draft.conditions.jumlah_anak is None and (count := twins_aside(ctx.said(), draft)) is not None:
        store_children(draft, 0, count)
        counted = True
    if counted or asked.question.id == "jumlah_anak":
        for at, sex in sexes_aside(ctx.said(), draft).items():
            note_facts(draft, at, {"jenis_kelamin": sex}, "chat")
    if asked.question.id == "status_ktp_ayah" and draft.known.status_ktp_ibu is None:
        draft.conditions.status_ktp_ibu = mothers_status_aside(ctx.said(), draft)
    _statuses_aside(ctx, draft)
    arrange(draft)


async def _follow(ctx: TurnContext, asked: Open, value: Any) -> None:
    follow = FOLLOWING.get(asked.question.id)
    if follow is not None:
        await follow(ctx, value)
    remark = next((key for question, answer, key in REMARKS if question == asked.question.id and answer == value), None)
    if remark == "ktp_belum_kawin" and ctx.draft is not None and ctx.draft.known.mother_alone:
        remark = "ktp_ibu_sendiri"  # hers is right as it is: no new card is promised (domain page, 1.1)
    if remark is not None:
        ctx.say_once(remark)


async def _agreed(ctx: TurnContext, value: bool) -> None:
    if not value:
        await opening.declined(ctx)
    elif ctx.draft is not None and (ctx.turn.choice or "").endswith(f"{SCOPE}{CHAT}"):
        ctx.draft.forms_declined = True


async def _confirmed(ctx: TurnContext, value: bool) -> None:
    if value:
        await submitting.submit(ctx)
    else:
        await corrections.ask_what(ctx)


async def _delivered(ctx: TurnContext, value: tuple[dict[str, Any] | None, str | None]) -> None:
    """Only the e-mail was told, or that there is none: the address is still asked for."""
    address, email = value
    if address is None and email is not None:
        ctx.say("email_dicatat", email=email)
    elif address is None:
        ctx.say("tanpa_email")


async def _letter_seen(ctx: TurnContext, value: Any, wrong: str | None) -> None:
    """Something of what the letter gave is wrong: which of it is asked, nothing is cleared."""
    asked = ctx.open
    if value == wrong and ctx.draft is not None and asked is not None and letter_facts(ctx.draft, asked.child):
        changes.ask_field(ctx, ctx.draft, "surat", asked.child)


async def _explained(ctx: TurnContext, value: str) -> None:
    """Another photo is waited for in the place of the first paper that does not fit; or the officer is told what was said."""
    draft = ctx.draft
    if draft is not None and value == REPLACE:
        corrections.replace_document(ctx, draft, untold(draft)[0].items[0])
    elif value != UNMARRIED:
        ctx.say("penjelasan_dicatat")


async def _moved(ctx: TurnContext, value: str) -> None:
    """Nothing more is asked of a family of another office, unless its KK was the wrong one, or it has moved here."""
    if ctx.draft is not None and value == REPLACE:
        corrections.replace_document(ctx, ctx.draft, Item.KK)
    elif value == ENOUGH:
        opening.let_go(ctx, "kk_luar_selesai")
    else:
        ctx.say("penjelasan_dicatat")


FOLLOWING: dict[str, Callable[[TurnContext, Any], Awaitable[None]]] = {
    "setuju": _agreed,
    "data_kelahiran": birth_day.follow,
    "konfirmasi": _confirmed,
    "kk_luar": _moved,
    "tidak_cocok": _explained,
    "nama_anak_surat": partial(_letter_seen, wrong=REST),
    "nama_anak_benar": partial(_letter_seen, wrong=None),
    "alamat_kia": _delivered,
}
