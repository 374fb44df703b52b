"""Names what citizens complain about, ask for or suggest, and by when each is answered (domain page, 9; `complaints.yml`)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Any

from standard import facts
from standard.deadlines import OfficeCalendar, office_calendar

OFFICER = "minta_petugas"
"""The wish for a person: its first reply is due within minutes of opening hours."""


class Answer(StrEnum):
    """How an answer is found, which sets its time: information, a matter settled at the desk, one that needs a look on the spot."""

    INFORMATION = "information"
    NO_FIELD_CHECK = "no_field_check"
    FIELD_CHECK = "field_check"


@dataclass(frozen=True)
class Category:
    """One row. `restricted`: the unit that might be accused does not see it; `urgent`: first on the desk."""

    id: str
    label: str
    answer: Answer
    restricted: bool
    urgent: bool
    wish: bool


@dataclass(frozen=True)
class ComplaintDeadlines:
    """By when the desk replies for the first time, and by when it has answered."""

    first_reply: datetime
    answer: datetime


@dataclass(frozen=True)
class Telling:
    """How a complaint is told in the chat: its times, and the words that end it (`complaints.yml`)."""

    quiet: timedelta
    together: timedelta
    addition: timedelta
    closings: frozenset[str]
    polite: frozenset[str]


@cache
def telling() -> Telling:
    """The rules of telling."""
    row = facts.load("complaints")["telling"]
    return Telling(
        timedelta(minutes=row["quiet_minutes"]),
        timedelta(minutes=row["together_minutes"]),
        timedelta(hours=row["addition_hours"]),
        frozenset(row["closings"]),
        frozenset(row["polite"]),
    )


@cache
def categories() -> dict[str, Category]:
    """Every category by id."""
    return {row["id"]: _category(row) for row in facts.load("complaints")["categories"]}


def complaint_deadlines(category_id: str, created_at: datetime, calendar: OfficeCalendar | None = None) -> ComplaintDeadlines:
    """The deadlines in working days (decisions, complaints). Raises KeyError for a category that the table does not have."""
    days, calendar = facts.load("deadlines")["complaints"], calendar or office_calendar()
    if category_id == OFFICER:
        reply = calendar.add_office_hours(created_at, timedelta(minutes=days["officer_minutes"]))
        return ComplaintDeadlines(reply, calendar.add_working_days(created_at, days[categories()[category_id].answer]))
    return ComplaintDeadlines(
        calendar.add_working_days(created_at, days["first_reply"]),
        calendar.add_working_days(created_at, days[categories()[category_id].answer]),
    )


def reopen_until(closed_at: datetime, calendar: OfficeCalendar | None = None) -> datetime:
    """Until when a closed complaint may be taken up again."""
    return (calendar or office_calendar()).add_working_days(closed_at, facts.load("deadlines")["complaints"]["reopen"])


def _category(row: dict[str, Any]) -> Category:
    return Category(
        row["id"], row["label"], Answer(row["answer"]), row.get("restricted", False), row.get("urgent", False), row.get("wish", False)
    )


@dataclass(frozen=True)
class Channel:
    """A way by which complaints come besides the chat; `mails`: whether the answer goes by e-mail through us."""

    id: str
    label: str
    mails: bool


@cache
def channels() -> dict[str, Channel]:
    """Every way by id."""
    return {row["id"]: Channel(row["id"], row["label"], row["answers"] == "mail") for row in facts.load("complaints")["channels"]}


@dataclass(frozen=True)
class ReadyAnswer:
    """An answer of the desk that is written already."""

    id: str
    label: str
    text: str


def ready_answers(category: str) -> list[ReadyAnswer]:
    """Those for a category."""
    rows = facts.load("complaints")["answers"]
    return [ReadyAnswer(row["id"], row["label"], row["text"]) for row in rows if not row["for"] or category in row["for"]]
