"""Writes the index of a period as a sheet of one page to be published, and as tables."""

import io
from datetime import datetime

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from backoffice.survey.service import Result
from backoffice.web.tables import Cell
from backoffice.web.texts import text
from standard.clock import today, write_date

DEEP, BAR, RULE = colors.HexColor("#0b4f56"), colors.HexColor("#2d8a82"), colors.HexColor("#c9d5d4")
LEFT, RIGHT = 22 * mm, 188 * mm
BAR_FROM, BAR_TO = 112 * mm, 168 * mm


def written(value: float | None, decimals: int = 2) -> str:
    """A number as Indonesian readers write it; a dash where there is none."""
    return "-" if value is None else f"{value:.{decimals}f}".replace(".", ",")


def tables_of(result: Result) -> dict[str, list[list[Cell]]]:
    """The index, and each unsur, with their heads."""
    index, grade = result.index, result.index.grade
    summary: list[list[Cell]] = [
        [text("survey.figure"), text("survey.value")],
        [text("survey.period"), f"{write_date(result.period.first)} - {write_date(result.period.last)}"],
        [text("survey.invited"), result.invited],
        [text("survey.respondents"), index.respondents],
        [text("survey.ikm"), index.total],
        [text("survey.grade"), f"{grade.grade} ({grade.label})" if grade else ""],
    ]
    rows: list[list[Cell]] = [[text(f"survey.{name}") for name in ("unsur", "count", "average", "weighted", "index", "grade")]]
    for row in index.rows:
        weighted = None if row.average is None else round(row.average / len(index.rows), 3)
        average = None if row.average is None else round(row.average, 3)
        rows.append([row.unsur.label, row.count, average, weighted, row.index, row.grade.grade if row.grade else ""])
    tables = {text("survey.title"): summary, text("survey.by_unsur"): rows}
    if result.about:
        head: list[Cell] = [text("survey.about"), text("survey.answer"), text("survey.respondents")]
        counted: list[list[Cell]] = [[question, label, n] for question, said in result.about.items() for label, n in said.items()]
        tables[text("survey.about_respondents")] = [head, *counted]
    return tables


def make_sheet(result: Result, now: datetime) -> bytes:
    """One page A4: the index in large figures, the period, the respondents, and a bar for each unsur."""
    out, index = io.BytesIO(), result.index
    canvas = Canvas(out, pagesize=A4)
    canvas.setTitle(text("survey.sheet_title"))
    width = A4[0]
    canvas.setFillColor(DEEP)
    _centred(canvas, text("survey.sheet_title"), 270 * mm, 17, "Helvetica-Bold")
    _centred(canvas, text("print.office"), 261 * mm, 12)
    canvas.setFillColor(colors.black)
    _centred(canvas, f"{write_date(result.period.first)} - {write_date(result.period.last)}", 253 * mm, 11)
    canvas.setFillColor(DEEP)
    _centred(canvas, written(index.total), 220 * mm, 64, "Helvetica-Bold")
    canvas.setFillColor(colors.black)
    grade = index.grade
    said = text("survey.sheet_grade", grade=grade.grade, label=grade.label) if grade else text("survey.not_enough")
    _centred(canvas, said, 206 * mm, 15, "Helvetica-Bold")
    _centred(canvas, text("survey.sheet_respondents", n=index.respondents, invited=result.invited), 198 * mm, 11)
    top = 182 * mm
    for place, row in enumerate(index.rows):
        line = top - place * 13.5 * mm
        canvas.setFont("Helvetica", 10)
        canvas.setFillColor(colors.black)
        canvas.drawString(LEFT, line, f"{place + 1}. {row.unsur.label}")
        canvas.setFillColor(RULE)
        canvas.rect(BAR_FROM, line - 1 * mm, BAR_TO - BAR_FROM, 5 * mm, stroke=0, fill=1)
        if row.index is not None:
            canvas.setFillColor(BAR)
            canvas.rect(BAR_FROM, line - 1 * mm, (BAR_TO - BAR_FROM) * row.index / 100, 5 * mm, stroke=0, fill=1)
        canvas.setFillColor(colors.black)
        canvas.drawRightString(RIGHT, line, written(row.index))
    canvas.setFont("Helvetica", 9)
    for place, (question, answers) in enumerate(result.about.items()):
        counted = ", ".join(f"{label} {n}" for label, n in answers.items())
        canvas.drawString(LEFT, (50 - 6 * place) * mm, f"{question}: {counted}")
    canvas.setFont("Helvetica", 8)
    canvas.drawCentredString(width / 2, 14 * mm, text("survey.sheet_foot", day=write_date(today(now))))
    canvas.save()
    return out.getvalue()


def _centred(canvas: Canvas, words: str, height: float, size: int, font: str = "Helvetica") -> None:
    canvas.setFont(font, size)
    canvas.drawCentredString(A4[0] / 2, height, words.replace("–", "-"))
