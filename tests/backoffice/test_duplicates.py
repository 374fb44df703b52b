"""Cases that may be about the same child are shown side by side, and a person decides."""

import pytest

from tests.backoffice.office import make_bundle, make_document, make_picture, put_picture, send_bundle

FIRST, SECOND = "LM-261123-AAAA", "LM-261123-CCCC"


def bundle_of(number, name, born, mother=None, letter="surat", letter_number=None):
    bundle = make_bundle(number)
    bundle["anak"][0] |= {"nama": name, "tanggal_lahir": born}
    if mother:
        bundle["answers"]["ibu_nik"] = {"value": mother, "source": "kk"}
    bundle["documents"] = [make_document("surat_kelahiran", make_picture(letter))]
    bundle["documents"][0]["check"]["fields"]["nomor"] = letter_number
    return bundle


CASES = [
    (("BIMA SPESIMEN", "2026-11-01", None, "a"), ("Bima  Spesimen", "2026-11-04", None, "b"), "nama anak dan tanggal lahir sama"),
    (("BIMA SPESIMEN", "2026-11-01", None, "a"), ("BIMA SPESIMEN", "2026-11-07", None, "b"), None),
    (("BIMA SPESIMEN", "2026-11-01", "3316994101900001", "a"), ("CITRA SPESIMEN", "2026-08-01", "3316994101900001", "b"), "ibu yang sama"),
    (("BIMA SPESIMEN", "2026-11-01", "3316994101900001", "a"), ("CITRA SPESIMEN", "2025-11-01", "3316994101900001", "b"), None),
    (("BIMA SPESIMEN", "2026-11-01", None, "a"), ("CITRA SPESIMEN", "2020-01-01", None, "a"), "gambar surat kelahiran sama"),
    (("BIMA SPESIMEN", "2026-11-01", None, "a", "12/RS/26"), ("CITRA SPESIMEN", "2020-01-01", None, "b", "12/rs/26"), "nomor surat sama"),
]


@pytest.mark.parametrize(("first", "second", "reason"), CASES)
async def test_what_may_be_the_same_child_is_told_with_the_reason(api, sign_in, first, second, reason):
    for place, (number, given) in enumerate(((FIRST, first), (SECOND, second))):
        await put_picture(api, given[3])
        assert (await api.put(f"/api/bundles/draft-{place}", json=bundle_of(number, *given))).status_code == 201
    desk = await sign_in("petugas")
    await desk.take(SECOND)
    assert ('data-testid="duplicates"' in desk.page) == bool(reason)
    assert reason is None or reason in desk.page


async def test_twins_in_two_bundles_pass_with_one_click_on_either_side(api, sign_in):
    twins = (("BIMA SPESIMEN", "2026-11-01", "3316994101900001", "a"), ("CITRA SPESIMEN", "2026-11-01", "3316994101900001", "b"))
    for place, (number, given) in enumerate(zip((FIRST, SECOND), twins, strict=True)):
        await put_picture(api, given[3])
        await api.put(f"/api/bundles/draft-{place}", json=bundle_of(number, *given))
    desk = await sign_in("petugas")
    await desk.take(SECOND)
    assert "Kembar, bukan ganda" in desk.page
    await desk.post(f"/permohonan/{SECOND}/bukan-ganda", other=FIRST)
    assert 'data-testid="duplicates"' not in desk.page and f"menyatakan bukan permohonan ganda ({FIRST})" in desk.page
    await desk.open("/antrean")
    await desk.take(FIRST)
    assert 'data-testid="duplicates"' not in desk.page


async def test_a_case_is_handed_to_a_colleague_by_name(api, sign_in):
    await send_bundle(api, make_bundle(FIRST))
    first, second = await sign_in("petugas", username="siti"), await sign_in("petugas", username="budi")
    await first.take(FIRST)
    colleague = first.page.split('name="staff"')[1].split('<option value="')[1].split('"')[0]
    assert (await first.post(f"/permohonan/{FIRST}/serahkan", staff=colleague)).status_code == 303
    assert "menyerahkan permohonan (Budi SPESIMEN)" in first.page
    await second.open(f"/permohonan/{FIRST}")
    assert "Anda pegang" in second.page
    assert (await first.post(f"/permohonan/{FIRST}/serahkan", staff=colleague)).status_code == 403
