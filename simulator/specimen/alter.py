"""What somebody does to a paper or its picture: covers the portrait, paints over a value, puts a sticker on it, draws on the screen.

Each alteration is drawn on the flat sheet before the camera sees it; `ALTERATIONS` names them with the kind of sheet that they are for.
"""

import random
from collections.abc import Callable
from dataclasses import replace

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from simulator.specimen import fonts
from simulator.specimen.sheet import Box, Sheet

PORTRAIT_MM = (63.0, 13.0, 83.0, 38.0)
"""Where a KTP's portrait lies at most."""
FACE_MM = (68.0, 17.0, 78.0, 29.0)
FACES = ("#f7c948", "#f6b93b", "#b57b45", "#ffd84d", "#8bc34a", "#ff7eb6")
PENS = ("#101010", "#d32f2f", "#1565c0", "#2e7d32", "#f50057")


def emoji(sheet: Sheet, rng: random.Random) -> Sheet:
    """A round face over the portrait's face, as phones let one draw it, larger than the head."""
    layer, pen = _open(sheet)
    left, top, right, bottom = _px(sheet, FACE_MM)
    middle, radius = ((left + right) / 2, (top + bottom) / 2), (right - left) * rng.uniform(0.75, 1.15)
    pen.ellipse(_round(middle, radius), fill=rng.choice(FACES))
    for side in (-1, 1):
        pen.ellipse(_round((middle[0] + side * radius * 0.38, middle[1] - radius * 0.2), radius * 0.13), fill="#3a2a1a")
    pen.arc(_round(middle, radius * 0.55), 25, 155, fill="#3a2a1a", width=max(2, round(radius * 0.09)))
    return replace(sheet, image=np.asarray(layer))


def box(sheet: Sheet, rng: random.Random) -> Sheet:
    """A plain rectangle over the portrait: a sticker, a strip of paper, an editor's bar."""
    layer, pen = _open(sheet)
    left, top, right, bottom = _px(sheet, PORTRAIT_MM)
    shift = (right - left) * 0.06
    colour = rng.choice(("#101010", "#ffd54f", "#7cb342", "#ec407a", "#26a69a", "#6d4c41", "#ff7043"))
    pen.rectangle((left - shift * rng.random(), top - shift * rng.random(), right + shift * rng.random(), bottom), fill=colour)
    return replace(sheet, image=np.asarray(layer))


def scribble(sheet: Sheet, rng: random.Random) -> Sheet:
    """A digital pen to and fro over the portrait's face."""
    layer, pen = _open(sheet)
    left, top, right, bottom = _px(sheet, FACE_MM)
    width = max(3, round((bottom - top) * rng.uniform(0.09, 0.16)))
    rows = np.linspace(top - width, bottom + width, 13)
    points = [(left - width if n % 2 else right + width, row) for n, row in enumerate(rows)]
    pen.line(points, fill=rng.choice(PENS), width=width, joint="curve")
    return replace(sheet, image=np.asarray(layer))


def fluid(sheet: Sheet, rng: random.Random) -> Sheet:
    """Correction fluid over a name or date, and something else written on it."""
    layer, pen = _open(sheet)
    left, top, right, bottom = _value(sheet, rng)
    high = bottom - top
    blot = Image.new("L", layer.size, 0)
    brush = ImageDraw.Draw(blot)
    for _ in range(14):
        x = rng.uniform(left, right)
        brush.rounded_rectangle(
            (x - high * 1.6, top - high * rng.uniform(0.35, 0.8), x + high * 1.6, bottom + high * rng.uniform(0.3, 0.7)),
            high * 0.4,
            fill=255,
        )
    tone = rng.randint(251, 255)
    layer.paste((tone, tone, tone - rng.randint(0, 3)), mask=blot.filter(ImageFilter.GaussianBlur(high * 0.06)))
    hand = fonts.font(rng.choice(fonts.SANS), round(high * 1.35), False)
    pen.text(
        (left, bottom), rng.choice(("SITI AMINAH", "BUDI RAHARJO", "DEWI LESTARI", "12-03-2026")), font=hand, fill=(30, 30, 70), anchor="ls"
    )
    return replace(sheet, image=np.asarray(layer))


def sticker(sheet: Sheet, rng: random.Random) -> Sheet:
    """A coloured slip glued over a name or date."""
    layer, pen = _open(sheet)
    left, top, right, bottom = _value(sheet, rng)
    high = bottom - top
    colour = rng.choice(("#fff59d", "#b3e5fc", "#f8bbd0", "#c5e1a5"))
    pen.rectangle((left - high * 0.6, top - high * 0.7, right + high * 0.6, bottom + high * 0.7), fill=colour)
    hand = fonts.font(rng.choice(fonts.SANS), round(high * 1.35), False)
    pen.text((left, bottom), rng.choice(("SITI AMINAH", "BUDI RAHARJO", "DEWI LESTARI")), font=hand, fill=(20, 20, 20), anchor="ls")
    return replace(sheet, image=np.asarray(layer))


def stroke(sheet: Sheet, rng: random.Random) -> Sheet:
    """A pen's stroke through a name or date."""
    layer, pen = _open(sheet)
    left, top, right, bottom = _value(sheet, rng)
    middle, high = (top + bottom) / 2, bottom - top
    ends = [(left - high * 0.4, middle + high * rng.uniform(-0.15, 0.15)), (right + high * 0.4, middle + high * rng.uniform(-0.15, 0.15))]
    pen.line(ends, fill=rng.choice(PENS[:3]), width=max(2, round(high * rng.uniform(0.1, 0.18))))
    return replace(sheet, image=np.asarray(layer))


Alteration = Callable[[Sheet, random.Random], Sheet]
ALTERATIONS: dict[str, tuple[str, Alteration]] = {
    "emoji": ("ktp", emoji),
    "box": ("ktp", box),
    "scribble": ("ktp", scribble),
    "fluid": ("surat_kelahiran", fluid),
    "sticker": ("surat_kelahiran", sticker),
    "stroke": ("surat_kelahiran", stroke),
}


def _open(sheet: Sheet) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    layer = Image.fromarray(sheet.image).convert("RGB")
    return layer, ImageDraw.Draw(layer)


def _px(sheet: Sheet, millimetres: Box) -> Box:
    left, top, right, bottom = (value * sheet.px_per_mm for value in millimetres)
    return left, top, right, bottom


def _round(middle: tuple[float, float], radius: float) -> Box:
    return middle[0] - radius, middle[1] - radius, middle[0] + radius, middle[1] + radius


def _value(sheet: Sheet, rng: random.Random) -> Box:
    """Where one of the sheet's needed names or dates stands."""
    names = [name for name in sheet.needed if sheet.boxes.get(name)]
    return sheet.boxes[rng.choice(names)][0]
