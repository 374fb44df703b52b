"""Writes the yearly evaluation of the standard as a PDF for the head's signature (Seed N)."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.lib.units import mm
from reportlab.platypus import KeepTogether, Paragraph, SimpleDocTemplate, Spacer, TableStyle
from reportlab.platypus import Table as PdfTable

from backoffice.reports.queries import Report
from backoffice.reports.wording import Table, summary, tables_of
from backoffice.web.texts import text
from standard.clock import today, write_date

WIDTH = 170 * mm
DEEP = colors.HexColor("#0b4f56")
RULE = colors.HexColor("#c9d5d4")
WIDE = 6
"""Columns from which on the first one leaves more room to the others: their heads are words."""


@dataclass(frozen=True)
class Voice:
    """What the citizens said in the year, what is to be done better, and what came of last year's: each as it is printed."""

    survey: Mapping[str, Table]
    decided: Sequence[str]
    before: Sequence[str]


def make_yearly_pdf(report: Report, year: int, made_by: str, now: datetime, voice: Voice) -> bytes:
    """The evaluation of one year: figures, tables, the survey, what to mend (left open where nothing was decided), the signature."""
    styles = _styles()
    story = [
        Paragraph(text("print.office"), styles["office"]),
        Paragraph(text("reports.yearly_title", year=year), styles["title"]),
        Paragraph(text("reports.yearly_lead"), styles["body"]),
        Spacer(1, 4 * mm),
        _table([[str(name), _shown(value)] for name, value in summary(report)], styles, head=False),
    ]
    for title, table in list(tables_of(report).items())[1:]:
        if len(table) > 1:
            story.append(KeepTogether([Paragraph(title, styles["heading"]), _table(table[:25], styles)]))
    for title, table in voice.survey.items():
        story.append(KeepTogether([Paragraph(title, styles["heading"]), _table(table, styles, decimals=2)]))
    if voice.before:
        lines = [Paragraph(f"{place}. {escape(line)}", styles["body"]) for place, line in enumerate(voice.before, 1)]
        story += [Paragraph(text("reports.improvements_before", year=year - 1), styles["heading"]), *lines]
    decided = [escape(line) for line in voice.decided] or ["." * 118] * 3
    lines = [Paragraph(f"{place}. {line}", styles["body"]) for place, line in enumerate(decided, 1)]
    signed = [Spacer(1, 8 * mm), *(Paragraph(line, styles["sign"]) for line in _signature(now))]
    story += [
        Paragraph(text("reports.improvements"), styles["heading"]),
        *lines[:-1],
        KeepTogether([lines[-1], *signed]),  # a signature alone on a page signs nothing
    ]
    out = io.BytesIO()
    title = text("reports.yearly_title", year=year)
    document = SimpleDocTemplate(
        out, pagesize=A4, title=title, leftMargin=20 * mm, rightMargin=20 * mm, topMargin=18 * mm, bottomMargin=18 * mm
    )

    def footer(canvas: object, page: object) -> None:
        canvas.setFont("Helvetica", 8)  # type: ignore[attr-defined]
        line = text("reports.footer", name=made_by, day=write_date(today(now)), page=page.page)  # type: ignore[attr-defined]
        canvas.drawString(20 * mm, 10 * mm, line.replace("–", "-"))  # type: ignore[attr-defined]

    document.build(story, onFirstPage=footer, onLaterPages=footer)
    return out.getvalue()


def _table(rows: Table, styles: dict[str, ParagraphStyle], head: bool = True, decimals: int = 1) -> PdfTable:
    cells = [
        [Paragraph(_shown(cell, decimals), styles["head" if head and place == 0 else "cell"]) for cell in row]
        for place, row in enumerate(rows)
    ]
    first = 0.42 if 1 < len(rows[0]) < WIDE else 0.32 if len(rows[0]) > 1 else 1
    widths = [WIDTH * first, *[WIDTH * (1 - first) / (len(rows[0]) - 1)] * (len(rows[0]) - 1)]
    made = PdfTable(cells, colWidths=widths, hAlign="LEFT", repeatRows=int(head))
    style = [("LINEBELOW", (0, 0), (-1, -1), 0.5, RULE), ("VALIGN", (0, 0), (-1, -1), "MIDDLE"), ("TOPPADDING", (0, 0), (-1, -1), 2)]
    made.setStyle(TableStyle([*style, *([("BACKGROUND", (0, 0), (-1, 0), DEEP)] if head else [])]))
    return made


def _shown(value: object, decimals: int = 1) -> str:
    """A cell as Indonesian readers write numbers."""
    if value is None:
        return "-"
    return f"{value:.{decimals}f}".replace(".", ",") if isinstance(value, float) else escape(str(value)).replace("–", "-")


def _signature(now: datetime) -> list[str]:
    return [
        text("reports.place_and_day", day=write_date(today(now))),
        text("reports.head_of_office"),
        "&nbsp;",
        "&nbsp;",
        "&nbsp;",
        "." * 44,
        "NIP " + "." * 38,
    ]


def _styles() -> dict[str, ParagraphStyle]:
    base = getSampleStyleSheet()["BodyText"]
    return {
        "body": ParagraphStyle("body", base, fontSize=10, leading=14, spaceAfter=4),
        "office": ParagraphStyle("office", base, fontSize=10, textColor=DEEP, fontName="Helvetica-Bold"),
        "title": ParagraphStyle("title", base, fontSize=15, leading=19, fontName="Helvetica-Bold", spaceAfter=6),
        "heading": ParagraphStyle("heading", base, fontSize=11.5, fontName="Helvetica-Bold", spaceBefore=10, spaceAfter=4),
        "cell": ParagraphStyle("cell", base, fontSize=9, leading=11),
        "head": ParagraphStyle("head", base, fontSize=9, leading=11, textColor=colors.white, fontName="Helvetica-Bold"),
        "sign": ParagraphStyle("sign", base, fontSize=10, leading=14, leftIndent=95 * mm),
    }
