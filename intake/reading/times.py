"""Reads a time of day as people say it: `jam 4 sore`, `04.30`, `setengah lima`, `jam 2 bengi`."""

import re
from collections.abc import Iterator
from datetime import time
from functools import cache

from intake.reading.numbers import with_figures
from language.lists import either, phrases
from language.phrases import plain

_HOURS = {
    "pagi": {12: 0, **{hour: hour for hour in range(12)}},
    "siang": {**{hour: hour for hour in range(9, 13)}, **{hour: hour + 12 for hour in range(1, 6)}},
    "sore": {hour: hour + 12 for hour in range(1, 8)},
    "malam": {12: 0, **{hour: hour for hour in range(5)}, **{hour: hour + 12 for hour in range(6, 12)}},
}
"""What an hour of twelve is on a clock of twenty-four, by part of the day; what isn't here (`jam 10 sore`) nobody says."""


def read_time(text: str) -> time | None:
    """The time of day on a clock of 24 hours, or None where the text names none, several, or one that can't be.

    An hour without a part of the day is taken as it stands (`jam 4` is 04:00, `setengah lima` 04:30); the summary says it back with
    pagi or sore. A time by the prayers alone (`bakda maghrib`) stays unread: F-2.01 has a clock time, and the prayers move by half an
    hour over the year.
    """
    line = with_figures(plain(text))
    if _range().search(line):
        return None
    parts = {part for part, pattern in _parts().items() if pattern.search(line)}
    stated = [found for found in _pattern().finditer(line) if _is_stated(found, line)]
    times = {_time(found, parts) for found in stated}
    return times.pop() if len(times) == 1 else None


def hour_of(text: str) -> int | None:
    """The hour that the text names, for telling the dates of a night apart."""
    found = read_time(text)
    return None if found is None else found.hour


def without_times(line: str) -> str:
    """The line without its times of day, so that their figures aren't taken for a date's."""
    return _pattern().sub(lambda found: " " if _is_stated(found, line) and not _is_figure_alone(found) else found[0], line)


def _is_stated(found: re.Match[str], line: str) -> bool:
    """Whether figures are a time: after `jam`, with minutes, by half, by part of the day, or alone in the line."""
    if re.search(rf"{either('date_said')}\s*$", line[: found.start()]):
        return False
    return any(found[name] for name in ("clock", "half", "minute", "part")) or (
        not re.search(r"\d", line.replace(found[0], "", 1)) and len(line) < 30
    )


def _is_figure_alone(found: re.Match[str]) -> bool:
    """Figures that may as well be a date: `04.30` without `jam`, `4` alone."""
    return not any(found[name] for name in ("clock", "half", "part")) and ":" not in found[0]


def _time(found: re.Match[str], parts: set[str]) -> time | None:
    hour, minute = (
        (int(found["compact"][:2]), int(found["compact"][2:]))
        if found["compact"]
        else (int(found["hour"]), int(found["minute"] or found["apart"] or 0))
    )
    own = next((part for part, pattern in _parts().items() if found["part"] and pattern.fullmatch(found["part"])), None)
    part = own or (next(iter(parts)) if len(parts) == 1 else None)
    minutes = _on_twenty_four(hour, part)
    if minutes is None or minute > 59:
        return None
    shift = -30 if found["half"] else 30 if found["and_half"] else 0
    delta = 15 if found["quarter"] else int(found["delta"] or 0)
    total = minutes + minute + shift + (-delta if found["less"] or found["less_by"] else delta)
    return time(total // 60 % 24, total % 60)


def _on_twenty_four(hour: int, part: str | None) -> int | None:
    """Minutes since midnight of a whole hour."""
    if hour > 24:
        return None
    if part is None or hour > 12 or (hour == 0 and part in ("malam", "pagi")):
        return hour % 24 * 60
    on_clock = _HOURS[part].get(hour)
    return None if on_clock is None else on_clock * 60


@cache
def _parts() -> dict[str, re.Pattern[str]]:
    return {part: re.compile(rf"\b(?:{_any(texts)})\b") for part, texts in phrases("times", "parts").items()}


@cache
def _pattern() -> re.Pattern[str]:
    every_part = _any(text for texts in phrases("times", "parts").values() for text in texts)
    clock, half, more, less, quarter = (_any(phrases("times", section)) for section in ("clock", "half", "more", "less", "quarter"))
    return re.compile(
        rf"(?:(?<![a-z])(?P<clock>{clock})(?:\s*[:.])?\s*|(?<![\d.,/:-]))(?:(?<![\w/])(?P<half>{half})\s*)?"
        rf"(?:(?P<compact>(?:[01]\d|2[0-4])[0-5]\d)(?![\d.,/-])"
        rf"|(?P<hour>(?<!\d)\d{{1,2}})(?:\s*[.:,]\s*(?P<minute>\d{{2}})(?!\d)|(?(clock)\s+(?P<apart>[0-5]\d)(?=\s*(?:$|wi(?:b|ta?)\b|(?:{every_part})\b))|(?!))"
        rf"|(?![\d/])(?![.,:-]\s*\d)))"
        rf"(?:\s*(?:an\b|wi(?:b|ta?)\b))?(?:\s*(?P<part>{every_part})\b)?"
        rf"(?:\s*(?P<and_half>{half})\b(?!\s*\d)|(?:\s*(?:(?:{more})|(?P<less>{less})))?\s*(?P<quarter>{quarter})\b"
        rf"|\s*(?:(?:{more})|(?P<less_by>{less}))\s*(?P<delta>\d{{1,2}})(?:\s*(?:menit|mnt))?)?"
        rf"(?:\s*wi(?:b|ta?)\b)?"
    )


@cache
def _range() -> re.Pattern[str]:
    """Two figures of which either may be meant."""
    return re.compile(rf"\d\s*(?:{_any(phrases('times', 'between'))})\s*(?:(?:{_any(phrases('times', 'clock'))})\s*)?\d")


def _any(texts: Iterator[str] | list[str]) -> str:
    """A pattern that takes any of the phrases, the longest first."""
    return "|".join(re.escape(plain(text)) for text in sorted(set(texts), key=len, reverse=True))
