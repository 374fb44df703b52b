"""Files become pixels or one clear reason."""

import io

import numpy as np
import pytest
from PIL import Image

from documents.files import decode
from documents.model import Reason


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


PICTURE = Image.new("RGB", (400, 300), (10, 200, 30))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_becomes_pixels(kind: str) -> None:
    (sheet,) = decode.decode(encoded(PICTURE, kind))
    assert sheet.pixels.shape == (300, 400, 3)
    assert np.abs(sheet.pixels[150, 200].astype(int) - (10, 200, 30)).max() < 8


def test_the_orientation_that_the_camera_wrote_is_followed_once() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    (sheet,) = decode.decode(encoded(PICTURE, "JPEG", exif=exif))
    assert sheet.pixels.shape == (400, 300, 3)


def test_a_large_picture_is_shrunk() -> None:
    (sheet,) = decode.decode(encoded(Image.new("RGB", (6000, 2000)), "JPEG"))
    assert max(sheet.pixels.shape) == decode.LONG_SIDE


def test_what_is_transparent_is_white() -> None:
    (sheet,) = decode.decode(encoded(Image.new("RGBA", (100, 100), (0, 0, 0, 0)), "PNG"))
    assert sheet.pixels.min() == 255


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", Reason.FILE_DAMAGED),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", Reason.FILE_TYPE),
        (b"GIF89a" + bytes(50), Reason.FILE_TYPE),
        (b"\xff\xd8\xff\xe0" + bytes(50), Reason.FILE_DAMAGED),
        (encoded(PICTURE, "JPEG")[:800], Reason.FILE_DAMAGED),
        (b"%PDF-1.7\nnothing", Reason.FILE_DAMAGED),
        (bytes(decode.MAX_BYTES + 1), Reason.FILE_SIZE),
        (encoded(Image.new("RGB", (20, 20)), "PNG"), Reason.FILE_DAMAGED),
    ],
)
def test_what_cannot_be_pixels_has_a_reason(data: bytes, reason: Reason) -> None:
    with pytest.raises(decode.UnfitFileError) as unfit:
        decode.decode(data)
    assert unfit.value.reason is reason
