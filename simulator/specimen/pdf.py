"""A KK as the registry mails it: a born-digital PDF with a text layer; and a photo wrapped in a PDF as scanner apps do."""

import io
import random

from PIL import Image
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas as Pdf

from simulator.specimen import fonts, ink, kk
from simulator.specimen.people import Family

BODY = fonts.SANS[0]


def kk_born_digital(family: Family, seed: int) -> bytes:
    """The 17-column KK with exact text, A4 landscape."""
    rng = random.Random(f"kk-pdf-{seed}-{family.no_kk}")
    canvas = kk.compose(family, rng, True, BODY)
    buffer = io.BytesIO()
    pdf = Pdf(buffer, pagesize=(kk.WIDTH_MM * mm, kk.HEIGHT_MM * mm), invariant=1)
    pdf.setTitle("SPESIMEN Kartu Keluarga")
    pdf.setLineWidth(0.4)
    for x0, y0, x1, y1, width in canvas.ruled:
        pdf.setLineWidth(width * mm)
        pdf.line(x0 * mm, (kk.HEIGHT_MM - y0) * mm, x1 * mm, (kk.HEIGHT_MM - y1) * mm)
    for x, y, text, style in canvas.written:
        name = _registered(style.family, style.bold)
        pdf.setFont(name, style.pt)
        pdf.setFillColorRGB(*(c / 255 for c in style.ink))
        pdf.drawString(x * mm, (kk.HEIGHT_MM - y) * mm, text, charSpace=style.spacing * mm)
    pdf.drawImage(ImageReader(ink.qr(f"SPESIMEN/{family.no_kk}/bukan-dokumen")), 225 * mm, 12 * mm, 17 * mm, 17 * mm)
    pdf.showPage()
    pdf.save()
    return buffer.getvalue()


def _registered(family: str, bold: bool) -> str:
    name = f"{family}-{bold}"
    if name not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(name, fonts.path(family, bold)))
    return name


def scanned(jpegs: list[bytes]) -> bytes:
    """Photos as the pages of a PDF without a text layer."""
    pages = [Image.open(io.BytesIO(data)).convert("RGB") for data in jpegs]
    buffer = io.BytesIO()
    pages[0].save(buffer, "PDF", save_all=True, append_images=pages[1:], resolution=150, quality=80)
    return buffer.getvalue()
