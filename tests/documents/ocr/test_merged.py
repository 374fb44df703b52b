"""A box that held two lines is looked at again, closer; lines that were found before are not found twice."""

import numpy as np

from documents.files.types import Pixels
from documents.ocr.engine import Quad, Reading
from documents.ocr.lines import Line
from documents.ocr.merged import parted

PAGE = np.full((400, 800, 3), 255, np.uint8)


def box(left: float, top: float, right: float, bottom: float) -> Quad:
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)


def said(quad: Quad, text: str, chance: float = 0.99) -> Line:
    return Line(quad, Reading(text, (chance,) * len(text)))


class CloserLook:
    """An engine that finds two lines in whatever it is shown, and one of the line above."""

    def __init__(self) -> None:
        self.looks = 0

    def detect(self, pixels: Pixels, side: int) -> list[Quad]:
        self.looks += 1
        return [box(5, 0, 500, 6), box(5, 10, 500, 32), box(5, 34, 500, 56)]

    def recognise(self, lines: list[Pixels]) -> list[Reading]:
        raise AssertionError


def look(lines: list[Line]) -> tuple[list[str], int]:
    engine = CloserLook()
    titles = iter(("TANGGUNG JAWAB MUTLAK", "PASANGAN SUAMI ISTRI"))
    found = parted(engine, PAGE, lines, lambda new: [said(line.quad, next(titles)) for line in new])
    return [line.text for line in found], engine.looks


REST = [said(box(100, 80 - 20, 600, 80 + 4), "SURAT PERNYATAAN"), *(said(box(100, y, 300, y + 24), "Nama") for y in (200, 230, 260))]


def test_two_titles_in_one_box_become_two_lines() -> None:
    assert look([*REST, said(box(100, 88, 600, 144), "aT bs", 0.5)]) == (
        [*(line.text for line in REST), "TANGGUNG JAWAB MUTLAK", "PASANGAN SUAMI ISTRI"], 1,
    )  # fmt: skip


def test_a_large_line_that_was_read_is_left_alone() -> None:
    assert look([*REST, said(box(100, 88, 600, 144), "SURAT KETERANGAN LAHIR")])[1] == 0
