"""Notices what somebody did to a printed value: a stroke through it, other ground under it (correction fluid, a slip of paper), ink where
something stood that can no longer be read.
"""

import cv2
import numpy as np
import numpy.typing as npt

from documents.files.types import Pixels
from documents.ocr.engine import LINE_HEIGHT, Quad
from documents.ocr.lines import cut, grown

FAINT = 30
"""Luma between ink and paper below which nothing is ink."""
INK = 0.4
"""Share of that distance from the paper at which ink begins."""
BODY = (0.22, 0.74)
"""The part of a line's height in which letters stand: rules and dotted lines lie lower."""
RISE = 3
"""Pixels by which strokes may rise within a run: a hand draws no straight line."""
LONG = 1.6
"""Heights of a line from which on a run of ink is a stroke, and no letter's."""
ACROSS = 0.55
"""Share of a value's extent that strokes have to cover."""
BESIDE = 0.03
"""Share of the extent's body that is ink beside the strokes: a dash alone fills an empty row, a stroke runs through letters."""


INKED = 0.07
"""Share of an unread place's body that is ink where something stands there."""


def struck(pixels: Pixels, quad: Quad) -> bool:
    """Whether a stroke runs through most of what stands on a line."""
    ink = _ink(pixels, quad)
    if ink is None:
        return False
    body = _body(ink)
    run = np.ones((1, round(LONG * LINE_HEIGHT)), np.uint8)
    strokes = cv2.morphologyEx(cv2.dilate(body, np.ones((RISE, 1), np.uint8)), cv2.MORPH_OPEN, run)
    columns = np.flatnonzero(body.any(axis=0))
    extent = int(columns[-1] - columns[0] + 1) if len(columns) else 0
    if extent < LONG * LINE_HEIGHT or np.asarray(strokes).any(axis=0).sum() < ACROSS * extent:
        return False
    beside = body & (cv2.dilate(strokes, np.ones((5, 1), np.uint8)) == 0)
    return bool(beside.sum() > BESIDE * extent * body.shape[0])


def inked(pixels: Pixels, quad: Quad) -> bool:
    """Whether something stands on a place in which no text was found: its dots and rules apart."""
    ink = _ink(pixels, quad)
    return ink is not None and float(_body(ink).mean()) > INKED


AROUND = (0.9, 2.2)
"""Heights of a line around it, up and down and to its sides, within which the paper's own look is taken."""
PAINT = 9.0
"""Distance (CIELAB) of a patch's ground from the paper around it from which on it is another's: fluid, a slip of paper."""
ABRUPT = 0.45
"""Share of that distance within a fifth of a line's height, at the patch's rim: light and shadow change more slowly."""
EVEN = 5.0
"""How much (CIELAB) the ground of the patch may vary, …"""
BOTH = 2
"""… and at how many of its sides its rim has to be seen."""


def painted(pixels: Pixels, quad: Quad) -> bool:
    """Whether the ground under what stands on a line is another than the paper around it, with a rim as a brush or scissors leave it."""
    high, wide = AROUND[0], AROUND[1]
    line = grown(quad, wide, high)
    picture = cut(pixels, line)
    ground = cv2.morphologyEx(picture, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    lab = cv2.cvtColor(cv2.medianBlur(ground, 5), cv2.COLOR_RGB2LAB).astype(np.float32)
    lab[..., 0] *= 100 / 255
    rows, columns = lab.shape[:2]
    unit = rows / (1 + 2 * high)
    top, bottom = round(high * unit), round((1 + high) * unit)
    left, right = round(wide * unit), columns - round(wide * unit)
    if bottom - top < 4 or right - left < unit:
        return False
    own = lab[top + 1 : bottom - 1, left:right].reshape(-1, 3)
    colour = np.median(own, axis=0)
    if float(np.median(np.linalg.norm(own - colour, axis=1))) > EVEN:
        return False
    edge = max(1, round(unit / 6))
    sides = (lab[:edge, left:right], lab[-edge:, left:right], lab[top:bottom, :edge], lab[top:bottom, -edge:])
    profiles = (
        lab[: top + edge, left:right].mean(axis=1),
        lab[bottom - edge :, left:right].mean(axis=1)[::-1],
        lab[top:bottom, : left + edge].mean(axis=0),
        lab[top:bottom, right - edge :].mean(axis=0)[::-1],
    )
    return (
        sum(_rimmed(np.median(side.reshape(-1, 3), axis=0), profile, colour, unit) for side, profile in zip(sides, profiles, strict=True))
        >= BOTH
    )


def _rimmed(paper: npt.NDArray[np.float32], profile: npt.NDArray[np.float32], colour: npt.NDArray[np.float32], unit: float) -> bool:
    """Whether the ground changes from the paper's to the patch's colour all at once, from a side inwards."""
    apart = float(np.linalg.norm(colour - paper))
    if apart < PAINT:
        return False
    towards = (profile - paper) @ (colour - paper) / apart**2
    step = max(1, round(unit / 5))
    return bool(len(towards) > step and float(np.max(towards[step:] - towards[:-step])) > ABRUPT)


def _body(ink: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    return ink[round(BODY[0] * LINE_HEIGHT) : round(BODY[1] * LINE_HEIGHT)]


def _ink(pixels: Pixels, quad: Quad) -> npt.NDArray[np.uint8] | None:
    """Where ink is on a line's picture (1), LINE_HEIGHT high; None where nothing is dark enough."""
    grey = cv2.cvtColor(cut(pixels, quad), cv2.COLOR_RGB2GRAY)
    paper, dark = np.percentile(grey, (85, 3))
    if paper - dark < FAINT:
        return None
    return np.asarray(grey < paper - INK * (paper - dark), np.uint8)
