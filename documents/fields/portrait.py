"""Notices that a KTP's portrait is covered: something on it goes on beyond its rim, or what shows at the face's place is no face.

The portrait's own sign is its backdrop, red or blue. No face is looked for: no model for it is here, and a card on which hardly any
colour is left (a copy) says nothing.
"""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from documents.fields.card import Card
from documents.files.types import Pixels

UNIT = 25
"""Pixels to a row pitch of the card on the looked-at copy."""
COLUMNS, ROWS = (18.5, 30.5), (-3.0, 9.5)
"""The part of the card in which the portrait lies on every print, in pitches of `Card`."""
WIDTH, ASPECT = (4.8, 7.4), 4 / 3
"""The portrait's width in pitches, and its height as a multiple."""
VIVID = 95
"""Saturation (0 to 255) of a backdrop, …"""
LEAST_PIECE = 0.004
"""… of which pieces of this size count, as a share of the looked-at part."""
EXPECTED = (21.2, -0.6, 6.2)
"""Where the portrait lies on most prints (column, row, width), where no backdrop shows: it may be covered whole."""
PLAIN, PLAIN_SHARE = 9.0, 0.8
"""Where none shows, it is covered where so large a share of its middle lies within this distance (CIELAB) of one colour, …"""
COLOURFUL = 22.0
"""… other than the card's by this much: a copy or a faded card is grey all over."""
FACE = ((0.3, 0.72), (0.2, 0.6))
"""The face's place, as shares of the portrait's width and height."""
FACE_HUES, FACE_VIVID = 17, (20, 190)
"""Hues (0 to 179) up to which, and from 180 less as many, a face may be, and its saturation."""
LEAST_FACE = 0.14
"""Share of the face's place with a face's colours below which none shows."""
BLACK = 0.3
"""Share of the card's lightness below which a plain colour is black."""
LIGHT = 243
SPARE_LIGHT = 0.25
"""Share of the face's place in the light from which on it says nothing."""
RIM, BEYOND = (0.06, 0.16), (0.06, 0.2)
"""How far inside and outside the portrait's sides it is looked whether one thing goes on across them, as shares of its width."""
CARD_COLOUR, ONE_COLOUR = 20.0, 14.0
"""Distances in the a-b plane of CIELAB: beyond the first it is not the card, within the second it is one thing."""
CROSSES = 0.4
"""Share of a side's height across which one thing may go: a thumb that holds the card takes not quite four tenths."""


@dataclass(frozen=True)
class Portrait:
    """The looked-at copy (RGB), where it is within the picture, and the portrait on it: left, top, width (pixels)."""

    pixels: Pixels
    inside: npt.NDArray[np.bool_]
    left: int
    top: int
    width: int
    shown: bool
    """Whether its backdrop shows."""

    @property
    def height(self) -> int:
        return round(self.width * ASPECT)


def covered(pixels: Pixels, card: Card, colour: npt.NDArray[np.float32]) -> bool:
    """Whether something covers the portrait of the card on a levelled picture; False where nobody can tell. `colour`: the card's (Lab)."""
    found = _found(pixels, card)
    if found is None:
        return False
    if not found.shown:
        return _plain(found, colour)
    return _no_face(found) or any(_crosses(found, colour, left=left) > CROSSES for left in (True, False))


def _found(pixels: Pixels, card: Card) -> Portrait | None:
    wide, high = (round((end - start) * UNIT) for start, end in (COLUMNS, ROWS))
    corners = np.array([card.at(column, row) for column, row in _corners()], np.float32)
    goal = np.array([(0, 0), (wide, 0), (wide, high), (0, high)], np.float32)
    onto = cv2.getPerspectiveTransform(corners, goal)
    copy = np.asarray(cv2.warpPerspective(pixels, onto, (wide, high), flags=cv2.INTER_AREA), np.uint8)
    inside = cv2.warpPerspective(np.ones(pixels.shape[:2], np.uint8), onto, (wide, high), flags=cv2.INTER_NEAREST) > 0
    hue, vivid, _ = cv2.split(cv2.cvtColor(copy, cv2.COLOR_RGB2HSV))
    red, blue = (hue < 9) | (hue > 166), (hue > 98) & (hue < 128)
    of_one = ((red | blue) & (vivid > VIVID) & inside).astype(np.uint8)
    backdrop = cv2.morphologyEx(of_one, cv2.MORPH_OPEN, np.ones((5, 5), np.uint8))
    _, _, pieces, _ = cv2.connectedComponentsWithStats(backdrop)
    shown = [row for row in pieces[1:] if row[cv2.CC_STAT_AREA] >= LEAST_PIECE * backdrop.size]
    if not shown:
        return _expected(copy, inside)
    left, top = (min(int(row[place]) for row in shown) for place in (cv2.CC_STAT_LEFT, cv2.CC_STAT_TOP))
    width = max(int(row[cv2.CC_STAT_LEFT] + row[cv2.CC_STAT_WIDTH]) for row in shown) - left
    if not WIDTH[0] * UNIT <= width <= WIDTH[1] * UNIT:
        return _expected(copy, inside)
    return Portrait(copy, inside, left, top, width, shown=True)


def _expected(copy: Pixels, inside: npt.NDArray[np.bool_]) -> Portrait:
    column, row, width = EXPECTED
    left, top = round((column - COLUMNS[0]) * UNIT), round((row - ROWS[0]) * UNIT)
    return Portrait(copy, inside, left, top, round(width * UNIT), shown=False)


def _plain(found: Portrait, ground: npt.NDArray[np.float32]) -> bool:
    """Whether one colour that is not the card's lies where the portrait should be."""
    rows = slice(found.top + found.height // 6, found.top + found.height * 5 // 6)
    columns = slice(found.left + found.width // 5, found.left + found.width * 4 // 5)
    if not found.inside[rows, columns].all():
        return False
    lab = cv2.cvtColor(found.pixels, cv2.COLOR_RGB2LAB).astype(np.float32)
    part = lab[rows, columns].reshape(-1, 3)
    colour = np.median(part, axis=0)
    beside = float(np.linalg.norm((colour - ground)[1:])) > COLOURFUL or colour[0] < BLACK * ground[0]
    return bool(beside and (np.linalg.norm(part - colour, axis=1) < PLAIN).mean() > PLAIN_SHARE)


def _corners() -> list[tuple[float, float]]:
    (left, right), (top, bottom) = COLUMNS, ROWS
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def _no_face(found: Portrait) -> bool:
    (left, right), (top, bottom) = FACE
    part = found.pixels[
        found.top + round(top * found.height) : found.top + round(bottom * found.height),
        found.left + round(left * found.width) : found.left + round(right * found.width),
    ]
    if part.size == 0 or float((part.min(axis=2) > LIGHT).mean()) > SPARE_LIGHT:
        return False
    hue, vivid, value = cv2.split(cv2.cvtColor(np.ascontiguousarray(part), cv2.COLOR_RGB2HSV))
    skin = ((hue <= FACE_HUES) | (hue >= 180 - FACE_HUES)) & (vivid >= FACE_VIVID[0]) & (vivid <= FACE_VIVID[1]) & (value > 30)
    return float(skin.mean()) < LEAST_FACE


def _crosses(found: Portrait, ground: npt.NDArray[np.float32], *, left: bool) -> float:
    """Share of a side's height over which one thing that is neither card nor backdrop lies within the portrait and beyond it."""
    lab = cv2.cvtColor(found.pixels, cv2.COLOR_RGB2LAB).astype(np.float32)
    rows = slice(found.top, min(found.top + found.height, lab.shape[0]))
    side = found.left if left else found.left + found.width
    inner, outer = (_strip(lab, found, rows, side, span, left) for span in (RIM, BEYOND))
    seen = _strip(found.inside[..., None].astype(np.float32), found, rows, side, BEYOND, left)
    if inner is None or outer is None or seen is None:
        return 0.0
    other = np.linalg.norm(outer[:, 1:] - ground[1:], axis=1) > CARD_COLOUR
    alike = np.linalg.norm(outer[:, 1:] - inner[:, 1:], axis=1) < ONE_COLOUR
    return float((other & alike & (seen[:, 0] > 0)).mean())


def _strip(
    plane: npt.NDArray[np.float32], found: Portrait, rows: slice, side: int, span: tuple[float, float], left: bool
) -> npt.NDArray[np.float32] | None:
    """The medians, row by row, of a narrow strip beside a side of the portrait: within it for RIM, beyond it for BEYOND."""
    outward = (-1 if left else 1) * (1 if span is BEYOND else -1)
    ends = sorted(side + outward * round(share * found.width) for share in span)
    if ends[0] < 0 or ends[1] > plane.shape[1] or ends[0] == ends[1]:
        return None
    return np.asarray(np.median(plane[rows, ends[0] : ends[1]], axis=1), np.float32)
