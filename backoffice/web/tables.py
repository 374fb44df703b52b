"""Writes tables for spreadsheets: CSV lines and XLSX files in which no cell can run as a formula."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A text that begins so would be calculated by a spreadsheet (OWASP, CSV injection); in East Asian settings full-width signs, too."""
WIDEST = 60

Cell = str | int | float | None


def csv_line(cells: Iterable[Cell]) -> str:
    """One line as Indonesian spreadsheets read it: `;` between the cells, a comma in numbers."""
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerow([_with_comma(_harmless(cell)) for cell in cells])
    return out.getvalue()


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def make_xlsx(sheets: Mapping[str, Sequence[Sequence[Cell]]]) -> bytes:
    """A workbook; the first row of each sheet is its head, kept in sight."""
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title[:31])
        for row in rows:
            sheet.append([_harmless(cell) for cell in row])
        for cell in sheet[1]:
            cell.font = Font(bold=True)
        sheet.freeze_panes = "A2"
        for place in range(1, sheet.max_column + 1):
            longest = max((len(str(row[place - 1])) for row in rows if len(row) >= place and row[place - 1] is not None), default=8)
            sheet.column_dimensions[get_column_letter(place)].width = min(longest + 2, WIDEST)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _with_comma(cell: Cell) -> Cell:
    return str(cell).replace(".", ",") if isinstance(cell, float) else cell


def _harmless(cell: Cell) -> Cell:
    """A text that no spreadsheet calculates, without the control characters that XLSX can't hold."""
    if not isinstance(cell, str):
        return cell
    written = ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", cell)
    return f"'{written}" if written.lstrip(" ").startswith(FORMULA) else written
