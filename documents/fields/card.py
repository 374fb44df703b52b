"""Where the rows of a KTP-el lie in a picture, worked out from whichever labels were read; shows what covers a row or cuts it off.

All lengths are in row pitches, because labels, values and the card's rim keep their order and proportions on every print, while the
exact places differ from one print shop to the next (domain page, 5).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import cv2
import numpy as np
import numpy.typing as npt

from documents.fields.pairs import Pair
from documents.files.types import SATURATED, Pixels
from documents.ocr.engine import Quad
from documents.ocr.lines import Line, common_slope, cut
from documents.quality.legibility import gleams

ROWS: Mapping[str, float] = {
    "nik": -1.3, "nama": 0, "lahir": 1, "jenis_kelamin": 2, "alamat": 3, "rt_rw": 4, "desa": 5, "kecamatan": 6, "agama": 7,
    "status_perkawinan": 8, "pekerjaan": 9, "kewarganegaraan": 10, "berlaku": 11,
}  # fmt: skip
"""Row of each label, counted from the name, where every value has one line."""
LONG_VALUES = {"nama": "lahir", "alamat": "rt_rw"}
"""Values that go on in a second line where they are long, and the row that then stands one row lower, with all below it."""
INDENTED = frozenset({"rt_rw", "desa", "kecamatan"})
LEFT, RIGHT = -0.9, 28.0
"""The card's rim, measured from the left end of the name's row; the portrait lies at the right."""
COLON = 6.5
"""Where values begin, where no colon was read."""
LONGEST = 12.0
"""How far to the right of the colon a value may go on: then comes the photo."""
FOREIGN_COLOUR = 22.0
"""Distance in the a-b plane of CIELAB at which what lies on a row is not the card."""
FOREIGN_DARK = 0.3
"""Share of the card's lightness below which a place is neither the card nor the card in shadow."""
LIGHT = 247.0
"""Lightness (0 to 255) from which on a place is white with light."""
AROUND = 3.0
"""Row pitches around a part of a row on which that is looked for."""
SECOND = (0.7, 1.3)
"""Row pitches by which labels stand farther apart where a value between them has a second line."""
FADING = 0.6
"""Contrast of a value's last letter, as a share of the whole value's, below which more may have stood behind it."""


@dataclass(frozen=True)
class Card:
    """A fitted grid: pixels of (column, row) are `origin` + column × `along` + row × `down`."""

    origin: npt.NDArray[np.float64]
    along: npt.NDArray[np.float64]
    down: npt.NDArray[np.float64]
    colon: float
    rows: Mapping[str, float] = field(default_factory=lambda: ROWS)

    def at(self, column: float, row: float) -> npt.NDArray[np.float64]:
        return self.origin + column * self.along + row * self.down

    def outside(self, width: int, height: int) -> float:
        """Share of the card's rows beyond the rims of a picture of that size."""
        places = np.array([self.at(column, row) for column in np.linspace(LEFT, RIGHT, 24) for row in sorted(self.rows.values())])
        return float(((places < 0) | (places > (width, height))).any(axis=1).mean())

    def strip(self, row: float, start: float, end: float, high: float = 0.9) -> Quad:
        """Corners of a part of a row, from `start` to `end`, in pitches from the left end of the labels."""
        corners = (
            self.at(start, row - high / 2),
            self.at(end, row - high / 2),
            self.at(end, row + high / 2),
            self.at(start, row + high / 2),
        )
        return np.array(corners, np.float32)

    def row_of(self, quad: Quad) -> tuple[float, float, float]:
        """Row of a line, and the columns where it begins and ends."""
        matrix = np.stack([self.along, self.down], axis=1)
        left, right = quad[[0, 3]].mean(axis=0), quad[[1, 2]].mean(axis=0)
        (start, row), (end, far) = (np.linalg.solve(matrix, point - self.origin) for point in (left, right))
        return float((row + far) / 2), float(start), float(end)


def fit(found: Mapping[str, list[Pair]], lines: Sequence[Line]) -> Card | None:
    """The grid that the labels lie on, or None where fewer than three were read."""
    labels = {key: group[0].label for key, group in found.items() if key in ROWS and len(group) == 1}
    if len(labels) < 3:
        return None
    slope = common_slope(lines)
    along = np.array([1.0, slope]) / np.hypot(1.0, slope)
    normal = np.array([-along[1], along[0]])
    keys = sorted(labels, key=lambda key: ROWS[key])
    points = {key: labels[key].quad[[0, 3]].mean(axis=0).astype(np.float64) for key in keys}
    heights = {key: float(points[key] @ normal) for key in keys}
    rows, pitch = _rows(heights)
    if pitch < 3:
        return None
    straight = [key for key in keys if key not in INDENTED]
    origin_y = float(np.median([heights[key] - rows[key] * pitch for key in keys]))
    if not straight:
        return None
    lean = _median_slope([(rows[key], float(points[key] @ along)) for key in straight])
    origin_x = float(np.median([points[key] @ along - rows[key] * lean for key in straight]))
    card = Card(along * origin_x + normal * origin_y, along * pitch, normal * pitch + along * lean, COLON, rows)
    columns = [
        card.row_of(pair.quad)[1] for group in found.values() for pair in group if pair.text and pair.key in ROWS and pair.key != "nik"
    ]
    beginnings = [column for column in columns if 4.0 < column < 10.0]
    return replace(card, colon=float(np.median(beginnings)) if len(beginnings) >= 3 else COLON)


def _rows(heights: Mapping[str, float]) -> tuple[Mapping[str, float], float]:
    """The row of every label, with the second lines of long values counted, and the pitch; `heights` (y) of the labels that were read."""
    rows: Mapping[str, float] = ROWS
    for long, following in LONG_VALUES.items():
        pitch = _pitch(heights, rows)
        above = max((key for key in heights if rows[key] <= rows[long]), key=lambda key: rows[key], default=None)
        below = min((key for key in heights if rows[key] >= rows[following]), key=lambda key: rows[key], default=None)
        if above is None or below is None or pitch <= 0:
            continue
        more = (heights[below] - heights[above]) / pitch - (rows[below] - rows[above])
        if SECOND[0] < more < SECOND[1]:
            rows = {key: row + 1 if row >= rows[following] else row for key, row in rows.items()}
    return rows, _pitch(heights, rows)


def _pitch(heights: Mapping[str, float], rows: Mapping[str, float]) -> float:
    """The distance of neighbouring rows, by labels next to each other, which no second line parts for the most part."""
    keys = sorted(heights, key=lambda key: rows[key])
    steps = [(heights[two] - heights[one]) / (rows[two] - rows[one]) for one, two in pairwise(keys)]
    return float(np.median(steps))


def _median_slope(points: list[tuple[float, float]]) -> float:
    slopes = [(b[1] - a[1]) / (b[0] - a[0]) for place, a in enumerate(points) for b in points[place + 1 :]]
    return float(np.median(slopes)) if slopes else 0.0


@dataclass(frozen=True)
class Ground:
    """What lies on a part of a row: shares of it that are out of the picture, white with light, or of another colour than the card."""

    outside: float
    light: float
    foreign: float


class Surface:
    """The card's own colour, row by row, against which a part of a row is held."""

    def __init__(self, pixels: Pixels, card: Card) -> None:
        self._pixels, self._card = pixels, card
        rows = [self._columns(card.strip(row, 0.0, 20.0)) for row in range(0, 12, 2)]
        ground = np.concatenate([row for row in rows if len(row)]) if any(len(row) for row in rows) else np.zeros((1, 3), np.float32)
        true = ground[ground[:, 0] < LIGHT]  # what the light has washed out is grey, whatever the card's colour
        self._colour = np.median(true if len(true) > len(ground) / 8 else ground, axis=0)

    @property
    def colour(self) -> npt.NDArray[np.float32]:
        """The card's own colour (CIELAB, 8 bits)."""
        return np.asarray(self._colour, np.float32)

    def look(self, row: float, start: float, end: float) -> Ground:
        """The ground between two columns of a row."""
        quad = self._card.strip(row, start, end)
        height, width = self._pixels.shape[:2]
        places = np.linspace(quad[[0, 3]].mean(axis=0), quad[[1, 2]].mean(axis=0), 24)
        inside = (places[:, 0] >= 0) & (places[:, 0] < width) & (places[:, 1] >= 0) & (places[:, 1] < height)
        columns = self._columns(quad)
        if not len(columns):
            return Ground(1.0, 0.0, 0.0)
        light = columns[:, 0] >= LIGHT
        coloured = np.linalg.norm(columns[:, 1:] - self._colour[1:], axis=1) > FOREIGN_COLOUR
        if coloured.any() and self._gleams(row, start, end):
            coloured[:] = False
        other = coloured | (columns[:, 0] < FOREIGN_DARK * self._colour[0])
        return Ground(1 - float(inside.mean()), float(light.mean()), float((other & ~light).mean()))

    def _gleams(self, row: float, start: float, end: float) -> bool:
        """Whether what differs in colour on and around a part of a row changes its own colour as the hologram does."""
        around = self._columns(self._card.strip(row, start - AROUND, end + AROUND, AROUND))
        other = around[np.linalg.norm(around[:, 1:] - self._colour[1:], axis=1) > FOREIGN_COLOUR] if len(around) else around
        return gleams(other[:, 1:])

    def fades(self, row: float, start: float, end: float, at_start: bool) -> bool:
        """Whether a value's ink grows faint towards its start or end, as it does where glare runs over it."""
        last = (start, start + 1.2) if at_start else (end - 1.2, end)
        return self._contrast(row, *last) < FADING * self._contrast(row, start, end)

    def _contrast(self, row: float, start: float, end: float) -> float:
        low, high = np.percentile(cv2.cvtColor(cut(self._pixels, self._card.strip(row, start, end, 0.7)), cv2.COLOR_RGB2GRAY), (4, 90))
        return float(high - low)

    def _columns(self, quad: Quad) -> npt.NDArray[np.float32]:
        """Lab colours of the paper in narrow columns of a strip: the brighter part of each, so that ink does not count."""
        height, width = self._pixels.shape[:2]
        if (quad.max(axis=0) < 0).any() or quad[:, 0].min() >= width or quad[:, 1].min() >= height:
            return np.zeros((0, 3), np.float32)
        strip = cv2.resize(cut(self._pixels, quad), None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
        lab = cv2.cvtColor(strip, cv2.COLOR_RGB2LAB).astype(np.float32)
        lab[strip.min(axis=2) >= SATURATED - 6] = (255, 128, 128)
        wide = lab.shape[1] // 3
        if wide == 0:
            return np.zeros((0, 3), np.float32)
        blocks = lab[:, : wide * 3].reshape(lab.shape[0], wide, 3, 3).transpose(1, 0, 2, 3).reshape(wide, -1, 3)
        return np.asarray(np.percentile(blocks, 70, axis=1), np.float32)
