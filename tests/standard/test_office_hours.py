"""When somebody is at the office, and when the next time: weekends and holidays count as closed."""

from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
import yaml

from standard.clock import office_zone
from standard.deadlines import OfficeCalendar, office_calendar

ROOT = Path(__file__).parents[2]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=office_zone())


@pytest.mark.parametrize(
    ("moment", "is_open", "opens"),
    [
        ("2026-11-23T09:00", True, "2026-11-24T07:30"),
        ("2026-11-23T06:00", False, "2026-11-23T07:30"),
        ("2026-11-23T16:00", False, "2026-11-24T07:30"),
        ("2026-11-27T15:00", False, "2026-11-30T07:30"),
        ("2026-12-24T17:00", False, "2026-12-28T07:30"),
    ],
)
def test_the_next_opening_is_on_a_working_day(moment: str, is_open: bool, opens: str) -> None:
    calendar = office_calendar()
    assert calendar.is_open(at(moment)) is is_open
    assert calendar.next_opening(at(moment)) == at(opens)


WEEK = {**{day: (time(7, 30), time(16)) for day in range(4)}, 4: (time(7), time(14, 30))}
LUNCH = {**{day: (time(12), time(13)) for day in range(4)}, 4: (time(11, 30), time(13))}
WITH_LUNCH = OfficeCalendar(WEEK, LUNCH)


@pytest.mark.parametrize(
    ("moment", "is_open", "opens"),
    [
        ("2026-11-23T11:59", True, "2026-11-23T13:00"),
        ("2026-11-23T12:00", False, "2026-11-23T13:00"),
        ("2026-11-23T13:00", True, "2026-11-24T07:30"),
        ("2026-11-27T11:45", False, "2026-11-27T13:00"),
        ("2026-11-27T14:30", False, "2026-11-30T07:30"),
    ],
)
def test_at_lunch_nobody_is_there_on_a_friday_longer(moment: str, is_open: bool, opens: str) -> None:
    assert WITH_LUNCH.is_open(at(moment)) is is_open
    assert WITH_LUNCH.next_opening(at(moment)) == at(opens)


@pytest.mark.parametrize(
    ("start", "minutes", "due"),
    [
        ("2026-11-23T11:50", 30, "2026-11-23T13:20"),
        ("2026-11-23T12:10", 30, "2026-11-23T13:30"),
        ("2026-11-23T11:30", 30, "2026-11-23T12:00"),
        ("2026-11-27T11:20", 30, "2026-11-27T13:20"),
        ("2026-11-27T14:20", 30, "2026-11-30T07:50"),
        ("2026-11-28T10:00", 30, "2026-11-30T08:00"),
        ("2026-12-24T20:00", 30, "2026-12-28T08:00"),
        ("2026-11-23T07:30", 8 * 60, "2026-11-24T08:00"),
    ],
)
def test_minutes_of_opening_hours_leave_out_lunch_nights_weekends_and_holidays(start: str, minutes: int, due: str) -> None:
    assert WITH_LUNCH.add_office_hours(at(start), timedelta(minutes=minutes)) == at(due)


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        ("2026-11-23T12:30", 3, "2026-11-26T16:00"),
        ("2026-11-26T09:00", 3, "2026-12-01T16:00"),
        ("2026-11-26T09:00", 1, "2026-11-27T14:30"),
        ("2026-11-28T09:00", 3, "2026-12-02T16:00"),
        ("2026-12-22T09:00", 3, "2026-12-29T16:00"),
    ],
)
def test_days_of_complaints_are_working_days_and_end_when_the_office_closes(start: str, days: int, due: str) -> None:
    assert WITH_LUNCH.add_working_days(at(start), days) == at(due)


def test_the_offices_own_table_names_a_break_within_each_day() -> None:
    office = yaml.safe_load((ROOT / "data" / "standard" / "deadlines.yml").read_text("utf-8"))["office"]
    assert set(office["breaks"]) == set(office["hours"])
