"""A line that runs in a bow is set straight; a straight one is left as it is."""

import cv2
import numpy as np

from documents.ocr.dewarping import dewarped


def line(bow: float) -> np.ndarray:
    """A white strip, 60 pixels high, with text whose middle hangs `bow` pixels under its ends."""
    strip = np.full((60, 900, 3), 255, np.uint8)
    cv2.putText(strip, "MENERANGKAN DENGAN SEBENARNYA BAHWA", (10, 34), cv2.FONT_HERSHEY_SIMPLEX, 1.1, (20, 20, 20), 2)
    x, y = np.meshgrid(np.arange(900, dtype=np.float32), np.arange(60, dtype=np.float32))
    rows = y - bow * (1 - ((x - 450) / 450) ** 2)
    return cv2.remap(strip, x, rows.astype(np.float32), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)


def inked_rows(strip: np.ndarray) -> int:
    return int((strip.min(axis=(1, 2)) < 128).sum())


def test_a_bowed_line_is_set_straight_and_cut_to_its_letters() -> None:
    bowed = line(16)
    straight = dewarped(bowed)
    assert inked_rows(straight) <= inked_rows(line(0)) + 8 < inked_rows(bowed)
    assert straight.shape[0] < bowed.shape[0]


def test_a_straight_line_is_left_as_it_is() -> None:
    level = line(0)
    assert dewarped(level) is level


def test_a_short_line_is_left_as_it_is() -> None:
    word = line(16)[:, :200]
    assert dewarped(word) is word
