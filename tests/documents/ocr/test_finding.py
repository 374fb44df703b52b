"""Lines are found and set level with as few looks as it takes; what was read on the way is not read again."""

import cv2
import numpy as np
import pytest

from documents.files.types import Pixels
from documents.ocr.engine import Quad, Reading, ordered
from documents.ocr.finding import SAMPLE, find
from documents.page import PageReader
from documents.reader import Reader

LINES = 20


class BarEngine:
    """Takes dark bars for lines, and reads the same in all of them; notes what it was asked."""

    def __init__(self) -> None:
        self.looks = 0
        self.read = 0

    def detect(self, pixels: Pixels, side: int) -> list[Quad]:
        self.looks += 1
        contours, _ = cv2.findContours((pixels.min(axis=2) < 100).astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        return [ordered(cv2.boxPoints(cv2.minAreaRect(contour))) for contour in contours]

    def recognise(self, lines: list[Pixels]) -> list[Reading]:
        self.read += len(lines)
        return [Reading("PLAIN", (0.99,) * 5, (0.1, 0.3, 0.5, 0.7, 0.9))] * len(lines)


def page(lean: float = 0.0) -> Pixels:
    """Bars like lines of text on white, which fall to the right by `lean` degrees."""
    pixels = np.full((900, 1200, 3), 230, np.uint8)
    for row in range(LINES):
        cv2.rectangle(pixels, (200, 60 + 40 * row), (500 + 20 * row, 80 + 40 * row), (20, 20, 20), -1)
    turned = cv2.getRotationMatrix2D((600, 450), -lean, 0.8)
    return np.asarray(cv2.warpAffine(pixels, turned, (1200, 900), borderValue=(230, 230, 230)), np.uint8)


@pytest.mark.parametrize("lean", [0.0, 9.0, -14.0])
def test_a_leaning_page_is_set_level_and_looked_over_no_more_often_than_another(lean: float) -> None:
    engine = BarEngine()
    scene = find(engine, page(lean))
    assert len(scene.lines) == LINES
    assert max(abs(line.slope) for line in scene.lines) < 0.03
    assert engine.looks == 2


def test_levelled_lines_lie_where_they_stood_on_the_page() -> None:
    pixels = page(9.0)
    scene = find(BarEngine(), pixels)
    for line in scene.lines:
        x, y = line.quad.mean(axis=0) @ scene.to_page[:, :2].T + scene.to_page[:, 2]
        assert pixels[int(y), int(x)].max() < 60


def test_a_line_that_showed_which_way_is_up_is_not_read_twice() -> None:
    engine = BarEngine()
    scene = find(engine, page())
    assert engine.read == SAMPLE
    lines = PageReader(engine).read(scene, list(scene.lines))
    assert engine.read == LINES
    assert {line.text for line in lines} == {"PLAIN"}


def test_a_page_that_came_upright_is_kept_as_it_came() -> None:
    drafts = []
    jpeg = cv2.imencode(".jpg", page())[1].tobytes()
    answer = Reader(BarEngine()).check(jpeg, draft=drafts.append)
    assert answer.pages[0] is drafts[0].pages[0]
    assert answer.fingerprint == drafts[0].fingerprint


class OneSureLine(BarEngine):
    """Reads one of two lines surely the right way up; upside down both, but as guesses."""

    def recognise(self, lines: list[Pixels]) -> list[Reading]:
        self.read += 1
        said = (("KARTU KELUARGA", 1.0), ("iu", 0.6)) if self.read == 1 else (("VEYWTEK NLYVX", 0.8), ("mG!i", 0.4))
        readings = [Reading(text, (chance,) * len(text), (0.5,) * len(text)) for text, chance in said]
        return (readings + [Reading("")] * len(lines))[: len(lines)]


def test_one_sure_line_outweighs_two_guesses_upside_down() -> None:
    assert find(OneSureLine(), page()).turn == 0
