"""Shapes of what arrives: the files of one turn as they were delivered, and what became of each."""

from dataclasses import dataclass, field
from enum import StrEnum

from standard.kinds import Item, Kind


class Outcome(StrEnum):
    """What became of one file."""

    TAKEN = "taken"
    REPLACED = "replaced"
    WORSE = "worse"
    """The better one of before stays; this one is shown to the officer beside it."""
    FLAGGED = "flagged"
    RETAKE = "retake"
    SAME = "same"
    WRONG = "wrong"
    ASK = "ask"
    LATER = "later"
    KEPT = "kept"
    NOT_ASKED = "not_asked"
    PROBLEM = "problem"
    MOMENT = "moment"
    """A paper that tells of a moment in which a form is the wrong answer."""


@dataclass(frozen=True)
class Upload:
    """One file of a turn as the bot delivered it (docs/contracts.md, A turn); `hint` is what its caption calls it."""

    blob: str | None
    mime: str
    filename: str | None = None
    message: str | None = None
    problem: str | None = None
    hint: str | None = None
    page: int | None = None
    """The page on which this document begins, where one file held several."""
    line: str | None = None
    """The message of the chat that brought it, as staff see it."""


@dataclass(frozen=True)
class Arrival:
    """One file, what became of it, where it went or might belong, and why it is not good."""

    outcome: Outcome
    kind: Kind = Kind.NONE
    item: Item | None = None
    reasons: tuple[str, ...] = ()
    candidates: tuple[Item, ...] = ()
    submission: str | None = None
    message: str | None = None
    page: int | None = None
    tries: int = 0
    """Of a photo to be taken again: which one in this place it is, from 1."""
    read_as: str = ""
    """Of a paper that is none of ours: which it seems to be (`data/documents/kinds.yml`), where that can be told."""
    marked: bytes | None = None
    """The picture with its fault ringed (JPEG)."""


@dataclass
class Received:
    """All arrivals of one turn."""

    arrivals: list[Arrival] = field(default_factory=list)
