"""Tells a screenshot from a photo: a phone's proportions, a clock in its top line, rows of exactly one colour."""

import re
from collections.abc import Sequence

import cv2
import numpy as np

from documents.files.types import Pixels
from documents.ocr.lines import Line

TALL = 1.6
"""Proportions from which on a picture may be a phone's whole screen."""
FLAT = 1.6
"""Standard deviation of luma within a row up to which it is of one colour; a camera's noise is above it."""
FLAT_SHARE = 0.22
WHITE = 252
STATUS_BAR = 0.07
"""Share of the screen's height in which clock, signal and battery stand."""

_CLOCK = re.compile(r"^\D{0,2}\d{1,2}[:.]\d{2}\b|\b\d{1,3}\s?%|\b(?:LTE|4G|5G|VoLTE)\b")


def is_screenshot(pixels: Pixels, lines: Sequence[Line]) -> bool:
    """Whether an upright picture is a phone's screen."""
    height, width = pixels.shape[:2]
    if max(height, width) < TALL * min(height, width):
        return False
    bar = any(_CLOCK.search(line.text) for line in lines if line.middle < STATUS_BAR * height and line.confidence > 0.6)
    return flat_share(pixels) > (FLAT_SHARE / 4 if bar else FLAT_SHARE)


def flat_share(pixels: Pixels) -> float:
    """Share of rows, or of columns where that is more, that are of one colour from rim to rim, other than a bleached picture's white."""
    grey = cv2.cvtColor(cv2.resize(pixels, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), cv2.COLOR_RGB2GRAY).astype(np.float32)
    if float(np.std(grey)) < 12:
        return 0.0
    return max(float(((np.std(grey, axis=axis) < FLAT) & (grey.mean(axis=axis) < WHITE)).mean()) for axis in (0, 1))
