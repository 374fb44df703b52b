"""Renders the texts of `domain.yml`, the only place where the words of the bot stand; Rasa sends them along with every call."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from intake.reading import Choice
from standard import facts

PREFIX = "utter_"


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
    """Texts by key, without the `utter_` that Rasa asks for. A text may have variations, so that none comes twice in a row."""

    def __init__(self, responses: Mapping[str, list[dict[str, Any]]]) -> None:
        self._responses = responses
        self._office = facts.load("office")

    def has(self, key: str) -> bool:
        """Whether there is such a text."""
        return PREFIX + key in self._responses

    def text(self, key: str, /, avoid: Collection[str] = (), **values: Any) -> str:
        """The first variation that is not among `avoid`, with its values; the first of all where each was said just now."""
        rendered = [str(row["text"]).strip().format_map({**self._office, **values}) for row in self._rows(key)]
        return next((text for text in rendered if text not in avoid), rendered[0])

    def fresh(self, key: str, /, avoid: Collection[str], **values: Any) -> str | None:
        """A variation that is not among `avoid`, or None where each was said just now."""
        text = self.text(key, avoid, **values)
        return None if text in avoid else text

    def options(self, key: str) -> tuple[Option, ...]:
        """The answers that a text offers."""
        rows = self._rows(key)[0].get("buttons") or []
        return tuple(Option(row["payload"], row["title"], row.get("description"), tuple(row.get("words") or ())) for row in rows)

    def _rows(self, key: str) -> list[dict[str, Any]]:
        try:
            return self._responses[PREFIX + key]
        except KeyError:
            raise TextMissing(key) from None
