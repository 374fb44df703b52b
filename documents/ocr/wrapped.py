"""Puts together what one cell of a printed paper breaks over lines: a long name in a column of a KK, or in the middle of an akta."""

import re
from collections.abc import Sequence

from documents.ocr.lines import Line

GAP, GAP_OUTSIDE = 0.6, 1.0
"""Empty space to the next line of the same cell, in heights of the letters, in a row of a table and elsewhere."""
ALIGNED = 0.7
"""How far the two may begin, or have their middle, apart, in heights."""
SAME_SIZE = 1.5
WIDER = 1.4
"""How much longer the next line may be: a long word that did not fit goes down whole."""
WORDS = re.compile(r"[A-Z][A-Z'.`-]*(?: [A-Z'.`-]+)*")
"""Words in capitals and nothing else: what goes on in a next line is a name."""
NUMBER = re.compile(r"\d{12,}")


def cells(lines: Sequence[Line]) -> list[str]:
    """The lines' texts in their order, what goes on in a next line joined to it by a line break.

    A row of a table is known by its long number: what stands beside another one belongs to another row.
    """
    texts = {at: line.text for at, line in enumerate(lines)}
    numbers = [at for at, line in enumerate(lines) if NUMBER.search(re.sub(r"\s", "", line.text))]
    rows = {at: frozenset(n for n in numbers if n != at and _beside(lines[n], line)) for at, line in enumerate(lines)}
    head: dict[int, int] = {}
    for at in sorted(texts, key=lambda at: lines[at].middle):
        if not WORDS.fullmatch(lines[at].text.strip()):
            continue
        above = [
            other
            for other in texts
            if other != at
            and WORDS.search(lines[other].text)
            and rows[at] <= rows[other]
            and _goes_on(lines[other], lines[at], GAP if rows[other] else GAP_OUTSIDE)
        ]
        if above:
            head[at] = max(above, key=lambda other: lines[other].middle)
    for at in sorted(head, key=lambda at: lines[at].middle, reverse=True):
        texts[head[at]] += "\n" + texts.pop(at)
    return list(texts.values())


def _goes_on(above: Line, below: Line, most: float) -> bool:
    """Whether the lower line stands close beneath the upper one, begins where it does or has its middle, in letters of its size."""
    height = max(above.height, below.height)
    gap = (below.middle - below.height / 2) - (above.middle + above.height / 2)
    if not -0.4 * height <= gap <= most * height or height > SAME_SIZE * min(above.height, below.height):
        return False
    middle = (above.left + above.right - below.left - below.right) / 2
    return min(abs(above.left - below.left), abs(middle)) <= ALIGNED * height and below.width <= WIDER * above.width


def _beside(number: Line, line: Line) -> bool:
    return abs(number.middle - line.middle) < (number.height + line.height) / 2
