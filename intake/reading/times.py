"""Reads a time of day as people say it: `jam 4 sore`, `04.30`, `setengah lima`, `jam 2 bengi`."""

from datetime import time


def read_time(text: str) -> time | None:
    """The time of day on a 24-hour clock, or None where the text names none, several, or only a rough one (`bakda maghrib`)."""
    return None
