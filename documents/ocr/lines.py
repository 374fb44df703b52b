"""Lines of text on a page: where each stands, how its picture is cut out for the recogniser, which stand on one row."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import cv2
import numpy as np

from documents.files.types import Pixels
from documents.ocr.dewarping import dewarped
from documents.ocr.engine import LINE_HEIGHT, Quad, Reading

READ_MARGIN = (0.15, 0.05)
"""How much of a line's surroundings is read with it, in shares of its height: sideways, upwards."""
NEIGHBOURS = 5
"""Lines over which a local slope is taken: enough to outvote one that was found askew."""


@dataclass(frozen=True, eq=False)
class Line:
    """A line on a levelled picture, in its pixels. `reading` is empty until the line has been read."""

    quad: Quad
    reading: Reading = field(default_factory=lambda: Reading(""))

    @property
    def text(self) -> str:
        return self.reading.text

    @property
    def confidence(self) -> float:
        return self.reading.confidence

    @cached_property
    def height(self) -> float:
        """Mean length of the two short sides."""
        return float(np.linalg.norm(self.quad[3] - self.quad[0]) + np.linalg.norm(self.quad[2] - self.quad[1])) / 2

    @cached_property
    def width(self) -> float:
        return float(np.linalg.norm(self.quad[1] - self.quad[0]) + np.linalg.norm(self.quad[2] - self.quad[3])) / 2

    @cached_property
    def left(self) -> float:
        return float(self.quad[[0, 3], 0].mean())

    @cached_property
    def right(self) -> float:
        return float(self.quad[[1, 2], 0].mean())

    @cached_property
    def middle(self) -> float:
        """Height (y) of the line's centre."""
        return float(self.quad[:, 1].mean())

    @cached_property
    def slope(self) -> float:
        """Rise of the line in pixels per pixel to the right."""
        run = max(1.0, self.right - self.left)
        return float(self.quad[[1, 2], 1].mean() - self.quad[[0, 3], 1].mean()) / run

    def at(self, x: float, slope: float) -> float:
        """Height (y) of the line's middle, carried on to x along `slope`."""
        return self.middle + (x - (self.left + self.right) / 2) * slope

    def part(self, start: float, end: float) -> Quad:
        """The corners of the line between two places along it (0 left, 1 right)."""
        top, bottom = self.quad[1] - self.quad[0], self.quad[2] - self.quad[3]
        corners = [self.quad[0] + top * start, self.quad[0] + top * end, self.quad[3] + bottom * end, self.quad[3] + bottom * start]
        return np.array(corners, np.float32)


def same_row(one: Line, other: Line, slope: float, slack: float = 0.58) -> bool:
    """Whether two lines stand on one row, where rows run along `slope` from one to the other; `slack` is in heights of the lower one."""
    between = (one.left + one.right + other.left + other.right) / 4
    return abs(one.at(between, slope) - other.at(between, slope)) < slack * min(one.height, other.height)


def local_slopes(lines: Sequence[Line]) -> dict[Line, float]:
    """The slope of the rows around each line, the median over its nearest neighbours: on curled paper it changes across the page."""
    long = [line for line in lines if line.width > 2.5 * line.height]
    if not long:
        return dict.fromkeys(lines, 0.0)
    places = np.array([((line.left + line.right) / 2, 2 * line.middle) for line in long])
    slopes = np.array([line.slope for line in long])
    found = {}
    for line in lines:
        away = np.hypot(*(places - ((line.left + line.right) / 2, 2 * line.middle)).T)
        found[line] = float(np.median(slopes[np.argsort(away)[:NEIGHBOURS]]))
    return found


def common_slope(lines: Sequence[Line]) -> float:
    """The slope of a page's rows: the median over its long lines, 0 where there is none."""
    long = [line.slope for line in lines if line.width > 4 * line.height]
    return float(np.median(long)) if long else 0.0


def grown(quad: Quad, sideways: float, upwards: float) -> Quad:
    """A line's corners moved out by shares of its height: detectors clip last letters and descenders."""
    along = (quad[1] - quad[0] + quad[2] - quad[3]) / 2
    down = (quad[3] - quad[0] + quad[2] - quad[1]) / 2
    height = float(np.linalg.norm(down))
    step = along / max(1e-3, float(np.linalg.norm(along))) * height * sideways
    rise = down * upwards
    return np.array([quad[0] - step - rise, quad[1] + step - rise, quad[2] + step + rise, quad[3] - step + rise], np.float32)


def along(quad: Quad, begin: float, end: float, *, start: bool = False) -> Quad:
    """A place on a line's row, from `begin` to `end` in heights of the line, counted from its right end, or from its left at `start`."""
    run = (quad[1] - quad[0] + quad[2] - quad[3]) / 2
    height = float(np.linalg.norm(quad[3] - quad[0]) + np.linalg.norm(quad[2] - quad[1])) / 2
    step = run / max(1e-3, float(np.linalg.norm(run))) * height
    top, bottom = (quad[0], quad[3]) if start else (quad[1], quad[2])
    return np.array([top + step * begin, top + step * end, bottom + step * end, bottom + step * begin], np.float32)


def cut(pixels: Pixels, quad: Quad) -> Pixels:
    """The picture of a line, set straight and its bow taken out, LINE_HEIGHT high."""
    width = max(float(np.linalg.norm(quad[1] - quad[0])), float(np.linalg.norm(quad[2] - quad[3])), 1.0)
    height = max(float(np.linalg.norm(quad[3] - quad[0])), float(np.linalg.norm(quad[2] - quad[1])), 1.0)
    native = max(LINE_HEIGHT, round(height))
    across = max(8, round(width * native / height))
    corners = np.array([[0, 0], [across, 0], [across, native], [0, native]], np.float32)
    matrix = cv2.getPerspectiveTransform(quad.astype(np.float32), corners)
    warped = cv2.warpPerspective(pixels, matrix, (across, native), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    line = dewarped(np.asarray(warped, np.uint8))
    if line.shape[0] == LINE_HEIGHT:
        return line
    fitted = (max(8, round(across * LINE_HEIGHT / line.shape[0])), LINE_HEIGHT)
    resized = cv2.resize(line, fitted, interpolation=cv2.INTER_AREA if line.shape[0] > LINE_HEIGHT else cv2.INTER_CUBIC)
    return np.asarray(resized, np.uint8)
