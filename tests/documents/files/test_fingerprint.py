"""The same picture has the same fingerprint after it was compressed again, and another picture has not."""

import cv2
import numpy as np

from documents.files.fingerprint import fingerprint
from documents.files.types import Pixels
from standard.sameness import look_alike


def picture(seed: int) -> Pixels:
    rng = np.random.default_rng(seed)
    return np.asarray(cv2.resize(rng.integers(0, 255, (12, 16, 3), dtype=np.uint8), (800, 600), interpolation=cv2.INTER_CUBIC), np.uint8)


def test_a_picture_compressed_and_shrunk_again_is_the_same() -> None:
    _, jpeg = cv2.imencode(".jpg", cv2.resize(picture(1), (640, 480)), [cv2.IMWRITE_JPEG_QUALITY, 40])
    again = np.asarray(cv2.imdecode(jpeg, cv2.IMREAD_COLOR), np.uint8)
    assert look_alike(fingerprint(picture(1)), fingerprint(again))


def test_another_picture_is_another() -> None:
    assert not look_alike(fingerprint(picture(1)), fingerprint(picture(2)))
