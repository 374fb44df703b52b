"""A line of which parts are taken, and the phrases that are looked for in it."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from language.lists import either, phrases
from language.phrases import ENDINGS, plain

LAST_NIGHT = "last_night"
"""A day that only the hour tells: the night between yesterday and today."""
_END = rf"(?:{'|'.join(ENDINGS)})?"
_TITLED = either("before_names")


class Hidden:
    """A line of which parts are taken."""

    def __init__(self, line: str) -> None:
        self.line = self.left = line
        self.siblings: list[tuple[int, int]] = []
        """Where another child of the family is spoken of (`yg no 2 meninggal`)."""

    def take(self, start: int, end: int) -> None:
        """Hides what was read."""
        self.left = self.left[:start] + re.sub(r"\S", "_", self.left[start:end]) + self.left[end:]

    def show(self, pattern: re.Pattern[str], start: int, end: int) -> None:
        """Leaves words of a taken span to the next finder, too."""
        for found in pattern.finditer(self.line, max(start - 1, 0), end + 1):
            self.left = self.left[: found.start()] + self.line[found.start() : found.end()] + self.left[found.end() :]

    def unread(self) -> Iterator[str]:
        """The figures that belong to nothing."""
        for found in re.finditer(r" (\d[\d.:/-]*)(?: (\w+))?", self.left):
            if (found[2] or "") not in _COUNTED:
                yield found[1]


_COUNTED = frozenset(
    {
        "orang",
        "menit",
        "mnt",
        "hari",
        "dina",
        "dinten",
        "minggu",
        "bulan",
        "tahun",
        "taun",
        "th",
        "jam",
        "kali",
        "huruf",
        "kata",
        "anak",
        "lorone",
        "duanya",
        "duane",
        "duanipun",
    }
)
"""What is counted beside the facts of a birth."""


def any_of(texts: Any) -> str:
    """A pattern for phrases, the longest first, with the endings of Indonesian and Javanese."""
    rows = sorted({plain(text) for text in texts}, key=len, reverse=True)
    spelled = (re.escape(row).replace("\\ ", f"{_END} ") for row in rows)  # `jenenge bapake`, `tanggale lahire`
    return rf"(?:{'|'.join(spelled)}){_END}"


@cache
def pattern_of(section: str, group: str | None) -> re.Pattern[str]:
    """Any of the phrases of a section of `frame.yml`, or of one of its groups."""
    entry = phrases("frame", group or section)
    return re.compile(rf" {any_of(entry[section] if group else entry)}(?= )")


def found_words(line: str, section: str, group: str | None = None) -> list[tuple[int, int]]:
    """Where the phrases of a section of `frame.yml` stand."""
    return [(found.start() + 1, found.end()) for found in pattern_of(section, group).finditer(line)]


def part_of(line: str, at: int) -> tuple[int, int]:
    """The part of the sentence around a place in the line."""
    starts = [match.end() for match in re.finditer(r" [,.?] ", line[: at + 1])]
    stop = re.search(r" [,.?] ", line[at:])
    return (starts[-1] if starts else 0), (at + stop.start() + 1 if stop else len(line))
