"""Tells the time: UTC inside, the office's own zone at the edge (`office.yml`), written as people there read it."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from standard.facts import DAYS, office_facts

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


def office_zone() -> ZoneInfo:
    """The zone in which the office lives."""
    return ZoneInfo(office_facts()["zona_waktu"])


def to_local(moment: datetime) -> datetime:
    """The same moment on the office's clock. Raises ValueError for a naive datetime: those are a fault of the caller."""
    if moment.tzinfo is None:
        raise ValueError("a naive datetime has no moment")
    return moment.astimezone(office_zone())


def today(moment: datetime) -> date:
    """The calendar date at the office at that moment."""
    return to_local(moment).date()


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
    """The time of day at the office, `09.10 WIB`."""
    return f"{to_local(moment):%H.%M} {office_facts()['zona']}"


def write_moment(moment: datetime) -> str:
    """Date and time at the office: `22 November 2026 pukul 09.10 WIB`."""
    return f"{write_date(today(moment))} pukul {write_time(moment)}"
