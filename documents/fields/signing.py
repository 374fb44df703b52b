"""Looks whether anything is written where two witnesses and the maker sign an SPTJM. Nobody's hand is compared."""

import re
from collections.abc import Mapping, Sequence

import cv2
import numpy as np

from documents.files.types import Pixels
from documents.ocr.lines import Line

SIGNERS: Mapping[str, re.Pattern[str]] = {
    "saksi_1": re.compile(r"(?i)^\W*saksi\W*(?:I|1|l|\|)\W*$"),
    "saksi_2": re.compile(r"(?i)^\W*saksi\W*(?:II|2|ll|\|\||lI|Il)\W*$"),
    "pembuat": re.compile(r"(?i)^\W*yang\s*membuat\s*pernyataan\W*$"),
}
"""The label above each place, as our own form prints it."""
LEVEL = 1.6
"""Heights of a label by which the three may stand higher or lower than one another: they are one row of the form."""
BELOW, WIDE = (0.3, 2.3), 4.2
"""The place: from and to how many heights below its label, and how far to each side of its middle; names stand lower."""
SIZE = (620, 150)
"""Pixels of the looked-at copy of a place."""
DARKER = 26
"""Luma by which ink is darker than the paper around it."""
WRITTEN = 0.004
"""Share of the place that is ink where somebody has signed."""


def unsigned(lines: Sequence[Line], pixels: Pixels) -> tuple[str, ...]:
    """The places where nothing is written; none where the three labels were not all read in one row, as on another form."""
    labels = {name: [line for line in lines if pattern.match(line.text)] for name, pattern in SIGNERS.items()}
    if any(len(found) != 1 for found in labels.values()):
        return ()
    row = {name: found[0] for name, found in labels.items()}
    height = float(np.median([line.height for line in row.values()]))
    across = [row[name].left for name in SIGNERS]
    if max(line.middle for line in row.values()) - min(line.middle for line in row.values()) > LEVEL * height or across != sorted(across):
        return ()
    return tuple(name for name, line in row.items() if _ink(pixels, line, height) < WRITTEN)


def _ink(pixels: Pixels, label: Line, height: float) -> float:
    """Share of a label's place that is darker than its own paper."""
    along = (label.quad[1] - label.quad[0] + label.quad[2] - label.quad[3]) / 2
    along = along / max(1e-3, float(np.linalg.norm(along))) * height
    down = np.array([-along[1], along[0]])
    middle = label.quad.mean(axis=0) + down / 2
    top, bottom = middle + BELOW[0] * down, middle + BELOW[1] * down
    corners = (top - WIDE * along, top + WIDE * along, bottom + WIDE * along, bottom - WIDE * along)
    across, high = SIZE
    goal = np.array([(0, 0), (across, 0), (across, high), (0, high)], np.float32)
    onto = cv2.getPerspectiveTransform(np.array(corners, np.float32), goal)
    grey = cv2.cvtColor(cv2.warpPerspective(pixels, onto, SIZE, borderMode=cv2.BORDER_REPLICATE), cv2.COLOR_RGB2GRAY)
    paper = cv2.morphologyEx(grey, cv2.MORPH_CLOSE, np.ones((17, 17), np.uint8))
    return float((paper.astype(np.int16) - grey > DARKER).mean())
