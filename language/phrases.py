"""Finds the phrases of a word list in what a person typed, through slips, stretched letters and the endings of Indonesian and Javanese."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from language.distance import slips
from standard.typed import TEXT_LONGEST, collapsed

V = TypeVar("V")

_TOKEN = re.compile(r"[^\W\d_]+|\d+|[👍👎✅❌🆗👌👦👧]", re.UNICODE)
_WHOLE = re.compile(rf"[^\W\d_]+(?:['’][^\W\d_]+)*|{_TOKEN.pattern}", re.UNICODE)
_STRETCHED = re.compile(r"([^\W\d])\1{2,}")
_DOUBLED = re.compile(r"(.)\1+")
_INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060, 0xFE0E, 0xFE0F, 0x20E3, *range(0x1F3FB, 0x1F400)])

ENDINGS = ("nipun", "ipun", "nya", "nem", "nku", "nmu", "ne", "ke", "ku", "mu", "em", "e")
"""Possessives and articles as written on to a word: `ktpne`, `bapakku`, `anakem` (the `-em` of Blora), `asmanipun`."""

SHORTEST_FUZZY = 7
"""Words shorter than this must be spelled right, stretched letters apart: one slip makes another word of them."""


def plain(text: str) -> str:
    """The text in one form of writing: NFKC (emoji digits and full-width letters too), lower case, no marks that can't be seen.

    It is bounded again: one Arabic ligature may stand for eighteen letters, and what can't be seen may have parted spaces.
    """
    written = unicodedata.normalize("NFKC", text)[: 2 * TEXT_LONGEST]
    return collapsed(written.translate(_INVISIBLE).casefold())[:TEXT_LONGEST]


def words(text: str) -> list[str]:
    """Words, numbers and answering emoji of a text in order; letters and digits are parted (`rt2` is two words)."""
    return [_STRETCHED.sub(r"\1", word) for word in _TOKEN.findall(plain(text).replace("'", "").replace("’", ""))]


def spans(text: str) -> list[tuple[int, int]]:
    """Where each of the `words` stands in the text, as far as its one form of writing is as long as what was typed."""
    return [match.span() for match in _WHOLE.finditer(text.casefold())]


@dataclass(frozen=True)
class Hit(Generic[V]):
    """A phrase found: its value and the words that it covers, `start` to before `end`."""

    value: V
    start: int
    end: int


class Phrasebook(Generic[V]):
    """Values and the phrases that people use for each; longer phrases win over shorter, and no word is used twice."""

    def __init__(self, phrases: Mapping[V, Iterable[str]], *, exact: bool = False) -> None:
        """Take phrases by value; `exact`: no endings, no slips. Raises ValueError for a phrase with two values: the list is at fault."""
        self._values: dict[tuple[str, ...], V] = {}
        for value, texts in phrases.items():
            for text in texts:
                key = tuple(words(text))
                if not key or self._values.setdefault(key, value) != value:
                    raise ValueError(f"the phrase {text!r} is empty or means two values")
        self._exact = exact
        self._longest = max((len(key) for key in self._values), default=0)
        self._vocabulary = {word for key in self._values for word in key}
        self._squeezed = {_DOUBLED.sub(r"\1", word): word for word in sorted(self._vocabulary)}

    def found(self, text: str | list[str]) -> list[Hit[V]]:
        """Every phrase in the text, in order."""
        typed = words(text) if isinstance(text, str) else text
        readings = [self._readings(word) for word in typed]
        hits: list[Hit[V]] = []
        start = 0
        while start < len(typed):
            hit = self._longest_at(readings, start)
            if hit is not None:
                hits.append(hit)
            start = hit.end if hit is not None else start + 1
        return hits

    def only(self, text: str | list[str]) -> V | None:
        """The one value that the text names, or None where it names none or several."""
        values = {hit.value for hit in self.found(text)}
        return values.pop() if len(values) == 1 else None

    def knows(self, word: str) -> bool:
        """Whether a typed word can stand for one of the book's."""
        return bool(self._readings(word))

    def _longest_at(self, readings: list[tuple[str, ...]], start: int) -> Hit[V] | None:
        for length in range(min(self._longest, len(readings) - start), 0, -1):
            keys: list[tuple[str, ...]] = [()]
            for options in readings[start : start + length]:
                keys = [(*key, option) for key in keys for option in options]
            for key in keys:
                if key in self._values:
                    return Hit(self._values[key], start, start + length)
        return None

    def _readings(self, word: str) -> tuple[str, ...]:
        """The words of the list that a typed word can stand for, the surest first."""
        itself = (word,) if word in self._vocabulary else ()
        if self._exact:
            return itself
        stems = [word[: -len(ending)] for ending in ENDINGS if word.endswith(ending)]
        known = itself + tuple(stem for stem in stems if len(stem) > 1 and stem in self._vocabulary)
        squeezed = self._squeezed.get(_DOUBLED.sub(r"\1", word))
        return known or ((squeezed,) if squeezed is not None else self._near(word))

    def _near(self, word: str) -> tuple[str, ...]:
        if len(word) < SHORTEST_FUZZY or len(word) > 40:
            return ()
        reach = 1 if len(word) < 9 else 2
        near = [(slips(word, known, reach), known) for known in self._vocabulary if len(known) >= SHORTEST_FUZZY - 1]
        return tuple(known for distance, known in sorted(near) if distance <= reach)[:2]
