"""Grounds on which people lay a document to photograph it: wood, cloth, tiles, a plastic mat, papers, a lap, a hand's blurred room."""

import random
from collections.abc import Callable
from functools import lru_cache

import cv2
import numpy as np

SIDE = 1100
"""Side in pixels of a surface's tile, from which each photo takes its own turned and scaled piece."""
VARIANTS = 3

Array = np.ndarray


def _noise(gen: np.random.Generator, rows: int, columns: int, blur: float = 0.0) -> Array:
    field = cv2.resize(gen.normal(0, 1, (rows, columns)).astype(np.float32), (SIDE, SIDE), interpolation=cv2.INTER_CUBIC)
    return cv2.GaussianBlur(field, (0, 0), blur) if blur else field


def _tint(value: Array, colour: tuple[int, int, int]) -> Array:
    made: Array = np.clip(value[..., None] * np.array(colour, np.float32), 0, 255).astype(np.uint8)
    return made


def _muted(gen: np.random.Generator) -> Array:
    """A colour that a household has: seldom pure."""
    grey, colour = gen.uniform(40, 225), gen.uniform(20, 240, 3)
    mix = gen.uniform(0.2, 0.75)
    return (grey * (1 - mix) + colour * mix).astype(np.uint8)


def wood(gen: np.random.Generator) -> Array:
    grain = 0.10 * _noise(gen, 6, 160) + 0.07 * _noise(gen, 24, 500) + 0.05 * _noise(gen, 3, 12)
    value = 1 + grain
    step = int(gen.integers(160, 420))
    for edge in range(int(gen.integers(0, step)), SIDE, step):
        value[:, edge : edge + 3] *= 0.55
        value[:, edge : edge + step] *= gen.uniform(0.88, 1.1)
    colours = ((150, 104, 62), (190, 150, 104), (96, 62, 38), (205, 178, 140), (120, 70, 44))
    return _tint(value, colours[int(gen.integers(len(colours)))])


def cloth(gen: np.random.Generator) -> Array:
    y, x = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32)
    weave = 0.06 * np.sin(x * 1.4) + 0.06 * np.sin(y * 1.4)
    folds = 0.14 * _noise(gen, 5, 5)
    colours = ((60, 84, 130), (150, 40, 50), (210, 205, 195), (50, 50, 54), (110, 140, 90), (190, 130, 160))
    return _tint(1 + weave + folds + 0.04 * _noise(gen, 400, 400), colours[int(gen.integers(len(colours)))])


def batik(gen: np.random.Generator) -> Array:
    """A patterned cloth or tablecloth: rosettes in rows over a dark or bright ground."""
    ground = np.full((SIDE, SIDE, 3), _muted(gen), np.uint8)
    inks = [tuple(int(c) for c in _muted(gen)) for _ in range(3)]
    pitch = int(gen.integers(90, 190))
    for row, cy in enumerate(range(0, SIDE + pitch, pitch)):
        for cx in range((row % 2) * pitch // 2, SIDE + pitch, pitch):
            for petal in range(8):
                angle = petal * 45
                cv2.ellipse(ground, (cx, cy), (int(pitch * 0.36), int(pitch * 0.1)), angle, 0, 360, inks[petal % 2], -1, cv2.LINE_AA)
            cv2.circle(ground, (cx, cy), int(pitch * 0.12), inks[2], -1, cv2.LINE_AA)
    return np.clip(ground * (1 + 0.10 * _noise(gen, 5, 5) + 0.04 * _noise(gen, 500, 500))[..., None], 0, 255).astype(np.uint8)


def tiles(gen: np.random.Generator) -> Array:
    value = 1 + 0.02 * _noise(gen, 8, 8) + 0.03 * _noise(gen, 90, 90)
    step, offset = int(gen.integers(300, 520)), int(gen.integers(0, 200))
    for edge in range(offset, SIDE, step):
        value[edge : edge + 6] *= 0.72
        value[:, edge : edge + 6] *= 0.72
    colours = ((228, 226, 220), (206, 196, 180), (236, 234, 232), (150, 160, 165), (170, 60, 50))
    return _tint(value, colours[int(gen.integers(len(colours)))])


def mat(gen: np.random.Generator) -> Array:
    """A woven plastic tikar: diagonal strips in two or three colours, slightly shiny."""
    y, x = np.mgrid[0:SIDE, 0:SIDE]
    strip = int(gen.integers(14, 30))
    over = ((x // strip + y // strip) % 2).astype(np.float32)
    band = (x // int(gen.integers(120, 240))) % 3
    colours = np.stack([_muted(gen) for _ in range(3)]).astype(np.float32)
    shine = 0.85 + 0.25 * over + 0.08 * np.sin(np.where(over > 0, x, y) * 6.28 / strip)
    made: Array = np.clip(colours[band] * shine[..., None] * (1 + 0.04 * _noise(gen, 300, 300))[..., None], 0, 255).astype(np.uint8)
    return made


def papers(gen: np.random.Generator) -> Array:
    """A desk strewn with printed sheets, whose text is nobody's."""
    desk = wood(gen)
    for _ in range(7):
        sheet = np.full((520, 380, 3), int(gen.integers(225, 252)), np.uint8)
        for line in range(40, 490, int(gen.integers(14, 20))):
            x = 30
            while x < 330:
                word = int(gen.integers(10, 46))
                cv2.line(sheet, (x, line), (min(350, x + word), line), (90, 90, 96), 4)
                x += word + 8
        turn: Array = cv2.getRotationMatrix2D((190, 260), float(gen.uniform(-80, 80)), float(gen.uniform(1.0, 1.6)))
        turn[:, 2] += gen.uniform(-100, SIDE - 300, 2)
        mask = cv2.warpAffine(np.full(sheet.shape[:2], 255, np.uint8), turn, (SIDE, SIDE))
        laid = cv2.warpAffine(sheet, turn, (SIDE, SIDE))
        desk = np.where(
            mask[..., None] > 127, laid, (desk * (1 - 0.3 * cv2.GaussianBlur(mask, (0, 0), 9)[..., None] / 255)).astype(np.uint8)
        )
    return desk


def granite(gen: np.random.Generator) -> Array:
    return _tint(
        1 + 0.22 * _noise(gen, 500, 500) + 0.12 * _noise(gen, 160, 160), ((90, 90, 96), (170, 165, 160), (60, 60, 64))[int(gen.integers(3))]
    )


def plain(gen: np.random.Generator) -> Array:
    colours = ((232, 232, 230), (40, 40, 44), (190, 180, 170), (120, 150, 180), (222, 210, 186))
    return _tint(1 + 0.03 * _noise(gen, 5, 5) + 0.015 * _noise(gen, 600, 600), colours[int(gen.integers(len(colours)))])


def concrete(gen: np.random.Generator) -> Array:
    return _tint(1 + 0.10 * _noise(gen, 30, 30) + 0.10 * _noise(gen, 250, 250) + 0.05 * _noise(gen, 900, 900), (146, 142, 136))


def room(gen: np.random.Generator) -> Array:
    """What lies far behind a card held in the hand: soft shapes of a room."""
    picture = np.full((SIDE, SIDE, 3), gen.integers(120, 220, 3), np.uint8)
    for _ in range(14):
        x, y = gen.integers(0, SIDE, 2)
        w, h = gen.integers(80, 500, 2)
        cv2.rectangle(picture, (int(x), int(y)), (int(x + w), int(y + h)), tuple(int(c) for c in _muted(gen)), -1)
    return cv2.GaussianBlur(picture, (0, 0), float(gen.uniform(12, 30)))


def carpet(gen: np.random.Generator) -> Array:
    pattern = batik(gen)
    return np.clip(cv2.GaussianBlur(pattern, (0, 0), 2) * (1 + 0.22 * _noise(gen, 800, 800))[..., None], 0, 255).astype(np.uint8)


SURFACES: dict[str, Callable[[np.random.Generator], Array]] = {
    "wood": wood,
    "cloth": cloth,
    "batik": batik,
    "tiles": tiles,
    "mat": mat,
    "papers": papers,
    "granite": granite,
    "plain": plain,
    "concrete": concrete,
    "room": room,
    "carpet": carpet,
}


@lru_cache(maxsize=64)
def _tile(name: str, variant: int) -> Array:
    return SURFACES[name](np.random.default_rng([len(name), ord(name[0]), ord(name[-1]), variant]))


def lay(name: str, rng: random.Random, width: int, height: int) -> Array:
    """A piece of the surface, turned and scaled, RGB of the size asked for."""
    tile = _tile(name, rng.randrange(VARIANTS))
    zoom = max(width, height) / SIDE * rng.uniform(0.9, 1.9)
    turn = cv2.getRotationMatrix2D((SIDE / 2, SIDE / 2), rng.choice((0, 90, rng.uniform(-40, 40))), zoom)
    turn[:, 2] += np.array((width, height)) / 2 - SIDE / 2 + np.array((rng.uniform(-60, 60), rng.uniform(-60, 60)))
    piece = cv2.warpAffine(tile, turn, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101)
    tint = np.array([rng.uniform(0.88, 1.1) for _ in range(3)], np.float32)
    return cv2.convertScaleAbs(piece) if rng.random() < 0.3 else np.clip(piece * tint, 0, 255).astype(np.uint8)


def strew(frame: Array, rng: random.Random) -> None:
    """Lay a household's things near the rim of the frame, in place: a pen, a glass, a phone, a cable, another paper's edge."""
    h, w = frame.shape[:2]
    unit = min(w, h)
    for _ in range(rng.choice((1, 1, 2, 3))):
        left, right, foot = rng.uniform(0, 0.12), rng.uniform(0.88, 1), rng.uniform(0.9, 1)
        u, v = rng.choice(((left, rng.random()), (right, rng.random()), (rng.random(), foot)))
        x, y = u * w, v * h
        thing = rng.choice(("pen", "glass", "phone", "cable", "paper"))
        colour = tuple(rng.randint(20, 230) for _ in range(3))
        dark = tuple(int(c * 0.6) for c in colour)
        at = (int(x), int(y))
        if thing == "pen":
            angle = rng.uniform(0, 6.28)
            end = (int(x + unit * 0.5 * np.cos(angle)), int(y + unit * 0.5 * np.sin(angle)))
            cv2.line(frame, (at[0] + 4, at[1] + 6), (end[0] + 4, end[1] + 6), (40, 40, 40), unit // 60, cv2.LINE_AA)
            cv2.line(frame, at, end, colour, unit // 60, cv2.LINE_AA)
            cv2.line(frame, at, ((at[0] * 3 + end[0]) // 4, (at[1] * 3 + end[1]) // 4), dark, unit // 52, cv2.LINE_AA)
        elif thing == "glass":
            cv2.circle(frame, at, unit // 7, dark, -1, cv2.LINE_AA)
            cv2.circle(frame, at, unit // 8, colour, -1, cv2.LINE_AA)
            cv2.ellipse(frame, at, (unit // 11, unit // 11), 0, 200, 290, (250, 250, 250), unit // 90, cv2.LINE_AA)
        elif thing == "cable":
            points = [(int(x + rng.uniform(-0.2, 0.2) * w * i), int(y + rng.uniform(-0.15, 0.15) * h * i)) for i in range(4)]
            cv2.polylines(
                frame, [np.array(points)], False, (235, 235, 235) if rng.random() < 0.5 else (30, 30, 30), unit // 110, cv2.LINE_AA
            )
        else:
            size = (unit * 0.3, unit * 0.6) if thing == "phone" else (unit * 0.7, unit * 0.9)
            box = cv2.boxPoints(((x, y), size, rng.uniform(-60, 60))).astype(np.int32)
            fill = (25, 25, 30) if thing == "phone" else (rng.randint(215, 248),) * 3
            cv2.fillPoly(frame, [box + 8], (60, 56, 52), cv2.LINE_AA)
            cv2.fillPoly(frame, [box], fill, cv2.LINE_AA)
