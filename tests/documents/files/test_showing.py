"""Pages reach a browser only anew and stamped; a broken or hostile one is not shown at all."""

import io

import pytest
from PIL import Image

from documents.files import decode
from documents.files.showing import show_crop, show_picture
from documents.files.types import UnfitFileError
from tests.backoffice.office import make_picture

STAMP = "Dindukcapil Blora – akta kelahiran – 23 November 2026 – LM-261123-7K4F"


def with_exif() -> bytes:
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    out = io.BytesIO()
    Image.new("RGB", (400, 300), "white").save(out, "JPEG", exif=exif)
    return out.getvalue()


def test_a_page_is_written_anew_without_what_came_with_it_and_with_the_stamp() -> None:
    came = with_exif()
    shown = show_picture(came, STAMP)
    assert b"taken at home" in came and b"taken at home" not in shown.jpeg
    colours = Image.open(io.BytesIO(shown.jpeg)).getcolors(400 * 300)
    assert colours is None or len(colours) > 10, "an all-white page has no other colours but the stamp's"


@pytest.mark.parametrize("data", [b"", b"not a picture", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, make_picture()[:200], b"<svg onload='x'/>"])
def test_what_is_no_picture_is_not_shown(data: bytes) -> None:
    with pytest.raises(UnfitFileError):
        show_picture(data, STAMP)


def test_a_picture_that_would_fill_the_memory_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decode, "MAX_PIXELS", 1000)
    with pytest.raises(UnfitFileError):
        show_picture(make_picture(), STAMP)


@pytest.mark.parametrize("box", [(20, 30, 220, 70), (-50, -50, 30, 30), (600, 380, 9000, 9000)])
def test_a_crop_stays_within_its_page(box: tuple[int, int, int, int]) -> None:
    shown = show_crop(make_picture(), box)
    assert (shown.width, shown.height) == Image.open(io.BytesIO(shown.jpeg)).size
    assert 0 < shown.width <= 640 and 0 < shown.height <= 400


def test_a_crop_outside_its_page_is_refused() -> None:
    with pytest.raises(UnfitFileError):
        show_crop(make_picture(), (5000, 5000, 5100, 5100))
