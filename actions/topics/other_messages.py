"""Answers what is neither text nor photo (voice notes, stickers, locations, edits, calls): a kind sentence and a way on."""

from collections.abc import Awaitable, Callable

from actions import asking
from actions.context import TurnContext
from actions.offered_form import FORM, KIND
from actions.topics import answering, birth_form, locations, survey


async def handle(ctx: TurnContext) -> None:
    """`kirim_lain`."""
    kind = str(ctx.turn.other.get("type") or "unsupported")
    handler = KINDS.get(kind)
    if handler is not None:
        await handler(ctx)
        return
    ctx.say(f"lain_{kind}" if ctx.catalogue.has(f"lain_{kind}") else "lain_unsupported")
    ctx.form = asking.SHORT


async def _reaction(ctx: TurnContext) -> None:
    """It may stand under any of our messages, so it is no answer: while a question is open that is said, and the question asked again."""
    text = ctx.catalogue.fresh("lain_reaction", ctx.conversation.last) if ctx.open is not None else None
    if text is None or ctx.conversation.asked is None:
        ctx.asks = False
        return
    ctx.reply.paragraphs.append(text)
    ctx.form = asking.SHORT


async def _edit(ctx: TurnContext) -> None:
    """An edited message: its new words are the answer where they can be read as one."""
    text = str(ctx.turn.other.get("text") or "").strip()
    if text and ctx.open is not None and await answering.answered_with(ctx, text):
        return
    ctx.say("lain_edit")
    ctx.form = asking.SHORT


FORMS: dict[str, Callable[[TurnContext, str], Awaitable[None]]] = {survey.SIDE: survey.filled_in, KIND: birth_form.filled_in}


async def _form(ctx: TurnContext) -> None:
    """Hands it to whom it answers, which stands before its token's colon; one with a token that is not ours brings nothing."""
    kind, _, rest = str(ctx.turn.other.get("token") or "").partition(":")
    handler = FORMS.get(kind)
    if handler is not None:
        await handler(ctx, rest)
        return
    ctx.say("formulir_tidak_berlaku")
    ctx.form = asking.SHORT


KINDS: dict[str, Callable[[TurnContext], Awaitable[None]]] = {
    "location": locations.sent,
    "reaction": _reaction,
    "edit": _edit,
    FORM: _form,
}
