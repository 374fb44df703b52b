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
    """When somebody is at the office: hours and the break by weekday (Monday = 0), days closed or open besides the national holidays and
    cuti bersama."""

    hours: dict[int, tuple[time, time]]
    breaks: dict[int, tuple[time, time]] = field(default_factory=dict)
    also_closed: frozenset[date] = frozenset()
    also_open: frozenset[date] = frozenset()
    national: holidays.HolidayBase = field(default_factory=lambda: _national())

    def is_working_day(self, day: date) -> bool:
        """Whether the office works on that day."""
        if day.weekday() not in self.hours or day in self.also_closed:
            return False
        return day in self.also_open or day not in self.national

    def spans(self, day: date) -> list[tuple[datetime, datetime]]:
        """From when till when somebody is there on that day, on the office's clock: before the break and after it."""
        if not self.is_working_day(day):
            return []
        opens, closes = self.hours[day.weekday()]
        pauses, goes_on = self.breaks.get(day.weekday(), (closes, closes))
        there = [(opens, pauses), (goes_on, closes)]
        return [
            (datetime.combine(day, since, office_zone()), datetime.combine(day, until, office_zone()))
            for since, until in there
            if since < until
        ]

    def is_open(self, moment: datetime) -> bool:
        """Whether somebody is there at that moment (aware)."""
        return any(since <= moment < until for since, until in self.spans(to_local(moment).date()))

    def next_opening(self, moment: datetime) -> datetime:
        """When somebody comes the next time after that moment (aware)."""
        day = to_local(moment).date()
        while True:
            for since, _ in self.spans(day):
                if since > moment:
                    return since.astimezone(moment.tzinfo)
            day += timedelta(days=1)

    def add_office_hours(self, start: datetime, length: timedelta) -> datetime:
        """The moment when `length` of open office has passed since `start` (aware)."""
        day, left = to_local(start).date(), length
        while True:
            for since, until in self.spans(day):
                begin = max(start, since)
                if begin < until:
                    if left <= until - begin:
                        return (begin + left).astimezone(start.tzinfo)
                    left -= until - begin
            day += timedelta(days=1)

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
        _times(office["hours"]),
        _times(office.get("breaks", {})),
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


@dataclass(frozen=True)
class HonestHour:
    """When akta and KK can be ready at the earliest where the promised hour can't be kept, and what makes it impossible."""

    ready: datetime
    closed: bool
    """The office is closed in between: a weekend, holidays."""
    busy: bool
    """Other applications stand before this one."""


def earliest_end(arrival: datetime, calendar: OfficeCalendar | None = None, ahead: timedelta = timedelta()) -> datetime:
    """When akta and KK can be ready at the earliest, where the office works on them in its opening hours only: the work that stands
    before them (`ahead`, of open office), then the targets of all steps (SOP table, `stages.yml`) one after another.
    """
    steps = [stage.minutes or 0 for stage in stages.stages().values() if stage.clock is stages.CaseClock.RUNNING]
    return (calendar or office_calendar()).add_office_hours(arrival, ahead + timedelta(minutes=sum(steps)))


def honest_hour(arrival: datetime, deadline: datetime, ahead: timedelta = timedelta()) -> HonestHour | None:
    """What is to be told besides the deadline; None where it can be kept. Of two reasons the queue is named where it costs another day."""
    ready, undisturbed = earliest_end(arrival, ahead=ahead), earliest_end(arrival)
    if ready <= deadline:
        return None
    closed = undisturbed > deadline
    return HonestHour(ready, closed, not closed or to_local(ready).date() > to_local(undisturbed).date())


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


def _times(rows: dict[int, list[str]]) -> dict[int, tuple[time, time]]:
    return {day: (time.fromisoformat(since), time.fromisoformat(until)) for day, (since, until) in rows.items()}


def _national() -> holidays.HolidayBase:
    return holidays.country_holidays("ID", categories=("government", "public"))


def _dates(texts: Iterable[Any]) -> list[date]:
    return [date.fromisoformat(str(text)) for text in texts]
