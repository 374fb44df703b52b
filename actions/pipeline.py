"""Answers one turn, the same way for every action: once per turn id, in the light of the open question, and with it asked again below."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import structlog
from prometheus_client import Counter
from tenacity import retry, retry_if_exception_type, stop_after_attempt

from actions import asking, concealing, harsh, noted, offered_form, sensitive, signs, understanding
from actions.catalogue import Catalogue, paragraphs_of
from actions.context import SCOPE, TurnContext
from actions.limits import TookTooLong, within
from actions.reply import SILENCE
from actions.topics import (
    answering,
    arrivals,
    birth_day,
    changes,
    complaint_wishes,
    confirming,
    corrections,
    detailed_answers,
    documents,
    domicile,
    giving_back,
    leaving,
    letters,
    mail_codes,
    notices,
    noticing,
    officer,
    other_messages,
    side_answers,
    small_talk,
    telling,
    unread,
)
from actions.turn import Turn
from intake.drafts.model import DraftState
from intake.drafts.repository import ChangedMeanwhile
from intake.placing.arranging import arrange
from intake.reading.complaining import denies_complaint
from intake.service import AnsweredMeanwhile, Intake
from standard.typed import TEXT_LONGEST

log = structlog.get_logger()

Handler = Callable[[TurnContext], Awaitable[None]]

BY_KIND: dict[str, Handler] = {"documents": documents.handle, "other": other_messages.handle, "notice": notices.handle}
"""What is no text goes to its handler, whatever the language model made of it."""

STOPPED = Counter("actions_turns_stopped", "Turns stopped because they took too long, by kind and limit", ["kind", "limit"])
"""Each is a fault of ours to be looked into (docs/operations.md)."""

TRIES = 4
"""So often a turn is done before it is left to be asked again: workers write to a draft once or twice in its life, turns hardly ever do."""

COMMAND = "menu"
"""Scope of the buttons that stand for a wish: `menu=tanya_biaya`."""


@dataclass(frozen=True)
class Offers:
    """What the office's number offers beside the chat: the capture page for these documents, and the form with this id."""

    by_page: frozenset[str] = frozenset()
    flow: str = ""


NO_OFFERS = Offers()


async def answer(
    turn: Turn, topic: Handler, catalogue: Catalogue, intake: Intake, topics: dict[str, Handler], offers: Offers = NO_OFFERS
) -> list[dict[str, Any]]:
    """The messages of one turn. The same turn again gets the same messages and changes nothing.

    `offers`: what this office's number offers beside the chat.

    A turn that another turn or a worker overtook is done again with what they wrote. Raises ChangedMeanwhile where that happens
    `TRIES` times in a row: the bot asks again later. One that takes too long is stopped, and its text goes to the desk.
    """
    async with intake.one_at_a_time(turn.contact):
        if turn.formerly:
            await intake.adopt(turn.contact, turn.formerly)
        try:
            return await within(_answered(turn, lambda ctx: _handle_all(ctx, topic, topics), catalogue, intake, offers))
        except TookTooLong as stopped:
            STOPPED.labels(turn.kind, stopped.limit).inc()
            log.error("turn.took_too_long", kind=turn.kind, intent=turn.intent, limit=stopped.limit)
            if turn.kind == "notice":  # the citizen asked nothing: the bot tries it again, then tells the back office
                raise
            return await within(_answered(turn, unread.handle, catalogue, intake))


@retry(retry=retry_if_exception_type(ChangedMeanwhile), stop=stop_after_attempt(TRIES), reraise=True)
async def _answered(turn: Turn, handle: Handler, catalogue: Catalogue, intake: Intake, offers: Offers = NO_OFFERS) -> list[dict[str, Any]]:
    """One try, on the desk as it stands now."""
    known = await intake.answered(turn.id)
    if known is not None:
        return known
    ctx = TurnContext(turn, await intake.record(turn.contact), catalogue, intake, by_page=offers.by_page, flow=offers.flow)
    _note_contact(ctx)
    for draft in ctx.record.drafts:
        if draft.state is DraftState.OPEN:
            arrange(draft)  # a second pass in the background may have read more since
    ctx.before = noted.remember(ctx.record)
    then = concealing.before(ctx)
    await handle(ctx)
    concealing.mark(ctx, then)
    messages = await _finish(ctx)
    try:
        await intake.save(turn.id, ctx.record, messages, ctx.changes)
    except AnsweredMeanwhile:
        return await intake.answered(turn.id) or [SILENCE]
    log.info("turn.answered", kind=turn.kind, intent=turn.intent, messages=len(messages), asked=ctx.conversation.asked is not None)
    return messages


def _note_contact(ctx: TurnContext) -> None:
    conversation = ctx.conversation
    moved = None not in (conversation.phone, ctx.turn.phone) and conversation.phone != ctx.turn.phone
    changed = ctx.turn.at if moved else ctx.turn.changed_at
    if changed is not None and (conversation.changed_at is None or changed > conversation.changed_at):
        conversation.changed_at = changed
    conversation.phone = ctx.turn.phone or conversation.phone
    conversation.name = ctx.turn.name or conversation.name
    if conversation.last_in_at is not None:
        ctx.silence = ctx.turn.at - conversation.last_in_at
    if ctx.turn.kind != "notice":
        if confirming.long_silent(ctx):
            conversation.changed_at = ctx.turn.at  # who writes again may be somebody else, also with their next message
        conversation.last_in_at = ctx.turn.at


async def _handle_all(ctx: TurnContext, topic: Handler, topics: dict[str, Handler]) -> None:
    """The turn, then what was taken for a complaint and is none: answers to what is open first, else its topic, where it has one."""
    await _handle(ctx, topic, topics)
    listening = ctx.conversation.story is not None
    for turn in ctx.again:
        ctx.turn = turn
        if turn.kind == "documents":
            await documents.handle(ctx)
        elif listening:  # a question within a complaint: nothing that is told there answers what is open
            await topics[turn.intent](ctx)
            ctx.asks = False
        elif not await answering.answered(ctx) and turn.intent in topics:
            await topics[turn.intent](ctx)


async def _handle(ctx: TurnContext, topic: Handler, topics: dict[str, Handler]) -> None:
    if await confirming.heard(ctx):  # before an officer or a story has the message: neither could bring the papers
        return
    if await mail_codes.heard(ctx):
        return
    wish = understanding.plain_wish(ctx.turn)
    if ctx.turn.kind != "notice" and await officer.holds(ctx, wish):
        return
    if await telling.goes_on(ctx, wish):
        if ctx.instead is not None and not await officer.holds(ctx, None) and not await answering.answered(ctx):
            await topics.get(ctx.instead, topic)(ctx)
        return
    if ctx.turn.kind == "text" and denies_complaint(ctx.turn.text):
        ctx.turn = giving_back.without_complaint(ctx.turn)
        topic = topics.get(ctx.turn.intent, small_talk.not_understood)
    if ctx.turn.kind in BY_KIND:
        await BY_KIND[ctx.turn.kind](ctx)
        return
    scope, _, choice = (ctx.turn.choice or "").partition(SCOPE)
    if scope == COMMAND and choice in topics:
        wish = choice
    if wish is not None:
        side, ctx.conversation.side = ctx.conversation.side, None
        if wish == "batal" and side is not None and side.id == leaving.SURE:
            await leaving.cancel_confirmed(ctx, side, leaving.YES)  # asked whether to cancel, they say it again
            return
        await topics[wish](ctx)
        return
    if corrections.names_a_part(ctx.turn.text) or not changes.undone(ctx):
        await _hear(ctx, topic)


async def _hear(ctx: TurnContext, topic: Handler) -> None:
    """A text or a tap: an answer to what was asked beside the bundle, a complaint, a moment that needs care, an answer, else its topic."""
    for reader in (offered_form.wished, sensitive.put_right, complaint_wishes.noticed, side_answers.answered, arrivals.noticed):
        if await reader(ctx):
            return
    moment = sensitive.heard(ctx)
    if moment is None and (await harsh.noticed(ctx) or await noticing.noticed(ctx)):
        return
    answered = await answering.answered(ctx)
    answered = birth_day.beside(ctx) or answered
    topical = not answered and (moment is None or understanding.asks_something(ctx.turn))
    if not await domicile.told(ctx, answered) and topical:
        for reader in (signs.answered, detailed_answers.answered):
            if await reader(ctx):
                break
        else:
            if not sensitive.listens(ctx):
                await topic(ctx)
    if moment is not None:
        sensitive.meet(ctx, moment, answered)


async def _finish(ctx: TurnContext) -> list[dict[str, Any]]:
    conversation = ctx.conversation
    conversation.misses = conversation.misses + 1 if ctx.missed else 0
    if ctx.asks and (place := ctx.open) is not None and place.question.id == "berkas" and ctx.draft is not None and not ctx.let_go:
        documents.ask_place(ctx, ctx.draft)  # a card that waits for its place is none that is missing
    told = letters.tell(ctx) if ctx.asks or ctx.reply.paragraphs else []
    if ctx.asks:
        ctx.reply.paragraphs += told
        conversation.side = None  # another question is asked now: a late "ya" must not answer the one before
        await asking.ask_open(ctx)
    else:
        ctx.reply.paragraphs[:0] = told
    if ctx.asks or ctx.reply.paragraphs:
        documents.tell_moves(ctx)
    noted.tell(ctx)
    signs.greet_back(ctx)
    conversation.undo = ctx.undo
    if ctx.turn.cut:
        ctx.reply.paragraphs.insert(0, ctx.text("pesan_terpotong", batas=f"{TEXT_LONGEST:,}".replace(",", ".")))
    messages = ctx.reply.messages()
    if not messages[0].get("silence"):
        conversation.question_shown = ctx.asks
        stated = [part for paragraph in ctx.reply.paragraphs for part in paragraphs_of(paragraph)]
        conversation.last = [part for part in stated if not any(number in part for number in ctx.changes.over)]  # forgotten in this turn
    return messages
