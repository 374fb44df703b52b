"""What stands on paper besides text: guilloche, portraits, signatures, stamps, thumbprints, QR codes, invented emblems."""

import math
import random

import cv2
import numpy as np
import segno
from PIL import Image, ImageDraw, ImageFilter

from simulator.specimen import fonts

Colour = tuple[int, int, int]


def guilloche(width: int, height: int, top: Colour, bottom: Colour, ink: Colour, rng: random.Random, strength: float = 1.0) -> np.ndarray:
    """A security ground: a soft gradient, two families of waves and a rosette. RGB, uint8."""
    ramp = np.linspace(0, 1, height, dtype=np.float32)[:, None, None]
    slant = np.linspace(-0.25, 0.25, width, dtype=np.float32)[None, :, None]
    mix = np.clip(ramp + slant, 0, 1)
    ground = (np.array(top, np.float32) * (1 - mix) + np.array(bottom, np.float32) * mix).astype(np.uint8)
    waves = np.zeros((height, width), np.uint8)
    x = np.arange(0, width + 8, 8, dtype=np.float32)
    f1, f2, p = rng.uniform(2, 5), rng.uniform(6, 11), rng.uniform(0, 6)
    for i in range(0, 64):
        base = (i - 8) * height / 46
        y = (
            base
            + height * 0.05 * np.sin(x / width * f1 * math.tau + p + i * 0.05)
            + height * 0.022 * np.sin(x / width * f2 * math.tau + i * 0.22)
        )
        cv2.polylines(waves, [np.stack([x, y], 1).astype(np.int32)], False, 255, 1, cv2.LINE_AA)
    t = np.linspace(0, math.tau, 720, dtype=np.float32)
    cx, cy, r = width * rng.uniform(0.35, 0.5), height * rng.uniform(0.5, 0.62), height * 0.33
    for i in range(14):
        radius = r * (0.6 + 0.03 * i) * (1 + 0.16 * np.sin(t * 9 + i * 0.3))
        cv2.polylines(
            waves, [np.stack([cx + radius * np.cos(t) * 1.2, cy + radius * np.sin(t)], 1).astype(np.int32)], True, 190, 1, cv2.LINE_AA
        )
    alpha = (waves.astype(np.float32) / 255 * rng.uniform(0.25, 0.5) * strength)[..., None]
    made: np.ndarray = (ground * (1 - alpha) + np.array(ink, np.float32) * alpha).astype(np.uint8)
    return made


def portrait(rng: random.Random, laki: bool, backdrop: Colour, grey: bool = False) -> Image.Image:
    """A drawn head and shoulders, 3:4, of nobody."""
    w, h = 300, 400
    picture = Image.new("RGB", (w, h), backdrop)
    pen = ImageDraw.Draw(picture)
    skin = rng.choice(((196, 148, 112), (176, 126, 92), (210, 165, 130), (158, 110, 80)))
    dark = tuple(int(c * 0.72) for c in skin)
    cloth = rng.choice(((40, 50, 90), (230, 230, 235), (120, 40, 40), (60, 90, 60), (25, 25, 28)))
    hijab = not laki and rng.random() < 0.7
    cx = w // 2 + rng.randint(-8, 8)
    fw, fh = rng.randint(58, 68), rng.randint(82, 94)
    cy = 175
    pen.ellipse((cx - 135, 285, cx + 135, 560), fill=cloth)
    if hijab:
        veil = rng.choice(((30, 30, 34), (150, 60, 80), (70, 90, 130), (200, 190, 170), (90, 60, 40)))
        pen.ellipse((cx - fw - 26, cy - fh - 34, cx + fw + 26, cy + fh + 60), fill=veil)
        pen.polygon([(cx - fw - 24, cy + 20), (cx + fw + 24, cy + 20), (cx + 120, 400), (cx - 120, 400)], fill=veil)
    else:
        pen.rectangle((cx - 26, cy + 50, cx + 26, 310), fill=dark)
        pen.ellipse((cx - fw - 6, cy - fh - 18, cx + fw + 6, cy + 30), fill=(22, 18, 18))
        if not laki:
            pen.rectangle((cx - fw - 10, cy - 30, cx + fw + 10, cy + 110), fill=(24, 20, 20))
    pen.ellipse((cx - fw, cy - fh, cx + fw, cy + fh), fill=skin)
    if not hijab:
        pen.chord((cx - fw - 2, cy - fh - 6, cx + fw + 2, cy + 10), 195, 345, fill=(24, 19, 18))
    for side in (-1, 1):
        pen.ellipse((cx + side * 26 - 11, cy - 14, cx + side * 26 + 11, cy - 2), fill=(240, 236, 230))
        pen.ellipse((cx + side * 26 - 5, cy - 14, cx + side * 26 + 5, cy - 3), fill=(25, 18, 15))
        pen.line((cx + side * 14, cy - 28, cx + side * 40, cy - 26), fill=(40, 28, 24), width=5)
    pen.line((cx, cy - 4, cx - 5, cy + 26, cx + 6, cy + 28), fill=dark, width=4)
    pen.arc((cx - 24, cy + 34, cx + 24, cy + 58), 20, 160, fill=(140, 70, 70), width=6)
    if laki and rng.random() < 0.4:
        pen.arc((cx - 26, cy + 28, cx + 26, cy + 52), 195, 345, fill=(30, 24, 22), width=6)
    picture = picture.filter(ImageFilter.GaussianBlur(2.2))
    shade = np.asarray(picture).astype(np.float32)
    shade *= np.linspace(1.08, 0.86, w, dtype=np.float32)[None, :, None]
    shade += np.random.default_rng(rng.randrange(1 << 30)).normal(0, 5, shade.shape[:2])[..., None]
    shade = np.clip(shade, 0, 255).astype(np.uint8)
    return Image.fromarray(cv2.cvtColor(cv2.cvtColor(shade, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB) if grey else shade)


def signature(rng: random.Random, ink: Colour = (20, 20, 30), name: str = "") -> Image.Image:
    """A pen stroke of its own for each person: loops along a rising line, ending in a flourish."""
    w, h = 420, 200
    layer = Image.new("RGBA", (w, h), (0, 0, 0, 0))
    loops, p1, p2 = rng.uniform(3, 7), rng.uniform(0, 6), rng.uniform(0, 6)
    amplitude, lean = rng.uniform(24, 58), rng.uniform(-0.25, 0.1)
    points = []
    for i in range(160):
        t = i / 159
        x = 30 + t * (w - 90) + 26 * math.cos(t * loops * math.tau + p1)
        y = 110 + lean * t * 120 + amplitude * (1 - 0.55 * t) * math.sin(t * loops * math.tau + p2) + 12 * math.sin(t * 17 + p1)
        points.append((x, y))
    points += [(w - 20, rng.uniform(50, 90)), (rng.uniform(60, 140), rng.uniform(140, 165))]
    big = np.zeros((h * 2, w * 2), np.uint8)
    cv2.polylines(big, [(np.array(points) * 2).astype(np.int32)], False, 255, rng.choice((4, 5, 7)), cv2.LINE_AA)
    mask = Image.fromarray(big).resize((w, h), Image.Resampling.LANCZOS)
    if name and rng.random() < 0.4:
        font = fonts.font(rng.choice(fonts.SIGNATURE), 54)
        ImageDraw.Draw(mask).text((60, 140), name.title().split()[0], font=font, fill=255, anchor="ls")
    layer.paste(Image.new("RGBA", (w, h), (*ink, 255)), (0, 0), mask)
    return layer


def stamp(rng: random.Random, around: str, middle: str, ink: Colour = (70, 50, 150)) -> Image.Image:
    """A round rubber stamp, unevenly inked, turned a little."""
    size = 420
    mask = Image.new("L", (size, size))
    pen = ImageDraw.Draw(mask)
    c = size / 2
    for radius, width in ((196, 7), (184, 3), (128, 4)):
        pen.ellipse((c - radius, c - radius, c + radius, c + radius), outline=255, width=width)
    font = fonts.font(fonts.SANS[0], 34, True)
    text = f"{around} * "
    step = min(0.19, math.tau / len(text))
    start = -math.pi / 2 - step * (len(text) - 1) / 2
    for i, letter in enumerate(text):
        angle = start + i * step
        glyph = Image.new("L", (60, 60))
        ImageDraw.Draw(glyph).text((30, 30), letter, font=font, fill=255, anchor="mm")
        glyph = glyph.rotate(-math.degrees(angle) - 90, resample=Image.Resampling.BILINEAR)
        mask.paste(255, (round(c + 155 * math.cos(angle)) - 30, round(c + 155 * math.sin(angle)) - 30), glyph)
    pen.text((c, c), middle, font=fonts.font(fonts.SANS[0], 40, True), fill=255, anchor="mm")
    worn = np.asarray(mask).astype(np.float32)
    blotch = cv2.resize(
        np.random.default_rng(rng.randrange(1 << 30)).uniform(0.25, 1.15, (14, 14)).astype(np.float32),
        (size, size),
        interpolation=cv2.INTER_CUBIC,
    )
    alpha = np.clip(worn * blotch * rng.uniform(0.5, 0.85), 0, 255).astype(np.uint8)
    layer = np.dstack([np.full((size, size), c, np.uint8) for c in ink] + [alpha])
    return Image.fromarray(layer, "RGBA").rotate(rng.uniform(-30, 30), resample=Image.Resampling.BICUBIC)


def thumbprint(rng: random.Random, ink: Colour = (60, 40, 120)) -> Image.Image:
    y, x = np.mgrid[-1:1:160j, -0.75:0.75:120j].astype(np.float32)
    r = np.sqrt((x * 1.1) ** 2 + (y + 0.2) ** 2) + 0.05 * np.sin(5 * x + rng.uniform(0, 6))
    ridges = np.clip(np.sin(r * 52) * 0.8 + 0.4, 0, 1) * ((x / 0.72) ** 2 + y**2 < 0.95)
    return Image.fromarray(np.dstack([np.full(x.shape, c, np.uint8) for c in ink] + [(ridges * 170).astype(np.uint8)]), "RGBA")


def qr(text: str) -> Image.Image:
    code = np.array(
        [[0 if cell else 255 for cell in row] for row in segno.make(text, error="m", micro=False).matrix_iter(scale=6, border=2)], np.uint8
    )
    return Image.fromarray(code).convert("RGB")


def emblem(rng: random.Random, ink: Colour = (150, 110, 30)) -> Image.Image:
    """An invented shield: no state's, no office's."""
    layer = Image.new("RGBA", (200, 240), (0, 0, 0, 0))
    pen = ImageDraw.Draw(layer)
    pen.polygon([(20, 20), (180, 20), (180, 140), (100, 225), (20, 140)], fill=(*ink, 255))
    light = tuple(min(255, c + 90) for c in ink)
    pen.polygon([(38, 38), (162, 38), (162, 132), (100, 200), (38, 132)], fill=(*light, 255))
    sides = rng.choice((3, 4, 5, 6))
    pen.regular_polygon((100, 100, 48), sides, rotation=rng.randint(0, 90), fill=(*ink, 255))
    pen.line((60, 150, 140, 150), fill=(*ink, 255), width=10)
    return layer


def paper(width: int, height: int, rng: random.Random, tone: Colour = (250, 249, 246)) -> np.ndarray:
    """A sheet's ground: its tone, slight mottling."""
    mottle = np.random.default_rng(rng.randrange(1 << 30)).normal(0, 1.6, (max(2, height // 24), max(2, width // 24))).astype(np.float32)
    grain = cv2.resize(mottle, (width, height), interpolation=cv2.INTER_LINEAR)
    made: np.ndarray = np.clip(np.array(tone, np.float32) + grain[..., None], 0, 255).astype(np.uint8)
    return made
