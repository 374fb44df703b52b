"""Draws the picture that shows how an SPTJM is filled in, signed and photographed, with one good photo and three bad ones."""

from collections.abc import Callable
from functools import cache

from reportlab.lib.colors import Color, white
from reportlab.lib.units import mm

from intake.forms.page import BOLD, GREY, Page
from intake.forms.picture import png_of
from standard import facts

_SIZE = (150 * mm, 196 * mm)
_GREEN, _RED, _TABLE = Color(0.05, 0.45, 0.30), Color(0.78, 0.16, 0.16), Color(0.72, 0.60, 0.47)
_INK, _SHADE = Color(0.25, 0.28, 0.35), Color(0, 0, 0, alpha=0.45)


@cache
def sptjm_guide() -> bytes:
    """The picture as PNG, about 850 × 1110 pixels."""
    words = facts.load("sheets")["guide"]
    page = Page(words["title"], _SIZE, 9 * mm)
    page.y += 2 * mm
    page.paragraph(words["title"], BOLD, 13.5, color=_GREEN)
    page.y -= 5 * mm
    for number, (head, why) in enumerate(words["steps"], start=1):
        _step(page, number, head, why)
    _photos(page, words["good"], words["good_why"], words["bad"])
    page.text(page.width / 2, 5 * mm, words["free"], BOLD, 9.5, _GREEN, align="center")
    return png_of(page.finish())


def _step(page: Page, number: int, head: str, why: str) -> None:
    top = page.y
    page.canvas.setFillColor(_GREEN)
    page.canvas.circle(page.left + 4.5 * mm, top - 4.5 * mm, 4.5 * mm, stroke=0, fill=1)
    page.text(page.left + 4.5 * mm, top - 6.2 * mm, str(number), BOLD, 13, white, align="center")
    page.text(page.left + 13 * mm, top - 3.6 * mm, head, BOLD, 11.5)
    page.y = top - 4.4 * mm
    page.paragraph(why, size=10, x=page.left + 13 * mm, room=page.right - page.left - 13 * mm)
    page.y -= 3.2 * mm


def _photos(page: Page, good: str, good_why: str, bad: list[str]) -> None:
    """The good photo large on the left, the bad ones small beside it."""
    top, bottom = page.y - 2 * mm, 12 * mm
    width = 62 * mm
    _photo(page, page.left, bottom + 11 * mm, width, top - bottom - 11 * mm, _straight)
    _verdict(page, page.left + 5 * mm, bottom + 6.5 * mm, _GREEN, good=True)
    page.text(page.left + 10 * mm, bottom + 5 * mm, good, BOLD, 11, _GREEN)
    page.text(page.left, bottom, good_why, size=8.5, color=GREY, room=width)
    height = (top - bottom) / len(bad) - 3 * mm
    for place, (why, draw) in enumerate(zip(bad, (_cut_off, _shaded, _slanted), strict=True)):
        y = top - (place + 1) * height - place * 4.5 * mm
        x = page.left + width + 8 * mm
        _photo(page, x, y, 34 * mm, height, draw)
        _verdict(page, x + 39 * mm, y + height / 2 + 1 * mm, _RED, good=False)
        page.y = y + height / 2 - 1 * mm
        page.paragraph(why, BOLD, 9.5, x=x + 36 * mm, room=page.right - x - 36 * mm, color=_RED)


def _photo(page: Page, x: float, y: float, width: float, height: float, draw: Callable[[Page, float, float, float, float], None]) -> None:
    """A photo: the table, the sheet on it, nothing outside its frame."""
    canvas = page.canvas
    canvas.saveState()
    frame = canvas.beginPath()
    frame.roundRect(x, y, width, height, 5)
    canvas.clipPath(frame, stroke=0, fill=0)
    canvas.setFillColor(_TABLE)
    canvas.rect(x, y, width, height, stroke=0, fill=1)
    draw(page, x, y, width, height)
    canvas.restoreState()
    canvas.setLineWidth(1.2)
    canvas.roundRect(x, y, width, height, 5)


def _straight(page: Page, x: float, y: float, width: float, height: float) -> None:
    side = min(width * 0.82, height * 0.9 / 1.414)
    _sheet(page, x + (width - side) / 2, y + (height - side * 1.414) / 2, side)


def _cut_off(page: Page, x: float, y: float, width: float, height: float) -> None:
    _sheet(page, x + width * 0.28, y - height * 0.45, width * 0.95)


def _shaded(page: Page, x: float, y: float, width: float, height: float) -> None:
    _straight(page, x, y, width, height)
    page.canvas.setFillColor(_SHADE)
    shadow = page.canvas.beginPath()
    shadow.moveTo(x, y)
    shadow.lineTo(x, y + height)
    shadow.lineTo(x + width * 0.42, y + height)
    shadow.curveTo(x + width * 0.75, y + height * 0.6, x + width * 0.4, y + height * 0.35, x + width * 0.8, y)
    page.canvas.drawPath(shadow, stroke=0, fill=1)


def _slanted(page: Page, x: float, y: float, width: float, height: float) -> None:
    page.canvas.translate(x + width * 0.62, y + height * 0.32)
    page.canvas.rotate(28)
    page.canvas.skew(0, 14)
    _sheet(page, -width * 0.12, -height * 0.1, width * 0.27)


def _sheet(page: Page, x: float, y: float, side: float) -> None:
    """A filled-in form in small: title, lines, signatures."""
    canvas, unit = page.canvas, side / 100
    canvas.setFillColor(_SHADE)
    canvas.rect(x + 1.2 * unit, y - 1.6 * unit, side, side * 1.414, stroke=0, fill=1)
    canvas.setFillColor(white)
    canvas.rect(x, y, side, side * 1.414, stroke=0, fill=1)
    canvas.setFillColor(_INK)
    canvas.rect(x + 22 * unit, y + 126 * unit, 56 * unit, 3.2 * unit, stroke=0, fill=1)
    canvas.rect(x + 30 * unit, y + 120 * unit, 40 * unit, 3.2 * unit, stroke=0, fill=1)
    canvas.setLineWidth(max(0.5, 0.7 * unit))
    canvas.rect(x + 80 * unit, y + 132 * unit, 13 * unit, 5 * unit)
    for line in range(13):
        height = y + (108 - line * 5.2) * unit
        canvas.rect(x + 9 * unit, height, 24 * unit, 1.4 * unit, stroke=0, fill=1)
        canvas.rect(x + 38 * unit, height, (30 + (line * 37) % 24) * unit, 1.4 * unit, stroke=0, fill=1)
    for place in range(3):
        _signature(page, x + (10 + place * 29) * unit, y + 12 * unit, unit)


def _signature(page: Page, x: float, y: float, unit: float) -> None:
    canvas = page.canvas
    canvas.setStrokeColor(Color(0.10, 0.20, 0.62))
    canvas.setLineWidth(max(0.6, 1.1 * unit))
    stroke = canvas.beginPath()
    stroke.moveTo(x, y + 6 * unit)
    stroke.curveTo(x + 6 * unit, y + 18 * unit, x + 7 * unit, y - 2 * unit, x + 11 * unit, y + 8 * unit)
    stroke.curveTo(x + 14 * unit, y + 14 * unit, x + 15 * unit, y + 2 * unit, x + 22 * unit, y + 9 * unit)
    canvas.drawPath(stroke)
    canvas.setStrokeColor(_INK)
    canvas.setLineWidth(max(0.4, 0.5 * unit))
    canvas.line(x, y, x + 22 * unit, y)


def _verdict(page: Page, x: float, y: float, color: Color, good: bool) -> None:
    """A tick or a cross."""
    tick: list[tuple[float, float, float, float]] = [(x - 7, y - 1, x - 3, y - 5), (x - 3, y - 5, x + 6, y + 6)]
    cross: list[tuple[float, float, float, float]] = [(x - 5, y - 5, x + 5, y + 5), (x - 5, y + 5, x + 5, y - 5)]
    page.canvas.setStrokeColor(color)
    page.canvas.setLineWidth(2.6)
    page.canvas.setLineCap(1)
    page.canvas.lines(tick if good else cross)
    page.canvas.setStrokeColorRGB(0, 0, 0)
    page.canvas.setLineCap(0)
