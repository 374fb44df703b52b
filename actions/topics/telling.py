"""Listens to a complaint until it is told: several messages and photos are one story, filed when it ends, by a word or by silence."""

from dataclasses import replace

from actions import understanding, weighing
from actions.context import TurnContext
from actions.topics import complaints
from intake.drafts.model import Side, Story, StoryPart
from language.phrases import words
from standard.complaints import categories, telling

SURE_AGAINST_ANSWER = 0.3
"""Margin from which on a complaint goes before an answer that could be read from the same words, where it is long enough to hold both."""

COURTESIES = frozenset({"salam", "terima_kasih", "pamit", "setuju"})
ELSEWHERE = 0.6
"""Confidence of another wish or question from which on nobody is asked whether it was a complaint."""

SEND, NOT_ONE, HIDE = "selesai", "bukan", "anonim"
ADDITION, NEW = "tambahan", "baru"
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


async def noticed(ctx: TurnContext) -> bool:
    """Whether the message complains; one in doubt is asked about. What does not is remembered for some minutes: a story may begin so."""
    turn = ctx.turn
    if turn.kind != "text":
        return False
    part = story_part(ctx)
    if part.complains >= _needed(ctx):
        await begin(ctx, sure=True)
        return True
    if _doubted(ctx, part):
        await begin(ctx, sure=False)
        return True
    if _may_belong(ctx, part):
        await more(ctx)
        return True
    _remember(ctx, part)
    return False


def _doubted(ctx: TurnContext, part: StoryPart) -> bool:
    """Whether the citizen is asked if this is a complaint: the less else was understood, the sooner."""
    words = len(part.text.split())
    if part.complains >= weighing.NEAR:
        return not ctx.reads_open() or words >= understanding.LONG
    if ctx.reads_open():
        return False
    long = words >= weighing.LOST_WORDS
    if _elsewhere(ctx):
        return long and part.complains >= weighing.DOUBT
    return part.complains >= (weighing.LOST if long else weighing.DOUBT)


def _may_belong(ctx: TurnContext, part: StoryPart) -> bool:
    """Whether words that nothing else was understood of come behind a complaint of this day."""
    other = _elsewhere(ctx) or part.intent in COURTESIES or len(part.text.split()) < weighing.SHORT
    return not other and not ctx.reads_open() and last_filed(ctx) is not None


async def complain(ctx: TurnContext) -> None:
    """`pengaduan`: the wish itself, typed or tapped; a message that says more, of which the complaint model is not sure, is asked about."""
    turn = ctx.turn
    known = turn.kind != "text" or weighing.is_bare(story_part(ctx))
    await begin(ctx, sure=known or turn.complains >= weighing.SURE)


async def begin(ctx: TurnContext, *, sure: bool) -> None:
    """The first message of a story, with what led to it. What follows a complaint of the same day may belong to that."""
    turn, conversation = ctx.turn, ctx.conversation
    since = turn.at - telling().together
    before = [part for part in conversation.heard if part.at >= since]
    conversation.heard, conversation.side = [], None
    own = [story_part(ctx)] if turn.kind == "text" and turn.text else []
    conversation.story = Story(parts=[*before, *own], sure=sure, last_at=turn.at)
    earlier = last_filed(ctx)
    ctx.asks = False
    if earlier is not None and own and not weighing.is_bare(own[0]):
        conversation.story.sure = True  # unanswered it is kept with the complaint of before: nothing is lost, and no second one begun
        _ask_belonging(ctx, earlier)
        return
    _invite(ctx)


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


def _invite(ctx: TurnContext) -> None:
    story = ctx.conversation.story
    assert story is not None
    if not story.sure:
        ctx.say("aduan_atau_bukan")
        ctx.offer(SCOPE, "aduan_atau_bukan")
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


async def goes_on(ctx: TurnContext, wish: str | None) -> bool:
    """Whether the turn belongs to the story that is being told. A wish of its own ends the story and is done after."""
    story, turn = ctx.conversation.story, ctx.turn
    if story is None or turn.kind == "notice":
        return False
    if turn.kind == "choice":
        return await _tap(ctx, story)
    if turn.at - story.last_at > telling().quiet:
        await finish(ctx)
        return False
    if wish is not None:
        return await _wished(ctx, wish)
    if turn.kind == "documents":
        story.attachments += await complaints.attachments_of(ctx)
        _heard_more(ctx, story)
        return True
    return turn.kind == "text" and await _said(ctx, story)


async def _tap(ctx: TurnContext, story: Story) -> bool:
    scope, _, choice = (ctx.turn.choice or "").partition("=")
    if scope == SCOPE:
        await _tapped(ctx, story, choice)
        return True
    if not scope.startswith("aduan_tambahan"):
        await finish(ctx)
    return False


async def _wished(ctx: TurnContext, wish: str) -> bool:
    """A single word that our texts taught."""
    if wish == "batal":
        _drop(ctx)
        ctx.say("aduan_tidak_jadi")
        return True
    await finish(ctx)
    return False


async def _said(ctx: TurnContext, story: Story) -> bool:
    turn = ctx.turn
    thanks = turn.intent in COURTESIES and turn.confidence >= ELSEWHERE and len(turn.text.split()) <= weighing.SHORT
    if is_closing(turn.text) or thanks:
        if not story.sure or all(weighing.is_bare(part) for part in story.parts):
            return False
        await finish(ctx, proposes=True)
        return True
    if turn.intent == "lanjutkan" and turn.confidence >= understanding.SURE and turn.complains < weighing.DOUBT:
        await finish(ctx)
        return False
    if _other_business(ctx, story):
        _drop(ctx)
        return False
    story.parts.append(story_part(ctx))
    story.hidden = story.hidden or turn.hides
    _heard_more(ctx, story)
    return True


def _heard_more(ctx: TurnContext, story: Story) -> None:
    """Nothing is said to each message; only after a mere wish, or a doubt that is none any more, how to end the story."""
    was_bare = all(weighing.is_bare(part) for part in story.parts[:-1]) if ctx.turn.kind == "text" else False
    ctx.asks = False
    story.last_at = ctx.turn.at
    if not story.sure and ctx.turn.complains >= weighing.NEAR:
        story.sure = True
        _invite(ctx)
    elif was_bare and story.sure:
        _invite(ctx)
    elif ctx.turn.kind == "documents":
        ctx.say_once("bukti_diterima")


def _other_business(ctx: TurnContext, story: Story) -> bool:
    """Whether the person means something else after all: a wish behind nothing but `mau lapor`, or an answer behind a doubt."""
    turn = ctx.turn
    if turn.complains >= weighing.DOUBT:
        return False
    begun = not story.sure or all(weighing.is_bare(part) for part in story.parts)
    return begun and (
        ctx.reads_open() or (turn.intent in understanding.INTERRUPTING | {"mulai_permohonan"} and turn.confidence >= understanding.CLEAR)
    )


async def _tapped(ctx: TurnContext, story: Story, choice: str) -> None:
    if choice == SEND:
        story.sure = True
        await finish(ctx, proposes=True)
    elif choice == "ya":
        story.sure, story.last_at = True, ctx.turn.at
        ctx.asks = False
        _invite(ctx)
    elif choice == HIDE:
        story.anonymous, story.last_at = True, ctx.turn.at
        ctx.asks = False
        ctx.say("aduan_jadi_anonim")
        ctx.offer(SCOPE, "aduan_jadi_anonim")
    else:
        part = story.parts[-1] if story.parts else None
        _drop(ctx)
        if part is not None and part.intent not in ("pengaduan", "saran"):
            ctx.turn = replace(ctx.turn, kind="text", text=part.text, choice=None, intent=part.intent, confidence=part.confidence)
            ctx.instead = part.intent
        else:
            ctx.say("aduan_tidak_jadi")


async def chosen_belonging(ctx: TurnContext, side: Side, choice: str) -> None:
    """Whether what is told belongs to the complaint of before: then it is restricted as that is."""
    story = ctx.conversation.story
    if story is None:
        return
    ctx.asks = False
    if choice == ADDITION:
        story.addition_to = str(side.data["number"])
        await finish(ctx)
    elif choice == NEW:
        _invite(ctx)
    else:
        _drop(ctx)
        ctx.asks = True
        if story.attachments:
            ctx.say("aduan_foto_lagi")


async def quiet(ctx: TurnContext) -> None:
    """A story was not gone on with: what was told is filed. Nothing is said where nothing was."""
    ctx.asks = False
    story = ctx.conversation.story
    if story is not None and ctx.turn.at - story.last_at >= telling().quiet:
        await finish(ctx, proposes=True)


async def finish(ctx: TurnContext, *, proposes: bool = False) -> None:
    """Files the story, or adds it to the complaint of before; one that is only doubted, or only wished, is let go.

    `proposes`: whether the citizen is asked if the category is right; where the turn goes on to something else, they are not.
    """
    story = ctx.conversation.story
    side = ctx.conversation.side
    assert story is not None
    if side is not None and side.id == "aduan_tambahan" and story.addition_to is None:
        story.addition_to = str(side.data["number"])  # unanswered: there it is kept as safe as what it may belong to
    _drop(ctx)
    text = "\n".join(part.text for part in story.parts)
    if not story.sure or not (story.attachments or any(not weighing.is_bare(part) for part in story.parts)):
        return
    if story.addition_to:
        complaints.add_message(ctx, story.addition_to, text or ctx.text("isi_lampiran"), story.attachments)
        ctx.say("aduan_ditambah", aduan=story.addition_to)
        return
    ranked = weighing.about(story.parts)
    grave = weighing.accuses(story.parts)
    category = story.category or (ranked[0] if ranked else "lainnya")
    number = await complaints.file_and_tell(
        ctx,
        category,
        text or ctx.text("isi_lampiran"),
        story.attachments,
        restricted=grave or story.hidden,
        anonymous=story.anonymous,
        doubtful=grave,
    )
    if proposes:
        complaints.propose(ctx, number, category, weighing.choices(story.parts))


def _drop(ctx: TurnContext) -> None:
    ctx.conversation.story = None
    if ctx.conversation.side is not None and ctx.conversation.side.id == "aduan_tambahan":
        ctx.conversation.side = None


def is_closing(text: str) -> bool:
    """Whether the message only says that all is told: `sudah`, `itu saja pak`."""
    rules = telling()
    typed = words(text)
    for end in range(len(typed), 0, -1):
        if " ".join(typed[:end]) in rules.closings:
            return all(word in rules.polite or word in rules.closings for word in typed[end:])
    return False


def _needed(ctx: TurnContext) -> float:
    if ctx.open is not None and ctx.conversation.asked is not None and ctx.reads_open():
        return SURE_AGAINST_ANSWER if len(ctx.turn.text.split()) >= understanding.LONG else float("inf")
    return weighing.SURE


def _elsewhere(ctx: TurnContext) -> bool:
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
