"""What a cell of a printed paper breaks over lines is put together, and the next row is not."""

import numpy as np
import pytest

from documents.ocr.engine import Reading
from documents.ocr.lines import Line
from documents.ocr.wrapped import cells


def line(text, left, top, height=20.0, width=None):
    right = left + (width or 11.0 * len(text))
    corners = [(left, top), (right, top), (right, top + height), (left, top + height)]
    return Line(np.array(corners, np.float32), Reading(text))


NIK = "3316994811260003"


@pytest.mark.parametrize("aside", [0, 12], ids=["beside the first line", "between the lines"])
def test_a_name_that_its_column_breaks_is_one_line(aside):
    rows = [
        line("RAFFA MAHENDRA ZAYN", 100, 100), line(NIK, 420, 100 + aside), line("ADITYA PRASETYA", 100, 123),
        line("ALMIRA AULIA", 100, 160), line("3316994811260004", 420, 160),
    ]  # fmt: skip
    assert cells(rows) == ["RAFFA MAHENDRA ZAYN\nADITYA PRASETYA", NIK, "ALMIRA AULIA", "3316994811260004"]


def test_the_next_row_is_another_ones_however_close_it_stands():
    rows = [line("BUDI SANTOSO", 100, 100), line(NIK, 420, 100), line("SITI AMINAH", 100, 125), line("3316994811260004", 420, 125)]
    assert len(cells(rows)) == 4


def test_a_name_in_the_middle_of_an_akta_goes_on_in_the_middle_and_other_words_do_not_belong_to_it():
    rows = [line("telah lahir", 100, 60), line("ZAHRA MAHESWARI HIDAYAH", 200, 100), line("KUSUMA", 294, 126), line("anak ke-2", 100, 152)]
    assert cells(rows) == ["telah lahir", "ZAHRA MAHESWARI HIDAYAH\nKUSUMA", "anak ke-2"]
