"""Tells a sheet's paper from what lies over it: what hides a place on it, what reaches in across its rim, whether it leaves the picture.

A hand, a cup or another sheet shows as a bay in the paper's outline, whatever its colour; glare as white without shade on paper that is
not as white elsewhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from documents.files.types import Pixels
from documents.ocr.engine import Quad
from documents.ocr.lines import Line, grown
from documents.quality.legibility import gleams
from documents.thresholds import thresholds

SIDE = 480
"""Long side at which paper is looked for: print is gone, a finger is still ten pixels wide."""
FOREIGN_COLOUR = 17.0
"""Distance in the a-b plane of CIELAB from which on something is not this paper."""
FOREIGN_DARK = 0.45
"""Share of the paper's lightness below which something is neither paper nor paper in shadow."""
AROUND = 15
"""Pixels of the small picture around a place on which that is looked for."""
SHADED = 0.86
"""The same against the paper nearby, from which on something may be the table that the sheet lies on."""
COARSER = 6
"""How much smaller the paper's lightness is looked at: it changes slowly, and a wide blur of the whole picture takes 25 ms."""
LIGHT = 252
WHITE_PAPER = 249.0
"""Lightness of the paper above which white says nothing of glare."""
TINTED = 241.0
"""Lightness of the paper from which on some of it looks white of itself, so that white before a name says nothing."""
LEAST_LINES = 6
"""Lines without which paper can't be told from what is around it."""
LEAST_DEEP = 1.6
"""How far, in heights of a usual line, something must reach in across the rim to count: paper curls and tears by less."""

NEAR_TEXT = 3.5
"""Heights of a usual line from the text at which a margin ends: where the picture ends within, so may a line."""

LEAST_SOLID = 1.2
"""Thickness, in the same heights, of what lies on a sheet: the lines of stamps and signatures are thinner."""
LEAST_THING = 0.03
"""Share of the sheet from which on a coloured patch inside it lies on it, …"""
PORTRAIT = (0.92, 1.8)
"""… unless it fills its rectangle by more than this, of sides less unequal than this: then it is a portrait."""


@dataclass(frozen=True)
class Ground:
    """What lies on a place: shares of it that are out of the picture, white with light, or not the paper."""

    outside: float
    light: float
    foreign: float

    @property
    def hidden(self) -> float:
        return self.outside + self.light + self.foreign


class Paper:
    """The paper under a page's lines of text."""

    def __init__(self, pixels: Pixels, lines: Sequence[Line], frame: npt.NDArray[np.float64]) -> None:
        """`frame`: corners (4 × 2) of the picture itself on the levelled pixels, whose rims beyond it are made up."""
        self._scale = SIDE / max(pixels.shape)
        small = cv2.resize(pixels, None, fx=self._scale, fy=self._scale, interpolation=cv2.INTER_AREA)
        bare = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
        lab = cv2.cvtColor(bare, cv2.COLOR_RGB2LAB).astype(np.float32)
        self._picture = np.zeros(small.shape[:2], np.uint8)
        cv2.fillConvexPoly(self._picture, np.round(frame * self._scale).astype(np.int32), 1)
        self._text = np.zeros(small.shape[:2], np.uint8)
        clear = [line for line in lines if line.confidence >= thresholds()["lone_chance"]]  # others may be the pattern of a cloth
        for line in clear if len(clear) >= LEAST_LINES else lines:
            cv2.fillConvexPoly(self._text, np.round(grown(line.quad, 0.3, 0.3) * self._scale).astype(np.int32), 1)
        under = lab[(self._text & self._picture) > 0]
        self._usable = len(lines) >= LEAST_LINES and len(under) > 0
        self._height = float(np.median([line.height for line in lines])) * self._scale if lines else 1.0
        self._lightness = float(np.median(under[:, 0])) if len(under) else 255.0
        shade = np.median(under[:, 1:], axis=0) if len(under) else np.array([128.0, 128.0])
        white = bare.min(axis=2) >= LIGHT
        self._light = white if self._lightness < WHITE_PAPER else np.zeros_like(white)
        alike = (np.linalg.norm(lab[:, :, 1:] - shade, axis=2) < FOREIGN_COLOUR) & (lab[:, :, 0] > FOREIGN_DARK * self._lightness)
        self._foreign = ~(alike | white)
        self._shades = lab[:, :, 1:]
        self._body = self._filled((alike | white).astype(np.uint8) & self._picture)
        near = lab[:, :, 0] / self._expected(lab[:, :, 0])
        self._sheet = self._filled((alike & (near > SHADED) & (near < 1 / SHADED) | self._light).astype(np.uint8) & self._picture)

    def _expected(self, lightness: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """The paper's lightness at every place, as it is between the lines of text nearby."""
        known = ((self._text & self._picture) > 0).astype(np.float32)
        coarse = (max(1, lightness.shape[1] // COARSER), max(1, lightness.shape[0] // COARSER))
        shares, light = (
            cv2.GaussianBlur(cv2.resize(plane, coarse, interpolation=cv2.INTER_AREA), (0, 0), SIDE / 10 / COARSER) + floor
            for plane, floor in ((known, 1e-4), (lightness * known, 1e-4 * self._lightness))
        )
        return np.asarray(cv2.resize(light / shares, lightness.shape[::-1], interpolation=cv2.INTER_LINEAR))

    def _filled(self, alike: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
        """The pieces of paper that bear text, what is printed on them in other colours filled in."""
        _, pieces = cv2.connectedComponents(alike, connectivity=4)
        bearing = [piece for piece, size in enumerate(np.bincount(pieces[self._text > 0], minlength=1)) if piece and size > 12]
        contours, _ = cv2.findContours(np.isin(pieces, bearing).astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        body = np.zeros(alike.shape, np.uint8)
        cv2.drawContours(body, contours, -1, 1, -1)
        return body

    @property
    def tinted(self) -> bool:
        """Whether the paper is dark enough that hardly any of it looks white of itself."""
        return self._lightness < TINTED

    def ground(self, quad: Quad) -> Ground:
        """What lies on a place of the levelled picture."""
        place = np.zeros(self._picture.shape, np.uint8)
        corners = np.round(quad * self._scale).astype(np.int32)
        cv2.fillConvexPoly(place, corners, 1)
        inside = (place & self._picture) > 0
        area = max(1.0, float(cv2.contourArea((quad * self._scale).astype(np.float32))))
        if not self._usable or not inside.any():
            return Ground(0.0 if not self._usable else 1.0, 0.0, 0.0)
        shown = float(inside.sum())
        outside = max(0.0, 1 - shown / area) if shown < 0.8 * area else 0.0
        light, foreign = float(self._light[inside].mean()), float(self._foreign[inside].mean())
        if foreign and self._gleams(place):
            foreign = 0.0
        return Ground(outside, light * (1 - outside), foreign * (1 - outside))

    def _gleams(self, place: npt.NDArray[np.uint8]) -> bool:
        """Whether what differs in colour on and around a place changes its own colour as a hologram does."""
        around = cv2.dilate(place, np.ones((AROUND, AROUND), np.uint8)) > 0
        return gleams(self._shades[self._foreign & around])

    def reached_over(self) -> float:
        """Share of the text's part of the sheet under something that reaches in across the sheet's rim, or lies on it."""
        if not self._usable or not self._body.any():
            return 0.0
        points = cv2.findNonZero(self._body)
        whole = np.zeros(self._body.shape, np.uint8)
        cv2.fillConvexPoly(whole, cv2.convexHull(points), 1)
        thick = max(3, round(LEAST_DEEP * self._height))
        bays = cv2.morphologyEx(whole & (1 - self._body), cv2.MORPH_OPEN, np.ones((thick, thick), np.uint8))
        left, top, wide, high = cv2.boundingRect(cv2.findNonZero(self._text))
        part = (slice(top, top + high), slice(left, left + wide))
        return float(bays[part].sum()) / max(1.0, float(whole[part].sum())) + self._lying_on()

    def _lying_on(self) -> float:
        """Share of the sheet under whole things on it that are neither a portrait nor a stamp: larger, or of another shape."""
        thick = max(3, round(LEAST_SOLID * self._height))
        solid = cv2.morphologyEx((self._foreign & (self._body > 0)).astype(np.uint8), cv2.MORPH_OPEN, np.ones((thick, thick), np.uint8))
        contours, _ = cv2.findContours(solid, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        shares = []
        for contour in contours:
            area, (_, sides, _) = cv2.contourArea(contour), cv2.minAreaRect(contour)
            printed = area > PORTRAIT[0] * max(1.0, sides[0] * sides[1]) and max(sides) < PORTRAIT[1] * min(sides)
            shares.append(0.0 if printed else area / float(self._body.sum()))
        return sum(share for share in shares if share > LEAST_THING)

    def leaves(self) -> float:
        """Share of the picture's rim along which the sheet goes on beyond it, so near to its text that more may stand there."""
        if not self._usable:
            return 0.0
        reach = 2 * round(NEAR_TEXT * self._height) + 1
        near = cv2.dilate(self._text, np.ones((reach, reach), np.uint8)) > 0
        walled = cv2.copyMakeBorder(self._picture, 1, 1, 1, 1, cv2.BORDER_CONSTANT)
        ring = (self._picture > 0) & (cv2.erode(walled, np.ones((3, 3), np.uint8))[1:-1, 1:-1] == 0)
        return float(self._sheet[ring & near].sum()) / max(1.0, float(ring.sum()))
