"""Tells the time: UTC inside, Asia/Jakarta (WIB) at the edge, written as people in Blora read it."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from standard.facts import DAYS

JAKARTA = ZoneInfo("Asia/Jakarta")

MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2999, 12, 31)
"""Between them a day can be moved by a zone or a period without leaving the calendar."""

Clock = Callable[[], datetime]
"""Something that returns the present moment as an aware UTC datetime; services take one so that tests can set the time."""


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def to_jakarta(moment: datetime) -> datetime:
    """The same moment on a clock in Blora. Raises ValueError for a naive datetime: those are a fault of the caller."""
    if moment.tzinfo is None:
        raise ValueError("a naive datetime has no moment")
    return moment.astimezone(JAKARTA)


def today(moment: datetime) -> date:
    """The calendar date in Blora at that moment."""
    return to_jakarta(moment).date()


def read_day(text: object) -> date | None:
    """The day that is written in ISO 8601, `2026-11-22`; None where it is none, or one that can't be reckoned with."""
    try:
        day = date.fromisoformat(str(text))
    except ValueError:
        return None
    return day if FIRST_DAY <= day <= LAST_DAY else None


def write_date(day: date) -> str:
    """A date as it is read: `22 November 2026`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def write_day_and_date(day: date) -> str:
    """A date with its day of the week: `Minggu, 22 November 2026`."""
    return f"{DAYS[day.weekday()]}, {write_date(day)}"


def write_time(moment: datetime) -> str:
    """The time of day in Blora, `09.10 WIB`."""
    return to_jakarta(moment).strftime("%H.%M WIB")


def write_moment(moment: datetime) -> str:
    """Date and time in Blora: `22 November 2026 pukul 09.10 WIB`."""
    return f"{write_date(today(moment))} pukul {write_time(moment)}"
