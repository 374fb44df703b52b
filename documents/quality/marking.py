"""Draws on a picture what is wrong with it: a ring round the light, or along the side where the paper is cut off. Pure."""

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

from documents.files.types import Pixels
from documents.model import Reason

LONG_SIDE = 1000
"""Pixels: it is looked at on a phone."""
LOOKED_AT = 400
WHITE = 250
"""Value of the darkest of a pixel's three colours from which on it shows nothing but light."""
SMALLEST, LARGEST = 0.002, 0.4
"""Share of the picture that a light takes: less is a speck, more is the paper itself."""
BAND = 0.09
"""Thickness of the band along a side, as a share of the shorter side."""
RED, RIM = (225, 30, 30), (255, 255, 255)

Ellipse = tuple[tuple[int, int], tuple[int, int]]
"""Centre and half axes, in pixels."""


def marked(page: Pixels, reasons: Sequence[Reason], places: Sequence[npt.NDArray[np.float64]]) -> Pixels | None:
    """The page, smaller, with its fault ringed; None where the fault has no place. `places`: corners (4 × 2) of its lines on the page."""
    high, wide = page.shape[:2]
    scale = min(1.0, LONG_SIDE / max(high, wide))
    small = _resized(page, scale)
    for reason in reasons[:1]:
        ring = light_in(small) if reason is Reason.GLARE else cut_side(small.shape[:2], [place * scale for place in places], reason)
        if ring is not None:
            return _ringed(small, ring)
    return None


def light_in(picture: Pixels) -> Ellipse | None:
    """The largest light on a picture."""
    high, wide = picture.shape[:2]
    scale = min(1.0, LOOKED_AT / max(high, wide))
    small = _resized(picture, scale)
    light = (small.min(axis=2) >= WHITE).astype(np.uint8)
    light = cv2.morphologyEx(light, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    _, _, found, _ = cv2.connectedComponentsWithStats(light)
    whole = small.shape[0] * small.shape[1]
    spots = [row for row in found[1:] if SMALLEST * whole <= row[cv2.CC_STAT_AREA] <= LARGEST * whole]
    if not spots:
        return None
    left, top, across, down, _ = max(spots, key=lambda row: int(row[cv2.CC_STAT_AREA]))
    centre = (round((left + across / 2) / scale), round((top + down / 2) / scale))
    least = max(picture.shape[:2]) * 0.05
    return centre, (round(max(0.65 * across / scale, least)), round(max(0.65 * down / scale, least)))


def cut_side(size: tuple[int, int], places: Sequence[npt.NDArray[np.float64]], reason: Reason) -> Ellipse | None:
    """A flat ring along the side of the picture to which its print comes nearest."""
    if reason is not Reason.CUT_OFF or not places:
        return None
    high, wide = size
    corners = np.concatenate([np.asarray(place, np.float64) for place in places])
    (left, top), (right, bottom) = corners.min(axis=0), corners.max(axis=0)
    nearness = {"left": left / wide, "top": top / high, "right": 1 - right / wide, "bottom": 1 - bottom / high}
    side = min(nearness, key=lambda name: nearness[name])
    band = round(BAND * min(high, wide))
    if side in ("left", "right"):
        return (0 if side == "left" else wide - 1, high // 2), (band, round(0.45 * high))
    return (wide // 2, 0 if side == "top" else high - 1), (round(0.45 * wide), band)


def _resized(picture: Pixels, scale: float) -> Pixels:
    high, wide = picture.shape[:2]
    smaller = cv2.resize(picture, (max(1, round(wide * scale)), max(1, round(high * scale))), interpolation=cv2.INTER_AREA)
    return smaller.astype(np.uint8)


def _ringed(picture: Pixels, ring: Ellipse) -> Pixels:
    drawn = np.ascontiguousarray(picture.copy())
    thick = max(3, max(picture.shape[:2]) // 110)
    for colour, width in ((RIM, thick * 2), (RED, thick)):
        cv2.ellipse(drawn, ring[0], ring[1], 0, 0, 360, colour, width, cv2.LINE_AA)
    return drawn
