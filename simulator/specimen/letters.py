"""Builds letters and forms: heads of offices, titles, numbered rows filled by print or by hand, signature blocks."""

import random
from dataclasses import replace

from simulator.specimen import fonts, ink
from simulator.specimen.sheet import Canvas, Style

PENS = ((20, 30, 110), (30, 40, 130), (20, 20, 24), (35, 35, 45), (15, 60, 140))
PAPERS = ((250, 249, 246), (252, 252, 252), (244, 240, 226), (238, 240, 246), (248, 244, 238))


class Letter:
    """A page with a cursor that moves down as rows are set. Millimetres throughout."""

    def __init__(
        self, rng: random.Random, width: float, height: float, px_per_mm: float, *, by_hand: bool, serif: float = 0.5, scale: float = 1.0
    ) -> None:
        self.rng = rng
        ground = ink.paper(round(width * px_per_mm), round(height * px_per_mm), rng, rng.choice(PAPERS))
        self.canvas = Canvas(width, height, px_per_mm, ground, rng)
        self.width, self.height, self.scale = width, height, scale
        family = rng.choice(fonts.SERIF if rng.random() < serif else (*fonts.OFFICE, *fonts.SANS))
        tone = rng.randint(5, 45)
        self.print = Style(family, rng.uniform(10.8, 12.4) * scale, False, (tone, tone, tone))
        self.strong = replace(self.print, bold=True)
        self.by_hand = by_hand
        self.facts: dict[str, str | int] = {}
        """Values that are drawn by the way, under the names of their fields."""
        if by_hand:
            hand = rng.choice(fonts.HAND)
            size = rng.uniform(10.0, 13.5) * scale * 72 / fonts.cap_height(hand, 100)
            self.fill = Style(hand, size, False, rng.choice(PENS), hand=True)
        elif rng.random() < 0.35:
            self.fill = replace(self.print, family=rng.choice(fonts.MONO), bold=rng.random() < 0.3)
        else:
            self.fill = replace(self.print, bold=rng.random() < 0.35)
        self.upper = not by_hand or rng.random() < 0.55
        """By hand some write in capitals, some as they would a letter."""
        self.left, self.right = width * rng.uniform(0.09, 0.13), width * rng.uniform(0.88, 0.92)
        self.colon = self.left + width * rng.uniform(0.24, 0.31)
        self.pitch = rng.uniform(5.8, 8.6 if height > 200 else 6.8) * scale
        self.y = height * rng.uniform(0.04, 0.06)

    def skip(self, share: float = 1.0) -> None:
        self.y += self.pitch * share

    def kop(self, lines: list[str], address: str, emblems: int = 1) -> None:
        """The office's head with an invented emblem and a double rule."""
        rng, canvas = self.rng, self.canvas
        colour = rng.choice(((150, 110, 30), (40, 90, 60), (40, 60, 120), (130, 40, 50)))
        size = 17 * self.scale
        if emblems:
            canvas.paste(ink.emblem(rng, colour), self.left, self.y, size, size * 1.2)
        if emblems > 1:
            canvas.paste(ink.emblem(rng, colour), self.right - size, self.y, size, size * 1.2)
        middle = self.width / 2 + (size / 3 if emblems == 1 else 0)
        for i, line in enumerate(lines):
            self.y += 5.6 * self.scale
            style = replace(self.strong, pt=(12.5 if i < len(lines) - 1 else rng.uniform(14, 17)) * self.scale)
            canvas.text(middle, self.y, line, style, anchor="m", fit=self.right - self.left - size * 2)
        self.y += 4.6 * self.scale
        canvas.text(middle, self.y, address, replace(self.print, pt=8.6 * self.scale), anchor="m", fit=self.right - self.left - size * 1.6)
        self.y += 2.6 * self.scale
        canvas.line(self.left, self.y, self.right, self.y, 0.7)
        canvas.line(self.left, self.y + 1, self.right, self.y + 1, 0.2)
        self.y += 2.0 * self.scale

    def title(self, lines: list[str], number: str | None = None, number_field: str | None = None) -> None:
        self.y += 7 * self.scale
        for i, line in enumerate(lines):
            style = replace(self.strong, pt=(self.print.pt * (1.28 if i == 0 else 1.0)), bold=i == 0 or self.rng.random() < 0.5)
            wide = self.canvas.width(line, style)
            self.canvas.text(self.width / 2, self.y, line, style, anchor="m", fit=self.right - self.left)
            if i == 0 and self.rng.random() < 0.6:
                self.canvas.line(self.width / 2 - wide / 2, self.y + 1, self.width / 2 + wide / 2, self.y + 1, 0.35)
            self.y += 5.6 * self.scale
        if number is not None:
            prefix = self.rng.choice(("Nomor : ", "No. : ", "Nomor: "))
            left = self.width / 2 - (self.canvas.width(prefix, self.print) + self.canvas.width(number, self.fill)) / 2
            right = self.canvas.text(left, self.y, prefix, self.print)
            self.canvas.text(right, self.y, number, self.fill, number_field)
            self.y += 5 * self.scale
        self.y += 2 * self.scale

    def row(self, label: str, value: str, field: str | None = None, *, indent: float = 0.0, dots: bool | None = None) -> None:
        """One `label : value` line; by hand it stands on a dotted line."""
        canvas, x = self.canvas, self.left + indent
        colon = max(self.colon, canvas.text(x, self.y, label, self.print) + 1.5)
        right = canvas.text(colon, self.y, ":", self.print)
        if self.by_hand if dots is None else dots:
            canvas.dots(right + 1, self.y + 0.5, self.right, self.print.ink)
        lift = self.rng.uniform(-0.2, 0.9) if self.by_hand else 0.0
        canvas.text(right + self.rng.uniform(1.2, 3.0), self.y - lift, self.worded(value), self.fill, field, fit=self.right - right - 2)
        self.skip()

    def choice(self, label: str, options: tuple[str, str], chosen: int, field: str | None) -> None:
        """Print both options and strike out the one that is not meant, as forms ask for."""
        canvas = self.canvas
        colon = max(self.colon, canvas.text(self.left, self.y, label, self.print) + 1.5)
        x = canvas.text(colon, self.y, ": ", self.print) + 1.2
        for i, option in enumerate(options):
            left = x
            x = canvas.text(x, self.y, option, self.print, field if i == chosen else None)
            if i != chosen:
                canvas.line(left - 0.5, self.y - self.print.pt * 0.12, x + 0.5, self.y - self.print.pt * 0.12, 0.45, self.fill.ink)
            if i == 0:
                x = canvas.text(x + 1, self.y, "/", self.print) + 1
        self.skip()

    def para(self, text: str, *, indent: float = 0.0) -> None:
        """A paragraph, wrapped to the page."""
        words, line = text.split(), ""
        first = True
        for word in words:
            trial = f"{line} {word}".strip()
            room = self.right - self.left - (indent if first else 0)
            if self.canvas.width(trial, self.print) > room:
                self.canvas.text(self.left + (indent if first else 0), self.y, line, self.print)
                self.skip(0.86)
                line, first = word, False
            else:
                line = trial
        self.canvas.text(self.left + (indent if first else 0), self.y, line, self.print)
        self.skip(1.05)

    def heading(self, text: str) -> None:
        self.canvas.text(self.left, self.y, text, self.strong if self.rng.random() < 0.6 else self.print)
        self.skip()

    def worded(self, value: str) -> str:
        if self.upper or any(letter.isdigit() for letter in value):
            return value
        return value.title()

    def sign(self, x: float, above: list[str], name: str, below: str = "", stamped: str = "") -> None:
        """A signature block centred on x; the cursor does not move."""
        y = self.y
        for line in above:
            self.canvas.text(x, y, line, self.print, anchor="m", fit=self.width * 0.42)
            y += 4.8 * self.scale
        size = 26 * self.scale
        self.canvas.paste(ink.signature(self.rng, self.rng.choice(PENS), name), x - size / 2, y - 2, size, size * 0.5)
        if stamped:
            self.canvas.paste(
                ink.stamp(self.rng, stamped, "SPESIMEN", self.rng.choice(((70, 50, 150), (40, 60, 160), (150, 40, 60)))),
                x - size * 1.25,
                y - size * 0.3,
                size,
                size,
            )
        y += 16 * self.scale
        self.canvas.text(
            x,
            y,
            f"( {name} )" if self.rng.random() < 0.5 else name,
            self.fill if self.by_hand else self.strong,
            anchor="m",
            fit=self.width * 0.4,
        )
        if below:
            self.canvas.text(x, y + 4.4 * self.scale, below, replace(self.print, pt=self.print.pt * 0.85), anchor="m", fit=self.width * 0.4)

    def mark(self) -> None:
        """SPESIMEN, at the foot of the page and pale across the ground of its upper edge."""
        self.canvas.specimen(
            self.left + self.rng.uniform(0, 30), self.height - self.rng.uniform(6, 10), self.rng.uniform(14, 20) * self.scale
        )
