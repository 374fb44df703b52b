"""What happens between paper and file: light, glare, fingers, blur, shake, noise, a screen's pixels, recompression. All RGB uint8."""

import math
import random
from functools import lru_cache

import cv2
import numpy as np

Array = np.ndarray
COARSE = 8
"""Light varies slowly: it is worked out at one eighth of the photo's size."""


def light(size: tuple[int, int], rng: random.Random, slope: float, warmth: float, vignette: float) -> Array:
    """Multipliers (h/8, w/8, 3): brighter towards one side, coloured by the lamp."""
    w, h = max(2, size[0] // COARSE), max(2, size[1] // COARSE)
    y, x = np.mgrid[-1 : 1 : h * 1j, -1 : 1 : w * 1j].astype(np.float32)
    angle = rng.uniform(0, math.tau)
    field = 1 + slope * (x * math.cos(angle) + y * math.sin(angle)) / 2 - vignette * (x * x + y * y) / 2
    made: Array = np.clip(field, 0.05, 2)[..., None] * np.array([1 + warmth, 1.0, 1 - warmth * 1.3], np.float32)
    return made


def shadow(field: Array, rng: random.Random, strength: float) -> Array:
    """The phone's or a hand's shadow falls across the light field."""
    h, w = field.shape[:2]
    mask: Array = np.zeros((h, w), np.float32)
    if rng.random() < 0.5:
        x, y, angle = rng.uniform(0.1, 0.9) * w, rng.uniform(0.5, 1.1) * h, rng.uniform(-35, 35)
        box = cv2.boxPoints(((x, y), (w * rng.uniform(0.35, 0.7), h * rng.uniform(0.5, 1.1)), angle))
        cv2.fillPoly(mask, [box.astype(np.int32)], 1.0)
    else:
        x, y = rng.uniform(0, w), h * 1.05
        for finger in range(4):
            tip = (int(x + (finger - 1.5) * w * 0.1), int(y - h * rng.uniform(0.45, 0.75)))
            cv2.line(mask, (int(x + (finger - 1.5) * w * 0.06), int(y)), tip, 1.0, max(2, int(w * 0.07)))
        cv2.circle(mask, (int(x), int(y)), int(h * 0.35), 1.0, -1)
    mask = cv2.GaussianBlur(mask, (0, 0), rng.uniform(0.008, 0.04) * w)
    made: Array = field * (1 - strength * mask[..., None])
    return made


def glare(size: tuple[int, int], spots: list[tuple[float, float, float, float]], rng: random.Random) -> Array:
    """Light thrown back by laminate, (h/8, w/8) of 0 to about 1.5. Spots, in pixels, are (x, y, radius, strength): lamp or window."""
    w, h = max(2, size[0] // COARSE), max(2, size[1] // COARSE)
    total = np.zeros((h, w), np.float32)
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    for sx, sy, radius, strength in spots:
        cx, cy, r = sx / COARSE, sy / COARSE, max(1.0, radius / COARSE)
        angle, stretch = rng.uniform(0, math.pi), rng.uniform(1.0, 2.6)
        u = (x - cx) * math.cos(angle) + (y - cy) * math.sin(angle)
        v = (y - cy) * math.cos(angle) - (x - cx) * math.sin(angle)
        if rng.random() < 0.35:
            core = 1 / (1 + np.exp(np.clip((np.maximum(np.abs(u) / stretch, np.abs(v)) - r) / (r * 0.10), -30, 30)))
            if rng.random() < 0.5:
                core *= 1 - 0.8 * (np.abs(u) < r * 0.08)
        else:
            core = np.exp(-((((u / stretch) ** 2 + v**2) / (r * r)) ** rng.choice((1.0, 1.6))))
        halo = np.exp(-np.sqrt(u * u + v * v) / (r * 2.2))
        total += strength * (core * 1.3 + halo * 0.22)
    return total


def finger(
    size: tuple[int, int], tip: tuple[float, float], root: tuple[float, float], thick: float, rng: random.Random
) -> tuple[Array, Array]:
    """A finger or thumb from `root` to `tip`: (colour RGB, alpha 0..255), both of the photo's size."""
    w, h = size
    skin = np.array(rng.choice(((190, 140, 108), (168, 118, 86), (206, 160, 128), (140, 96, 70))), np.float32)
    alpha = np.zeros((h, w), np.uint8)
    cv2.line(alpha, _at(root), _at(tip), 255, max(2, int(thick)), cv2.LINE_AA)
    cv2.circle(alpha, _at(tip), int(thick / 2), 255, -1, cv2.LINE_AA)
    small = cv2.resize(alpha, (max(1, w // 4), max(1, h // 4)))
    depth = cv2.distanceTransform((small > 127).astype(np.uint8), cv2.DIST_L2, 3) / max(1.0, thick / 8)
    tone = 0.62 + 0.45 * np.sqrt(np.clip(depth, 0, 1))
    colour = cv2.resize(np.clip(tone[..., None] * skin, 0, 255).astype(np.uint8), (w, h))
    along = np.array(root, float) - np.array(tip, float)
    along /= max(1e-6, float(np.linalg.norm(along)))
    if rng.random() < 0.75:
        nail = np.array(tip) + along * thick * 0.12
        angle = math.degrees(math.atan2(along[1], along[0]))
        cv2.ellipse(
            colour,
            _at(nail),
            (int(thick * 0.38), int(thick * 0.26)),
            angle,
            0,
            360,
            tuple(int(c) for c in skin * 1.13 + (6, 0, 2)),
            -1,
            cv2.LINE_AA,
        )
        cv2.ellipse(
            colour,
            _at(nail),
            (int(thick * 0.38), int(thick * 0.26)),
            angle,
            0,
            360,
            tuple(int(c) for c in skin * 0.8),
            max(1, int(thick / 50)),
            cv2.LINE_AA,
        )
    for knuckle in (1.1, 1.2, 1.9):
        centre = np.array(tip) + along * thick * knuckle
        across = np.array([-along[1], along[0]]) * thick * 0.3
        cv2.line(
            colour, _at(centre - across), _at(centre + across), tuple(int(c) for c in skin * 0.78), max(1, int(thick / 40)), cv2.LINE_AA
        )
    return colour, cv2.GaussianBlur(alpha, (0, 0), max(0.8, thick * 0.012))


def _at(point: Array | tuple[float, float]) -> tuple[int, int]:
    x, y = point
    return int(x), int(y)


def lit(image: Array, field: Array, gain: float, extra: Array | None) -> Array:
    """The photo under its light field, exposure and glare."""
    h, w = image.shape[:2]
    full = cv2.resize(field * gain, (w, h), interpolation=cv2.INTER_LINEAR)
    out = image.astype(np.float32) * full
    if extra is not None:
        out += cv2.resize(extra * 255.0, (w, h), interpolation=cv2.INTER_LINEAR)[..., None]
    made: Array = np.clip(out, 0, 255).astype(np.uint8)
    return made


def blurred(image: Array, sigma: float) -> Array:
    return cv2.GaussianBlur(image, (0, 0), sigma) if sigma > 0.2 else image


def drifted(image: Array, sigma: float, rng: random.Random) -> Array:
    """Focus that is lost towards one side, up to `sigma` pixels there."""
    if sigma < 0.3:
        return image
    h, w = image.shape[:2]
    angle = rng.uniform(0, math.tau)
    y, x = np.mgrid[-1:1:64j, -1:1:64j].astype(np.float32)
    side = np.clip(0.5 + (x * math.cos(angle) + y * math.sin(angle)) * 0.7, 0, 1)
    half, full = blurred(image, sigma * 0.5), blurred(image, sigma)
    weight = cv2.resize(side, (w, h))
    near = cv2.blendLinear(image, half, np.clip(1 - 2 * weight, 0, 1), np.clip(2 * weight, 0, 1))
    return cv2.blendLinear(near, full, np.clip(2 - 2 * weight, 0, 1), np.clip(2 * weight - 1, 0, 1))


def shaken(image: Array, length: float, rng: random.Random) -> Array:
    """A moving hand: a slightly bent stroke of `length` pixels."""
    if length < 1.5:
        return image
    size = int(length) * 2 + 3
    kernel: Array = np.zeros((size, size), np.float32)
    angle, bend = rng.uniform(0, math.pi), rng.uniform(-0.5, 0.5)
    for t in np.linspace(-0.5, 0.5, size * 4):
        x = size / 2 + t * length * math.cos(angle + bend * t)
        y = size / 2 + t * length * math.sin(angle + bend * t)
        kernel[int(y), int(x)] += 1
    kernel = cv2.GaussianBlur(kernel, (0, 0), 0.5)
    return cv2.filter2D(image, -1, kernel / kernel.sum())


@lru_cache(maxsize=2)
def _grain(coarse: bool) -> Array:
    gen = np.random.default_rng(7 + coarse)
    if coarse:
        return cv2.resize(gen.normal(0, 1, (700, 700, 3)).astype(np.float32), (2100, 2100), interpolation=cv2.INTER_LINEAR) * 1.3
    return gen.normal(0, 1, (2100, 2100, 1)).astype(np.float32)


def noisy(image: Array, sigma: float, rng: random.Random) -> Array:
    """Sensor noise as a phone leaves it: fine luminance grain and coarse colour blotches."""
    if sigma < 0.4:
        return image
    h, w = image.shape[:2]
    y, x = rng.randrange(max(1, 2100 - h)), rng.randrange(max(1, 2100 - w))
    fine, coarse = _grain(False)[y : y + h, x : x + w], _grain(True)[y : y + h, x : x + w]
    grain = cv2.addWeighted(cv2.merge([fine] * 3), sigma * 0.8, coarse, sigma * 0.6, 0)
    return cv2.add(image, grain, dtype=cv2.CV_8U)


def smoothed(image: Array, strength: float) -> Array:
    """The phone's own noise removal in the dark, which smears letters."""
    return cv2.bilateralFilter(image, 5, 20 + 60 * strength, 3) if strength > 0.2 else image


def sharpened(image: Array, amount: float) -> Array:
    return cv2.addWeighted(image, 1 + amount, cv2.GaussianBlur(image, (0, 0), 1.4), -amount, 0) if amount > 0.05 else image


def screen(image: Array, rng: random.Random, strength: float) -> Array:
    """A photo of a screen: its pixel grid beats with the sensor's (moiré), its black is grey, its white blueish."""
    h, w = image.shape[:2]
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    pattern = np.zeros((h, w), np.float32)
    for _ in range(3):
        angle, period = rng.uniform(0, math.pi), rng.choice((2.3, 3.1, 6.0, 17.0, 38.0)) * rng.uniform(0.9, 1.2)
        warp = 0.002 * rng.uniform(-1, 1) * (x * y) / max(w, h)
        pattern += np.sin((x * math.cos(angle) + y * math.sin(angle) + warp * 8) * math.tau / period)
    colour = np.array([1.0, -0.6, 0.8], np.float32) * 0.4 + 0.6
    out = 18 + image.astype(np.float32) * np.array([0.84, 0.88, 0.95], np.float32)
    made: Array = np.clip(out * (1 + strength * 0.06 * pattern[..., None] * colour), 0, 255).astype(np.uint8)
    return made


def recompressed(image: Array, long_side: int, quality: int, passes: int = 1, orientation: int = 1) -> bytes:
    """As WhatsApp sends it on: shrunk to the long side, JPEG with halved colour. `orientation` is an EXIF value to write (1: none)."""
    h, w = image.shape[:2]
    scale = long_side / max(h, w)
    if scale < 0.999:
        image = cv2.resize(image, (round(w * scale), round(h * scale)), interpolation=cv2.INTER_AREA)
    data = b""
    for i in range(passes):
        _, buffer = cv2.imencode(".jpg", image[..., ::-1] if i == 0 else image, [cv2.IMWRITE_JPEG_QUALITY, quality])
        data = buffer.tobytes()
        if i + 1 < passes:
            again = cv2.imdecode(buffer, cv2.IMREAD_COLOR)
            assert again is not None, "it was encoded a line before"
            image = again
    return data if orientation == 1 else _with_orientation(data, orientation)


def _with_orientation(jpeg: bytes, value: int) -> bytes:
    """Insert an EXIF block that holds nothing but the orientation tag."""
    tiff = b"MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01" + value.to_bytes(2, "big") + b"\x00\x00\x00\x00\x00\x00"
    body = b"Exif\x00\x00" + tiff
    return jpeg[:2] + b"\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body + jpeg[2:]
