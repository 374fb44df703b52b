"""Columns of a table on curled paper are laid against each other; what fits as well another way is left out."""

import numpy as np

from documents.fields.table import beside
from documents.ocr.lines import Line

HEIGHT, PITCH = 18, 22


def column(left: float, *tops: float) -> list[Line]:
    return [Line(np.array([[left, y], [left + 80, y], [left + 80, y + HEIGHT], [left, y + HEIGHT]], np.float32)) for y in tops]


def test_a_column_that_curled_up_by_a_whole_row_still_stands_row_for_row() -> None:
    rows, dates = column(440, 400, 422, 444), column(890, 379, 401, 423)
    assert beside(rows, dates, 0.0) == {0: dates[0], 1: dates[1], 2: dates[2]}


def test_a_row_without_a_cell_has_none() -> None:
    rows, names = column(440, 400, 422, 444, 466), column(100, 402, 446, 468)
    assert beside(rows, names, 0.0) == {0: names[0], 2: names[1], 3: names[2]}


def test_columns_that_fit_two_ways_are_told_apart_by_what_confirms_them_or_not_at_all() -> None:
    rows, dates = column(440, 400, 422), column(890, 411)
    assert beside(rows, dates, 0.0) == {}
    assert beside(rows, dates, 0.0, lambda row, cell: row == 0) == {0: dates[0]}
