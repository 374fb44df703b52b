"""Counts time as the standard does: 24 clock or office hours, working days, and the days for delivery (Seed C; `deadlines.yml`)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

import holidays

from standard import facts, stages
from standard.clock import office_zone, to_local


@dataclass(frozen=True)
class OfficeCalendar:
    """When the office is open: hours by weekday (Monday = 0), days closed or open besides the national holidays and cuti bersama."""

    hours: dict[int, tuple[time, time]]
    also_closed: frozenset[date] = frozenset()
    also_open: frozenset[date] = frozenset()
    national: holidays.HolidayBase = field(default_factory=lambda: _national())

    def is_working_day(self, day: date) -> bool:
        """Whether the office works on that day."""
        if day.weekday() not in self.hours or day in self.also_closed:
            return False
        return day in self.also_open or day not in self.national

    def is_open(self, moment: datetime) -> bool:
        """Whether somebody is there at that moment (aware)."""
        at = to_local(moment)
        opens, closes = self.hours.get(at.weekday(), (time.max, time.max))
        return self.is_working_day(at.date()) and opens <= at.time() < closes

    def next_opening(self, moment: datetime) -> datetime:
        """When the office opens the next time after that moment (aware)."""
        at = to_local(moment)
        day = at.date() if self.is_working_day(at.date()) and at.time() < self.hours[at.weekday()][0] else at.date() + timedelta(days=1)
        while not self.is_working_day(day):
            day += timedelta(days=1)
        return datetime.combine(day, self.hours[day.weekday()][0], office_zone()).astimezone(moment.tzinfo)

    def add_office_hours(self, start: datetime, length: timedelta) -> datetime:
        """The moment when `length` of open office has passed since `start` (aware)."""
        moment, left = to_local(start), length
        while True:
            if self.is_working_day(moment.date()):
                opens, closes = (datetime.combine(moment.date(), at, office_zone()) for at in self.hours[moment.weekday()])
                begin = max(moment, opens)
                if begin < closes:
                    if left <= closes - begin:
                        return (begin + left).astimezone(start.tzinfo)
                    left -= closes - begin
            moment = datetime.combine(moment.date() + timedelta(days=1), time(), office_zone())

    def add_working_days(self, start: datetime, days: int) -> datetime:
        """The end of office on the `days`-th working day after the day of `start` (which itself does not count)."""
        day = to_local(start).date()
        while days:
            day += timedelta(days=1)
            days -= self.is_working_day(day)
        return datetime.combine(day, self.hours[day.weekday()][1], office_zone()).astimezone(start.tzinfo)


@cache
def office_calendar() -> OfficeCalendar:
    """The calendar that `deadlines.yml` describes."""
    office = facts.load("deadlines")["office"]
    return OfficeCalendar(
        {day: (time.fromisoformat(opens), time.fromisoformat(closes)) for day, (opens, closes) in office["hours"].items()},
        frozenset(_dates(office["also_closed"])),
        frozenset(_dates(office["also_open"])),
    )


def service_deadline(arrivals: Iterable[datetime], calendar: OfficeCalendar | None = None, count: str | None = None) -> datetime:
    """By when akta and KK are due: the service hours after the last needed right document had arrived (Seed C; decisions).

    `arrivals` are the moments at which the documents now in place had arrived, at least one. `count` is `clock` or `office`.
    """
    rule = facts.load("deadlines")["service"]
    start, length = max(arrivals), timedelta(hours=rule["hours"])
    if (count or rule["count"]) == "office":
        return (calendar or office_calendar()).add_office_hours(start, length)
    return start + length


def earliest_end(arrival: datetime, calendar: OfficeCalendar | None = None) -> datetime:
    """When akta and KK can be ready at the earliest, where the office works on them in its opening hours only: the targets of all steps
    (SOP table, `stages.yml`) one after another. Beyond the promised hour, a weekend or holidays make that one impossible.
    """
    steps = [stage.minutes or 0 for stage in stages.stages().values() if stage.clock is stages.CaseClock.RUNNING]
    return (calendar or office_calendar()).add_office_hours(arrival, timedelta(minutes=sum(steps)))


def warn_from(deadline: datetime) -> datetime:
    """From when on a case counts as near its deadline."""
    return deadline - warn_window()


def warn_window() -> timedelta:
    """How long before its deadline a case counts as near it."""
    return timedelta(hours=facts.load("deadlines")["service"]["warn_hours_before"])


def correction_until(delivered_at: datetime) -> datetime:
    """Until when a case that was sent is opened again for a correction (decisions: correction after)."""
    return delivered_at + timedelta(days=facts.load("deadlines")["correction"]["days"])


def kia_deadline(delivered_at: datetime) -> datetime:
    """By when KIA and KTP-el should be in the applicant's hands: 30 days (SOP row 17)."""
    return delivered_at + timedelta(days=facts.load("deadlines")["kia"]["days"])


def _national() -> holidays.HolidayBase:
    return holidays.country_holidays("ID", categories=("government", "public"))


def _dates(texts: Iterable[Any]) -> list[date]:
    return [date.fromisoformat(str(text)) for text in texts]
