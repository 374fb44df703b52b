"""Answers what is said without words or before them: the greeting that a message opens with, and a message of emojis alone."""

import unicodedata

from actions import asking
from actions.context import TurnContext
from language.lists import book, word_set
from language.phrases import words

FIRST = 2
"""Words within which a greeting begins, behind `pak` or `halo`."""


def greet_back(ctx: TurnContext) -> None:
    """Puts the answer to a greeting in front of what is said, on its line; of silence nothing is made."""
    typed = words(ctx.turn.text) if ctx.turn.kind == "text" else []
    hits = [hit for hit in book("greetings", "greetings").found(typed) if hit.start < FIRST]
    before = set(typed[: hits[0].start]) if hits else set()
    if not hits or typed[hits[0].start] in _farewells() or not ctx.reply.paragraphs or not before <= word_set("greetings", "address"):
        return
    back = ctx.text(f"salam_balas_{hits[0].value}")
    ctx.reply.paragraphs[0] = f"{back} {ctx.reply.paragraphs[0]}"


def of_emojis(text: str) -> bool:
    """Whether a message holds emojis and not one letter or figure."""
    return any(unicodedata.category(char) == "So" for char in text) and not any(char.isalnum() for char in text)


async def answered(ctx: TurnContext) -> bool:
    """Whether the message is of emojis alone: tears are met with an offer of help and no question, the rest with a short word."""
    if ctx.turn.kind != "text" or not of_emojis(ctx.turn.text):
        return False
    if _has(ctx.turn.text, "sad"):
        ctx.say("emoji_sedih")
        ctx.offer("menu", "emoji_sedih")
        ctx.asks = False
        return True
    ctx.say("sama_sama" if _has(ctx.turn.text, "thanks") else "emoji_lain")
    ctx.asks = ctx.conversation.asked is not None
    ctx.form = asking.SHORT
    return True


def _farewells() -> frozenset[str]:
    return frozenset(words(phrase)[0] for phrase in word_set("greetings", "farewell"))


def _has(text: str, section: str) -> bool:
    return any(emoji in text for emoji in word_set("emojis", section))
