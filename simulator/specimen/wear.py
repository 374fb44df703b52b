"""What time and people did to the sheet before it was photographed: folds, stains, fading, copying, a watermark. RGB in and out."""

import math
import random
from collections.abc import Callable

import cv2
import numpy as np
from PIL import Image, ImageDraw

from simulator.specimen import fonts
from simulator.specimen.region import here
from simulator.specimen.sheet import Sheet

Array = np.ndarray


def fold(image: Array, sheet: Sheet, strength: float, rng: random.Random) -> Array:
    """Crease lines with a bright ridge and a shaded side."""
    h, w = image.shape[:2]
    out = image.astype(np.float32)
    for _ in range(rng.choice((1, 2, 3))):
        upright = rng.random() < 0.5
        place = rng.choice((0.25, 0.33, 0.5, 0.5, 0.67, 0.75)) + rng.uniform(-0.02, 0.02)
        axis = np.arange(w if upright else h, dtype=np.float32) - place * (w if upright else h)
        width = 0.12 * sheet.px_per_mm * (0.6 + strength)
        ridge = np.exp(-((axis / width) ** 2)) * 38 * strength
        shade = 1 - 0.16 * strength * np.exp(-np.abs(axis) / (sheet.px_per_mm * 9)) * (axis > 0)
        profile = (shade, ridge) if upright else (shade[:, None], ridge[:, None])
        out = out * (profile[0][None, :, None] if upright else profile[0][..., None]) + (
            profile[1][None, :, None] if upright else profile[1][..., None]
        )
    return np.clip(out, 0, 255).astype(np.uint8)


def scratch(image: Array, sheet: Sheet, strength: float, rng: random.Random) -> Array:
    """Fine bright scratches of laminate."""
    h, w = image.shape[:2]
    layer = np.zeros((h, w), np.uint8)
    for _ in range(int(10 + 60 * strength)):
        x, y, angle, length = rng.uniform(0, w), rng.uniform(0, h), rng.gauss(0.4, 0.7), rng.uniform(0.02, 0.25) * w
        cv2.line(
            layer,
            (int(x), int(y)),
            (int(x + length * math.cos(angle)), int(y + length * math.sin(angle))),
            rng.randint(60, 200),
            1,
            cv2.LINE_AA,
        )
    return cv2.add(image, cv2.cvtColor((layer * (0.25 + 0.4 * strength)).astype(np.uint8), cv2.COLOR_GRAY2RGB))


def _blotches(image: Array, rng: random.Random, count: int, size: float) -> Array:
    h, w = image.shape[:2]
    mask = np.zeros((h // 4, w // 4), np.float32)
    for _ in range(count):
        centre = (int(rng.uniform(0, w // 4)), int(rng.uniform(0, h // 4)))
        radius = max(2, int(rng.uniform(0.4, 1.2) * size * w / 4))
        cv2.ellipse(mask, centre, (radius, int(radius * rng.uniform(0.5, 1))), rng.uniform(0, 180), 0, 360, rng.uniform(0.4, 1.0), -1)
    return cv2.resize(cv2.GaussianBlur(mask, (0, 0), 3), (w, h))[..., None]


def stain(image: Array, sheet: Sheet, strength: float, rng: random.Random) -> Array:
    """Coffee or damp: brownish blots through which the print shows."""
    mask = _blotches(image, rng, rng.randint(1, 4), 0.09)
    return np.clip(image * (1 - mask * strength * np.array([0.22, 0.34, 0.5], np.float32)), 0, 255).astype(np.uint8)


def dirt(image: Array, sheet: Sheet, strength: float, rng: random.Random) -> Array:
    """Specks and a greyed rim."""
    h, w = image.shape[:2]
    out = image.copy()
    for _ in range(int(20 + 160 * strength)):
        cv2.circle(out, (rng.randrange(w), rng.randrange(h)), rng.choice((1, 1, 1, 2, 3)), (rng.randint(50, 120),) * 3, -1, cv2.LINE_AA)
    y, x = np.abs(np.linspace(-1, 1, h, dtype=np.float32))[:, None], np.abs(np.linspace(-1, 1, w, dtype=np.float32))[None]
    rim = 1 - 0.3 * strength * np.clip(np.maximum(x, y) - 0.88, 0, 1) / 0.12
    return np.clip(out * rim[..., None], 0, 255).astype(np.uint8)


def fade(image: Array, sheet: Sheet, strength: float, rng: random.Random) -> Array:
    """Sun-bleached: ink and ground drift towards each other, unevenly."""
    mask = np.clip(_blotches(image, rng, 5, 0.3) + 0.4, 0, 1) * strength * 0.6
    pale = np.array([228, 226, 214], np.float32)
    return (image * (1 - mask) + pale * mask).astype(np.uint8)


def bubbles(image: Array, sheet: Sheet, strength: float, rng: random.Random) -> Array:
    """Laminate that has come loose: milky patches with bright rims."""
    mask = _blotches(image, rng, rng.randint(2, 6), 0.07) * strength
    rim = np.abs(cv2.Laplacian(cv2.GaussianBlur(mask, (0, 0), 4), cv2.CV_32F, ksize=5))
    rim = np.clip(rim / (rim.max() + 1e-6), 0, 1)[..., None] * 60 * strength
    made: Array = np.clip(image * (1 - 0.35 * mask) + 225 * 0.35 * mask + rim, 0, 255).astype(np.uint8)
    return made


def copy(image: Array, sheet: Sheet, strength: float, rng: random.Random) -> Array:
    """A photocopy: grey, hard contrast, speckled, streaked."""
    grey: Array = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY).astype(np.float32)
    grey = cv2.GaussianBlur(grey, (0, 0), 0.5 + 0.7 * strength)
    curve: Array = 255 / (1 + np.exp(-(grey - rng.uniform(110, 150)) / (40 - 26 * strength)))
    gen = np.random.default_rng(rng.randrange(1 << 30))
    curve += gen.normal(0, 7, grey.shape).astype(np.float32)
    curve[:, rng.randrange(grey.shape[1]) :][:, :2] -= 60 * strength
    made: Array = cv2.cvtColor(np.clip(curve, 0, 255).astype(np.uint8), cv2.COLOR_GRAY2RGB)
    return made


def watermark(image: Array, sheet: Sheet, strength: float, rng: random.Random) -> Array:
    """What careful people write over a copy of their card, half transparent: mostly across free ground, sometimes across fields."""
    h, w = image.shape[:2]
    text = rng.choice(
        (
            f"Untuk akta kelahiran {here().name.title()} 11/2026",
            f"HANYA UNTUK DUKCAPIL {here().name}",
            "Verifikasi Dukcapil 20-11-2026",
            "UNTUK PENGURUSAN AKTA",
        )
    )
    mask = Image.new("L", (w, h))
    font = fonts.font(rng.choice(fonts.SANS), int(w * rng.uniform(0.028, 0.05)))
    pen = ImageDraw.Draw(mask)
    needed = [box for name in sheet.needed for box in sheet.boxes.get(name, [])]
    free = max(range(4, 20), key=lambda i: min((abs(h * i / 20 - (b[1] + b[3]) / 2) for b in needed), default=1) + rng.uniform(0, h * 0.12))
    lines = (free,) if rng.random() < 0.7 else (5, 11, 17)
    for i in lines:
        pen.text((w * rng.uniform(0.2, 0.5), h * i / 20), text, font=font, fill=255, anchor="mm")
    turned = (
        np.asarray(mask.rotate(rng.choice((0, 0, 12, 25, -20)), center=(w / 2, h * lines[0] / 20)), np.float32)[..., None]
        / 255
        * (0.2 + 0.4 * strength)
    )
    ink = np.array(rng.choice(((200, 30, 30), (60, 60, 60), (30, 60, 170))), np.float32)
    return (image * (1 - turned) + ink * turned).astype(np.uint8)


def hologram(image: Array, sheet: Sheet, strength: float, rng: random.Random) -> Array:
    """The security film's shimmer: rainbow bands that show at some angles."""
    h, w = image.shape[:2]
    y, x = np.mgrid[0:h:4, 0:w:4].astype(np.float32)
    angle, period = rng.uniform(0, math.pi), w * rng.uniform(0.12, 0.3)
    phase = (x * math.cos(angle) + y * math.sin(angle)) / period * math.tau
    cx, cy, r = w * rng.uniform(0.2, 0.8), h * rng.uniform(0.2, 0.8), w * rng.uniform(0.15, 0.4)
    where = np.exp(-((((x - cx) / r) ** 2 + ((y - cy) / r) ** 2) ** 2))
    rainbow = np.stack([np.sin(phase + k * math.tau / 3) for k in range(3)], -1) * where[..., None] * 55 * strength
    made: Array = np.clip(image + cv2.resize(rainbow, (w, h)), 0, 255).astype(np.uint8)
    return made


def sleeve(image: Array, sheet: Sheet, strength: float, rng: random.Random) -> Array:
    """A soft plastic pocket over the card: milky, wrinkled, with bright streaks where it bends."""
    h, w = image.shape[:2]
    gen = np.random.default_rng(rng.randrange(1 << 30))
    waves = cv2.resize(
        gen.normal(0, 1, (rng.randint(3, 7), rng.randint(4, 12))).astype(np.float32), (w // 4, h // 4), interpolation=cv2.INTER_CUBIC
    )
    slope = np.abs(cv2.Sobel(waves, cv2.CV_32F, 1, 1, ksize=3))
    streaks = np.clip(slope / (slope.max() + 1e-6) - 0.35, 0, 1) * 190 * strength
    veil = 22 * strength + cv2.resize(streaks, (w, h))
    made: Array = np.clip(image * (1 - 0.10 * strength) + veil[..., None], 0, 255).astype(np.uint8)
    return made


WEAR: dict[str, Callable[[Array, Sheet, float, random.Random], Array]] = {
    "fold": fold,
    "scratch": scratch,
    "stain": stain,
    "dirt": dirt,
    "fade": fade,
    "bubbles": bubbles,
    "copy": copy,
    "watermark": watermark,
    "hologram": hologram,
    "sleeve": sleeve,
}
