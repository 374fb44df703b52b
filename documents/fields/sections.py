"""Says whose a bare `Nama` or date is: the person named by the heading or sentence that last stood above it in its column."""

import re
from collections.abc import Sequence

from documents.ocr.lines import Line

Sections = tuple[tuple[str | None, re.Pattern[str]], ...]
"""Whom a heading or sentence speaks of (None: somebody whom nobody asked for) and how it reads; the first that fits counts."""


def says(words: str) -> re.Pattern[str]:
    """A sentence with these words."""
    return re.compile(f"(?i){words}")


def heads(words: str) -> re.Pattern[str]:
    """A heading of these words alone, numbered or not: `II. DATA IBU`."""
    return re.compile(rf"(?i)^\W*(?:[ivxab\d]+\W+)?(?:data\s*)?(?:calon\s*)?(?:{words})(?:\s*kandung)?\W*$")


COLUMN = 12.0
"""Heights of a label by which a heading may begin left or right of it; a sentence as wide as the page speaks of all below it."""
WIDE = 15.0


def owner(label: Line, lines: Sequence[Line], sections: Sections) -> tuple[bool, str | None]:
    """Whether any heading stands above a label, and whom the nearest one names."""
    above = [line for line in lines if line.middle < label.middle - 0.3 * label.height and _over(line, label)]
    for line in sorted(above, key=lambda line: -line.middle):
        for who, pattern in sections:
            if pattern.search(line.text):
                return True, who
    return False, None


def _over(line: Line, label: Line) -> bool:
    near = abs(line.left - label.left) < COLUMN * label.height
    return near or (line.width > WIDE * label.height and line.left < label.right and line.right > label.left)
