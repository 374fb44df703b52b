"""Pictures of no document at all: a sleeping baby, a field, a room, a cat, a face, a bare table. Drawn, so nobody is in them."""

import random
from collections.abc import Callable

import cv2
import numpy as np

from simulator.specimen.ink import portrait
from simulator.specimen.surfaces import SURFACES, lay

Array = np.ndarray


def _cloudy(gen: np.random.Generator, h: int, w: int, cells: int) -> Array:
    return cv2.resize(gen.normal(0, 1, (cells, cells)).astype(np.float32), (w, h), interpolation=cv2.INTER_CUBIC)


def _soft(picture: Array, gen: np.random.Generator, blur: float = 3.0) -> Array:
    h, w = picture.shape[:2]
    shade = 1 + 0.10 * _cloudy(gen, h, w, 5) + 0.03 * _cloudy(gen, h, w, 120)
    return np.clip(cv2.GaussianBlur(picture, (0, 0), blur) * shade[..., None], 0, 255).astype(np.uint8)


def baby(rng: random.Random, w: int, h: int) -> Array:
    gen = np.random.default_rng(rng.randrange(1 << 30))
    picture = lay(rng.choice(("cloth", "batik")), rng, w, h)
    cx, cy, r = int(w * rng.uniform(0.4, 0.6)), int(h * rng.uniform(0.35, 0.5)), int(min(w, h) * rng.uniform(0.16, 0.24))
    blanket = tuple(int(c) for c in gen.integers(140, 250, 3))
    skin = rng.choice(((214, 168, 138), (196, 146, 112), (226, 184, 158)))
    cv2.ellipse(picture, (cx, cy + int(r * 2.0)), (int(r * 1.7), int(r * 2.2)), 0, 0, 360, blanket, -1, cv2.LINE_AA)
    cv2.circle(picture, (cx, cy), r, skin, -1, cv2.LINE_AA)
    cv2.ellipse(picture, (cx, cy - int(r * 0.35)), (r, int(r * 0.75)), 0, 180, 360, tuple(int(c * 0.3) for c in skin), -1, cv2.LINE_AA)
    for side in (-1, 1):
        cv2.ellipse(
            picture, (cx + side * int(r * 0.4), cy), (int(r * 0.2), int(r * 0.07)), 0, 0, 180, (60, 40, 36), max(2, r // 30), cv2.LINE_AA
        )
    cv2.ellipse(picture, (cx, cy + int(r * 0.5)), (int(r * 0.2), int(r * 0.1)), 0, 0, 360, (190, 90, 90), -1, cv2.LINE_AA)
    cv2.ellipse(
        picture, (cx, cy + int(r * 0.25)), (int(r * 0.12), int(r * 0.08)), 0, 0, 360, tuple(int(c * 0.85) for c in skin), -1, cv2.LINE_AA
    )
    return _soft(picture, gen, r / 40)


def landscape(rng: random.Random, w: int, h: int) -> Array:
    gen = np.random.default_rng(rng.randrange(1 << 30))
    ramp = np.linspace(0, 1, h, dtype=np.float32)[:, None, None]
    sky, field = np.array((120, 170, 225), np.float32), np.array((70, 130, 50), np.float32)
    horizon = rng.uniform(0.35, 0.55)
    picture = np.where(ramp < horizon, sky + ramp * 160, field + (ramp - horizon) * 60) * np.ones((1, w, 1), np.float32)
    picture[: int(h * horizon)] += 30 * np.clip(_cloudy(gen, int(h * horizon), w, 6), 0, 2)[..., None]
    for i in range(40):
        y = int(h * (horizon + (1 - horizon) * (i / 40) ** 1.6))
        cv2.line(picture, (0, y), (w, y + rng.randint(-6, 6)), tuple(float(c) for c in field * rng.uniform(0.7, 1.1)), 1 + i // 6)
    return _soft(np.clip(picture, 0, 255).astype(np.uint8), gen, 1.4)


def living_room(rng: random.Random, w: int, h: int) -> Array:
    gen = np.random.default_rng(rng.randrange(1 << 30))
    picture = np.full((h, w, 3), gen.integers(150, 235, 3), np.uint8)
    floor = int(h * 0.65)
    picture[floor:] = lay(rng.choice(("tiles", "mat", "carpet")), rng, w, h)[floor:]
    for _ in range(6):
        x, y, bw, bh = rng.uniform(0, 0.8) * w, rng.uniform(0.15, 0.6) * h, rng.uniform(0.1, 0.35) * w, rng.uniform(0.1, 0.4) * h
        cv2.rectangle(picture, (int(x), int(y)), (int(x + bw), int(y + bh)), tuple(int(c) for c in gen.integers(30, 220, 3)), -1)
        cv2.rectangle(picture, (int(x), int(y)), (int(x + bw), int(y + bh)), (60, 50, 40), 4)
    return _soft(picture, gen, 2.2)


def cat(rng: random.Random, w: int, h: int) -> Array:
    gen = np.random.default_rng(rng.randrange(1 << 30))
    picture = lay(rng.choice(("mat", "carpet", "tiles", "cloth")), rng, w, h)
    fur = rng.choice(((190, 120, 50), (60, 58, 56), (220, 214, 204), (130, 120, 110)))
    dark = tuple(int(c * 0.6) for c in fur)
    r = int(min(w, h) * 0.17)
    cx, cy = int(w * rng.uniform(0.35, 0.65)), int(h * rng.uniform(0.3, 0.45))
    cv2.ellipse(picture, (cx + r // 2, cy + int(r * 1.9)), (int(r * 1.7), int(r * 1.3)), 0, 0, 360, fur, -1, cv2.LINE_AA)
    for side in (-1, 1):
        ear = np.array(
            [
                (cx + side * int(r * 0.9), cy - int(r * 0.3)),
                (cx + side * int(r * 0.75), cy - int(r * 1.4)),
                (cx + side * int(r * 0.2), cy - int(r * 0.8)),
            ]
        )
        cv2.fillPoly(picture, [ear], dark, cv2.LINE_AA)
    cv2.circle(picture, (cx, cy), r, fur, -1, cv2.LINE_AA)
    for i in range(7):
        cv2.line(
            picture,
            (cx + int((i - 3) * r * 0.35), cy + int(r * 1.1)),
            (cx + int((i - 3) * r * 0.5) + r // 2, cy + int(r * 2.8)),
            dark,
            r // 9,
            cv2.LINE_AA,
        )
    for side in (-1, 1):
        cv2.ellipse(
            picture,
            (cx + side * int(r * 0.4), cy - int(r * 0.1)),
            (int(r * 0.2), int(r * 0.16)),
            0,
            0,
            360,
            (200, 200, 80),
            -1,
            cv2.LINE_AA,
        )
        cv2.ellipse(
            picture, (cx + side * int(r * 0.4), cy - int(r * 0.1)), (int(r * 0.06), int(r * 0.15)), 0, 0, 360, (10, 10, 10), -1, cv2.LINE_AA
        )
        for k in (-1, 0, 1):
            cv2.line(
                picture,
                (cx + side * r // 4, cy + r // 3),
                (cx + side * int(r * 1.3), cy + r // 3 + k * r // 5),
                (240, 240, 240),
                2,
                cv2.LINE_AA,
            )
    cv2.circle(picture, (cx, cy + int(r * 0.28)), r // 10, (200, 120, 120), -1, cv2.LINE_AA)
    return _soft(picture, gen, 1.6)


def face(rng: random.Random, w: int, h: int) -> Array:
    """A drawn self-portrait as people send it by mistake."""
    gen = np.random.default_rng(rng.randrange(1 << 30))
    picture = lay("room", rng, w, h)
    side = min(w, h)
    drawn = cv2.resize(
        np.asarray(portrait(rng, rng.random() < 0.5, (1, 254, 1))), (int(side * 0.72), int(side * 0.96)), interpolation=cv2.INTER_CUBIC
    )
    y, x = h - drawn.shape[0], (w - drawn.shape[1]) // 2
    keep = (drawn[..., 1].astype(int) - drawn[..., 0] < 90)[..., None]
    picture[y:, x : x + drawn.shape[1]] = np.where(keep, drawn, picture[y:, x : x + drawn.shape[1]])
    return _soft(picture, gen, 1.5)


def bare(rng: random.Random, w: int, h: int) -> Array:
    return lay(rng.choice(tuple(SURFACES)), rng, w, h)


def black(rng: random.Random, w: int, h: int) -> Array:
    """A thumb on the shutter in a pocket."""
    return np.full((h, w, 3), [rng.randint(0, 14) for _ in range(3)], np.uint8)


SCENES: dict[str, Callable[[random.Random, int, int], Array]] = {
    "bayi": baby,
    "pemandangan": landscape,
    "ruangan": living_room,
    "kucing": cat,
    "wajah": face,
    "meja_kosong": bare,
    "hitam": black,
}
