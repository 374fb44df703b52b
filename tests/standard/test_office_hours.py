"""When somebody is at the office, and when the next time: weekends and holidays count as closed."""

from datetime import datetime

import pytest

from standard.clock import office_zone
from standard.deadlines import office_calendar


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
