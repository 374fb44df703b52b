"""Numbers from SIAK: what can't be right is refused, what is unusual is asked back, all are shown and can be put right."""

import pytest
from sqlalchemy import select

from backoffice.cases import ledger
from backoffice.cases.models import Case, CaseEvent
from backoffice.cases.products import Product
from backoffice.cases.repository import CaseRepository
from tests.backoffice.office import make_bundle, make_pdf, send_bundle
from tests.backoffice.test_chain import AKTA, NUMBER, approve_all, check_documents, deliver, enter_and_draft

KK = "3316990101260001"
NIK = "3316990111260001"
"""Of a boy born on 1 November 2026, as the bundle's child is."""


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Most of it is about pages; two who enter one number at once are tried on both databases elsewhere."""
    return sqlite_url


async def at_siak(api, sign_in, bundle=None, draft="draft-1"):
    """An operator with the case in hand where its numbers are entered."""
    bundle = bundle or make_bundle()
    await send_bundle(api, bundle, draft)
    petugas, operator = await sign_in("petugas", username=f"p-{draft}"), await sign_in("operator", username=f"o-{draft}")
    await check_documents(petugas, bundle["number"])
    await petugas.act(bundle["number"], "lengkap")
    await operator.take(bundle["number"])
    return operator


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("no_kk", "1111111111111111", "diawali 3316"),
        ("no_kk", "3316993202260001", "16 angka"),
        ("no_kk", "3316990101280001", "belum tiba"),
        ("akta_0", "3316-LU-31022026-0001", "tidak sah"),
        ("akta_0", "3374-LU-23112026-0001", "bukan dari kantor ini"),
        ("akta_0", "3316-LU-24112026-0001", "belum tiba"),
        ("akta_0", "3316-LU-31102026-0001", "lebih awal"),
        ("akta_0", "3316-LU-23112026-0000", "tidak sah"),
        ("nik_0", "123", "NIK anak ke-1 tidak sah"),
        ("nik_0", "3316990101900001", "NIK orang lain"),
    ],
)
async def test_a_number_that_cannot_be_right_is_refused_beside_its_field_with_all_that_was_typed(api, sign_in, field, value, said):
    operator = await at_siak(api, sign_in)
    given = {"no_kk": KK, "akta_0": AKTA, "nik_0": NIK} | {field: value}
    answer = await operator.act(NUMBER, "siak_diinput", **given)
    assert answer.status_code == 422 and said in answer.text
    assert all(f'value="{typed}"' in answer.text for typed in given.values())
    assert f'name="{field}"' in answer.text.split('aria-invalid="true"')[0].rpartition("<input")[2]
    assert (await api.get(f"/api/cases/{NUMBER}")).json()["stage"] == "lengkap"


async def test_what_is_entered_as_siak_writes_it_is_shown_afterwards(api, sign_in):
    operator = await at_siak(api, sign_in)
    assert (
        await operator.act(NUMBER, "siak_diinput", no_kk="3316 9901 0126 0001", akta_0=" 3316-lu-23112026-0001 ", nik_0=NIK)
    ).status_code == 303
    page = (await operator.open(f"/permohonan/{NUMBER}")).text
    assert (
        f'data-testid="number-kk">{KK}<' in page
        and f'data-testid="number-akta">{AKTA}<' in page
        and f'data-testid="number-nik">{NIK}<' in page
    )
    other = await sign_in("operator", username="lain")
    assert KK not in (await other.open(f"/permohonan/{NUMBER}")).text


async def test_another_cases_akta_and_nik_are_never_taken(api, sign_in):
    operator = await at_siak(api, sign_in)
    await operator.act(NUMBER, "siak_diinput", no_kk=KK, akta_0=AKTA, nik_0=NIK)
    second = make_bundle("LM-261123-8M5G", contact={"id": "contact-2", "phone": None, "name": None})
    other = await at_siak(api, sign_in, second, "draft-2")
    free = {"no_kk": "3316990101260002", "akta_0": "3316-LU-23112026-0002", "nik_0": "3316990111260002"}
    for wrong in ({"akta_0": AKTA}, {"nik_0": NIK}):
        answer = await other.act("LM-261123-8M5G", "siak_diinput", **free | wrong)
        assert answer.status_code == 422 and NUMBER in answer.text
    assert (await other.act("LM-261123-8M5G", "siak_diinput", **free)).status_code == 303


@pytest.mark.parametrize(
    ("given", "read", "said"),
    [
        ({"nik_0": "3316994111260001"}, None, "tidak sesuai dengan tanggal lahir"),
        ({"akta_0": "3316-LT-23112026-0001"}, None, "60 hari"),
        ({}, "3316990505150007", "terbaca pada KK pemohon"),
    ],
)
async def test_what_is_unusual_is_taken_once_somebody_says_that_it_was_looked_at(api, sign_in, services, given, read, said):
    bundle = make_bundle()
    if read:
        bundle["documents"][0]["check"]["fields"] = {"no_kk": read}
    operator = await at_siak(api, sign_in, bundle)
    given = {"no_kk": KK, "akta_0": AKTA, "nik_0": NIK} | given
    answer = await operator.act(NUMBER, "siak_diinput", **given)
    assert answer.status_code == 409 and said in answer.text and 'data-testid="seen-siak_diinput"' in answer.text
    assert (await operator.act(NUMBER, "siak_diinput", **given, seen="ya")).status_code == 303
    async with services.database.read() as session:
        event = await session.scalar(select(CaseEvent).where(CaseEvent.kind == "siak_diinput"))
    assert len(event.data["doubts"]) == 1


async def test_a_kk_of_another_mothers_case_is_asked_back(api, sign_in):
    mothers = [{"ibu_nik": {"value": f"331699410190000{n}", "source": "chat"}} for n in (1, 2)]
    operator = await at_siak(api, sign_in, make_bundle(answers=mothers[0]))
    await operator.act(NUMBER, "siak_diinput", no_kk=KK, akta_0=AKTA, nik_0=NIK)
    other = await at_siak(api, sign_in, make_bundle("LM-261123-8M5G", answers=mothers[1]), "draft-2")
    free = {"no_kk": KK, "akta_0": "3316-LU-23112026-0002", "nik_0": "3316990111260002"}
    answer = await other.act("LM-261123-8M5G", "siak_diinput", **free)
    assert answer.status_code == 409 and "ibu yang lain" in answer.text


async def test_a_typo_is_put_right_and_what_was_approved_with_it_is_void(api, sign_in, services):
    operator = await at_siak(api, sign_in)
    typo = "3316-LU-23112026-0007"
    await operator.act(NUMBER, "siak_diinput", no_kk=KK, akta_0=typo, nik_0=NIK)
    await operator.take(NUMBER)
    await operator.upload(NUMBER, "unggah_draf_kk", make_pdf(KK, "ANAK A SPESIMEN", NIK))
    await operator.upload(NUMBER, "unggah_draf_akta", make_pdf(AKTA, "ANAK A SPESIMEN", NIK))
    await operator.act(NUMBER, "ajukan_verifikasi", seen="ya")
    kasi = await sign_in("kasi_identitas")
    await kasi.act(NUMBER, "paraf_kk")
    await operator.take(NUMBER)
    assert (await operator.act(NUMBER, "nomor_diperbaiki", no_kk=KK, akta_0="3316-LU-23112026-0001", reason="")).status_code == 422
    assert (await operator.act(NUMBER, "nomor_diperbaiki", no_kk=KK, akta_0=AKTA, reason="salah_ketik")).status_code == 303
    async with services.database.read() as session:
        case = await session.scalar(select(Case))
        products = list(await session.scalars(select(Product)))
        events = await CaseRepository(session).events(case)
        assert ledger.first_broken(case, events) is None
    assert case.stage == "draf" and "paraf_kk" not in case.facts and case.siak["anak"] == [{"akta": AKTA, "nik": NIK}]
    assert {warning for product in products for warning in product.warnings} == set(), "compared anew with the right number"
    assert next(event for event in events if event.kind == "nomor_diperbaiki").data["voided"] == ["paraf_kk"]


async def test_no_kia_is_printed_before_the_nik_or_the_reason_why_there_is_none(api, sign_in):
    await send_bundle(api)
    petugas, operator, kia = await sign_in("petugas"), await sign_in("operator"), await sign_in("operator_kia")
    await check_documents(petugas, NUMBER)
    await petugas.act(NUMBER, "lengkap")
    await enter_and_draft(operator, NUMBER, niks=False)
    await approve_all(sign_in, NUMBER)
    await deliver(operator, NUMBER, niks=False)
    await kia.open("/antrean")
    await kia.take(NUMBER)
    assert (await kia.act(NUMBER, "kia_dicetak")).status_code == 409
    assert (await kia.act(NUMBER, "nik_dicatat")).status_code == 422
    assert (await kia.act(NUMBER, "nik_dicatat", no_nik_0="SIAK pusat belum menerbitkan")).status_code == 303
    assert "SIAK pusat belum menerbitkan" in (await kia.open(f"/permohonan/{NUMBER}")).text
    assert (await kia.act(NUMBER, "nik_dicatat", nik_0=NIK)).status_code == 303
    assert (await kia.act(NUMBER, "kia_dicetak")).status_code == 303
