"""The clocks over nights, returns, weekends and holidays."""

from datetime import UTC, date, datetime, time

import pytest

from standard.clock import office_zone, to_local
from standard.complaints import categories, complaint_deadlines
from standard.deadlines import OfficeCalendar, kia_deadline, office_calendar, service_deadline


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=office_zone()).astimezone(UTC)


def read(moment: datetime) -> str:
    return to_local(moment).strftime("%Y-%m-%d %H:%M")


def test_the_24_hours_run_by_the_clock_from_the_last_right_document():
    assert read(service_deadline([at("2026-11-20 09:00"), at("2026-11-21 23:15")])) == "2026-11-22 23:15"


def test_a_document_sent_again_moves_the_deadline_to_its_own_arrival():
    assert read(service_deadline([at("2026-11-20 09:00"), at("2026-11-24 10:00")])) == "2026-11-25 10:00"


def test_in_office_hours_the_24_hours_skip_nights_and_the_weekend():
    # Friday 13.00: 1.5 h on Friday, 8.5 h each on Monday and Tuesday, 5.5 h on Wednesday
    assert read(service_deadline([at("2026-11-20 13:00")], count="office")) == "2026-11-25 13:00"


def test_in_office_hours_a_holiday_does_not_count():
    # Wednesday 23 December 14.00; 24 (cuti bersama) and 25 December are holidays, then the weekend
    start = at("2026-12-23 14:00")
    assert not office_calendar().is_working_day(date(2026, 12, 25))
    assert service_deadline([start], count="office") > at("2026-12-28 16:00")


def test_an_office_may_close_and_open_on_days_of_its_own():
    week = {day: (time(8), time(16)) for day in range(5)}
    calendar = OfficeCalendar(week, {}, frozenset({date(2026, 11, 23)}), frozenset({date(2026, 12, 25)}))
    assert not calendar.is_working_day(date(2026, 11, 23))
    assert calendar.is_working_day(date(2026, 12, 25))


def test_time_before_opening_counts_from_the_opening():
    calendar = OfficeCalendar({day: (time(8), time(16)) for day in range(5)})
    assert read(service_deadline([at("2026-11-23 05:00")], calendar, "office")) == "2026-11-25 16:00"


def test_kia_is_due_30_days_after_delivery():
    assert read(kia_deadline(at("2026-11-22 10:00"))) == "2026-12-22 10:00"


@pytest.mark.parametrize("category", categories().values(), ids=lambda c: c.id)
def test_each_complaint_is_replied_to_within_three_working_days(category):
    due = complaint_deadlines(category.id, at("2026-11-20 10:00"))  # a Friday
    assert read(due.first_reply) == ("2026-11-20 10:30" if category.id == "minta_petugas" else "2026-11-25 16:00")
    assert due.answer > due.first_reply


def test_pungli_is_restricted():
    assert categories()["pungli"].restricted
