"""Tells whether a text asks or weighs something: it is no plain answer then, though it may hold an answer's words."""

import re

from language.lists import book, phrases
from language.phrases import plain, words

_TWICE = re.compile(r"\b(\w{3,20})[\s-]*(?:2\b|\1\b)")
"""A question word said twice asks nothing: `tidak apa-apa`, `mboten nopo2`."""

_AGAIN = ("lagi", "maneh", "meneh", "malih")
"""At the end of a sentence: once more. Elsewhere `lagi` says that something is going on."""


def is_question(text: str) -> bool:
    """Whether the text has a question mark or a word that asks (`pripun`, `berapa`, `ndi`); `kok` asks at the beginning only."""
    line = _TWICE.sub(" ", plain(text))
    return "?" in line or bool(book("answers", "questions").found(line)) or words(line)[:1] == ["kok"]


def weighs(text: str) -> bool:
    """Whether the text supposes, wishes or needs something (`kalau …`, `kudu …`, `syarat …`) rather than saying how it is."""
    return bool(book("answers", "weighing").found(text))


def names_another_child(text: str) -> bool:
    """Whether the text speaks of one more child (`anak kedua`, `setunggal malih`, `daftar lagi`)."""
    typed = words(text)
    while typed and typed[-1] in phrases("answers", "filler") and typed[-1] not in _AGAIN:
        typed.pop()
    return bool(book("answers", "another_child").found(typed)) or typed[-1:] in ([word] for word in _AGAIN)
