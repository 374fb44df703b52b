"""Looks again, closer, at boxes in which the detector took two lines of curled paper for one, which read as nothing."""

from collections.abc import Callable, Sequence

import cv2
import numpy as np

from documents.files.types import Pixels
from documents.ocr.engine import Engine, Quad
from documents.ocr.lines import Line

TALL = 1.5
"""Heights of a usual line from which on a box may hold two."""
LONG = 6.0
"""Width in its own heights from which on a box can be two lines that bend into each other."""
UNREAD = 0.8
"""Mean chance below which it was not read."""
MOST = 3
"""Boxes of a page that are looked at again: more of them are no lines."""
AROUND = 0.3
"""Heights of a usual line by which the closer look reaches beyond the box."""


def parted(engine: Engine, pixels: Pixels, lines: list[Line], read: Callable[[list[Line]], list[Line]]) -> list[Line]:
    """The lines, with what was found closer up in place of every box that held two; `read` gives new lines their readings."""
    if not lines:
        return lines
    usual = float(np.median([line.height for line in lines]))
    doubtful = [line for line in lines if line.height > TALL * usual and line.width > LONG * line.height and line.confidence < UNREAD]
    for line in doubtful[:MOST]:
        others = [other for other in lines if other is not line]
        quads = _closer(engine, pixels, line, AROUND * usual)
        found = read([Line(quad) for quad in quads if not any(_on(quad, other) for other in others)])
        better = [new for new in found if new.confidence > UNREAD]
        if better:
            lines = [*others, *better]
    return lines


def _closer(engine: Engine, pixels: Pixels, line: Line, around: float) -> Sequence[Quad]:
    """The lines that the detector finds in a box's part of the picture, at the picture's own scale."""
    left, top = np.maximum(0, line.quad.min(axis=0) - around).astype(int)
    right, bottom = (line.quad.max(axis=0) + around).astype(int)
    part = np.ascontiguousarray(pixels[top:bottom, left:right])
    return [quad + np.array([left, top], np.float32) for quad in engine.detect(part, max(part.shape[:2]))]


def _on(quad: Quad, line: Line) -> bool:
    """Whether a box's middle lies on another line."""
    across, down = quad.mean(axis=0)
    return cv2.pointPolygonTest(line.quad.astype(np.float32), (float(across), float(down)), False) >= 0
