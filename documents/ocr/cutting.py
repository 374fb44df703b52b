"""Cuts a paper out of its photo, straightened, where its four corners are sure: for print, where the tablecloth is only ink."""

from collections.abc import Sequence

import cv2
import numpy as np

from documents.files.types import Pixels
from documents.ocr.outline import Corners, corners

Box = Sequence[int]
"""Left, top, right, bottom."""

SHARE = (0.12, 0.93)
"""Of the picture's area. Less may be a part of the paper, more is the paper already."""
RIM = 0.02
"""Of the paper's sides, left around it: a corner that was found a little too far in loses nothing."""
EDGE = 0.004
"""Of the picture's longer side: a corner that lies so near to its rim may be the rim's."""
SLANT = 1.35
"""How much longer one side may be than the one across from it: a steeper view is no flat paper."""
FEWEST = 1
"""Places where something was read that have to lie within."""


def cut_out(page: Pixels, read: Sequence[Box]) -> Pixels | None:
    """The paper alone, upright as on the page; None where it is not sure where the paper ends.

    `read`: where the document check read something, in the page's pixels; all of it has to lie on the paper.
    """
    found = corners(page) if len(read) >= FEWEST else None
    if found is None or not _sure(page, found, read):
        return None
    wide = (np.linalg.norm(found[1] - found[0]) + np.linalg.norm(found[2] - found[3])) / 2
    high = (np.linalg.norm(found[3] - found[0]) + np.linalg.norm(found[2] - found[1])) / 2
    rim_x, rim_y = RIM * wide, RIM * high
    size = (int(wide + 2 * rim_x), int(high + 2 * rim_y))
    target = np.array([[rim_x, rim_y], [rim_x + wide, rim_y], [rim_x + wide, rim_y + high], [rim_x, rim_y + high]])
    change = cv2.getPerspectiveTransform(found.astype(np.float32), target.astype(np.float32))
    return np.asarray(cv2.warpPerspective(page, change, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE), np.uint8)


def _sure(page: Pixels, found: Corners, read: Sequence[Box]) -> bool:
    share = cv2.contourArea(found.astype(np.float32)) / (page.shape[0] * page.shape[1])
    sides = [float(np.linalg.norm(found[n] - found[n - 1])) for n in range(4)]
    level = max(sides[0], sides[2]) <= SLANT * min(sides[0], sides[2]) and max(sides[1], sides[3]) <= SLANT * min(sides[1], sides[3])
    rim = found.astype(np.float32)
    inside = all(
        cv2.pointPolygonTest(rim, (float(x), float(y)), False) >= 0
        for left, top, right, bottom in read
        for x, y in ((left, top), (right, top), (right, bottom), (left, bottom))
    )
    edge = EDGE * max(page.shape)
    whole = bool((found > edge).all() and (found < np.array([page.shape[1], page.shape[0]]) - edge).all())
    return SHARE[0] < share < SHARE[1] and level and inside and whole
