"""Says what a question to the applicant is: a row with when it is open, how an answer is read, and where the answer goes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum, auto
from typing import Any, Final, Generic, TypeAlias, TypeVar

from intake.drafts.model import Draft
from intake.reading import Choice


@dataclass(frozen=True)
class Problem:
    """An answer that was understood and can't be taken: the key of the sentence that says why, and what it names."""

    text: str
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Said:
    """One answer as it came: what was typed, the id of a tapped choice, a location that was sent, and the day it was said."""

    text: str
    today: date
    choices: Sequence[Choice] = ()
    choice: str | None = None
    location: dict[str, Any] | None = None


class Nothing:
    """The type of `NOTHING`."""

    def __repr__(self) -> str:
        return "NOTHING"


NOTHING: Final = Nothing()
"""What a reader returns when the message does not answer the question (None would be an answer)."""


V = TypeVar("V")
Reading: TypeAlias = V | Problem | Nothing
"""What a reader makes of an answer: its value, why it can't be taken, or that it is none."""


class Phase(IntEnum):
    """The parts of a bundle in the order in which they are asked."""

    CONSENT = auto()
    CONDITIONS = auto()
    PAPERS = auto()
    NAMES = auto()
    FACTS = auto()
    DELIVERY = auto()
    FORMS = auto()
    SUMMARY = auto()


@dataclass(frozen=True)
class Question(Generic[V]):
    """One question. Its texts are `q_<id>` (asked first), `q_<id>_singkat` (again, short) and `q_<id>_contoh` (explained)."""

    id: str
    phase: Phase
    open: Callable[[Draft, int], bool]
    read: Callable[[Said, Draft, int], Reading[V]]
    store: Callable[[Draft, int, V], None]
    per_child: bool = False
    free: bool = False
    """Any words can be an answer (a name, an address), so a clear question or wish goes first."""
    of_person: bool = False
    """It asks who somebody is: a story of the birth is no answer then, for its midwife is not the reporter, and its words are no name."""
    firm: Callable[[Any, Said], bool] = lambda value, said: False
    """Whether a reading is so full that nothing else can have been meant (several facts in one message, an address with its RT)."""


@dataclass(frozen=True)
class Open:
    """A question that is open now, and about which child (0 where it is about none)."""

    question: Question[Any]
    child: int = 0

    @property
    def name(self) -> str:
        """How the conversation remembers it."""
        return f"{self.question.id}:{self.child}" if self.question.per_child else self.question.id
