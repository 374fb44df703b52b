"""Gathers the fields of a letter while it is read: what was seen, and of it what is sure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from documents.fields.model import Value
from documents.fields.pairs import Pair
from documents.fields.values import confirmed
from documents.ocr.engine import Quad

SURE = 0.92
WEAKEST = 0.5
"""Mean and smallest chance of a printed value's characters. Handwriting, which the reader guesses at, stays below."""


WEAKEST_CONFIRMED = 0.2
"""The same smallest chance where something else on the page says the same: a date's weekday."""


class Read(Protocol):
    """Anything read whose certainty is known: a pair of a form, an excerpt of a sentence."""

    @property
    def text(self) -> str: ...
    @property
    def confidence(self) -> float: ...
    @property
    def weakest(self) -> float: ...
    @property
    def quad(self) -> Quad: ...


@dataclass
class FieldCollector:
    """The fields found so far: the first find of a key counts. `seen`: where it stands, also when it could not be read surely."""

    values: dict[str, Value] = field(default_factory=dict)
    seen: dict[str, Quad] = field(default_factory=dict)

    def take(self, key: str, found: Read | None, value_of: Callable[[str], Any], sure: float = SURE, weakest: float = WEAKEST) -> None:
        """A find as the field's value, if it is sure enough and no find came before it."""
        if found is None or not found.text or key in self.values:
            return
        self.seen.setdefault(key, found.quad)
        value = value_of(found.text)
        weakest = min(weakest, WEAKEST_CONFIRMED) if confirmed(found.text) else weakest
        if value is not None and found.confidence >= sure and found.weakest >= weakest:
            self.values[key] = Value(value, round(found.confidence, 3), found.quad)


def first(found: Mapping[str, list[Pair]], key: str) -> Pair | None:
    """The topmost pair of a key that has a value."""
    return next((pair for pair in found.get(key, ()) if pair.text), None)
