"""The shapes of a frame: what was found in a message, whom it concerns, and how it is meant."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Who(StrEnum):
    """Of whom a value speaks. `OTHER`: of nobody whose data are kept (a sibling, today, a plan, the way there)."""

    CHILD = "child"
    MOTHER = "mother"
    FATHER = "father"
    OTHER = "other"


class Sense(StrEnum):
    """How a value is meant. `NAMED`: the field is named and its value is not; `UNKNOWN`: said not to be known; `WITHDRAWN`: taken back."""

    SAID = "said"
    DENIED = "denied"
    DOUBTED = "doubted"
    NAMED = "named"
    UNKNOWN = "unknown"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Item:
    """One value or name of a field, by its place in the line."""

    field: str
    value: Any
    start: int
    end: int
    sense: Sense = Sense.SAID
    who: Who = Who.CHILD
    child: int | None = None
    """Which of several children; None where it is not said."""


@dataclass(frozen=True)
class Frame:
    """A message, read. `marks` are the acts in it (`question`, `promise`, `supposed`, `wrong`, `right`, `swapped`, `instead`, `all`)."""

    line: str
    items: tuple[Item, ...] = ()
    marks: frozenset[str] = frozenset()
    unread: tuple[str, ...] = ()
    """Weighty words that belong to nothing that was read."""
    several: frozenset[str] = field(default_factory=frozenset)
    """Fields of which more than one value was said, and none was taken back."""

    def said(self, child: int | None = None) -> dict[str, Any]:
        """The values that are certain, of that child (or of the only one)."""
        found: dict[str, Any] = {}
        for item in self.items:
            if item.who is Who.CHILD and item.sense is Sense.SAID and item.child in (None, child) and item.field not in self.several:
                found[item.field] = item.value
        return found

    def open(self) -> frozenset[str]:
        """The fields that were spoken of without a value that is certain."""
        said = self.said()
        doubted = {item.field for item in self.items if item.who is Who.CHILD and item.sense in (Sense.DOUBTED, Sense.NAMED, Sense.DENIED)}
        return frozenset((doubted - said.keys()) | self.several)
