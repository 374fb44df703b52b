"""Prints a bundle as one PDF (Seed B.5): a cover with checklist and QR code, the data of F-2.01, and every document on A4."""

import io
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

import segno
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, KeepTogether, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle
from reportlab.platypus import Image as Picture

from backoffice.cases.form_sheet import sheet
from backoffice.cases.parcels import address_of
from backoffice.cases.view import CaseView
from backoffice.cases.wording import flag_text
from backoffice.web.texts import label, text
from documents import Page
from standard.clock import write_moment
from standard.facts import office_facts

WIDTH = A4[0] - 36 * mm
HEIGHT = A4[1] - 46 * mm
TITLE_ROOM = 14 * mm
"""What the title above a picture takes of its share of the sheet."""
CARDS, CARDS_A_SHEET = frozenset({"ktp"}), 3
"""Kinds of document that are smaller than a hand, and how many of them are printed on one sheet: still larger than the card itself."""
_STYLES = getSampleStyleSheet()
_BODY = ParagraphStyle("body", parent=_STYLES["Normal"], fontSize=9, leading=12)
_TITLE = ParagraphStyle("title", parent=_STYLES["Title"], fontSize=16, leading=20, alignment=0, spaceAfter=2 * mm)
_HEAD = ParagraphStyle("head", keepWithNext=1, parent=_STYLES["Heading2"], fontSize=11, spaceBefore=4 * mm, spaceAfter=1.5 * mm)
_GRID = TableStyle(
    [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LINEBELOW", (0, 0), (-1, -1), 0.25, colors.HexColor("#b8c2c4")),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
    ]
)


def make_bundle_pdf(view: CaseView, pictures: dict[str, Page | None], printed_by: str, now: datetime) -> bytes:
    """The PDF. `pictures` maps a page's blob to its stamped picture, None where it can't be shown. Blocking: a second for ten documents."""
    number = view.case.number
    story: list[Flowable] = [*_cover(view), *_form(view.case.bundle)]
    for sheet_of_paper in _sheets(view):
        story.append(PageBreak())
        for title, blob in sheet_of_paper:
            story.append(KeepTogether([Paragraph(title, _HEAD), _fitted(pictures.get(blob), HEIGHT / len(sheet_of_paper) - TITLE_ROOM)]))
    out = io.BytesIO()
    footer = text("print.footer", number=number, name=printed_by, moment=write_moment(now))

    def decorate(canvas: Canvas, _document: Any) -> None:
        canvas.setFont("Helvetica", 7.5)
        canvas.setFillColor(colors.HexColor("#5a6668"))
        canvas.drawString(18 * mm, 10 * mm, footer)
        canvas.drawRightString(A4[0] - 18 * mm, 10 * mm, str(canvas.getPageNumber()))

    SimpleDocTemplate(
        out,
        pagesize=A4,
        leftMargin=18 * mm,
        rightMargin=18 * mm,
        topMargin=16 * mm,
        bottomMargin=18 * mm,
        title=number,
        author=office_facts()["kantor_singkat"],
    ).build(story, onFirstPage=decorate, onLaterPages=decorate)
    return out.getvalue()


def _sheets(view: CaseView) -> list[list[tuple[str, str]]]:
    """What is printed on each sheet of paper, as titles and blobs: cards share one, every other page has its own."""
    large: list[list[tuple[str, str]]] = []
    cards: list[tuple[str, str]] = []
    for document in view.documents:
        pages = [(_page_title(document.item, at, len(document.pages)), str(page["blob"])) for at, page in enumerate(document.pages)]
        if document.kind in CARDS:
            cards += pages
        else:
            large += [[page] for page in pages]
    return large + [cards[at : at + CARDS_A_SHEET] for at in range(0, len(cards), CARDS_A_SHEET)]


def _cover(view: CaseView) -> list[Flowable]:
    case, bundle = view.case, view.case.bundle
    code = io.BytesIO()
    segno.make(case.number, error="m").save(code, kind="png", scale=6, border=1)
    heading = [Paragraph(text("print.office"), _BODY), Paragraph(text("print.title"), _TITLE), Paragraph(f"<b>{case.number}</b>", _TITLE)]
    facts = [
        (text("print.children"), " &amp; ".join(escape(str(child.get("nama") or "–")) for child in view.children)),
        (text("print.submitted"), write_moment(case.submitted_at)),
        (text("print.deadline"), write_moment(case.deadline) if case.deadline else "–"),
        (text("print.contact"), escape(str(bundle["contact"].get("phone") or "–"))),
        (text("print.address"), escape(address_of(bundle) or "–")),
        (text("print.flags"), escape(", ".join(flag_text(flag) for flag in bundle.get("flags", ())) or "–")),
    ]
    rows = [[Paragraph(f"<b>{text(f'print.column_{name}')}</b>", _BODY) for name in ("item", "received", "pages", "state", "check")]]
    for document in view.documents:
        cells = (
            label("item", document.item),
            write_moment(document.received_at),
            str(len(document.pages)),
            text(f"document_state.{document.state}"),
        )
        rows.append([*(Paragraph(escape(cell), _BODY) for cell in cells), Paragraph("[&nbsp;&nbsp;&nbsp;]", _BODY)])
    return [
        Table([[heading, Picture(io.BytesIO(code.getvalue()), 30 * mm, 30 * mm)]], colWidths=[WIDTH - 34 * mm, 34 * mm]),
        Spacer(1, 3 * mm),
        Table(
            [[Paragraph(f"<b>{name}</b>", _BODY), Paragraph(value, _BODY)] for name, value in facts],
            colWidths=[42 * mm, WIDTH - 42 * mm],
            style=_GRID,
            splitInRow=1,  # an address longer than the page
        ),
        Paragraph(text("print.checklist"), _HEAD),
        Table(rows, colWidths=[56 * mm, 56 * mm, 18 * mm, 28 * mm, WIDTH - 158 * mm], style=_GRID, repeatRows=1),
    ]


def _form(bundle: dict[str, Any]) -> list[Flowable]:
    story: list[Flowable] = [Paragraph(text("print.form", form=bundle.get("form", "F-2.01")), _TITLE)]
    for block in sheet(bundle):
        title = f"{block.label} {block.child}" if block.child else block.label
        cells = [[Paragraph(escape(line.label), _BODY), Paragraph(escape(line.value) or "–", _BODY)] for line in block.lines]
        half = -(-len(cells) // 2)
        rows = [[*cells[at], *(cells[half + at] if half + at < len(cells) else ("", ""))] for at in range(half)]
        story += [Paragraph(escape(title), _HEAD), Table(rows, colWidths=[30 * mm, WIDTH / 2 - 30 * mm] * 2, style=_GRID, splitInRow=1)]
    return story


def _page_title(item: str, index: int, pages: int) -> str:
    return escape(label("item", item)) + (f" ({index + 1}/{pages})" if pages > 1 else "")


def _fitted(page: Page | None, height: float) -> Flowable:
    """A page as large as the sheet's width and its share of the height allow."""
    if page is None:
        return Paragraph(text("print.gone"), _BODY)
    scale = min(WIDTH / page.width, height / page.height)
    return Picture(io.BytesIO(page.jpeg), page.width * scale, page.height * scale)
