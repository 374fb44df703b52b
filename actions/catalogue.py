"""Renders the texts of `data/responses/`, the only place where the words of the bot stand."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from intake.reading import Choice
from runtime.responses import Responses
from standard import facts

PREFIX = "utter_"
WHOLE_SENTENCE = 25
"""Letters from which on a sentence is more than a word of courtesy, which may come again."""
_SENTENCE_END = re.compile(r"(?<=[.!?:])\s+")


@dataclass(frozen=True)
class Option:
    """One answer that is offered: `id` comes back when it is tapped."""

    id: str
    title: str
    description: str | None = None
    words: tuple[str, ...] = ()
    """Other words that people use for it."""

    def as_choice(self) -> Choice:
        """As the readers of answers take it."""
        return Choice(self.id, self.title, self.words)


class TextMissing(KeyError):
    """The catalogue has no such text: a fault that the tests find before an applicant does."""


class Catalogue:
    """Texts by key, without the `utter_` that each begins with. A text may have variations, so that none comes twice in a row.

    What a text names of the office (`{kantor_alamat}`) is filled in at once, in the answers that it offers too.
    """

    def __init__(self, responses: Responses) -> None:
        self._responses: Responses = facts.filled(responses, facts.office_facts())

    def has(self, key: str) -> bool:
        """Whether there is such a text."""
        return PREFIX + key in self._responses

    def text(self, key: str, /, avoid: Collection[str] = (), **values: Any) -> str:
        """The first variation of which no sentence stands in `avoid`, else no paragraph, else the first of all; with its values."""
        rendered = [str(row["text"]).strip().format_map(values) for row in self._rows(key)]
        fresh = [text for text in rendered if not said_in(text, avoid)]
        return next((text for text in fresh if not _sentence_said(text, avoid)), (fresh or rendered)[0])

    def fresh(self, key: str, /, avoid: Collection[str], **values: Any) -> str | None:
        """A variation of which nothing stands in `avoid`, or None where each was said just now."""
        text = self.text(key, avoid, **values)
        return None if said_in(text, avoid) else text

    def options(self, key: str) -> tuple[Option, ...]:
        """The answers that a text offers."""
        rows = self._rows(key)[0].get("buttons") or []
        return tuple(Option(row["payload"], row["title"], row.get("description"), tuple(row.get("words") or ())) for row in rows)

    def _rows(self, key: str) -> list[dict[str, Any]]:
        try:
            return self._responses[PREFIX + key]
        except KeyError:
            raise TextMissing(key) from None


def paragraphs_of(text: str) -> list[str]:
    """The paragraphs of a text."""
    return [paragraph.strip() for paragraph in text.split("\n\n") if paragraph.strip()]


def _sentence_said(text: str, said: Collection[str]) -> bool:
    """Whether one of its sentences was said, be its paragraph another (the number of a second complaint)."""
    sentences = [part for part in _SENTENCE_END.split(text) if len(part) >= WHOLE_SENTENCE]
    return any(sentence in earlier for sentence in sentences for earlier in said)


def said_in(text: str, said: Collection[str]) -> bool:
    """Whether one of the text's paragraphs stands in what was said, alone or within a longer one."""
    return any(paragraph in earlier for paragraph in paragraphs_of(text) for earlier in said)
