"""Says which days a report is about and how they are cut: by week, by month; with the choices that the page offers. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from standard.clock import MONTHS, read_day

LONGEST = timedelta(days=5 * 366)
WEEKS_UP_TO = timedelta(days=120)
"""Longer periods are cut by month: more columns than that nobody reads."""


class Cut(StrEnum):
    WEEK = "minggu"
    MONTH = "bulan"


@dataclass(frozen=True)
class Scope:
    """The days of a report, both whole, and one kecamatan or all."""

    first: date
    last: date
    kecamatan: str | None = None
    cut: Cut = Cut.WEEK


def read_scope(first: str | None, last: str | None, kecamatan: str | None, cut: str | None, today: date) -> Scope:
    """The scope that an address names; this month where it names none, or none that makes sense."""
    begin, end = read_day(first), read_day(last)
    if begin is None or end is None or end < begin or end - begin > LONGEST:
        begin, end = today.replace(day=1), today
    fitting = Cut.WEEK if end - begin <= WEEKS_UP_TO else Cut.MONTH
    return Scope(begin, end, kecamatan or None, Cut(cut) if cut in list(Cut) else fitting)


def choices(today: date) -> dict[str, tuple[date, date]]:
    """The periods that one click chooses, by text key."""
    monday, month = today - timedelta(days=today.weekday()), today.replace(day=1)
    before = month - timedelta(days=1)
    return {
        "week": (monday, today),
        "month": (month, today),
        "last_month": (before.replace(day=1), before),
        "year": (today.replace(month=1, day=1), today),
        "last_year": (date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)),
    }


def begin_of(day: date, cut: Cut) -> date:
    """The first day of the week or month in which a day lies."""
    return day - timedelta(days=day.weekday()) if cut is Cut.WEEK else day.replace(day=1)


def columns(scope: Scope) -> list[tuple[date, date]]:
    """The weeks or months of the scope, its first and last cut to its days."""
    cuts, begin = [], begin_of(scope.first, scope.cut)
    while begin <= scope.last:
        following = begin + timedelta(days=7) if scope.cut is Cut.WEEK else begin_of(begin + timedelta(days=32), Cut.MONTH)
        cuts.append((max(begin, scope.first), min(following - timedelta(days=1), scope.last)))
        begin = following
    return cuts


def month_after(month: date) -> date:
    """The first day of the month after the one in which a day lies."""
    return begin_of(begin_of(month, Cut.MONTH) + timedelta(days=32), Cut.MONTH)


def whole_months(scope: Scope) -> list[date]:
    """The first days of the months of which all days lie in the scope."""
    month = scope.first if scope.first.day == 1 else month_after(scope.first)
    found = []
    while (following := month_after(month)) - timedelta(days=1) <= scope.last:
        found.append(month)
        month = following
    return found


def uncovered(scope: Scope, months: Collection[date]) -> list[tuple[date, date]]:
    """The days of the scope that lie in none of these months, as first and last days."""
    found, begin = [], scope.first
    for month in sorted(months):
        if begin < month:
            found.append((begin, month - timedelta(days=1)))
        begin = month_after(month)
    return [*found, (begin, scope.last)] if begin <= scope.last else found


def name_column(first: date, cut: Cut) -> str:
    """`23 Nov` for a week, `Nov 2026` for a month."""
    month = MONTHS[first.month - 1][:3]
    return f"{first.day} {month}" if cut is Cut.WEEK else f"{month} {first.year}"
