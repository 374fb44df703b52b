"""Reads a date as people write it: figures, month names, days gone by, days of the week and of the Javanese market week."""

from datetime import date


def read_date(text: str, today: date, *, future: bool = False) -> date | None:
    """The one date that the text names, never after `today` unless `future`; None where it names none or leaves it open."""
    return None
