"""Finds the one sheet or card in a picture by its outline, for pictures whose text can't be read: is there a document, and how large."""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from documents.files.types import SATURATED, Pixels

LOOKED_AT = 400
"""Long side at which outlines are looked for: print is gone, rims are left."""
LEVELS = 10
"""Brightnesses (and as many shades of each colour) at which the picture is parted in two."""
PROPORTIONS = (1.2, 2.15)
"""Long over short side of a card (1.59), A4 (1.41), folio (1.54) or an open booklet, seen at a slant."""
SHARES = (0.004, 0.9)
FILLED = 0.9
"""Share of its upright rectangle that a sheet's outline fills at least; a slant takes a tenth."""
SHORTEST = 14
STRAIGHT = 0.02
"""By how much of its length a rim may leave a straight line."""
WHOLE = 0.97
"""Share of its four straight rims' area that an outline with four corners fills at least."""
INK_AT = 800
"""Long side of the picture on which traces of print are looked for."""


Corners = npt.NDArray[np.float64]
"""Four corners (4 × 2: x, y)."""


@dataclass(frozen=True)
class Outline:
    """A sheet's box on the page (left, top, right, bottom), its longer side in the page's pixels, and what lies on it."""

    box: tuple[int, int, int, int]
    long: float
    share: float
    """Of the picture's area."""
    white: float
    """Share of it that is saturated."""
    ink: float
    """Contrast of what is left of print on it, as a share of its brightness: a bare wall 0.005, blurred print 0.02 and more."""


def outline(page: Pixels) -> Outline | None:
    """The most rectangular thing of a document's proportions, or None."""
    scale, small = _small(page)
    best = _best(small)
    if best is None:
        return None
    (x, y), sides, _ = cv2.minAreaRect(best)
    inside = np.zeros(small.shape[:2], np.uint8)
    cv2.drawContours(inside, [best], -1, 1, -1)
    reach = 0.65 * max(sides)
    height, width = page.shape[:2]
    box = (
        max(0, int((x - reach) / scale)),
        max(0, int((y - reach) / scale)),
        min(width, int((x + reach) / scale)),
        min(height, int((y + reach) / scale)),
    )
    white = float((small.min(axis=2)[inside > 0] >= SATURATED).mean())
    return Outline(box, max(sides) / scale, float(inside.mean()), white, _ink(page, inside))


def corners(page: Pixels) -> Corners | None:
    """The four corners of that thing in the page's pixels, from the upper left one clockwise, where its rims are four straight ones."""
    scale, small = _small(page)
    best = _best(small)
    if best is None:
        return None
    hull = cv2.convexHull(best)
    four = cv2.approxPolyDP(hull, STRAIGHT * cv2.arcLength(hull, True), True).reshape(-1, 2).astype(np.float64)
    if len(four) != 4 or cv2.contourArea(best) < WHOLE * cv2.contourArea(four.astype(np.float32)):
        return None
    return _in_order(four) / scale


def _in_order(four: Corners) -> Corners:
    """Clockwise on the screen, the first of them nearest to the upper left of the picture."""
    middle = four.mean(axis=0)
    turned = four[np.argsort(np.arctan2(four[:, 1] - middle[1], four[:, 0] - middle[0]))]
    return np.roll(turned, -int(np.argmin(turned.sum(axis=1))), axis=0)


def _small(page: Pixels) -> tuple[float, Pixels]:
    scale = LOOKED_AT / max(page.shape)
    return scale, np.asarray(cv2.resize(page, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)


def _best(small: Pixels) -> npt.NDArray[np.int32] | None:
    """The contour of that thing on the picture made small."""
    lab = cv2.cvtColor(cv2.GaussianBlur(cv2.dilate(small, np.ones((3, 3), np.uint8)), (0, 0), 1.0), cv2.COLOR_RGB2LAB)
    best: tuple[float, npt.NDArray[np.int32]] | None = None
    for plane in cv2.split(lab):
        shades = np.unique(np.percentile(plane, np.linspace(6, 97, LEVELS)).astype(int))
        for shade in shades if int(shades[-1]) - int(shades[0]) >= 8 else ():
            for mask in ((plane > shade).astype(np.uint8), (plane <= shade).astype(np.uint8)):
                best = max((best, *_sheets(mask)), key=lambda found: found[0] if found else 0.0)
    return None if best is None else best[1]


def _ink(page: Pixels, inside: npt.NDArray[np.uint8]) -> float:
    """See Outline: what lies between fine grain and shadows, away from the rim."""
    scale = INK_AT / max(page.shape)
    grey = cv2.cvtColor(cv2.resize(page, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), cv2.COLOR_RGB2GRAY).astype(np.float32)
    sized = cv2.resize(inside, grey.shape[::-1], interpolation=cv2.INTER_NEAREST)
    inner = cv2.erode(cv2.copyMakeBorder(sized, 1, 1, 1, 1, cv2.BORDER_CONSTANT), np.ones((13, 13), np.uint8))[1:-1, 1:-1] > 0
    if not inner.any():
        return 0.0
    band = np.abs(cv2.GaussianBlur(grey, (0, 0), 1.5) - cv2.GaussianBlur(grey, (0, 0), 5))
    return float(np.percentile(band[inner], 92) / max(20.0, float(np.median(grey[inner]))))


def _sheets(mask: npt.NDArray[np.uint8]) -> list[tuple[float, npt.NDArray[np.int32]]]:
    """The mask's areas that are shaped like a sheet, each with how well it fills its rectangle."""
    height, width = mask.shape
    opened = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((5, 5), np.uint8))
    contours, _ = cv2.findContours(opened, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    found = []
    for contour in contours:
        area = cv2.contourArea(contour)
        if not SHARES[0] < area / mask.size < SHARES[1]:
            continue
        _, sides, _ = cv2.minAreaRect(contour)
        long, short = max(sides), min(sides)
        if short < SHORTEST or not PROPORTIONS[0] < long / short < PROPORTIONS[1]:
            continue
        x, y, wide, high = cv2.boundingRect(contour)
        at_rims = (x <= 1) + (y <= 1) + (x + wide >= width - 1) + (y + high >= height - 1)
        fill = area / (long * short)
        if fill > FILLED - 0.02 * at_rims and at_rims < 3:
            found.append((float(fill * area**0.25), np.asarray(contour, np.int32)))
    return found
