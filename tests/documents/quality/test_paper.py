"""What lies over a sheet's text is told from its paper: a hand from the rim, glare, the rim of the picture."""

import cv2
import numpy as np
import pytest

from documents.fields.model import Fields, Value
from documents.model import Reason
from documents.ocr.finding import Scene
from documents.ocr.lines import Line, along
from documents.ocr.outline import outline
from documents.page import uncovered
from documents.quality.paper import Paper
from standard.kinds import Kind

SIZE = (1200, 1600)
FRAME = np.array([[0, 0], [1600, 0], [1600, 1200], [0, 1200]], float)
SKIN, TABLE, WHITE = (190, 140, 108), (96, 70, 50), (232, 231, 228)


def sheet(left: int = 200, right: int = 1400) -> tuple[np.ndarray, list[Line]]:
    """A white sheet with ten rows of dashes on a brown table, and where the rows are."""
    picture = np.full((*SIZE, 3), TABLE, np.uint8)
    picture[100:1100, max(0, left) : right] = WHITE
    rows = []
    for top in range(200, 1000, 80):
        for x in range(max(0, left) + 60, 1100, 24):
            cv2.rectangle(picture, (x, top), (x + 12, top + 26), (40, 40, 44), -1)
        rows.append(Line(np.array([[max(0, left) + 60, top], [1100, top], [1100, top + 28], [max(0, left) + 60, top + 28]], np.float32)))
    return picture, rows


def test_nothing_lies_over_a_free_sheet_and_it_ends_in_the_picture() -> None:
    picture, rows = sheet()
    paper = Paper(picture, rows, FRAME)
    assert paper.reached_over() == 0.0
    assert paper.leaves() == 0.0
    assert paper.ground(rows[3].quad).hidden == 0.0


@pytest.mark.parametrize("colour", [SKIN, (30, 60, 140), (20, 20, 20)])
def test_whatever_reaches_in_over_the_rim_is_seen_in_any_colour(colour: tuple[int, int, int]) -> None:
    picture, rows = sheet()
    cv2.line(picture, (800, 0), (800, 420), colour, 90)
    paper = Paper(picture, rows, FRAME)
    assert paper.reached_over() > 0.012
    hidden = np.array([[760, 360], [840, 360], [840, 388], [760, 388]], np.float32)
    assert paper.ground(hidden).foreign > 0.8


def test_what_lies_on_the_sheet_is_seen_though_it_touches_no_rim() -> None:
    picture, rows = sheet()
    cv2.line(picture, (500, 300), (900, 700), SKIN, 110)
    assert Paper(picture, rows, FRAME).reached_over() > 0.03


def test_a_photo_printed_on_the_sheet_does_not_reach_in() -> None:
    picture, rows = sheet()
    picture[600:800, 1150:1300] = (40, 80, 190)
    assert Paper(picture, rows, FRAME).reached_over() == 0.0


def test_glare_after_a_name_is_light_and_no_thing() -> None:
    picture, rows = sheet()
    cv2.circle(picture, (1140, 214), 60, (255, 255, 255), -1)
    ground = Paper(picture, rows, FRAME).ground(along(rows[0].quad, 0.0, 1.8))
    assert ground.light > 0.5
    assert ground.foreign < 0.1


def test_a_rainbow_over_a_name_is_no_thing_on_it() -> None:
    picture, rows = sheet()
    for step, colour in enumerate(((255, 170, 190), (250, 240, 150), (160, 240, 190), (170, 190, 255))):
        picture[180:260, 150 + 40 * step : 190 + 40 * step] = colour
    assert Paper(picture, rows, FRAME).ground(along(rows[0].quad, -1.2, 0.0, start=True)).foreign == 0.0


@pytest.mark.parametrize(("light", "given"), [((400, 214), False), ((1040, 214), False), ((700, 500), True)])
def test_a_name_that_goes_on_into_the_light_is_not_given(light: tuple[int, int], given: bool) -> None:
    picture, rows = sheet()
    cv2.circle(picture, light, 130, (255, 255, 255), -1)
    quad = np.array([[460, 200], [980, 200], [980, 228], [460, 228]], np.float32)
    scene = Scene(picture, tuple(rows), 0, np.array([[1.0, 0, 0], [0, 1.0, 0]]), (SIZE[1], SIZE[0]))
    fields = uncovered(scene, Paper(picture, rows, FRAME), Fields({"nama_ibu": Value("SITI", 0.99, quad)}), Kind.SURAT_KELAHIRAN)
    assert ("nama_ibu" in fields.values) is given
    assert (Reason.GLARE in fields.obstacles) is not given


def test_a_name_on_nearly_white_paper_is_not_lost_in_its_white() -> None:
    picture, rows = sheet()
    picture[picture.min(axis=2) > 200] = 247
    cv2.circle(picture, (400, 214), 130, (255, 255, 255), -1)
    quad = np.array([[460, 200], [980, 200], [980, 228], [460, 228]], np.float32)
    scene = Scene(picture, tuple(rows), 0, np.array([[1.0, 0, 0], [0, 1.0, 0]]), (SIZE[1], SIZE[0]))
    fields = uncovered(scene, Paper(picture, rows, FRAME), Fields({"nama_ibu": Value("SITI", 0.99, quad)}), Kind.SURAT_KELAHIRAN)
    assert "nama_ibu" in fields.values


def test_bleached_paper_is_no_glare() -> None:
    picture, rows = sheet()
    picture[picture.min(axis=2) > 200] = 255
    assert Paper(picture, rows, FRAME).ground(rows[0].quad).light == 0.0


def test_a_sheet_that_goes_on_beyond_the_picture_leaves_it() -> None:
    picture, rows = sheet(left=-1)
    assert Paper(picture, rows, FRAME).leaves() > 0.1


def test_paper_at_the_rim_far_from_the_text_cuts_off_nothing() -> None:
    picture, rows = sheet()
    picture[:, :60] = WHITE
    picture[:, 60:1400] = np.where(picture[:, 60:1400] == TABLE, WHITE, picture[:, 60:1400])
    assert Paper(picture, [Line(row.quad + np.float32((150, 0))) for row in rows], FRAME).leaves() < 0.01


def test_the_outline_of_a_sheet_is_found_though_its_print_is_lost() -> None:
    picture, _ = sheet()
    found = outline(cv2.GaussianBlur(picture, (0, 0), 9))
    assert found is not None
    assert 0.5 < found.share < 0.75
    assert found.ink > 0.028


def test_a_bare_table_has_no_outline() -> None:
    assert outline(np.full((*SIZE, 3), TABLE, np.uint8)) is None
