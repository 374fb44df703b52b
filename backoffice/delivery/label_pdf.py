"""Prints the labels of parcels with KIA: ten on an A4 sheet (99.1 × 57 mm), each with sender, receiver, address, phone and number."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from reportlab.graphics.barcode.code128 import Code128
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import KeepInFrame, Paragraph

from backoffice.web.texts import text
from standard.facts import office_facts

WIDTH, HEIGHT = 99.1 * mm, 57 * mm
COLUMNS, ROWS = 2, 5
LEFT, TOP = (A4[0] - COLUMNS * WIDTH) / 2, (A4[1] - ROWS * HEIGHT) / 2
EDGE = 5 * mm
BAR = 9 * mm
_SMALL = ParagraphStyle("small", fontName="Helvetica", fontSize=7.5, leading=9)
_NAME = ParagraphStyle("name", fontName="Helvetica-Bold", fontSize=12, leading=14)
_ADDRESS = ParagraphStyle("address", fontName="Helvetica", fontSize=10.5, leading=12.5)


@dataclass(frozen=True)
class Label:
    """One parcel: whose case, who takes it, where to, and the phone that the courier may call."""

    number: str
    receiver: str
    address: str
    phone: str


def make_labels(labels: Sequence[Label]) -> bytes:
    """The sheets as a PDF."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.setTitle(text("kia.labels"))
    for at, label in enumerate(labels):
        place = at % (COLUMNS * ROWS)
        if at and place == 0:
            canvas.showPage()
        left = LEFT + place % COLUMNS * WIDTH
        _draw(canvas, label, left, A4[1] - TOP - (place // COLUMNS + 1) * HEIGHT)
    canvas.save()
    return out.getvalue()


def _draw(canvas: Canvas, label: Label, left: float, bottom: float) -> None:
    """One label. What is too long for it is set smaller, never cut."""
    office = office_facts()
    sender = f"{text('kia.label_from')}: {office['kantor_singkat']}, {office['kantor_alamat']}"
    story = [
        Paragraph(escape(sender), _SMALL),
        Paragraph(escape(text("kia.label_to")), _SMALL),
        Paragraph(escape(label.receiver), _NAME),
        Paragraph(escape(label.address), _ADDRESS),
        Paragraph(escape(label.phone), _ADDRESS),
    ]
    high = HEIGHT - 2 * EDGE - BAR
    frame = KeepInFrame(WIDTH - 2 * EDGE, high, story, mode="shrink")
    _, used = frame.wrapOn(canvas, WIDTH - 2 * EDGE, high)
    frame.drawOn(canvas, left + EDGE, bottom + EDGE + BAR + (high - used))
    code = Code128(label.number, barHeight=5 * mm, barWidth=0.28 * mm, quiet=False)
    code.drawOn(canvas, left + EDGE, bottom + EDGE)
    canvas.setFont("Helvetica", 8)
    canvas.drawRightString(left + WIDTH - EDGE, bottom + EDGE, label.number)
