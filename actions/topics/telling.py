"""Listens to a complaint until it is told: several messages and photos are one story, filed when it ends, by a word or by silence."""

from dataclasses import replace

from actions import understanding, weighing
from actions.accounted import speaks_of_registration
from actions.context import TurnContext
from actions.topics import complaints, filing, giving_back, noticing
from actions.turn import Turn
from intake.drafts.model import DraftState, Side, Story
from intake.reading import Answer, is_question, read_choice, read_yes_no
from intake.reading.complaining import begins_registration, denies_complaint, keeps_name, wants_no_name
from language.phrases import words
from standard.complaints import telling
from standard.kinds import Kind

SEND, NOT_ONE, HIDE = "selesai", "bukan", "anonim"
ADDITION, NEW = "tambahan", "baru"


async def goes_on(ctx: TurnContext, wish: str | None) -> bool:
    """Whether the turn belongs to the story that is being told. A wish of its own ends the story and is done after."""
    story, turn = ctx.conversation.story, ctx.turn
    if story is None or turn.kind == "notice":
        return False
    if turn.kind == "choice":
        return await _tap(ctx, story)
    if not story.sure and wish is None and (choice := _typed(ctx)) is not None:
        await _chosen(ctx, story, choice)
        return True
    if turn.at - story.last_at > telling().quiet:
        await filing.finish(ctx)
        return False
    if wish is not None:
        return await _wished(ctx, story, wish)
    if turn.kind == "documents":
        waiting = ctx.draft is not None and ctx.draft.agreed and ctx.draft.state is DraftState.OPEN
        if not story.confirmed and await are_papers(ctx, 1 if waiting else 2):
            giving_back.give_back(ctx, story, with_this=False)
            ctx.again.append(turn)
            return True
        story.attachments += await complaints.attachments_of(ctx)
        _heard_more(ctx, story)
        return True
    return turn.kind == "text" and await _said(ctx, story)


async def are_papers(ctx: TurnContext, enough: int) -> bool:
    """Whether so many kinds of papers came that a registration takes."""
    kinds = {await ctx.intake.kind_of(upload) for upload in ctx.turn.uploads} - {Kind.NONE, Kind.OTHER}
    return len(kinds) >= enough


async def _tap(ctx: TurnContext, story: Story) -> bool:
    scope, _, choice = (ctx.turn.choice or "").partition("=")
    if scope == noticing.SCOPE:
        await _chosen(ctx, story, choice)
        return True
    if not scope.startswith("aduan_tambahan"):
        await filing.finish(ctx)
    return False


def _typed(ctx: TurnContext) -> str | None:
    """The answer to whether it is a complaint, in a few words that tell nothing more."""
    if ctx.turn.kind != "text" or len(ctx.turn.text.split()) > weighing.SHORT or ctx.turn.complains >= weighing.DOUBT:
        return None
    spelt = {Answer.YES: "ya", Answer.NO: NOT_ONE}.get(read_yes_no(ctx.turn.text) or Answer.NOT_YET)
    return spelt or read_choice(ctx.turn.text, [option.as_choice() for option in ctx.catalogue.options(noticing.DOUBTED)])


async def _wished(ctx: TurnContext, story: Story, wish: str) -> bool:
    """A single word that our texts taught: it ends the story; of one that nobody confirmed it is asked if it is one, where it accuses."""
    if wish == "batal":
        filing.drop(ctx)
        ctx.say("aduan_tidak_jadi")
        return True
    if wish == "pengaduan":
        story.sure = story.confirmed = True
    if story.confirmed or filing.unread(ctx, story):
        await filing.finish(ctx)
        return False
    if story.sure and weighing.accuses(story.parts):
        _ask(ctx, story)
        return True
    giving_back.give_back(ctx, story, with_this=False)
    return False


def _ask(ctx: TurnContext, story: Story) -> None:
    story.sure, ctx.asks = False, False
    noticing.invite(ctx)


async def _said(ctx: TurnContext, story: Story) -> bool:
    turn = ctx.turn
    registers = begins_registration(turn.text) and turn.complains < weighing.CERTAIN
    if denies_complaint(turn.text) or (registers and not story.confirmed):
        _not_one(ctx, story, with_this=True)
        return True
    if registers:
        await filing.finish(ctx)
        return False
    if wants_no_name(turn.text):
        await _chosen(ctx, story, HIDE)
        return True
    if is_closing(turn.text):
        if not story.sure or all(weighing.is_bare(part) for part in story.parts):
            return False
        await filing.finish(ctx, proposes=True)
        return True
    if _goes_its_way(ctx):
        return await _left(ctx, story)
    if _other_business(ctx, story):
        if filing.unread(ctx, story):
            await filing.finish(ctx)
            return False
        giving_back.give_back(ctx, story, with_this=True)
        return True
    story.parts.append(noticing.story_part(ctx))
    story.hidden = story.hidden or turn.hides or keeps_name(turn.text)
    _heard_more(ctx, story)
    if _asks(turn):
        ctx.again = [giving_back.without_complaint(turn)]
    return True


def _goes_its_way(ctx: TurnContext) -> bool:
    """Whether it tells nothing more: thanks, a yes, the wish to go on."""
    turn = ctx.turn
    thanks = turn.intent in noticing.COURTESIES and turn.confidence >= noticing.ELSEWHERE and len(turn.text.split()) <= weighing.SHORT
    return thanks or (turn.intent == "lanjutkan" and turn.confidence >= understanding.SURE and turn.complains < weighing.DOUBT)


async def _left(ctx: TurnContext, story: Story) -> bool:
    """Who confirmed that they complain has told it with that. Who did not is asked where it may accuse somebody; else it was none."""
    bare = all(weighing.is_bare(part) for part in story.parts)
    if story.confirmed:
        if ctx.turn.intent == "lanjutkan" or not bare:
            await filing.finish(ctx, proposes=ctx.turn.intent != "lanjutkan")
        return ctx.turn.intent != "lanjutkan" and not bare
    if filing.unread(ctx, story):
        return False
    if story.sure and weighing.accuses(story.parts):
        _ask(ctx, story)
    else:
        giving_back.give_back(ctx, story, with_this=True)
    return True


def _asks(turn: Turn) -> bool:
    """Whether it clearly asks something that we answer: that is answered, and noted with the rest."""
    asking = understanding.asks_something(turn) or (turn.intent == "cek_status" and turn.confidence >= noticing.ELSEWHERE)
    return asking and is_question(turn.text) and turn.complains < weighing.DOUBT and turn.intent not in giving_back.NO_TOPIC


def _heard_more(ctx: TurnContext, story: Story) -> None:
    """What is added first is said to be noted, and nothing to what follows; after a mere wish, or a doubt that is none, how to end it."""
    text = ctx.turn.kind == "text"
    was_bare = all(weighing.is_bare(part) for part in story.parts[:-1]) if text else False
    ctx.asks = False
    story.last_at = ctx.turn.at
    story.confirmed = story.confirmed or (text and ctx.turn.complains >= weighing.CERTAIN)
    if not story.sure and text and ctx.turn.complains >= weighing.NEAR:
        story.sure = True
        noticing.invite(ctx)
    elif was_bare and story.sure:
        noticing.invite(ctx)
    elif not text:
        ctx.say_once("bukti_diterima")
    elif story.hidden and (ctx.turn.hides or keeps_name(ctx.turn.text)):
        ctx.say("aduan_nama_dijaga")
        ctx.offer(noticing.SCOPE, "aduan_nama_dijaga")
    elif story.sure and not story.noted:
        ctx.say("aduan_dicatat")
    story.noted = story.noted or (text and story.sure)


def _other_business(ctx: TurnContext, story: Story) -> bool:
    """Whether the person means something else after all: a wish behind nothing but `mau lapor`, or an answer behind a doubt.

    Behind a story that nobody confirmed, what the registration accounts for ends it.
    """
    turn = ctx.turn
    if turn.complains >= weighing.DOUBT and not noticing.of_registration(ctx, noticing.story_part(ctx)):
        return False
    if turn.complains >= weighing.CERTAIN:
        return False
    begun = not story.sure or all(weighing.is_bare(part) for part in story.parts)
    unconfirmed = begun or (not story.confirmed and not weighing.accuses(story.parts))
    if unconfirmed and (ctx.reads_open() or speaks_of_registration(ctx)):
        return True
    return begun and turn.intent in understanding.INTERRUPTING | {"mulai_permohonan"} and turn.confidence >= understanding.CLEAR


async def _chosen(ctx: TurnContext, story: Story, choice: str) -> None:
    if choice == SEND:
        story.sure = story.confirmed = True
        await filing.finish(ctx, proposes=True)
    elif choice == "ya":
        story.sure = story.confirmed = True
        story.last_at = ctx.turn.at
        ctx.asks = False
        noticing.invite(ctx)
    elif choice == HIDE:
        story.sure = story.confirmed = story.anonymous = True
        story.last_at = ctx.turn.at
        ctx.asks = False
        ctx.say("aduan_jadi_anonim")
        ctx.offer(noticing.SCOPE, "aduan_jadi_anonim")
    else:
        _not_one(ctx, story)


def _not_one(ctx: TurnContext, story: Story, *, with_this: bool = False) -> None:
    """It goes where it would have gone: all of it to the officer who has the conversation, else to the registration and its topics."""
    own = story.parts[story.earlier :]
    if ctx.conversation.officer is not None and (own or story.attachments):
        filing.drop(ctx)
        _turn_to(ctx, "\n".join(part.text for part in own), own[-1].intent if own else "", 0.0)
        ctx.instead_files = story.attachments
        return
    giving_back.give_back(ctx, story, with_this=with_this)


def _turn_to(ctx: TurnContext, text: str, intent: str, confidence: float) -> None:
    """The turn goes on as if that had been written now, and it complains of nothing."""
    said = replace(ctx.turn, kind="text", choice=None, text=text, intent=intent, confidence=confidence)
    ctx.turn = replace(said, complains=-1.0, grave=-1.0, kinds={})
    ctx.instead = intent


async def chosen_belonging(ctx: TurnContext, side: Side, choice: str) -> None:
    """Whether what is told belongs to the complaint of before: then it is restricted as that is."""
    story = ctx.conversation.story
    if story is None:
        return
    ctx.asks = False
    if choice == ADDITION:
        story.addition_to = str(side.data["number"])
        await filing.finish(ctx)
    elif choice == NEW:
        noticing.invite(ctx)
    else:
        ctx.asks = True
        giving_back.give_back(ctx, story, with_this=False)


async def quiet(ctx: TurnContext) -> None:
    """A story was not gone on with: what was told is filed. Nothing is said where nothing was."""
    ctx.asks = False
    story = ctx.conversation.story
    if story is not None and ctx.turn.at - story.last_at >= telling().quiet:
        await filing.finish(ctx, proposes=True)


def is_closing(text: str) -> bool:
    """Whether the message only says that all is told: `sudah`, `itu saja pak`."""
    rules = telling()
    typed = words(text)
    for end in range(len(typed), 0, -1):
        if " ".join(typed[:end]) in rules.closings:
            return all(word in rules.polite or word in rules.closings for word in typed[end:])
    return False
