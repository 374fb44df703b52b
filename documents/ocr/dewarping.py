"""Sets a line of text straight that runs in a bow, as on curled paper, and leaves its neighbours out."""

import cv2
import numpy as np
import numpy.typing as npt

from documents.files.types import Pixels

LONG = 6.0
"""Width in heights from which on a line can have a bow that matters."""
WINDOWS = 48
STEPS = (np.linspace(-0.6, 0.6, 13), np.linspace(-0.08, 0.08, 5))
"""Bows that are tried, in heights of the picture: first from far apart, then close to the best."""
BETTER = 1.10
"""How much more the ink of a straightened line has to lie in rows."""
LEAST_BAND = 0.33
"""Share of the picture that the straightened line fills at least; a narrower one was one of two lines taken for one."""

Floats = npt.NDArray[np.float32]


def dewarped(line: Pixels) -> Pixels:
    """The picture of a line with its bow taken out and cut to the band of its letters; the same picture where it has none."""
    high, wide = line.shape[:2]
    if wide < LONG * high:
        return line
    profiles = _profiles(line)
    places = np.linspace(-1.0, 1.0, WINDOWS, dtype=np.float32)
    flat = _gathered(profiles, np.zeros((1, WINDOWS), np.float32))[0]
    bend, lean, twist = places**2 - 1 / 3, places, places**3 - 0.6 * places
    best, bow = flat, np.zeros(WINDOWS, np.float32)
    for steps in STEPS:
        for shape in (lean, bend, twist, lean):
            tried = bow + (steps[:, None] * high).astype(np.float32) * shape
            scores = _gathered(profiles, tried)
            place = int(scores.argmax())
            if scores[place] > best:
                best, bow = scores[place], tried[place]
    if best < BETTER * flat:
        return line
    columns = np.interp(np.arange(wide), (np.arange(WINDOWS) + 0.5) * wide / WINDOWS, bow).astype(np.float32)
    rows = np.arange(high, dtype=np.float32)[:, None] + columns[None, :]
    across = np.broadcast_to(np.arange(wide, dtype=np.float32), (high, wide))
    straight = cv2.remap(line, np.ascontiguousarray(across), rows, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    top, bottom = _band(_profiles(np.asarray(straight, np.uint8)).sum(axis=0))
    if bottom - top < LEAST_BAND * high:
        return line
    return np.ascontiguousarray(straight[top:bottom], np.uint8)


def _profiles(line: Pixels) -> Floats:
    """Ink by window along the line and row: WINDOWS × rows."""
    grey = cv2.cvtColor(line, cv2.COLOR_RGB2GRAY)
    paper = np.percentile(grey, 70, axis=0).astype(np.float32)
    ink = np.clip(paper[None, :] - grey - 12, 0, None)
    return np.asarray(cv2.resize(ink, (WINDOWS, line.shape[0]), interpolation=cv2.INTER_AREA).T, np.float32)


def _gathered(profiles: Floats, bows: Floats) -> Floats:
    """How much the ink of all windows, each moved up by its bow, lies in the same rows, for each of the bows (bows × WINDOWS)."""
    high = profiles.shape[1]
    rows = np.clip(np.arange(high, dtype=np.int32) + np.rint(bows).astype(np.int32)[:, :, None], 0, high - 1)
    rows += (np.arange(WINDOWS, dtype=np.int32) * high)[:, None]
    whole = profiles.ravel()[rows].sum(axis=1)
    return np.asarray((whole**2).sum(axis=1) / np.maximum(1e-3, whole.sum(axis=1) ** 2), np.float32)


def _band(rows: Floats) -> tuple[int, int]:
    """The rows of the line's own letters: around the strongest near the middle (a neighbour's lie at the edges), with a margin."""
    smooth = np.convolve(rows, np.ones(3) / 3, "same")
    away = np.abs(np.linspace(-1.0, 1.0, len(rows)))
    peak = int((smooth * (1 - away**2)).argmax())
    low = 0.12 * smooth[peak]
    top, bottom = peak, peak
    while top > 0 and smooth[top - 1] > low:
        top -= 1
    while bottom < len(rows) - 1 and smooth[bottom + 1] > low:
        bottom += 1
    margin = round(0.22 * (bottom - top + 1))
    return max(0, top - margin), min(len(rows), bottom + 1 + margin)
