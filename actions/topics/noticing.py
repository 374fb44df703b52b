"""Notices a complaint and takes its first words: what is in doubt is asked about, what comes behind an earlier one may belong to it."""

from actions import understanding, weighing
from actions.accounted import FEW, speaks_of_registration
from actions.context import TurnContext
from actions.topics import complaints, small_talk
from intake.drafts.model import Story, StoryPart
from intake.reading.complaining import gives_thanks
from standard.complaints import categories, telling

SURE_AGAINST_ANSWER = 0.3
"""Margin from which on a complaint goes before an answer that could be read from the same words, where it is long enough to hold both."""

COURTESIES = frozenset({"salam", "terima_kasih", "pamit", "setuju"})
ELSEWHERE = 0.6
"""Confidence of another wish or question from which on nobody is asked whether it was a complaint."""

CONTENT = "puas"
"""The act of the complaint model that says, behind a complaint, that all is well now."""

DOUBTED = "aduan_atau_bukan"
"""The question whether it is a complaint."""

SCOPE = "cerita"
"""Scope of the buttons below a story that is being told."""


def story_part(ctx: TurnContext) -> StoryPart:
    """This message as a part of a story."""
    turn = ctx.turn
    return StoryPart(
        turn=turn.id,
        text=turn.text,
        at=turn.at,
        intent=turn.intent,
        confidence=turn.confidence,
        complains=turn.complains,
        kinds=turn.kinds,
        grave=turn.grave,
    )


def is_not_for_the_officer(ctx: TurnContext) -> bool:
    """Whether a complaint begins here: no officer has answered yet, or it accuses somebody, who may be the very one."""
    part = story_part(ctx)
    return part.complains >= weighing.SURE and (not ctx.conversation.officer_spoke or weighing.accuses([part]))


async def kept_from_the_officer(ctx: TurnContext) -> bool:
    """Whether an accusation in doubt was written while an officer has the conversation: it is asked about, and not passed on."""
    part = story_part(ctx)
    doubted = weighing.NEAR <= part.complains < weighing.SURE and weighing.accuses([part])
    clearly = part.grave >= weighing.GRAVE_ALONE and part.complains > weighing.DOUBT
    if ctx.turn.kind != "text" or ctx.conversation.story is not None or not (doubted or clearly):
        return False
    await begin(ctx, sure=False)
    return True


async def noticed(ctx: TurnContext) -> bool:
    """Whether the message complains; one in doubt is asked about. What does not is remembered for some minutes: a story may begin so."""
    turn = ctx.turn
    if turn.kind != "text":
        return False
    part = story_part(ctx)
    accounted = of_registration(ctx, part)
    if accounted and len(turn.text.split()) <= FEW and ctx.reads_open():
        return False  # `jam 8`: no margin makes so short an answer a complaint
    if part.complains >= (max(weighing.CERTAIN, _needed(ctx)) if accounted or _answers_asked(ctx, part) else _needed(ctx)):
        await begin(ctx, sure=True)
        return True
    if accounted:
        return False
    if _doubted(ctx, part):
        await begin(ctx, sure=False)
        return True
    if may_belong(ctx, part):
        await more(ctx)
        return True
    _remember(ctx, part)
    return False


def of_registration(ctx: TurnContext, part: StoryPart) -> bool:
    """Whether the registration accounts for the message; one that may accuse somebody is weighed as if it did not."""
    return part.grave < weighing.ACCUSING and speaks_of_registration(ctx)


def _answers_asked(ctx: TurnContext, part: StoryPart) -> bool:
    """Whether answers are asked for, and nobody may be accused: what is only near to a complaint is an answer that was not read."""
    return ctx.conversation.asked is not None and ctx.open is not None and part.grave < weighing.ACCUSING


def _doubted(ctx: TurnContext, part: StoryPart) -> bool:
    """Whether the citizen is asked if this is a complaint: the less else was understood, the sooner."""
    if praises(part) or (last_filed(ctx) is not None and is_content(ctx)):
        return False
    if part.intent == "perbaiki_data" and part.confidence >= understanding.SURE and part.grave < weighing.ACCUSING:
        return False
    words = len(part.text.split())
    if _answers_asked(ctx, part):
        return part.complains >= weighing.SURE
    if part.complains >= weighing.NEAR:
        return not ctx.reads_open() or words >= understanding.LONG
    if ctx.reads_open():
        return False
    long = words >= weighing.LOST_WORDS
    if elsewhere(ctx):
        return long and part.complains >= weighing.DOUBT
    return part.complains >= (weighing.LOST if long else weighing.DOUBT)


def may_belong(ctx: TurnContext, part: StoryPart) -> bool:
    """Whether words that nothing else was understood of come behind a complaint of this day."""
    other = elsewhere(ctx) or part.intent in COURTESIES or len(part.text.split()) < weighing.SHORT or is_content(ctx) or praises(part)
    return not other and not ctx.reads_open() and not speaks_of_registration(ctx) and last_filed(ctx) is not None


def praises(part: StoryPart) -> bool:
    """Whether it thanks or praises: no part of a complaint."""
    thanked = part.intent in ("saran", "terima_kasih") and part.confidence >= understanding.CLEAR
    return thanked and part.complains < weighing.SURE and gives_thanks(part.text)


def is_content(ctx: TurnContext) -> bool:
    """Whether it says, behind a complaint, that all is well now."""
    later = ctx.turn.later
    return bool(later) and max(later, key=lambda name: later[name]) == CONTENT


async def complain(ctx: TurnContext) -> None:
    """`pengaduan`: the wish itself, typed or tapped; a message that says more, of which the complaint model is not sure, is asked about."""
    turn = ctx.turn
    part = story_part(ctx)
    known = turn.kind != "text" or weighing.is_bare(part)
    if turn.kind == "text" and turn.complains < weighing.CERTAIN and of_registration(ctx, part):
        await small_talk.told(ctx)
        return
    await begin(ctx, sure=known or turn.complains >= weighing.SURE, confirmed=known)


async def begin(ctx: TurnContext, *, sure: bool, confirmed: bool = False) -> None:
    """The first message of a story, with what led to it. What follows a complaint of the same day may belong to that.

    `confirmed`: whether the citizen said that they complain; one that is certain by its words is taken so, too.
    """
    turn, conversation = ctx.turn, ctx.conversation
    since = turn.at - telling().together
    before = [part for part in conversation.heard if part.at >= since]
    conversation.heard, conversation.side = [], None
    own = [story_part(ctx)] if turn.kind == "text" and turn.text else []
    confirmed = confirmed or turn.complains >= weighing.CERTAIN
    parts, officer = [*before, *own], conversation.officer
    conversation.story = Story(parts=parts, earlier=len(before), sure=sure, confirmed=confirmed, officer=officer, last_at=turn.at)
    earlier = last_filed(ctx)
    ctx.asks = False
    if earlier is not None and own and not weighing.is_bare(own[0]):
        conversation.story.sure = True  # unanswered it is kept with the complaint of before: nothing is lost, and no second one begun
        _ask_belonging(ctx, earlier)
        return
    invite(ctx)


async def more(ctx: TurnContext) -> None:
    """Something that was said behind a complaint and is no other wish: it may belong to it."""
    ctx.conversation.story = Story(parts=[story_part(ctx)], last_at=ctx.turn.at)
    earlier = last_filed(ctx)
    assert earlier is not None
    _ask_belonging(ctx, earlier)


async def shown(ctx: TurnContext) -> bool:
    """Photos that no registration waits for, behind a complaint of this day: they may belong to it."""
    earlier = last_filed(ctx)
    if earlier is None:
        return False
    captions = [story_part(ctx).model_copy(update={"text": caption}) for caption in ctx.turn.captions if caption]
    ctx.conversation.story = Story(parts=captions, attachments=await complaints.attachments_of(ctx), last_at=ctx.turn.at)
    _ask_belonging(ctx, earlier)
    return True


def _ask_belonging(ctx: TurnContext, number: str) -> None:
    ctx.ask_aside("aduan_tambahan", number=number, values={"aduan": number})


def invite(ctx: TurnContext) -> None:
    story = ctx.conversation.story
    assert story is not None
    if not story.sure:
        ctx.say(DOUBTED)
        ctx.offer(SCOPE, DOUBTED)
        return
    bare = all(weighing.is_bare(part) for part in story.parts)
    grave = weighing.accuses(story.parts)
    key = "aduan_ceritakan" if bare else "aduan_simak_rahasia" if grave else "aduan_simak"
    ctx.say(key)
    ctx.offer(SCOPE, key)


def last_filed(ctx: TurnContext) -> str | None:
    """The number of a complaint of the last day that is not closed."""
    since = ctx.turn.at - telling().addition
    return next(
        (row.number for row in ctx.record.complaints if row.created_at >= since and not row.closed and not categories()[row.category].wish),
        None,
    )


def _needed(ctx: TurnContext) -> float:
    if ctx.open is not None and ctx.conversation.asked is not None and ctx.reads_open():
        return SURE_AGAINST_ANSWER if len(ctx.turn.text.split()) >= understanding.LONG else float("inf")
    return weighing.SURE


def elsewhere(ctx: TurnContext) -> bool:
    turn = ctx.turn
    return turn.confidence >= ELSEWHERE and turn.intent not in ("pengaduan", "saran", "di_luar_topik", "nlu_fallback")


def _remember(ctx: TurnContext, part: StoryPart) -> None:
    """Keeps it for some minutes, unless it is a courtesy, or answers what was asked."""
    conversation = ctx.conversation
    since = ctx.turn.at - telling().together
    conversation.heard = [earlier for earlier in conversation.heard if earlier.at >= since][-4:]
    if part.intent in COURTESIES and len(part.text.split()) <= weighing.SHORT:
        return
    if part.complains >= weighing.DOUBT or not (conversation.asked is not None and ctx.reads_open()):
        conversation.heard.append(part)
