"""Meets the moments in which a form is the wrong answer: asks back gently, then says one warm sentence and offers a person.

What else stands in such a message is answered as in any other; the question comes below it, in place of the open one.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

from actions import asking, understanding, weighing
from actions.context import TurnContext
from actions.topics import opening
from intake.drafts.model import DraftState, Side
from intake.placing.arranging import arrange
from intake.reading.deaths import Parents, read_parents
from standard import facts
from standard.requirements import KtpStatus

OFFICER = "officer"
YES = "ya"
SIDE = "saat_peka"
PARENTS = {"ibu": ("ibu_meninggal",), "ayah": ("ayah_meninggal",), "keduanya": ("ibu_meninggal", "ayah_meninggal")}
"""Which parent died is chosen, since a sentence often leaves it open."""


@dataclass(frozen=True)
class Moment:
    """How a moment is met: its way, and what is known of the family from then on."""

    id: str
    way: str
    knows: dict[str, str]


@cache
def moments() -> dict[str, Moment]:
    """Every moment by id."""
    return {row["id"]: Moment(row["id"], row["way"], row.get("knows", {})) for row in facts.load("sensitive")["moments"]}


def heard(ctx: TurnContext) -> Moment | None:
    """The moment that the message tells of, unless it was denied of this draft, or a person reads the message anyway."""
    turn = ctx.turn
    for_a_person = understanding.for_a_person(turn) or turn.complains >= weighing.SURE
    moment = moments().get(turn.moment) if turn.kind == "text" and not for_a_person else None
    return None if moment is not None and ctx.draft is not None and moment.id in ctx.draft.moments_denied else moment


def meet(ctx: TurnContext, moment: Moment, answered: bool) -> None:
    """Asks whether it is so, below whatever else was said. Who goes on telling of what is known is told that a person will listen."""
    if ctx.draft is not None and f"peka:{moment.id}" in ctx.draft.flags:
        if not answered:
            met(ctx, moment.id)
        return
    draft = ctx.draft.id if ctx.draft is not None else None
    who = read_parents(ctx.turn.text).who_died if moment.id in PARENTS["keduanya"] else None
    if who is None or len(PARENTS[who]) > 1:
        ctx.ask_aside(SIDE, question_of(moment), moment=moment.id, draft=draft)
    else:  # the sentence says which parent: asked is only whether it is so
        ctx.ask_aside(SIDE, f"tanya_peka_{PARENTS[who][0]}", moment=PARENTS[who][0], draft=draft)


NOT_UNDERSTOOD = frozenset({"bantuan", "di_luar_topik", "nlu_fallback"})


def listens(ctx: TurnContext) -> bool:
    """Whether the family goes on telling of what an officer helps with: a person is offered again, and no menu."""
    turn, flags = ctx.turn, ctx.draft.flags if ctx.draft is not None else []
    known = next((moment.id for moment in moments().values() if moment.way == OFFICER and f"peka:{moment.id}" in flags), None)
    if known is None or turn.kind != "text" or turn.intent not in NOT_UNDERSTOOD:
        return False
    met(ctx, known)
    return True


def meant(ctx: TurnContext, side: Side) -> str | None:
    """Which parent died, as the sentence says: `saya sendiri ibunya` means the father, though it names the mother."""
    if side.data.get("moment") not in PARENTS["keduanya"]:
        return None
    said = read_parents(ctx.turn.text)
    return said.who_died or (next(iter(said.named)) if len(said.named) == 1 else None)


async def put_right(ctx: TurnContext) -> bool:
    """Whether the message says that another parent died than was noted. What was noted of the living one is taken back at once."""
    draft = ctx.draft
    if draft is None or draft.state is not DraftState.OPEN or ctx.turn.kind != "text":
        return False
    said = read_parents(ctx.turn.text)
    wrong = [who for who in ("ibu", "ayah") if f"peka:{PARENTS[who][0]}" in draft.flags and _lives(who, said)]
    if not wrong:
        return False
    for who in wrong:
        _forget(ctx, moments()[PARENTS[who][0]])
    for name in PARENTS.get(said.who_died or "", ()):
        _note(ctx, moments()[name])
    ctx.say(f"peka_keliru_{said.who_died}" if said.who_died in ("ayah", "ibu") else "peka_keliru")
    ctx.form = asking.FULL
    return True


def _lives(who: str, said: Parents) -> bool:
    """Whether the message takes it back that this parent died; `ayahnya juga meninggal` takes nothing back."""
    return who in said.live or (who in said.denied and said.who_died not in (who, "keduanya"))


def say_again(ctx: TurnContext, side: Side) -> str | None:
    """The choice that the person makes who, asked about a moment, tells of it again."""
    moment = side.data.get("moment")
    if not ctx.turn.moment or moment not in moments():
        return None
    if moment in PARENTS["keduanya"]:
        return next((choice for choice, parents in PARENTS.items() if parents == (ctx.turn.moment,)), None)
    return YES if ctx.turn.moment == moment else None


def question_of(moment: Moment) -> str:
    """The text that asks about a moment; of a parent who died it asks which."""
    return "tanya_peka_orang_tua" if moment.id in PARENTS["keduanya"] else f"tanya_peka_{moment.id}"


async def chosen(ctx: TurnContext, side: Side, choice: str) -> None:
    """It is so, and the way changes; or it is not, and nothing has changed."""
    stated = (side.data["moment"],) if choice == YES else PARENTS.get(choice, ())
    if stated:
        met(ctx, *stated)
    else:
        ctx.say("peka_bukan")
        ctx.form = asking.FULL
    if ctx.draft is None and ctx.asks:
        await opening.begin(ctx)
    if ctx.draft is None:
        return
    for name in stated:
        _note(ctx, moments()[name])
    if not stated:
        ctx.draft.moments_denied += PARENTS["keduanya"] if side.data["moment"] in PARENTS["keduanya"] else (side.data["moment"],)


def met(ctx: TurnContext, *names: str) -> None:
    """Answers what is certain: the person said yes, or a paper tells of it. Of several moments the first has the word."""
    for known in names:
        _note(ctx, moments()[known])
    name = "orang_tua_meninggal" if names == PARENTS["keduanya"] else names[0]
    moment = moments()[names[0]]
    text = ctx.catalogue.fresh(f"peka_{name}", ctx.conversation.last)
    if text is None:
        ctx.say("peka_lagi")
    else:
        ctx.reply.paragraphs.append(text)
    ctx.noted_at = len(ctx.reply.paragraphs)
    if moment.way == OFFICER:
        ctx.offer("menu", f"peka_{name}")
        ctx.asks = False
        ctx.conversation.asked = None


def _forget(ctx: TurnContext, moment: Moment) -> None:
    """Takes back what a moment that was misheard wrote down."""
    draft = ctx.draft
    assert draft is not None
    draft.flags.remove(f"peka:{moment.id}")
    for condition in moment.knows:
        setattr(draft.conditions, condition, None)
    ctx.touch()
    arrange(draft)


def _note(ctx: TurnContext, moment: Moment) -> None:
    """Marks the draft for the officer, and writes down what is known of the family now."""
    draft = ctx.draft
    if draft is None:
        return
    draft.flag(f"peka:{moment.id}")
    known: dict[str, Any] = {condition: KtpStatus(value) for condition, value in moment.knows.items()}
    for condition, value in known.items():
        setattr(draft.conditions, condition, value)
    if known:
        ctx.touch()
        arrange(draft)
