"""A paper is cut out of its photo where its corners are sure and all that was read lies on it; else the photo stays whole."""

import cv2
import numpy as np
import pytest

from documents.ocr.cutting import cut_out

PAPER = (600, 840)
"""Width and height of the drawn sheet."""


def sheet() -> np.ndarray:
    """A white sheet with lines of print, and a black square in each of its corners."""
    wide, high = PAPER
    drawn = np.full((high, wide, 3), 245, np.uint8)
    for row in range(120, 760, 40):
        cv2.putText(drawn, "SPESIMEN SURAT", (80, row), cv2.FONT_HERSHEY_SIMPLEX, 0.9, (40, 40, 40), 2)
    for x, y in ((8, 8), (wide - 24, 8), (wide - 24, high - 24), (8, high - 24)):
        cv2.rectangle(drawn, (x, y), (x + 16, y + 16), (10, 10, 10), -1)
    return drawn


def photo(corners: list[tuple[int, int]], size: tuple[int, int] = (1200, 1500)) -> np.ndarray:
    """That sheet on a checked tablecloth, its corners there on the photo."""
    wide, high = size
    cloth = np.zeros((high, wide, 3), np.uint8)
    squares = (np.indices((high, wide)) // 60).sum(axis=0) % 2
    cloth[:] = np.where(squares[..., None] > 0, (150, 40, 40), (90, 60, 110))
    w, h = PAPER
    change = cv2.getPerspectiveTransform(np.float32([[0, 0], [w, 0], [w, h], [0, h]]), np.float32(corners))
    laid = cv2.warpPerspective(sheet(), change, (wide, high))
    mask = cv2.warpPerspective(np.full((h, w), 255, np.uint8), change, (wide, high))
    return np.where(mask[..., None] > 0, laid, cloth).astype(np.uint8)


SLANTED = [(250, 240), (950, 300), (900, 1310), (210, 1240)]
READ = [(320, 400, 800, 500), (320, 900, 800, 1000)]


def test_a_slanted_paper_is_cut_out_and_stands_straight() -> None:
    cut = cut_out(photo(SLANTED), READ)
    assert cut is not None
    high, wide = cut.shape[:2]
    assert 1.3 < high / wide < 1.55, "a sheet's own proportions"
    rim = cut[: int(high * 0.05)], cut[-int(high * 0.05) :]
    assert all((part.min(axis=2) < 60).any() for part in rim), "the marks in its corners are there"
    cloth = (cut[..., 0].astype(int) - cut[..., 1] > 60).mean()
    assert cloth < 0.12, "of the tablecloth a narrow rim"


@pytest.mark.parametrize(
    ("read", "why"),
    [
        ([], "nothing was read on it"),
        ([*READ, (20, 20, 180, 60)], "something was read beside it"),
    ],
)
def test_what_is_not_borne_out_by_what_was_read_stays_whole(read: list[tuple[int, int, int, int]], why: str) -> None:
    assert cut_out(photo(SLANTED), read) is None, why


def test_a_paper_that_fills_its_photo_stays_whole() -> None:
    assert cut_out(cv2.resize(sheet(), (1200, 1680)), [(200, 300, 900, 400)]) is None


def test_a_paper_half_out_of_the_picture_stays_whole() -> None:
    assert cut_out(photo([(-300, 240), (500, 300), (450, 1310), (-340, 1240)]), [(60, 500, 300, 560)]) is None
