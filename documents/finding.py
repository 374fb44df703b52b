"""Finds the text of a picture and sets it level: which way is up, how far it leans, how much of the picture holds text."""

from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from documents.decode import Pixels
from documents.engine import Engine, Quad
from documents.lines import Line, cut, grown

CARD_SIDE = 640
SHEET_SIDE = 960
"""Long sides at which the detector looks (`photos.md`): a card's lines are found at 640 pixels, a sheet's at 960."""
LEAN = 4.0
"""Degrees of lean beyond which the picture is turned before the lines are looked for again."""
TIGHT = 0.72
"""Share of the picture's long side below which the text's part of it is looked at by itself."""
FINE_PRINT = 11.0
"""Median line height (pixels of the 640 px picture) below which the page is looked at again, larger."""
MANY_LINES = 34
SAMPLE = 4
"""Lines read both ways to tell up from down."""

Affine = npt.NDArray[np.float64]
"""2 × 3: from levelled pixels to the page's pixels."""


@dataclass(frozen=True)
class Scene:
    """A levelled picture and its unread lines. `turn` counts the quarter turns (anticlockwise) that set the page upright."""

    pixels: Pixels
    lines: tuple[Line, ...]
    turn: int
    to_page: Affine

    @property
    def page_pixels_per_pixel(self) -> float:
        return float(np.sqrt(abs(np.linalg.det(self.to_page[:, :2]))))


def find(engine: Engine, page: Pixels) -> Scene:
    """The scene of a page, upright and level. A picture without text gives a scene without lines."""
    quads = _sensible(engine.detect(page, CARD_SIDE))
    turn, lean = _lean(quads)
    upright = np.ascontiguousarray(np.rot90(page, turn))
    identity = np.array([[1.0, 0, 0], [0, 1.0, 0]])
    if turn or abs(lean) > LEAN:
        level, to_page = _levelled(upright, lean)
        quads = _sensible(engine.detect(level, CARD_SIDE))
    else:
        level, to_page = upright, identity
    scene = Scene(level, tuple(Line(quad) for quad in quads), turn, to_page)
    scene = _close(engine, scene)
    return _right_way_up(engine, scene, page)


def _sensible(quads: list[Quad]) -> list[Quad]:
    return [quad for quad in quads if min(np.linalg.norm(quad[1] - quad[0]), np.linalg.norm(quad[3] - quad[0])) > 3]


def _lean(quads: list[Quad]) -> tuple[int, float]:
    """Quarter turns to make the long lines run across, and the degrees by which they still lean (positive: falling to the right)."""
    angles, weights = [], []
    for quad in quads:
        along, down = quad[1] - quad[0], quad[3] - quad[0]
        length, height = float(np.linalg.norm(along)), float(np.linalg.norm(down))
        if height > length:
            along, length, height = down, height, length
        if length > 2.2 * height:
            angles.append(float(np.degrees(np.arctan2(along[1], along[0]))))
            weights.append(length)
    if not angles:
        return 0, 0.0
    doubled = np.exp(2j * np.radians(angles)) * weights
    mean = float(np.degrees(np.angle(doubled.sum())) / 2)
    away = np.abs((np.array(angles) - mean + 90) % 180 - 90)
    order = np.argsort(away)
    core = [index for index in order if away[index] < 20] or [int(order[0])]
    mean = float(np.degrees(np.angle((np.exp(2j * np.radians(np.array(angles)[core])) * np.array(weights)[core]).sum())) / 2)
    if abs(mean) <= 45:
        return 0, mean
    return 1, mean - 90 if mean > 0 else mean + 90


def _levelled(upright: Pixels, lean: float) -> tuple[Pixels, Affine]:
    """The picture turned by its lean on a larger canvas, and the way back."""
    if abs(lean) <= LEAN:
        return upright, np.array([[1.0, 0, 0], [0, 1.0, 0]])
    height, width = upright.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), lean, 1.0)
    cosine, sine = abs(matrix[0, 0]), abs(matrix[0, 1])
    wide, high = int(height * sine + width * cosine), int(height * cosine + width * sine)
    matrix[0, 2] += (wide - width) / 2
    matrix[1, 2] += (high - height) / 2
    level = cv2.warpAffine(upright, matrix, (wide, high), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(level, np.uint8), np.asarray(cv2.invertAffineTransform(matrix), np.float64)


def _close(engine: Engine, scene: Scene) -> Scene:
    """Looks again, closer, where the text fills a small part of the picture or is finely printed."""
    if not scene.lines:
        return scene
    height, width = scene.pixels.shape[:2]
    left, top, right, bottom = hull(scene.lines)
    long = max(height, width)
    part = max(right - left, bottom - top) / long
    print_height = float(np.median([line.height for line in scene.lines])) * CARD_SIDE / long
    fine = print_height / max(part, TIGHT) < FINE_PRINT or len(scene.lines) > MANY_LINES
    if part > TIGHT and not fine:
        return scene
    margin = 0.12 * max(right - left, bottom - top)
    x0, y0 = max(0, int(left - margin)), max(0, int(top - margin))
    x1, y1 = min(width, int(right + margin)), min(height, int(bottom + margin))
    if part > TIGHT:
        x0, y0, x1, y1 = 0, 0, width, height
    region = np.ascontiguousarray(scene.pixels[y0:y1, x0:x1])
    side = SHEET_SIDE if fine else CARD_SIDE
    quads = _sensible(engine.detect(region, side))
    if len(quads) < 0.5 * len(scene.lines):
        return scene
    offset = np.array([x0, y0], np.float32)
    return replace(scene, lines=tuple(Line(quad + offset) for quad in quads))


def hull(lines: tuple[Line, ...] | list[Line]) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of the lines together, a stray fortieth on each side left out."""
    corners = np.concatenate([line.quad for line in lines])
    low, high = np.percentile(corners, 2.5, axis=0), np.percentile(corners, 97.5, axis=0)
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def _right_way_up(engine: Engine, scene: Scene, page: Pixels) -> Scene:
    """Turns the scene over where its longest lines read better upside down."""
    sample = sorted((line for line in scene.lines if line.width > 3 * line.height), key=_prominence, reverse=True)[:SAMPLE]
    if not sample:
        return scene
    crops = [cut(scene.pixels, grown(line.quad, 0.15, 0.05)) for line in sample]
    readings = engine.recognise([*crops, *(np.ascontiguousarray(crop[::-1, ::-1]) for crop in crops)])
    up = sum(reading.confidence * min(len(reading.text), 30) for reading in readings[: len(sample)])
    down = sum(reading.confidence * min(len(reading.text), 30) for reading in readings[len(sample) :])
    if down <= up * 1.05:
        return scene
    height, width = scene.pixels.shape[:2]
    over = np.array([[-1.0, 0, width], [0, -1.0, height], [0, 0, 1.0]])
    page_height, page_width = (page.shape[0], page.shape[1]) if scene.turn % 2 == 0 else (page.shape[1], page.shape[0])
    back = np.array([[-1.0, 0, page_width], [0, -1.0, page_height], [0, 0, 1.0]])
    to_page = (back @ np.vstack([scene.to_page, [0, 0, 1.0]]) @ over)[:2]
    lines = tuple(Line((np.array([width, height], np.float32) - line.quad)[[2, 3, 0, 1]]) for line in scene.lines)
    pixels = np.ascontiguousarray(scene.pixels[::-1, ::-1])
    return Scene(pixels, lines, (scene.turn + 2) % 4, to_page)


def _prominence(line: Line) -> float:
    return min(line.width, 14 * line.height) * line.height
