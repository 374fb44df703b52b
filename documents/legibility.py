"""Measures how legible lines and pages are: relative to the height of the letters, only where the office has to read."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from documents.decode import Pixels
from documents.engine import Quad
from documents.lines import cut, grown

SATURATED = 250
SKIN = (np.array((45, 138, 85)), np.array((235, 178, 126)))
"""Lowest and highest Y, Cr, Cb of skin, from the palest to the darkest."""
EDGE_SHARE = 98.0
"""Percentile of the gradients that counts as a line's steepest edges."""


@dataclass(frozen=True)
class LineLook:
    """One line: `height` in pixels, `sharp` (0.4 crisp, 0.1 smeared), `contrast` and `paper` in luma, `saturated` a share."""

    height: float
    sharp: float
    contrast: float
    paper: float
    saturated: float


@dataclass(frozen=True)
class PageLook:
    """A page: `bright` is nearly its highest luma, `saturated` a share, `glare` the largest white blob's share of the text's part.

    `edges` are its steepest gradients over its contrast: 0.2 and more where anything at all is in focus, under 0.1 in a blurred picture.
    `skin` is the share of the text's part under something of skin's colour. `colour` is how colourful its more colourful quarter is.
    """

    bright: float
    saturated: float
    glare: float
    edges: float
    ghost: float
    skin: float
    colour: float


def line_look(pixels: Pixels, quad: Quad) -> LineLook:
    """The look of a line, measured on its picture brought to 48 pixels in height."""
    crop = cut(pixels, grown(quad, 0.1, 0.0))
    grey = cv2.cvtColor(crop, cv2.COLOR_RGB2GRAY).astype(np.float32)
    ink, paper = (float(value) for value in np.percentile(grey, (4, 90)))
    across = np.abs(grey[:, 2:] - grey[:, :-2]) / 2
    down = np.abs(grey[2:, :] - grey[:-2, :]) / 2
    steepest = min(float(np.percentile(across, EDGE_SHARE)), float(np.percentile(down, EDGE_SHARE)))
    height = float(np.linalg.norm(quad[3] - quad[0]) + np.linalg.norm(quad[2] - quad[1])) / 2
    saturated = float((crop.min(axis=2) >= SATURATED).mean())
    return LineLook(height, steepest / max(8.0, paper - ink), paper - ink, paper, saturated)


def page_look(pixels: Pixels, part: tuple[float, float, float, float] | None) -> PageLook:
    """The look of a page; `part` is the text's (left, top, right, bottom) where there is text."""
    small = np.asarray(cv2.resize(pixels, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA), np.uint8)
    grey = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY)
    white = (small.min(axis=2) >= SATURATED).astype(np.uint8)
    inside = white
    if part:
        left, top, right, bottom = (max(0, int(value / 4)) for value in part)
        inside = white[top : bottom + 1, left : right + 1]
    spread = small.max(axis=2).astype(np.int16) - small.min(axis=2)
    bright = float(np.percentile(grey, 99.7))
    return PageLook(
        bright,
        float(white.mean()),
        _largest_blob(inside),
        _edges(pixels),
        _ghost(small),
        _skin(small, part),
        float(np.percentile(spread, 75)),
    )


def _skin(small: Pixels, part: tuple[float, float, float, float] | None) -> float:
    """Share of the text's part under a large patch of skin's colour (a fixed region of the Cr-Cb plane, wide enough for every skin)."""
    if part is None:
        return 0.0
    left, top, right, bottom = (max(0, int(value / 4)) for value in part)
    inside = small[top : bottom + 1, left : right + 1]
    if inside.size == 0:
        return 0.0
    plane = cv2.cvtColor(inside, cv2.COLOR_RGB2YCrCb)
    if cv2.inRange(np.median(plane, axis=(0, 1)).astype(np.uint8).reshape(1, 1, 3), *SKIN)[0, 0]:
        return 0.0  # the paper itself, under a warm lamp
    skin = cv2.inRange(plane, *SKIN) // 255
    return _largest_blob(np.asarray(cv2.morphologyEx(skin, cv2.MORPH_OPEN, np.ones((7, 7), np.uint8)), np.uint8))


def _ghost(small: Pixels) -> float:
    """Contrast of what is left of print on the largest pale area, as a share of its brightness: blank paper 0.003, blurred print 0.02."""
    scale = 800 / max(small.shape)
    sized = cv2.resize(small, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    grey = cv2.cvtColor(sized, cv2.COLOR_RGB2GRAY).astype(np.float32)
    pale = cv2.GaussianBlur(cv2.cvtColor(sized, cv2.COLOR_RGB2HSV)[:, :, 1], (0, 0), 6) < 80
    soft = cv2.GaussianBlur(grey, (0, 0), 6)
    bright = ((soft > np.percentile(soft, 50)) & pale).astype(np.uint8)
    contours, _ = cv2.findContours(bright, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    largest = max(contours, key=cv2.contourArea, default=None)
    if largest is None or cv2.contourArea(largest) < 0.12 * grey.size:
        return 0.0
    area = np.zeros(grey.shape, np.uint8)
    cv2.fillPoly(area, [cv2.convexHull(largest)], 1)
    inner = cv2.erode(area, np.ones((25, 25), np.uint8)) > 0
    if not inner.any():
        return 0.0
    band = np.abs(cv2.GaussianBlur(grey, (0, 0), 1.5) - cv2.GaussianBlur(grey, (0, 0), 5))
    return float(np.percentile(band[inner], 92) / max(20.0, float(np.median(grey[inner]))))


def _edges(pixels: Pixels) -> float:
    soft = cv2.GaussianBlur(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), (0, 0), 1.0)
    across, down = cv2.Sobel(soft, cv2.CV_16S, 1, 0, ksize=1), cv2.Sobel(soft, cv2.CV_16S, 0, 1, ksize=1)
    steepest = float(np.percentile(np.maximum(np.abs(across), np.abs(down)), 99.9)) / 2
    low, high = np.percentile(soft[::4, ::4], (1, 99))
    return steepest / max(20.0, float(high - low))


def _largest_blob(mask: npt.NDArray[np.uint8]) -> float:
    if mask.size == 0 or not mask.any():
        return 0.0
    _, _, stats, _ = cv2.connectedComponentsWithStats(cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8)))
    return float(max((row[cv2.CC_STAT_AREA] for row in stats[1:]), default=0)) / mask.size


def typical(looks: Sequence[LineLook]) -> LineLook | None:
    """The median of each measure over several lines."""
    if not looks:
        return None
    middle = np.median([(look.height, look.sharp, look.contrast, look.paper, look.saturated) for look in looks], axis=0)
    return LineLook(*(float(value) for value in middle))


def worst(looks: Sequence[LineLook]) -> LineLook | None:
    """The worst of each measure over several lines."""
    if not looks:
        return None
    return LineLook(
        min(look.height for look in looks),
        min(look.sharp for look in looks),
        min(look.contrast for look in looks),
        min(look.paper for look in looks),
        max(look.saturated for look in looks),
    )
