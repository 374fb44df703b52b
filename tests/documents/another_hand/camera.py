"""A telephone camera in simulation: the paper folded and lit on a table, held by a hand, blurred, and compressed as WhatsApp does it."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

Image = np.ndarray
SKIN = [(96, 134, 190), (70, 105, 160), (120, 160, 215), (52, 78, 120), (140, 180, 228)]  # BGR


@dataclass(frozen=True)
class Shot:
    """One photograph to take: the long side of the picture, how much of it the paper fills, and what goes wrong (fault) or not."""

    long_side: int = 1600
    fill: float = 0.9
    tilt: float = 0.05
    lean: float = 4.0
    turn: int = 0
    quality: int = 68
    fault: str = ""
    look: str = "photo"  # photo, scan, copy, screen, shot
    light: str = "day"
    hand: bool = False
    fold: bool = False
    glare_beside: bool = False


def _noise(rng: np.random.Generator, h: int, w: int, cell: int) -> Image:
    small = rng.random((max(2, h // cell + 2), max(2, w // cell + 2)), dtype=np.float32)
    return cv2.resize(small, (w, h), interpolation=cv2.INTER_CUBIC)


def surface(rng: np.random.Generator, h: int, w: int) -> Image:
    """What the paper lies on: wood, tiles, patterned cloth, woven mat, plain table, cement, a striped sheet."""
    which = rng.choice(["wood", "tiles", "cloth", "mat", "plain", "cement", "stripes", "dark"])
    base = np.array(
        rng.choice(
            np.array([(60, 100, 150), (170, 190, 205), (60, 60, 70), (120, 140, 110), (150, 120, 90), (205, 210, 215), (80, 80, 160)])
        ),
        np.float32,
    )
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    if which == "wood":
        grain = np.sin((y + 60 * _noise(rng, h, w, 160)) / rng.uniform(4, 12)) * 10 + _noise(rng, h, w, 3) * 14
        return np.clip(np.array((50, 95, 150), np.float32) * rng.uniform(0.5, 1.2) + grain[..., None], 0, 255)
    if which == "tiles":
        step = int(rng.integers(180, 460))
        out = np.full((h, w, 3), rng.uniform(190, 235), np.float32) + (_noise(rng, h, w, 40)[..., None] - 0.5) * 16
        out[(x % step < 5) | (y % step < 5)] = 120
        return out
    if which == "cloth":
        step = rng.uniform(34, 80)
        motif = ((np.sin(x / step * 6.28) + np.cos(y / step * 6.28 + np.sin(x / step * 3))) > 0.4).astype(np.float32)
        return np.clip(base * 0.8 + motif[..., None] * np.array((40, 60, 70), np.float32) + _noise(rng, h, w, 2)[..., None] * 18, 0, 255)
    if which == "mat":
        weave = ((x // 14 + y // 14) % 2)[..., None]
        return np.clip(np.array((110, 165, 190), np.float32) + weave * 26 + _noise(rng, h, w, 4)[..., None] * 26 - 20, 0, 255)
    if which == "stripes":
        return np.clip(
            base + (np.sin((x + y * 0.3) / rng.uniform(12, 40)) > 0)[..., None] * 40 + _noise(rng, h, w, 2)[..., None] * 10, 0, 255
        )
    if which == "dark":
        return 34 + _noise(rng, h, w, 6)[..., None] * np.array((22, 20, 18), np.float32)
    return np.clip(base + (_noise(rng, h, w, 90 if which == "plain" else 5)[..., None] - 0.5) * (16 if which == "plain" else 60), 0, 255)


def _folded(rng: np.random.Generator, paper: Image) -> Image:
    h, w = paper.shape[:2]
    shade = np.ones((h, w), np.float32)
    for axis, size in ((0, h), (1, w)):
        if rng.random() < 0.75:
            at = size * rng.choice([0.5, 1 / 3, 2 / 3]) + rng.uniform(-8, 8)
            run = np.arange(size, dtype=np.float32) - at
            line = 1 - 0.14 * np.exp(-((run / 3) ** 2)) + 0.05 * np.tanh(run / (size * 0.12)) * rng.choice([-1, 1])
            shade *= line[:, None] if axis == 0 else line[None, :]
    return np.clip(paper * shade[..., None], 0, 255)


def _point(corners: np.ndarray, core: tuple[float, float]) -> np.ndarray:
    """Where a place on the paper (parts of its width and height) lies in the picture."""
    x, y = core
    return (corners[0] * (1 - x) + corners[1] * x) * (1 - y) + (corners[3] * (1 - x) + corners[2] * x) * y


def _laid(rng: np.random.Generator, paper: Image, shot: Shot, core: tuple[float, float]) -> tuple[Image, np.ndarray, float]:
    """The paper on its surface: picture, the corners of the paper, and output pixels for a pixel of the drawing."""
    ph, pw = paper.shape[:2]
    side = np.deg2rad(shot.turn)
    flat_w, flat_h = (pw, ph) if shot.turn % 180 == 0 else (ph, pw)
    suits = rng.random() < 0.88  # most people turn the phone to suit the paper
    upright = (flat_w >= flat_h) == (suits or bool(max(flat_w, flat_h) > 2000 and shot.long_side < 1600))
    out_w, out_h = (shot.long_side, int(shot.long_side * 0.75)) if upright else (int(shot.long_side * 0.75), shot.long_side)
    fill = {"CUT_OFF": max(shot.fill, 0.95)}.get(shot.fault, shot.fill)
    scale = min(out_w * fill / flat_w, out_h * fill / flat_h)
    half = np.array([[-pw, -ph], [pw, -ph], [pw, ph], [-pw, ph]], np.float32) / 2 * scale
    angle = side + np.deg2rad(rng.uniform(-shot.lean, shot.lean))
    turned = half @ np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]], np.float32)
    turned += rng.uniform(-1, 1, (4, 2)) * shot.tilt * scale * min(pw, ph)
    shift = (
        np.array([out_w / 2, out_h / 2])
        + rng.uniform(-0.5, 0.5, 2) * np.array([out_w - flat_w * scale, out_h - flat_h * scale]).clip(0) * 0.6
    )
    corners = (turned + shift).astype(np.float32)
    if shot.fault == "CUT_OFF":  # so far over the rim that the field that has to be read lies outside
        out = np.array([[0, -1], [-1, 0]][rng.integers(2)]) @ np.array([[np.cos(side), np.sin(side)], [-np.sin(side), np.cos(side)]])
        at = _point(corners, core)
        gap = np.where(out < -0.5, at, np.where(out > 0.5, np.array([out_w, out_h]) - at, 0))
        corners += (np.round(out) * (gap + 10)).astype(np.float32)
    else:
        over = np.array([corners[:, 0].max() - out_w + 6, corners[:, 1].max() - out_h + 6]).clip(0) - np.array(
            [6 - corners[:, 0].min(), 6 - corners[:, 1].min()]
        ).clip(0)
        corners -= over.astype(np.float32)
    warp = cv2.getPerspectiveTransform(np.array([[0, 0], [pw, 0], [pw, ph], [0, ph]], np.float32), corners)
    if scale < 0.7:
        paper = cv2.GaussianBlur(paper, (0, 0), 0.42 / scale)
    laid = cv2.warpPerspective(paper, warp, (out_w, out_h), flags=cv2.INTER_AREA if scale < 0.5 else cv2.INTER_LINEAR)
    mask = cv2.warpPerspective(np.full((ph, pw), 255, np.uint8), warp, (out_w, out_h)).astype(np.float32)[..., None] / 255
    ground = surface(rng, out_h, out_w)
    shadow = cv2.GaussianBlur(np.roll(mask[..., 0], (9, 7), (0, 1)), (0, 0), 10)[..., None]
    return ground * (1 - 0.45 * shadow) * (1 - mask) + laid * mask, corners, scale


def _hand(rng: np.random.Generator, picture: Image, tip: np.ndarray, away: np.ndarray, width: float) -> Image:
    """A thumb or finger: from outside (away) to its tip, in one of several skins, with nail, rim of shade and soft shadow."""
    h, w = picture.shape[:2]
    skin = np.array(SKIN[rng.integers(len(SKIN))], np.float32) * rng.uniform(0.85, 1.1)
    mask = np.zeros((h, w), np.uint8)
    end = tip + away * width * 9
    cv2.line(mask, tuple(int(v) for v in tip), tuple(int(v) for v in end), 255, max(3, int(width)))
    soft = cv2.GaussianBlur(mask, (0, 0), max(1, width / 30)).astype(np.float32)[..., None] / 255
    round_ = cv2.GaussianBlur(mask, (0, 0), width / 4).astype(np.float32)[..., None] / 255
    shade = cv2.GaussianBlur(np.roll(mask, (int(width / 6), int(width / 6)), (0, 1)), (0, 0), width / 5).astype(np.float32)[..., None] / 255
    texture = (_noise(rng, h, w, 3)[..., None] - 0.5) * 12
    out = picture * (1 - 0.4 * shade)
    out = out * (1 - soft) + (skin * (0.55 + 0.5 * round_) + texture) * soft
    nail = np.zeros((h, w), np.uint8)
    at = tip + away * width * 0.12
    cv2.ellipse(
        nail,
        tuple(int(v) for v in at),
        (int(width * 0.34), int(width * 0.27)),
        float(np.degrees(np.arctan2(away[1], away[0]))),
        0,
        360,
        255,
        -1,
    )
    soft = cv2.GaussianBlur(nail, (0, 0), 2).astype(np.float32)[..., None] / 255 * 0.5
    return np.clip(out * (1 - soft) + np.clip(skin * 1.25 + 12, 0, 255) * soft, 0, 255)


def _lit(rng: np.random.Generator, picture: Image, light: str) -> Image:
    h, w = picture.shape[:2]
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    if light == "lamp":  # warm, from one side
        far = np.hypot(x - rng.uniform(0, w), y - rng.uniform(0, h)) / np.hypot(h, w)
        return picture * (1.08 - 0.45 * far)[..., None] * np.array((0.74, 0.9, 1.06), np.float32)
    if light == "shadow":  # of the telephone or a head
        angle = rng.uniform(0, 6.28)
        edge = (x - w / 2) * np.cos(angle) + (y - h / 2) * np.sin(angle) + rng.uniform(-0.2, 0.2) * w
        return picture * (0.62 + 0.38 / (1 + np.exp(-edge / rng.uniform(12, 60))))[..., None]
    if light == "neon":
        return picture * np.array((1.05, 1.0, 0.92), np.float32) * rng.uniform(0.85, 1.02)
    return picture * (0.92 + 0.12 * (x / w if rng.random() < 0.5 else y / h))[..., None] * rng.uniform(0.9, 1.05)


def _glare(rng: np.random.Generator, picture: Image, centre: np.ndarray, length: float, width: float, angle: float) -> Image:
    h, w = picture.shape[:2]
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    u = (x - centre[0]) * np.cos(angle) + (y - centre[1]) * np.sin(angle)
    v = -(x - centre[0]) * np.sin(angle) + (y - centre[1]) * np.cos(angle)
    bright = np.exp(-((np.abs(u) / length) ** 3) - ((np.abs(v) / width) ** 3))
    return picture + 320 * np.clip(bright * 1.25, 0, 1)[..., None]


def _shaken(picture: Image, pixels: float, angle: float) -> Image:
    n = max(3, int(pixels) | 1)
    kernel = np.zeros((n, n), np.float32)
    cv2.line(
        kernel,
        (int(n / 2 - np.cos(angle) * n / 2), int(n / 2 - np.sin(angle) * n / 2)),
        (int(n / 2 + np.cos(angle) * n / 2), int(n / 2 + np.sin(angle) * n / 2)),
        1.0,
        1,
    )
    return cv2.filter2D(picture, -1, kernel / kernel.sum())


def take(paper: Image, cap: float, core: tuple[float, float], shot: Shot, seed: int) -> Image:
    """The photograph of a drawn paper (BGR, uint8, before JPEG).

    `cap` is the height in the drawing's pixels of the smallest capitals that must be read; `core` the place (parts of width and height) of
    what must be read, which is where a covering hand or glare goes.
    """
    rng = np.random.default_rng(seed)
    if shot.look == "shot":  # a capture of the screen: no camera at all
        return paper
    drawn = _shown(rng, paper.astype(np.float32), shot)
    if shot.look == "scan":
        return _scanned(drawn, shot)
    picture, corners, scale = _laid(rng, drawn, shot, core)
    picture = _held(rng, picture, corners, _point(corners, core), cap * scale, shot)
    picture = _exposed(rng, _lit(rng, picture, shot.light), corners, _point(corners, core), cap * scale, shot)
    picture = _focused(rng, picture, cap * scale, shot.fault)
    picture = picture + rng.normal(0, rng.uniform(1, 5) if shot.fault != "DARK" else 3, picture.shape)
    return np.clip(picture, 0, 255).astype(np.uint8)


def _shown(rng: np.random.Generator, drawn: Image, shot: Shot) -> Image:
    """What lies before the camera: the paper itself, its photocopy, or a monitor whose grid beats with the camera's."""
    if shot.fold:
        drawn = _folded(rng, drawn)
    if shot.look == "copy":
        grey = cv2.cvtColor(drawn.astype(np.uint8), cv2.COLOR_BGR2GRAY).astype(np.float32)
        grey = np.clip((grey - 118) * 1.7 + 130 + (_noise(rng, grey.shape[0], grey.shape[1], 2) - 0.5) * 34, 0, 255)
        grey[rng.random(grey.shape) < 0.0006] = 0
        return np.repeat(grey[..., None], 3, 2)
    if shot.look == "screen":
        y, x = np.mgrid[0 : drawn.shape[0], 0 : drawn.shape[1]].astype(np.float32)
        grid = 1 - 0.22 * (np.sin(x * 2.09) > 0.3) - 0.12 * (np.sin(y * 2.09) > 0.6)
        rgb = np.stack([1 + 0.25 * np.sin(x * 2.09 + p) for p in (0, 2.09, 4.18)], -1)
        beat = 1 + 0.1 * np.sin((x * 0.93 + y * 0.31) / rng.uniform(6, 14)) * np.sin(y / rng.uniform(9, 22))
        return np.clip(drawn * grid[..., None] * rgb * beat[..., None] * 1.1 + np.array((18, 10, 8), np.float32), 0, 255)
    return drawn


def _scanned(drawn: Image, shot: Shot) -> Image:
    """As a scanning app gives it: cropped to the sheet, whitened."""
    k = shot.long_side / max(drawn.shape[:2])
    flat = np.clip((cv2.resize(drawn, None, fx=k, fy=k, interpolation=cv2.INTER_AREA) - 40) * 1.28, 0, 255)
    turned = np.ascontiguousarray(np.rot90(flat, -(shot.turn // 90)))
    return cv2.GaussianBlur(turned, (0, 0), 0.6).clip(0, 255).astype(np.uint8)


def _held(rng: np.random.Generator, picture: Image, corners: np.ndarray, at: np.ndarray, cap: float, shot: Shot) -> Image:
    """A thumb at the lower right corner, over nothing that matters; where the fault says so, three fingers over what must be read."""
    across = corners[1] - corners[0]
    if shot.hand:
        away = (corners[2] - corners.mean(0)) / np.linalg.norm(corners[2] - corners.mean(0))
        tip = corners[2] * 0.93 + corners.mean(0) * 0.07
        picture = _hand(rng, picture, tip, away.astype(np.float32), np.linalg.norm(across) * 0.13)
    if shot.fault == "OCCLUDED":
        away = (corners[3] - at) / np.linalg.norm(corners[3] - at)
        for n in range(3):
            picture = _hand(rng, picture, at + across / np.linalg.norm(across) * n * cap * 5.5, away, cap * 5.5)
    return picture


def _exposed(rng: np.random.Generator, picture: Image, corners: np.ndarray, at: np.ndarray, cap: float, shot: Shot) -> Image:
    """Reflections, and too little or too much light."""
    across = corners[1] - corners[0]
    if shot.glare_beside:
        picture = _glare(rng, picture, corners[2] * 0.9 + corners.mean(0) * 0.1, 60, 22, rng.uniform(0, 3))
    if shot.fault == "GLARE":
        along = np.arctan2(across[1], across[0]) + rng.uniform(-0.15, 0.15)
        picture = _glare(rng, picture, at, np.linalg.norm(across) * 0.3, cap * 5, along)
    if shot.fault == "DARK":
        return np.clip(picture, 0, 255) * rng.uniform(0.03, 0.06)
    if shot.fault == "OVEREXPOSED":
        return np.clip(picture, 0, 255) * rng.uniform(2.0, 2.4) + rng.uniform(145, 178)
    return picture


def _focused(rng: np.random.Generator, picture: Image, cap: float, fault: str) -> Image:
    """Out of focus or shaken, in shares of the capitals' height; else as sharp as telephones are."""
    if fault == "BLUR" and rng.random() < 0.5:
        return _shaken(picture, cap * rng.uniform(1.0, 1.6), rng.uniform(0, 3))
    if fault in ("BLUR", "soft"):
        return cv2.GaussianBlur(picture, (0, 0), cap * (rng.uniform(0.32, 0.5) if fault == "BLUR" else rng.uniform(0.15, 0.2)))
    return cv2.GaussianBlur(picture, (0, 0), rng.uniform(0.3, max(0.35, cap * 0.06)))
