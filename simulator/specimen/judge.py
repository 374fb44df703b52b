"""What a person could still read of each field in a finished photo, measured against the same view without faults."""

from dataclasses import dataclass

import cv2
import numpy as np

from simulator.specimen.sheet import Sheet

CELL = 16
"""Height in pixels to which a field's line is brought before it is compared: about where shapes of letters are settled."""

NUMBER_PX = (8.0, 12.0)
"""Digit height below which an officer gives up, and from which reading is easy (photos.md: 12 px)."""
WORD_PX = (5.0, 8.0)
"""The same for words, which are read from less."""
LIKENESS = (0.48, 0.78)
"""Correlation of the worst letter with its faultless self: below, a person can't tell it; above, reads it with ease."""
CONTRAST = (10.0, 45.0)
"""Grey levels between ink and paper that remain."""
PAPER = (20.0, 70.0)
"""Brightness of the paper around the letters below which the line drowns in the dark."""


@dataclass(frozen=True)
class Reading:
    """One field as it came through."""

    field: str
    digit_px: float
    likeness: float
    contrast: float
    paper: float
    inside: float
    """Share of the line that lies in the frame."""
    covered: float
    """The finger's share at the worst letter."""
    glared: float
    """Glare added at the worst letter, 1.0 is white by itself."""
    level: str
    """good, border or bad."""
    reasons: tuple[str, ...]
    """Why it is not good, in the contract's words."""


def _level(value: float, bounds: tuple[float, float]) -> int:
    return 0 if value >= bounds[1] else 1 if value >= bounds[0] else 2


def _lengths(quad: np.ndarray) -> tuple[float, float]:
    height = float(np.linalg.norm(quad[3] - quad[0]) + np.linalg.norm(quad[2] - quad[1])) / 2
    return height, float(np.linalg.norm(quad[1] - quad[0]) + np.linalg.norm(quad[2] - quad[3])) / 2


def size_level(quad: np.ndarray, number: bool) -> str:
    """good, border or bad, from the line's height in pixels alone."""
    return ("good", "border", "bad")[_level(_lengths(quad)[0], NUMBER_PX if number else WORD_PX)]


def _strip(image: np.ndarray, quad: np.ndarray, height: float, length: float) -> np.ndarray:
    """The field's line set straight, CELL pixels high with a margin."""
    rows = CELL + 6
    columns = max(CELL, round(length / max(height, 1e-6) * CELL))
    target = np.array([[0, 3], [columns, 3], [columns, 3 + CELL], [0, 3 + CELL]], np.float32)
    matrix = cv2.getPerspectiveTransform(quad.astype(np.float32), target)
    return cv2.warpPerspective(image, matrix, (columns, rows), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE).astype(np.float32)


def read_field(
    name: str,
    quad: np.ndarray,
    ideal: np.ndarray,
    final: np.ndarray,
    cover: np.ndarray,
    shine: np.ndarray,
    number: bool,
    causes: dict[str, float],
) -> Reading:
    """Judge one line. `quad` are its corners in the final photo's pixels; `cover` and `shine` maps (any size) of finger and glare."""
    h, w = final.shape
    height, length = _lengths(quad)
    across = np.linspace(0, 1, 24)[:, None]
    points = np.concatenate([quad[0] + (quad[1] - quad[0]) * across, quad[3] + (quad[2] - quad[3]) * across])
    within = (points[:, 0] >= 0) & (points[:, 0] < w) & (points[:, 1] >= 0) & (points[:, 1] < h)
    inside = float((within[:24] & within[24:]).mean())
    should, does = _strip(ideal, quad, height, length), _strip(final, quad, height, length)
    likeness, contrast, paper, covered, glared = 1.0, 255.0, 255.0, 0.0, 0.0
    columns = should.shape[1]
    span = min(columns, round(CELL * 1.5))
    for left in range(0, columns - span + 1, max(1, CELL // 2)):
        a, b = should[:, left : left + span], does[:, left : left + span]
        a0, b0 = a - a.mean(), b - b.mean()
        power = float((a0 * a0).sum())
        if power / a.size < 40:
            continue
        alike = float((a0 * b0).sum()) / (np.sqrt(power * float((b0 * b0).sum())) + 1e-6)
        remains = float((a0 * b0).sum()) / power * float(a.max() - a.min())
        centre = quad[0] + (quad[1] - quad[0]) * ((left + span / 2) / columns) + (quad[3] - quad[0]) / 2
        if alike < likeness or remains < contrast * 0.7:
            covered, glared = _sample(cover, centre, w, h), _sample(shine, centre, w, h)
        likeness, contrast = min(likeness, alike), min(contrast, remains)
        paper = min(paper, float(np.percentile(b, 90)))
    scores = {
        "size": _level(height, NUMBER_PX if number else WORD_PX),
        "likeness": _level(likeness, LIKENESS),
        "contrast": _level(contrast, CONTRAST),
        "paper": _level(paper, PAPER),
        "inside": 0 if inside > 0.995 else 2,
    }
    worst = max(scores.values())
    level = ("good", "border", "bad")[worst]
    reasons = _reasons(scores, inside, covered, glared, does, causes)
    return Reading(
        name,
        round(height, 1),
        round(likeness, 3),
        round(contrast, 1),
        round(paper, 1),
        round(inside, 3),
        round(covered, 2),
        round(glared, 2),
        level,
        reasons,
    )


def _sample(field: np.ndarray, point: np.ndarray, w: int, h: int) -> float:
    y = int(np.clip(point[1] / h * field.shape[0], 0, field.shape[0] - 1))
    x = int(np.clip(point[0] / w * field.shape[1], 0, field.shape[1] - 1))
    return float(field[y, x])


def _reasons(
    scores: dict[str, int], inside: float, covered: float, glared: float, strip: np.ndarray, causes: dict[str, float]
) -> tuple[str, ...]:
    """Contract reasons for what is not good, the likeliest first."""
    found: list[str] = []
    if scores["inside"]:
        found.append("CUT_OFF")
    weak = scores["likeness"] or scores["contrast"]
    if weak and covered > 0.3:
        found.append("OCCLUDED")
    if weak and glared > 0.25:
        found.append("GLARE")
    if scores["paper"]:
        found.append("DARK")
    if weak and "GLARE" not in found and float(np.median(strip)) > 248:
        found.append("OVEREXPOSED")
    if scores["size"]:
        found.append("TOO_SMALL")
    if weak and (causes.get("blur", 0) > 0.1 or causes.get("shake", 0) > 0.2):
        found.append("BLUR")
    if weak and not found:
        found.append("DARK" if causes.get("noise", 0) > 10 else "BLUR" if causes.get("quality", 99) < 45 else "UNREADABLE_FIELD")
    return tuple(found)


def line_quads(sheet: Sheet, field: str) -> list[np.ndarray]:
    """Corners of each line of a field, in the sheet's pixels, clockwise from the top left."""
    return [np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]], np.float64) for x0, y0, x1, y1 in sheet.boxes.get(field, [])]
