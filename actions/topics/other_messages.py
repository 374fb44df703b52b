"""Answers what is neither text nor photo (voice notes, stickers, locations, edits, calls): a kind sentence and a way on."""

from collections.abc import Awaitable, Callable

from actions import asking
from actions.talk import Talk
from actions.topics import answering, locations


async def handle(talk: Talk) -> None:
    """`kirim_lain`."""
    kind = str(talk.turn.other.get("type") or "unsupported")
    handler = KINDS.get(kind)
    if handler is not None:
        await handler(talk)
        return
    talk.say(f"lain_{kind}" if talk.catalogue.has(f"lain_{kind}") else "lain_unsupported")
    talk.form = asking.SHORT


async def _reaction(talk: Talk) -> None:
    """It may stand under any of our messages, so it is no answer: while a question is open that is said, and the question asked again."""
    text = talk.catalogue.fresh("lain_reaction", talk.conversation.last) if talk.open is not None else None
    if text is None or talk.conversation.asked is None:
        talk.asks = False
        return
    talk.reply.paragraphs.append(text)
    talk.form = asking.SHORT


async def _edit(talk: Talk) -> None:
    """An edited message: its new words are the answer where they can be read as one."""
    text = str(talk.turn.other.get("text") or "").strip()
    if text and talk.open is not None and await answering.answered_with(talk, text):
        return
    talk.say("lain_edit")
    talk.form = asking.SHORT


KINDS: dict[str, Callable[[Talk], Awaitable[None]]] = {
    "location": locations.sent,
    "reaction": _reaction,
    "edit": _edit,
}
