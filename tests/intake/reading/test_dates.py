"""What a date read must never be, and the market week."""

from datetime import date

import pytest

from intake.reading import read_date
from intake.reading.dates import pasaran

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("3 des 2026", date(2026, 12, 3)), ("besok", date(2026, 11, 23)), ("lusa", date(2026, 11, 24)), ("3 feb 2024", date(2024, 2, 3))],
)
def test_a_day_to_come_is_read_only_where_it_is_asked_for(text: str, wanted: date) -> None:
    assert read_date(text, TODAY, future=True) == wanted
    assert read_date(text, TODAY) == (wanted if wanted <= TODAY else None)


def test_the_day_after_a_leap_day_is_told_apart_from_it() -> None:
    assert read_date("kemarin", date(2024, 3, 1)) == date(2024, 2, 29)
    assert read_date("29 feb", date(2024, 3, 1)) == date(2024, 2, 29)


def test_a_year_of_two_figures_never_reaches_beyond_today() -> None:
    assert read_date("23 nov 26", TODAY) is None
    assert read_date("22 nov 26", TODAY) == TODAY
    assert read_date("1 jan 27", TODAY) == date(1927, 1, 1)


@pytest.mark.parametrize(
    ("day", "market"),
    [(date(1945, 8, 17), 0), (date(2024, 1, 1), 1), (date(2026, 11, 22), 2), (date(2026, 11, 3), 3), (date(2026, 11, 4), 4)],
)
def test_the_market_week_is_counted_from_a_friday_legi(day: date, market: int) -> None:
    assert pasaran(day) == market
