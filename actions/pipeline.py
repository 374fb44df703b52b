"""Answers one turn, the same way for every action: once per turn id, in the light of the open question, and with it asked again below."""

from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from prometheus_client import Counter
from tenacity import retry, retry_if_exception_type, stop_after_attempt

from actions import asking, concealing, harsh, sensitive, understanding
from actions.catalogue import Catalogue, paragraphs_of
from actions.context import SCOPE, TurnContext
from actions.limits import TookTooLong, within
from actions.reply import SILENCE
from actions.topics import (
    answering,
    arrivals,
    changes,
    complaint_wishes,
    detailed_answers,
    documents,
    notices,
    officer,
    other_messages,
    side_answers,
    telling,
    unread,
)
from actions.turn import Turn
from intake.drafts.model import DraftState
from intake.drafts.repository import ChangedMeanwhile
from intake.placing.arranging import arrange
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


async def answer(turn: Turn, topic: Handler, catalogue: Catalogue, intake: Intake, topics: dict[str, Handler]) -> list[dict[str, Any]]:
    """The messages of one turn. The same turn again gets the same messages and changes nothing.

    A turn that another turn or a worker overtook is done again with what they wrote. Raises ChangedMeanwhile where that happens
    `TRIES` times in a row: the bot asks again later. One that takes too long is stopped, and its text goes to the desk.
    """
    async with intake.one_at_a_time(turn.contact):
        if turn.formerly:
            await intake.adopt(turn.contact, turn.formerly)
        try:
            return await within(_answered(turn, lambda ctx: _handle(ctx, topic, topics), catalogue, intake))
        except TookTooLong as stopped:
            STOPPED.labels(turn.kind, stopped.limit).inc()
            log.error("turn.took_too_long", kind=turn.kind, intent=turn.intent, limit=stopped.limit)
            if turn.kind == "notice":  # the citizen asked nothing: the bot tries it again, then tells the back office
                raise
            return await within(_answered(turn, unread.handle, catalogue, intake))


@retry(retry=retry_if_exception_type(ChangedMeanwhile), stop=stop_after_attempt(TRIES), reraise=True)
async def _answered(turn: Turn, handle: Handler, catalogue: Catalogue, intake: Intake) -> list[dict[str, Any]]:
    """One try, on the desk as it stands now."""
    known = await intake.answered(turn.id)
    if known is not None:
        return known
    ctx = TurnContext(turn, await intake.record(turn.contact), catalogue, intake)
    _note_contact(ctx)
    for draft in ctx.record.drafts:
        if draft.state is DraftState.OPEN:
            arrange(draft)  # a second pass in the background may have read more since
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
    conversation.phone = ctx.turn.phone or conversation.phone
    conversation.name = ctx.turn.name or conversation.name
    if conversation.last_in_at is not None:
        ctx.silence = ctx.turn.at - conversation.last_in_at
    if ctx.turn.kind != "notice":
        conversation.last_in_at = ctx.turn.at


async def _handle(ctx: TurnContext, topic: Handler, topics: dict[str, Handler]) -> None:
    wish = understanding.plain_wish(ctx.turn)
    if ctx.turn.kind != "notice" and await officer.holds(ctx, wish):
        return
    if await telling.goes_on(ctx, wish):
        if ctx.instead is not None and not await answering.answered(ctx):
            await topics.get(ctx.instead, topic)(ctx)
        return
    if ctx.turn.kind in BY_KIND:
        await BY_KIND[ctx.turn.kind](ctx)
        return
    scope, _, choice = (ctx.turn.choice or "").partition(SCOPE)
    if scope == COMMAND and choice in topics:
        wish = choice
    if wish is not None:
        ctx.conversation.side = None
        await topics[wish](ctx)
        return
    if not changes.undone(ctx):
        await _hear(ctx, topic)


async def _hear(ctx: TurnContext, topic: Handler) -> None:
    """A text or a tap: an answer to what was asked beside the bundle, a complaint, a moment that needs care, an answer, else its topic."""
    for reader in (complaint_wishes.noticed, side_answers.answered, arrivals.noticed):
        if await reader(ctx):
            return
    moment = sensitive.heard(ctx)
    if moment is None and (await harsh.noticed(ctx) or await telling.noticed(ctx)):
        return
    answered = await answering.answered(ctx)
    topical = not answered and (moment is None or understanding.asks_something(ctx.turn))
    if topical and not await detailed_answers.answered(ctx) and not sensitive.listens(ctx):
        await topic(ctx)
    if moment is not None:
        sensitive.meet(ctx, moment, answered)


async def _finish(ctx: TurnContext) -> list[dict[str, Any]]:
    conversation = ctx.conversation
    conversation.misses = conversation.misses + 1 if ctx.missed else 0
    conversation.undo = ctx.undo
    if ctx.asks and (place := ctx.open) is not None and place.question.id == "berkas" and ctx.draft is not None and not ctx.let_go:
        documents.ask_place(ctx, ctx.draft)  # a card that waits for its place is none that is missing
    if ctx.asks:
        conversation.side = None  # another question is asked now: a late "ya" must not answer the one before
        await asking.ask_open(ctx)
    if ctx.asks or ctx.reply.paragraphs:
        documents.tell_moves(ctx)
    if ctx.turn.cut:
        ctx.reply.paragraphs.insert(0, ctx.text("pesan_terpotong", batas=f"{TEXT_LONGEST:,}".replace(",", ".")))
    messages = ctx.reply.messages()
    if not messages[0].get("silence"):
        conversation.question_shown = ctx.asks
        conversation.last = [part for paragraph in ctx.reply.paragraphs for part in paragraphs_of(paragraph)]
    return messages
