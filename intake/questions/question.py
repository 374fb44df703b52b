"""Says what a question to the applicant is: a row with when it is open, how an answer is read, and where the answer goes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

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


class _Nothing:
    """The type of `NOTHING`."""

    def __repr__(self) -> str:
        return "NOTHING"


NOTHING = _Nothing()
"""What a reader returns when the message does not answer the question (None would be an answer)."""


@dataclass(frozen=True)
class Question:
    """One question. Its texts are `q_<id>` (asked first), `q_<id>_singkat` (again, short) and `q_<id>_contoh` (explained)."""

    id: str
    open: Callable[[Draft, int], bool]
    read: Callable[[Said, Draft, int], Any]
    store: Callable[[Draft, int, Any], None]
    per_child: bool = False
    free: bool = False
    """Any words can be an answer (a name, an address), so a clear question or wish goes first."""
    firm: Callable[[Any, Said], bool] = lambda value, said: False
    """Whether a reading is so full that nothing else can have been meant (several facts in one message, an address with its RT)."""


@dataclass(frozen=True)
class Open:
    """A question that is open now, and about which child (0 where it is about none)."""

    question: Question
    child: int = 0

    @property
    def name(self) -> str:
        """How the conversation remembers it."""
        return f"{self.question.id}:{self.child}" if self.question.per_child else self.question.id
