"""Finds the QR code by which a paper of the registry is checked. What it says is text of a stranger: it is kept, never opened."""

from dataclasses import dataclass

import cv2
import numpy as np
import zxingcpp

from documents.files.types import Pixels
from documents.ocr.engine import Quad

LONGEST = 400
"""Characters of an address; a code that holds more is none that leads to a paper."""
TINY = 1.6
"""How much larger the picture is looked at where nothing was found: a code of 17 mm on a photographed sheet has modules of two pixels."""


@dataclass(frozen=True, eq=False)
class Code:
    """What a QR code says, and its corners (4 × 2) on the picture."""

    text: str
    quad: Quad


def code_in(pixels: Pixels) -> Code | None:
    """The first QR code that holds an address; None where there is none."""
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    for scale in (1.0, TINY):
        seen = grey if scale == 1.0 else cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
        found = zxingcpp.read_barcodes(np.ascontiguousarray(seen), formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
        if found:
            return next((Code(code.text, _corners(code.position, scale)) for code in found if _is_address(code.text)), None)
    return None


def _is_address(text: str) -> bool:
    return text.lower().startswith(("https://", "http://")) and len(text) <= LONGEST and text.isascii() and text.isprintable()


def _corners(place: zxingcpp.Position, scale: float) -> Quad:
    corners = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
    return np.array([(corner.x, corner.y) for corner in corners], np.float32) / np.float32(scale)
