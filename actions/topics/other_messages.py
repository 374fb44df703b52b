"""Answers what is neither text nor photo (voice notes, stickers, locations, edits, calls): a kind sentence and a way on."""

from collections.abc import Awaitable, Callable

from actions import asking
from actions.talk import Talk
from actions.topics import answering
from intake.question import NOTHING


async def handle(talk: Talk) -> None:
    """`kirim_lain`."""
    kind = str(talk.turn.other.get("type") or "unsupported")
    handler = KINDS.get(kind)
    if handler is not None:
        await handler(talk)
        return
    talk.say(f"lain_{kind}" if talk.catalogue.has(f"lain_{kind}") else "lain_unsupported")
    talk.form = asking.SHORT


async def _location(talk: Talk) -> None:
    """The delivery address, where that is the question; else it is offered for it."""
    asked, draft = talk.open, talk.draft
    if asked is not None and draft is not None and asked.question.id == "alamat_kia":
        value = asked.question.read(talk.said(), draft, 0)
        if value is not NOTHING:
            talk.touch()
            asked.question.store(draft, 0, value)
            talk.say("lokasi_dicatat")
            return
    talk.say("lain_location")
    talk.form = asking.SHORT


async def _reaction(talk: Talk) -> None:
    """A thumb can be the answer to a yes-or-no question only where it is put under that question; it is asked to be typed."""
    talk.asks = False


async def _edit(talk: Talk) -> None:
    """An edited message: its new words are the answer where they can be read as one."""
    text = str(talk.turn.other.get("text") or "").strip()
    if text and talk.open is not None and await answering.answered_with(talk, text):
        return
    talk.say("lain_edit")
    talk.form = asking.SHORT


KINDS: dict[str, Callable[[Talk], Awaitable[None]]] = {
    "location": _location,
    "reaction": _reaction,
    "revoke": _reaction,
    "edit": _edit,
}
