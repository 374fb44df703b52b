"""Where the phone stands: the mapping from a flat sheet to the photo's pixels."""

import math
import random
from dataclasses import dataclass

import cv2
import numpy as np

from simulator.specimen.sheet import Sheet


@dataclass(frozen=True)
class Stand:
    """How a sheet lies in the frame."""

    cover: float
    """Share of the frame that the sheet's sides take, 1.0 where one of them fills it."""
    turn: int
    """Quarter turns, 0 to 3."""
    skew: float
    """Degrees by which it lies askew."""
    tilt: tuple[float, float]
    """Degrees by which the phone is tilted about the frame's horizontal and vertical axes."""
    shift: tuple[float, float] = (0.0, 0.0)
    """Centre off the frame's centre, as a share of the frame."""
    curl: float = 0.0
    """Waviness of the paper, as a share of its height."""


def homography(sheet: Sheet, stand: Stand, width: int, height: int) -> np.ndarray:
    """3x3 matrix from the sheet's pixels to the frame's, as a pinhole camera about two sheets away would see it."""
    sw, sh = sheet.size
    corners = np.array([[0, 0], [sw, 0], [sw, sh], [0, sh]], np.float64)
    flat = (corners - (sw / 2, sh / 2)) / max(sw, sh)
    angle = math.radians(stand.skew + 90 * stand.turn)
    spin = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    flat = flat @ spin.T
    rx, ry = (math.radians(value) for value in stand.tilt)
    x, y = flat[:, 0] * math.cos(ry), flat[:, 1] * math.cos(rx)
    depth = 2.1 + flat[:, 1] * math.sin(rx) + flat[:, 0] * math.sin(ry)
    seen = np.stack([x / depth, y / depth], 1)
    seen -= (seen.max(0) + seen.min(0)) / 2
    span = seen.max(0) - seen.min(0)
    seen *= stand.cover * min(width / span[0], height / span[1])
    seen += (width * (0.5 + stand.shift[0]), height * (0.5 + stand.shift[1]))
    return cv2.getPerspectiveTransform(corners.astype(np.float32), seen.astype(np.float32)).astype(np.float64)


def curl(image: np.ndarray, amount: float, rng: random.Random) -> tuple[np.ndarray, "Curl"]:
    """Bend the paper: a smooth wave along its width, as a share `amount` of its height."""
    bend = Curl(amount * image.shape[0], rng.uniform(0.6, 1.6), rng.uniform(0, math.tau), image.shape[1])
    y, x = np.mgrid[0 : image.shape[0], 0 : image.shape[1]].astype(np.float32)
    return cv2.remap(image, x, y + bend.lift(x).astype(np.float32), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), bend


@dataclass(frozen=True)
class Curl:
    amplitude: float
    waves: float
    phase: float
    width: int

    def lift(self, x: np.ndarray) -> np.ndarray:
        return self.amplitude * np.sin(x / self.width * math.tau * self.waves + self.phase)

    def moved(self, points: np.ndarray) -> np.ndarray:
        """Where the sheet's points lie after the bend."""
        return np.stack([points[:, 0], points[:, 1] - self.lift(points[:, 0])], 1)


def project(matrix: np.ndarray, points: np.ndarray) -> np.ndarray:
    """N points (x, y) through a 3x3 matrix."""
    return cv2.perspectiveTransform(points.reshape(-1, 1, 2).astype(np.float64), matrix).reshape(-1, 2)


def corner_mask(sheet: Sheet) -> np.ndarray:
    """Alpha of the sheet, 0 to 255: its corners are round where a card's are."""
    w, h = sheet.size
    mask = np.full((h, w), 255, np.uint8)
    radius = round(sheet.corner_mm * sheet.px_per_mm)
    if radius:
        mask[:] = 0
        cv2.rectangle(mask, (radius, 0), (w - radius, h), 255, -1)
        cv2.rectangle(mask, (0, radius), (w, h - radius), 255, -1)
        for cx in (radius, w - radius - 1):
            for cy in (radius, h - radius - 1):
                cv2.circle(mask, (cx, cy), radius, 255, -1, cv2.LINE_AA)
    return mask


def shrunk(image: np.ndarray, matrix: np.ndarray, size: tuple[int, int]) -> tuple[np.ndarray, np.ndarray]:
    """The sheet at about the photo's scale, so that warping it does not alias; with the matrix that fits."""
    w, h = size
    edge = project(matrix, np.array([[0, 0], [w, 0], [w, h], [0, h]], np.float64))
    longest = max(float(np.linalg.norm(edge[1] - edge[0])), float(np.linalg.norm(edge[2] - edge[3])))
    factor = min(1.0, longest / w * 1.15)
    if factor > 0.8:
        return image, matrix
    small = cv2.resize(image, (max(1, round(w * factor)), max(1, round(h * factor))), interpolation=cv2.INTER_AREA)
    return small, matrix @ np.diag([w / small.shape[1], h / small.shape[0], 1.0])
