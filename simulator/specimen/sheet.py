"""A flat document on which text is set in millimetres, and which remembers where each field's ink lies."""

import random
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from PIL import Image, ImageDraw

from simulator.specimen import fonts

Box = tuple[float, float, float, float]
BLACK = (24, 24, 28)


@dataclass
class Sheet:
    """One side of a document before any camera: RGB pixels, the truth, and each field's boxes (left, top, right, bottom, its pixels)."""

    kind: str
    layout: str
    image: np.ndarray
    px_per_mm: float
    fields: dict[str, Any]
    boxes: dict[str, list[Box]]
    needed: tuple[str, ...]
    """The fields without which an officer can do nothing with the document."""
    numbers: tuple[str, ...] = ()
    """Those of them that are digits, of which an officer needs more pixels than of a word."""
    corner_mm: float = 0.0
    laminated: bool = False
    handwritten: bool = False
    marks: list[Box] = field(default_factory=list)
    """Where SPESIMEN stands."""

    @property
    def size(self) -> tuple[int, int]:
        return self.image.shape[1], self.image.shape[0]


@dataclass(frozen=True)
class Style:
    """How a run of text looks: family from `fonts`, size in points, ink."""

    family: str
    pt: float
    bold: bool = False
    ink: tuple[int, int, int] = BLACK
    spacing: float = 0.0
    """Extra letter spacing in millimetres."""
    hand: bool = False
    squeeze: float = 1.0
    """Horizontal scale of the letters, for condensed print."""


class Canvas:
    """Draws in millimetres from the top left corner."""

    def __init__(
        self, width_mm: float, height_mm: float, px_per_mm: float, ground: np.ndarray | tuple[int, int, int], rng: random.Random
    ) -> None:
        self.k = px_per_mm
        self.rng = rng
        size = (round(width_mm * px_per_mm), round(height_mm * px_per_mm))
        self.image = Image.new("RGB", size, ground) if isinstance(ground, tuple) else Image.fromarray(ground).resize(size)
        self.pen = ImageDraw.Draw(self.image)
        self.width_mm, self.height_mm = width_mm, height_mm
        self.boxes: dict[str, list[Box]] = {}
        self.marks: list[Box] = []
        self.written: list[tuple[float, float, str, Style]] = []
        """Every run of text, for a born-digital PDF of the same page."""
        self.ruled: list[tuple[float, float, float, float, float]] = []

    def px(self, *mm: float) -> list[float]:
        return [value * self.k for value in mm]

    def size_px(self, style: Style) -> int:
        return round(style.pt * 0.3528 * self.k)

    def width(self, text: str, style: Style) -> float:
        """Width in millimetres that the text will take."""
        pixels = fonts.font(style.family, self.size_px(style), style.bold).getlength(text)
        return pixels * style.squeeze / self.k + style.spacing * len(text)

    def text(
        self, x: float, y: float, text: str, style: Style, field: str | None = None, anchor: str = "l", fit: float | None = None
    ) -> float:
        """Set text with its baseline at y; anchor l, m or r at x; shrunk where wider than `fit` mm. Returns the right edge in mm."""
        text = str(text)
        if not text:
            return x
        if fit and (needed := self.width(text, style)) > fit:
            style = Style(**{**style.__dict__, "pt": style.pt * max(0.6, fit / needed)})
        wide = self.width(text, style)
        left = x - wide * {"l": 0.0, "m": 0.5, "r": 1.0}[anchor]
        font = fonts.font(style.family, self.size_px(style), style.bold)
        self.written.append((left, y, text, style))
        if style.hand:
            self._write(left, y, text, style)
        elif style.squeeze != 1.0:
            self._squeezed(left, y, text, style)
        elif style.spacing:
            at = left * self.k
            for letter in text:
                self.pen.text((at, y * self.k), letter, font=font, fill=style.ink, anchor="ls")
                at += font.getlength(letter) + style.spacing * self.k
        else:
            self.pen.text((left * self.k, y * self.k), text, font=font, fill=style.ink, anchor="ls")
        if field:
            cap = fonts.cap_height(style.family, self.size_px(style), style.bold)
            self.boxes.setdefault(field, []).append((left * self.k, y * self.k - cap, (left + wide) * self.k, y * self.k))
        return left + wide

    def _squeezed(self, x: float, y: float, text: str, style: Style) -> None:
        size = self.size_px(style)
        font = fonts.font(style.family, size, style.bold)
        mask = Image.new("L", (int(font.getlength(text)) + 4, size * 2))
        ImageDraw.Draw(mask).text((0, size * 1.4), text, font=font, fill=255, anchor="ls")
        mask = mask.resize((max(1, round(mask.width * style.squeeze)), mask.height), Image.Resampling.BILINEAR)
        self.image.paste(Image.new("RGB", mask.size, style.ink), (round(x * self.k), round(y * self.k - size * 1.4)), mask)

    def _write(self, x: float, y: float, text: str, style: Style) -> None:
        """Letters by hand: each a little off the line, a little larger or smaller."""
        size = self.size_px(style)
        at, drift = x * self.k, 0.0
        for letter in text:
            font = fonts.font(style.family, round(size * self.rng.uniform(0.94, 1.07)), style.bold)
            drift = 0.7 * drift + self.rng.gauss(0, size * 0.025)
            fade = self.rng.uniform(-14, 18)
            ink = tuple(int(min(255, max(0, c + fade))) for c in style.ink)
            self.pen.text(
                (at, y * self.k + drift),
                letter,
                font=font,
                fill=ink,
                anchor="ls",
                stroke_width=round(size / 45) if style.family in fonts.THIN_HAND else 0,
            )
            at += font.getlength(letter) * self.rng.uniform(0.96, 1.05) + style.spacing * self.k

    def line(self, x0: float, y0: float, x1: float, y1: float, width_mm: float = 0.2, ink: tuple[int, int, int] = BLACK) -> None:
        self.ruled.append((x0, y0, x1, y1, width_mm))
        self.pen.line(self.px(x0, y0, x1, y1), fill=ink, width=max(1, round(width_mm * self.k)))

    def dots(self, x0: float, y: float, x1: float, ink: tuple[int, int, int] = BLACK) -> None:
        """The dotted line of a form that is filled by hand."""
        step = 0.9
        for i in range(int((x1 - x0) / step)):
            self.pen.ellipse([*self.px(x0 + i * step, y), *self.px(x0 + i * step + 0.22, y + 0.22)], fill=ink)

    def rect(
        self,
        x0: float,
        y0: float,
        x1: float,
        y1: float,
        width_mm: float = 0.2,
        ink: tuple[int, int, int] = BLACK,
        fill: tuple[int, int, int] | None = None,
    ) -> None:
        self.pen.rectangle(self.px(x0, y0, x1, y1), outline=ink, width=max(1, round(width_mm * self.k)), fill=fill)

    def paste(self, picture: Image.Image, x: float, y: float, width_mm: float, height_mm: float) -> None:
        """Place a picture (with its alpha, if it has one)."""
        small = picture.resize((max(1, round(width_mm * self.k)), max(1, round(height_mm * self.k))), Image.Resampling.LANCZOS)
        where = (round(x * self.k), round(y * self.k))
        self.image.paste(small, where, small if small.mode == "RGBA" else None)

    def specimen(self, x: float, y: float, pt: float, ink: tuple[int, int, int] = (200, 40, 40), family: str = fonts.SANS[0]) -> None:
        """The mark that no document goes without, in a place free of fields."""
        style = Style(family, pt, True, ink, spacing=0.12 * pt * 0.3528)
        right = self.text(x, y, "SPESIMEN", style)
        box = (x * self.k, (y - pt * 0.3528 * 0.75) * self.k, right * self.k, y * self.k)
        pad = 0.25 * pt * 0.3528 * self.k
        self.pen.rectangle((box[0] - pad * 2, box[1] - pad, box[2] + pad, box[3] + pad), outline=ink, width=max(1, round(0.25 * self.k)))
        self.marks.append(box)

    def finish(self, kind: str, layout: str, fields: dict[str, Any], needed: tuple[str, ...], **more: Any) -> Sheet:
        if not self.marks:
            raise ValueError(f"{kind} {layout} bears no SPESIMEN mark")
        return Sheet(
            kind=kind,
            layout=layout,
            image=np.asarray(self.image).copy(),
            px_per_mm=self.k,
            fields=fields,
            boxes=self.boxes,
            needed=needed,
            marks=self.marks,
            **more,
        )
