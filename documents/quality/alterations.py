"""Notices what somebody did to a printed value: a stroke through it, ink where something stood that can no longer be read."""

import cv2
import numpy as np
import numpy.typing as npt

from documents.files.types import Pixels
from documents.ocr.engine import LINE_HEIGHT, Quad
from documents.ocr.lines import cut

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


def _body(ink: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    return ink[round(BODY[0] * LINE_HEIGHT) : round(BODY[1] * LINE_HEIGHT)]


def _ink(pixels: Pixels, quad: Quad) -> npt.NDArray[np.uint8] | None:
    """Where ink is on a line's picture (1), LINE_HEIGHT high; None where nothing is dark enough."""
    grey = cv2.cvtColor(cut(pixels, quad), cv2.COLOR_RGB2GRAY)
    paper, dark = np.percentile(grey, (85, 3))
    if paper - dark < FAINT:
        return None
    return np.asarray(grey < paper - INK * (paper - dark), np.uint8)
