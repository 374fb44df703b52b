"""What is wrong with a photo is ringed where it is: the light, or the side on which the paper is cut off."""

from dataclasses import replace

import numpy as np
import pytest

from documents import Reason
from documents.model import Check, Page, Verdict
from documents.quality.marking import cut_side, light_in, marked
from documents.sandbox import wire
from standard.kinds import Kind

GREY = 150


def page(wide: int = 1600, high: int = 1000) -> np.ndarray:
    return np.full((high, wide, 3), GREY, np.uint8)


def line(left: float, top: float, right: float, bottom: float) -> np.ndarray:
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float64)


def test_the_largest_light_is_found_where_it_is() -> None:
    lit = page()
    lit[200:400, 900:1200] = 255
    lit[800:830, 100:130] = 255
    centre, (across, down) = light_in(lit) or pytest.fail("no light")
    assert abs(centre[0] - 1050) < 15 and abs(centre[1] - 300) < 15 and across > 150 and down > 100


def test_a_white_sheet_and_a_speck_are_no_light() -> None:
    white, speck = np.full((1000, 1600, 3), 255, np.uint8), page()
    speck[10:20, 10:20] = 255
    assert light_in(white) is None and light_in(speck) is None


@pytest.mark.parametrize(
    ("place", "centre"),
    [
        (line(2, 300, 900, 340), (0, 500)),
        (line(700, 300, 1598, 340), (1599, 500)),
        (line(500, 1, 900, 40), (800, 0)),
        (line(500, 900, 900, 998), (800, 999)),
    ],
)
def test_the_side_that_the_print_touches_is_the_one_that_is_cut(place: np.ndarray, centre: tuple[int, int]) -> None:
    found = cut_side((1000, 1600), [place, line(400, 400, 1000, 450)], Reason.CUT_OFF)
    assert found is not None and found[0] == centre


def test_the_ring_is_drawn_in_red_on_a_smaller_picture_and_the_rest_stays() -> None:
    lit = page()
    lit[200:400, 900:1200] = 255
    drawn = marked(lit, (Reason.GLARE,), [])
    assert drawn is not None and drawn.shape == (625, 1000, 3)
    red = (drawn[:, :, 0] > 180) & (drawn[:, :, 1] < 80)
    assert 500 < red.sum() < 0.05 * red.size
    assert (drawn[500:, :500] == GREY).all() and (lit[0, 0] == GREY).all()


@pytest.mark.parametrize("reason", [Reason.BLUR, Reason.DARK, Reason.WRONG_DOCUMENT])
def test_a_fault_without_a_place_is_not_drawn(reason: Reason) -> None:
    assert marked(page(), (reason,), [line(2, 3, 40, 50)]) is None


def test_the_picture_crosses_from_the_worker_with_its_check() -> None:
    one = Check(Verdict.RETAKE, Kind.KTP, 0.9, (Reason.GLARE,), {}, pages=(Page(b"p", 10, 20),), marked=Page(b"m", 5, 6))
    two = Check(Verdict.OK, Kind.KK, 0.9, (), {}, pages=(Page(b"q", 10, 20),))
    whole = wire.unpack(wire.pack(replace(one, others=(two,)))[wire.HEAD :])
    assert whole.marked == one.marked and whole.others[0].marked is None and whole.others[0].pages == two.pages
