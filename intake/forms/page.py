"""Draws on one PDF page from top to bottom: text that wraps, lines of a form, boxes for NIK, signatures, the SPESIMEN mark.

Only the fonts that every PDF reader has (Helvetica) are used, so that a sheet looks the same where no font is installed.
"""

import io
import unicodedata
from collections.abc import Sequence

from reportlab.lib.colors import Color, black
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from standard.facts import office_facts

REGULAR, BOLD, ITALIC = "Helvetica", "Helvetica-Bold", "Helvetica-Oblique"
GREY = Color(0.45, 0.45, 0.45)
_SPECIMEN = Color(0.85, 0.2, 0.2, alpha=0.16)
_SMALLEST = 6.0


def printable(text: str) -> str:
    """The text in the letters that Helvetica has; a letter that it lacks loses its marks, or becomes a question mark."""
    return "".join(_letter(character) for character in unicodedata.normalize("NFC", text))


def _letter(character: str) -> str:
    for form in (character, unicodedata.normalize("NFKD", character).encode("ascii", "ignore").decode()):
        try:
            form.encode("cp1252")
        except UnicodeEncodeError:
            continue
        return form if form.isprintable() and form else " " if character.isspace() else "?"
    return "?"


def width_of(text: str, font: str, size: float) -> float:
    """How wide a line of text is, in points."""
    return float(stringWidth(printable(text), font, size))


class Page:
    """One page; `y` is where the next thing goes, in points from the bottom. Lengths are points."""

    def __init__(self, title: str, size: tuple[float, float] = A4, margin: float = 20 * mm) -> None:
        """An empty page of that size."""
        self.width, self.height = size
        self.left, self.right = margin, size[0] - margin
        self.y = size[1] - margin
        self._file = io.BytesIO()
        self.canvas = Canvas(self._file, pagesize=size, invariant=1)
        self.canvas.setTitle(printable(title))
        self.canvas.setAuthor(printable(office_facts()["kantor_singkat"]))

    def finish(self) -> bytes:
        """The page as a PDF."""
        self.canvas.showPage()
        self.canvas.save()
        return self._file.getvalue()

    def mark_specimen(self) -> None:
        """The word that keeps a demonstration from being taken for the real thing."""
        self.canvas.saveState()
        self.canvas.setFillColor(_SPECIMEN)
        self.canvas.translate(self.width / 2, self.height / 2)
        self.canvas.rotate(45)
        size = min(self.width, self.height) / 5
        self.canvas.setFont(BOLD, size)
        self.canvas.drawCentredString(0, -size / 3, "SPESIMEN")
        self.canvas.restoreState()

    def text(
        self,
        x: float,
        y: float,
        text: str,
        font: str = REGULAR,
        size: float = 10,
        color: Color = black,
        align: str = "left",
        room: float | None = None,
    ) -> None:
        """One line at a place; a line wider than `room` is set smaller."""
        line = printable(text)
        if room is not None:
            while size > _SMALLEST and width_of(line, font, size) > room:
                size -= 0.25
        self.canvas.setFont(font, size)
        self.canvas.setFillColor(color)
        {"left": self.canvas.drawString, "center": self.canvas.drawCentredString, "right": self.canvas.drawRightString}[align](x, y, line)
        self.canvas.setFillColor(black)

    def paragraph(
        self,
        text: str,
        font: str = REGULAR,
        size: float = 10,
        x: float | None = None,
        room: float | None = None,
        color: Color = black,
        justify: bool = False,
    ) -> None:
        """Text over several lines at the present height, which goes down by as much."""
        start, width = self.left if x is None else x, (self.right - self.left) if room is None else room
        lines = simpleSplit(printable(text), font, size, width)
        for number, line in enumerate(lines):
            self.y -= size * 1.3
            self.canvas.setFont(font, size)
            self.canvas.setFillColor(color)
            gaps = line.count(" ")
            if justify and gaps and number < len(lines) - 1:
                self.canvas.drawString(start, self.y, line, wordSpace=(width - width_of(line, font, size)) / gaps)
            else:
                self.canvas.drawString(start, self.y, line)
        self.canvas.setFillColor(black)

    def rule(self, weight: float = 0.6) -> None:
        """A line across the page."""
        self.canvas.setLineWidth(weight)
        self.canvas.line(self.left, self.y, self.right, self.y)

    def dots(self, x: float, y: float, until: float) -> None:
        """A dotted line to write on."""
        self.canvas.saveState()
        self.canvas.setLineWidth(0.8)
        self.canvas.setLineCap(1)
        self.canvas.setDash(0.1, 2.6)
        self.canvas.line(x, y - 1.5, until, y - 1.5)
        self.canvas.restoreState()

    def boxes(self, x: float, y: float, digits: str | None, count: int = 16, side: float = 13.5) -> None:
        """A row of boxes for the digits of a number, empty where it isn't known."""
        self.canvas.setLineWidth(0.5)
        for place in range(count):
            self.canvas.rect(x + place * side, y - 4, side, side)
            if digits is not None and place < len(digits):
                self.text(x + (place + 0.5) * side, y - 0.5, digits[place], "Courier-Bold", 10.5, align="center")

    def value(self, x: float, value: str | None, lines: int = 1, size: float = 10, line_height: float = 15) -> None:
        """What stands behind a label, over at most `lines` lines (set smaller until it fits); dotted lines where it isn't known."""
        if value is None:
            for down in range(lines):
                self.dots(x, self.y - down * line_height, self.right)
            self.y -= lines * line_height
            return
        room = self.right - x
        split: Sequence[str] = simpleSplit(printable(value), BOLD, size, room)
        while len(split) > lines and size > _SMALLEST:
            size -= 0.25
            split = simpleSplit(printable(value), BOLD, size, room)
        for line in split[: max(lines, 1)]:
            self.text(x, self.y, line, BOLD, size, room=room)
            self.y -= line_height
