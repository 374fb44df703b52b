"""Files become pixels or one clear reason."""

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from documents.files import decode, types
from documents.model import Reason


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


PICTURE = Image.new("RGB", (400, 300), (10, 200, 30))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "BMP", "TIFF"])
def test_a_picture_becomes_pixels(kind: str) -> None:
    (sheet,) = decode.decode(encoded(PICTURE, kind))
    assert sheet.pixels.shape == (300, 400, 3)
    assert np.abs(sheet.pixels[150, 200].astype(int) - (10, 200, 30)).max() < 8


def test_a_picture_of_an_iphone_becomes_pixels() -> None:
    (sheet,) = decode.decode((Path(__file__).parent / "heic" / "ktp.heic").read_bytes())
    assert sheet.pixels.shape == (1200, 1600, 3)


def noisy(progressive: bool = False) -> bytes:
    noise = np.random.default_rng(5).integers(0, 255, (600, 800, 3), dtype=np.uint8)
    return encoded(Image.fromarray(noise), "JPEG", quality=80, progressive=progressive)


@pytest.mark.parametrize("progressive", [False, True])
def test_a_jpeg_without_its_last_two_bytes_is_read_like_the_whole(progressive: bool) -> None:
    data = noisy(progressive)
    (whole,), (cut,) = decode.decode(data), decode.decode(data[:-2])
    assert (whole.pixels == cut.pixels).all()


@pytest.mark.parametrize("left", [0.3, 0.9])
@pytest.mark.parametrize("progressive", [False, True])
def test_a_jpeg_of_which_a_part_is_missing_is_damaged(left: float, progressive: bool) -> None:
    data = noisy(progressive)
    with pytest.raises(types.UnfitFileError):
        decode.decode(data[: int(left * len(data))])


def test_every_page_of_a_fax_is_a_sheet() -> None:
    pages = [Image.new("1", (400, 300), shade) for shade in (0, 1)]
    sheets = decode.decode(encoded(pages[0], "TIFF", save_all=True, append_images=pages[1:], compression="group4"))
    assert [int(sheet.pixels.max()) for sheet in sheets] == [0, 255]


def test_the_orientation_that_the_camera_wrote_is_followed_once() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    (sheet,) = decode.decode(encoded(PICTURE, "JPEG", exif=exif))
    assert sheet.pixels.shape == (400, 300, 3)


def test_a_large_picture_is_shrunk() -> None:
    (sheet,) = decode.decode(encoded(Image.new("RGB", (6000, 2000)), "JPEG"))
    assert max(sheet.pixels.shape) == types.LONG_SIDE


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
        (bytes(types.MAX_BYTES + 1), Reason.FILE_SIZE),
        (encoded(Image.new("RGB", (20, 20)), "PNG"), Reason.FILE_DAMAGED),
    ],
)
def test_what_cannot_be_pixels_has_a_reason(data: bytes, reason: Reason) -> None:
    with pytest.raises(types.UnfitFileError) as unfit:
        decode.decode(data)
    assert unfit.value.reason is reason
