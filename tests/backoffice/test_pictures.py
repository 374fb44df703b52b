"""Pictures reach a browser only anew, stamped and unkept; a broken or hostile one is not shown at all."""

import io
import re

import pytest
from PIL import Image

from backoffice.delivery import pdf
from backoffice.documents import images
from tests.backoffice.office import make_bundle, make_pdf, make_picture, send_bundle

NUMBER = "LM-261123-7K4F"
STAMP = "Dindukcapil Blora – akta kelahiran – 23 November 2026 – LM-261123-7K4F"


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One database is enough here: these tests are about pages, not about SQL."""
    return sqlite_url


def with_exif() -> bytes:
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    out = io.BytesIO()
    Image.new("RGB", (400, 300), "white").save(out, "JPEG", exif=exif)
    return out.getvalue()


def test_a_page_is_written_anew_without_what_came_with_it_and_with_the_stamp():
    came = with_exif()
    shown = images.page_picture(came, STAMP)
    assert b"taken at home" in came and b"taken at home" not in shown
    colours = Image.open(io.BytesIO(shown)).getcolors(400 * 300)
    assert colours is None or len(colours) > 10, "an all-white page has no other colours but the stamp's"


@pytest.mark.parametrize("data", [b"", b"not a picture", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, make_picture()[:200], b"<svg onload='x'/>"])
def test_what_is_no_picture_is_not_shown(data):
    with pytest.raises(images.PictureDamaged):
        images.page_picture(data, STAMP)


def test_a_picture_that_would_fill_the_memory_is_not_opened(monkeypatch):
    monkeypatch.setattr(images, "LARGEST_PIXELS", 1000)
    with pytest.raises(images.PictureDamaged):
        images.page_picture(make_picture(), STAMP)


@pytest.mark.parametrize("box", [(20, 30, 220, 70), (-50, -50, 30, 30), (600, 380, 9000, 9000)])
def test_a_crop_stays_within_its_page(box):
    width, height = Image.open(io.BytesIO(images.crop(make_picture(), box))).size
    assert 0 < width <= 640 and 0 < height <= 400


async def test_each_member_of_a_kk_stands_beside_the_part_of_the_picture_that_shows_it(api, sign_in):
    bundle = make_bundle()
    people = [{"nama": "BUDI SPESIMEN", "nik": "3316990101900001", "shdk": "KEPALA KELUARGA"}, {"nama": "SITI SPESIMEN"}]
    bundle["documents"][0]["check"] |= {
        "fields": {"anggota": people},
        "boxes": {
            f"anggota.{place}": {"page": 0, "left": 20, "top": 30 + 40 * place, "right": 300, "bottom": 60 + 40 * place} for place in (0, 1)
        },
    }
    await send_bundle(api, bundle)
    petugas = await sign_in("petugas")
    await petugas.take(NUMBER)
    here = f"/permohonan/{NUMBER}/berkas/{bundle['documents'][0]['submission']}"
    page = (await petugas.open(here)).text
    crops = re.findall(r'class="crop" src="([^"]+)"', page)
    assert crops == [f"{here}/kolom/anggota.{place}" for place in (0, 1)] and page.count('data-testid="member"') == 2
    for crop in crops:
        answer = await petugas.open(crop)
        assert answer.status_code == 200 and answer.headers["content-type"] == "image/jpeg"


def test_a_crop_outside_its_page_is_refused():
    with pytest.raises(images.PictureDamaged):
        images.crop(make_picture(), (5000, 5000, 5100, 5100))


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"%PDF-1.7 and nothing", b"%PDF-" + b"\0" * 5000])
def test_what_is_no_pdf_is_not_taken(data):
    with pytest.raises(pdf.NoPdf):
        pdf.look(data, {}, final=False)


def test_a_pdf_is_compared_with_what_it_should_say():
    looked = pdf.look(
        make_pdf("KARTU KELUARGA 3316990101260001"), {"number_missing": "3316 9901 0126 0001", "name_missing": "BIMA"}, final=False
    )
    assert looked.warnings == ["name_missing"]
    assert "no_signature" in pdf.look(make_pdf("x"), {}, final=True).warnings


async def test_pages_thumbnails_and_crops_are_for_the_holder_and_never_kept(api, sign_in):
    bundle = make_bundle()
    await send_bundle(api, bundle)
    submission = bundle["documents"][0]["submission"]
    petugas, other = await sign_in("petugas"), await sign_in("operator")
    await petugas.take(NUMBER)
    paths = [f"/permohonan/{NUMBER}/berkas/{submission}/{part}" for part in ("halaman/0", "halaman/0?kecil=1", "kolom/nik")]
    for path in paths:
        answer = await petugas.client.get(path)
        assert (answer.status_code, answer.headers["content-type"], answer.headers["cache-control"]) == (200, "image/jpeg", "no-store")
        assert (await other.client.get(path)).status_code == 409
    for path in (f"/permohonan/{NUMBER}/berkas/{submission}/halaman/7", f"/permohonan/{NUMBER}/berkas/{submission}/kolom/alamat"):
        assert (await petugas.client.get(path)).status_code == 404


async def test_the_bundle_prints_as_one_pdf_with_every_document(api, sign_in):
    await send_bundle(api)
    petugas = await sign_in("petugas")
    await petugas.take(NUMBER)
    answer = await petugas.client.get(f"/permohonan/{NUMBER}/cetak.pdf")
    assert answer.headers["content-type"] == "application/pdf"
    assert len(re.findall(rb"/Type /Page\b", answer.content)) >= 2 + 6
