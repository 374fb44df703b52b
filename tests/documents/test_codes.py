"""The QR code of a paper of the registry is found on the picture; what is no address is left alone."""

import cv2
import numpy as np
import pytest

from documents.ocr.codes import LONGEST, code_in
from simulator.specimen import ink

ADDRESS = "https://dokumen.dukcapil.kemendagri.go.id/SPESIMEN/0123456789"


def sheet(text: str, side: int = 140) -> np.ndarray:
    """A white page with a code of `side` pixels at (900, 700)."""
    page = np.full((1000, 1400, 3), 235, np.uint8)
    page[700 : 700 + side, 900 : 900 + side] = np.asarray(ink.qr(text).resize((side, side)))
    return page


@pytest.mark.parametrize("side", [140, 90])
def test_an_address_is_read_with_its_place(side: int) -> None:
    code = code_in(sheet(ADDRESS, side))
    assert code is not None and code.text == ADDRESS
    (left, top), (right, bottom) = code.quad.min(axis=0), code.quad.max(axis=0)
    assert 890 < left < right < 910 + side and 690 < top < bottom < 710 + side


def test_a_slanting_and_blurred_code_is_read() -> None:
    turned = cv2.warpAffine(sheet(ADDRESS, 160), cv2.getRotationMatrix2D((980, 780), 9, 1), (1400, 1000), borderValue=(235, 235, 235))
    code = code_in(cv2.GaussianBlur(turned, (0, 0), 1.0))
    assert code is not None and code.text == ADDRESS


@pytest.mark.parametrize("text", ["SPESIMEN/3316990101900001", "javascript:alert(1)", f"https://a.test/{'x' * LONGEST}"])
def test_what_is_no_address_of_a_paper_is_left_alone(text: str) -> None:
    assert code_in(sheet(text, 300)) is None


def test_a_page_without_a_code_has_none() -> None:
    assert code_in(np.full((900, 1200, 3), 240, np.uint8)) is None
