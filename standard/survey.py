"""The survey of satisfaction (SKM) and its index (IKM): the nine unsur of Permenpan RB 14/2017 with equal weights. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from standard import facts

LOWEST, HIGHEST = 1, 4
FACTOR = 25
"""Brings the scale of 1 to 4 to 25 to 100."""

Answer = Sequence[int | None]
"""What one person answered, one value for each unsur in their order; None where they left it out."""


@dataclass(frozen=True)
class Unsur:
    """One of the nine: its name in the regulation, and what the citizen is asked."""

    id: str
    label: str
    question: str


@dataclass(frozen=True)
class Grade:
    """`A` to `D`, from that index on."""

    grade: str
    least: float
    label: str


@dataclass(frozen=True)
class Asking:
    """When the survey is asked: so long after the papers were sent, until so long after, between these hours of the day."""

    after: timedelta
    within: timedelta
    awake: tuple[int, int]


@dataclass(frozen=True)
class Row:
    """What was said of one unsur: `count` answers, their average from 1 to 4 (NRR) and its index; None where nobody said anything."""

    unsur: Unsur
    count: int
    average: float | None

    @property
    def index(self) -> float | None:
        """From 25 to 100, with two decimals."""
        return None if self.average is None else _rounded(self.average * FACTOR)

    @property
    def grade(self) -> Grade | None:
        """What that is called."""
        return None if self.average is None else grade_of(self.average * FACTOR)


@dataclass(frozen=True)
class Index:
    """The IKM: its rows, and how many answered at least one unsur."""

    rows: tuple[Row, ...]
    respondents: int

    @property
    def weighted(self) -> float | None:
        """The averages with their weight of 1/9 each, together; None as long as an unsur has no answer at all."""
        averages = [row.average for row in self.rows if row.average is not None]
        return sum(averages) / len(self.rows) if len(averages) == len(self.rows) else None

    @property
    def total(self) -> float | None:
        """The IKM of the unit, from 25 to 100, rounded here for the first time."""
        return None if self.weighted is None else _rounded(self.weighted * FACTOR)

    @property
    def grade(self) -> Grade | None:
        """What that is called."""
        return None if self.weighted is None else grade_of(self.weighted * FACTOR)


@cache
def unsur() -> tuple[Unsur, ...]:
    """The nine, in their order."""
    return tuple(Unsur(row["id"], row["label"], row["question"]) for row in facts.load("survey")["unsur"])


@cache
def grades() -> tuple[Grade, ...]:
    """From the best to the worst."""
    return tuple(Grade(row["grade"], float(row["least"]), row["label"]) for row in facts.load("survey")["grades"])


@cache
def asking() -> Asking:
    """When it is asked."""
    row = facts.load("survey")["asking"]
    first, last = row["awake"]
    return Asking(timedelta(minutes=row["after_minutes"]), timedelta(hours=row["within_hours"]), (first, last))


@dataclass(frozen=True)
class Flow:
    """The form within WhatsApp: the id under which it was published, empty where there is none, and the button that opens it."""

    id: str
    button: str


@cache
def flow() -> Flow:
    """By which the survey is answered."""
    row = facts.load("survey")["flow"]
    return Flow(str(row["id"]), row["button"])


@dataclass(frozen=True)
class About:
    """A question about the respondent: `choices` are ids with their labels."""

    id: str
    label: str
    choices: dict[str, str]


@cache
def respondent() -> tuple[About, ...]:
    """What the regulation's questionnaire asks about the respondent."""
    rows = facts.load("survey")["respondent"]
    return tuple(About(row["id"], row["label"], {choice["id"]: choice["label"] for choice in row["choices"]}) for row in rows)


def index_of(answers: Sequence[Answer]) -> Index:
    """The index of these answers. Of an unsur only those count who said something of it; who said nothing at all is no respondent."""
    given = [answer for answer in answers if any(value is not None for value in answer)]
    rows = []
    for place, each in enumerate(unsur()):
        values = [value for answer in given if (value := answer[place]) is not None]
        rows.append(Row(each, len(values), sum(values) / len(values) if values else None))
    return Index(tuple(rows), len(given))


def grade_of(index: float) -> Grade:
    """The grade of an index from 25 to 100, rounded as it is published."""
    return next((grade for grade in grades() if _rounded(index) >= grade.least), grades()[-1])


def _rounded(value: float) -> float:
    return int(value * 100 + 0.5 + 1e-9) / 100
