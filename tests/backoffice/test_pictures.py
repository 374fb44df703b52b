"""Pictures reach a browser only anew, stamped and unkept."""

import io
import re

import pikepdf
import pytest

from tests.backoffice.office import make_bundle, send_bundle

NUMBER = "LM-261123-7K4F"


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One database is enough here: these tests are about pages, not about SQL."""
    return sqlite_url


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
    crops = re.findall(r'class="crop" src="([^"]+)"', page.split('class="members"')[1])
    assert crops == [f"{here}/kolom/anggota.{place}" for place in (0, 1)] and page.count('data-testid="member"') == 2
    for crop in crops:
        answer = await petugas.open(crop)
        assert answer.status_code == 200 and answer.headers["content-type"] == "image/jpeg"


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
    sheets = len(re.findall(rb"/Type /Page\b", answer.content))
    assert 2 + 3 + 1 <= sheets <= 6, "cover and data, three papers, and the three cards on one sheet: 6 papers took 9 sheets"
    pictures = sum(len(page.get_images()) for page in pikepdf.open(io.BytesIO(answer.content)).pages)
    assert pictures == 6 + 1, "every document, and the QR code of the cover"
