"""Measures how legible lines and pages are: relative to the height of the letters, only where the office has to read."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from documents.files.types import SATURATED, Pixels
from documents.ocr.engine import Quad
from documents.ocr.lines import cut, grown

SHEEN = 9.0
"""Spread of colours in the a-b plane of CIELAB above which they are a hologram's or a sleeve's rainbow, not a thing's."""
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

    `usual` is the luma that three quarters of it do not reach: a lamp's spot in a dark room does not lift it.
    `edges` are its steepest gradients over its contrast: 0.2 and more where anything at all is in focus, under 0.1 in a blurred picture.
    """

    bright: float
    saturated: float
    glare: float
    edges: float
    usual: float = 255.0


def line_look(pixels: Pixels, quad: Quad) -> LineLook:
    """The look of a line, measured on its picture brought to 48 pixels in height."""
    crop = cut(pixels, grown(quad, 0.1, 0.0))
    grey = cv2.cvtColor(crop, cv2.COLOR_RGB2GRAY)
    ink, paper = _percentile(grey, 4), _percentile(grey, 90)
    across, down = cv2.absdiff(grey[:, 2:], grey[:, :-2]), cv2.absdiff(grey[2:, :], grey[:-2, :])
    steepest = min(_percentile(across, EDGE_SHARE), _percentile(down, EDGE_SHARE)) / 2
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
    return PageLook(float(np.percentile(grey, 99.7)), float(white.mean()), _largest_blob(inside), _edges(pixels), _percentile(grey, 75))


def _edges(pixels: Pixels) -> float:
    soft = cv2.GaussianBlur(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), (0, 0), 1.0)
    across, down = (cv2.convertScaleAbs(cv2.Sobel(soft, cv2.CV_16S, *way, ksize=1)) for way in ((1, 0), (0, 1)))
    steepest = _percentile(cv2.max(across, down), 99.9) / 2
    rough = np.ascontiguousarray(soft[::4, ::4])
    return steepest / max(20.0, _percentile(rough, 99) - _percentile(rough, 1))


def _percentile(plane: cv2.typing.MatLike, share: float) -> float:
    """A percentile of bytes by counting them: sorting takes ten times as long."""
    counts = cv2.calcHist([plane], [0], None, [256], [0, 256]).ravel()
    return float(np.searchsorted(np.cumsum(counts), share / 100 * plane.size))


def _largest_blob(mask: npt.NDArray[np.uint8]) -> float:
    if mask.size == 0 or not mask.any():
        return 0.0
    _, _, stats, _ = cv2.connectedComponentsWithStats(cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8)))
    return float(max((row[cv2.CC_STAT_AREA] for row in stats[1:]), default=0)) / mask.size


def gleams(shades: npt.NDArray[np.float32]) -> bool:
    """Whether places of foreign colours (n × 2, a and b of CIELAB) change them among each other as a rainbow does, and no finger."""
    return len(shades) > 0 and float(np.sqrt(shades.var(axis=0).sum())) > SHEEN


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
