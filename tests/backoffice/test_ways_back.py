"""Every step has a way back: an approval before the next is built on it, a case after its end; guards and chain hold."""

import uuid

import pytest
from sqlalchemy import select

from backoffice.cases import ledger
from backoffice.cases.models import Case
from backoffice.cases.repository import CaseRepository
from backoffice.notices.models import Notice
from tests.backoffice.office import MONDAY, send_bundle
from tests.backoffice.papers import make_final
from tests.backoffice.test_chain import CHILDREN, NUMBER, approve_all, check_documents, deliver, enter_and_draft


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One database is enough here: these tests are about pages, not about SQL."""
    return sqlite_url


async def at_verification(api, sign_in):
    await send_bundle(api)
    petugas, operator = await sign_in("petugas"), await sign_in("operator")
    await check_documents(petugas, NUMBER)
    await petugas.act(NUMBER, "lengkap")
    await enter_and_draft(operator, NUMBER)
    return petugas, operator


async def stage(api) -> str:
    return (await api.get(f"/api/cases/{NUMBER}")).json()["stage"]


async def test_an_approval_is_taken_back_until_the_next_is_given_and_can_be_given_again(api, sign_in, services):
    await at_verification(api, sign_in)
    desks = {role: await sign_in(role) for role in ("kasi_identitas", "kasi_kelahiran", "kabid_yandafduk")}
    await desks["kasi_identitas"].act(NUMBER, "paraf_kk")
    await desks["kasi_kelahiran"].act(NUMBER, "paraf_akta")
    assert await stage(api) == "persetujuan_kabid"
    assert (await desks["kasi_identitas"].act(NUMBER, "tarik_paraf_kk", reason="salah_nama")).status_code == 303
    assert await stage(api) == "verifikasi"
    page = (await desks["kasi_identitas"].open(f"/permohonan/{NUMBER}")).text
    assert 'data-transition="paraf_kk" data-valid="no"' in page and 'data-transition="paraf_akta" data-valid="yes"' in page
    assert (await desks["kasi_identitas"].act(NUMBER, "paraf_kk")).status_code == 303
    await desks["kabid_yandafduk"].act(NUMBER, "setuju_kk")
    assert (await desks["kasi_identitas"].act(NUMBER, "tarik_paraf_kk", reason="salah_nama")).status_code == 409
    assert (await desks["kasi_kelahiran"].act(NUMBER, "tarik_paraf_akta", reason="salah_nama")).status_code == 303
    async with services.database.read() as session:
        case = await session.scalar(select(Case))
        assert ledger.first_broken(case, await CaseRepository(session).events(case)) is None


async def test_the_heads_signature_is_taken_back_until_the_papers_are_sent(api, sign_in):
    _, operator = await at_verification(api, sign_in)
    await approve_all(sign_in, NUMBER)
    assert await stage(api) == "penerbitan"
    head = await sign_in("kepala_dinas", username="kepala2")
    assert (await head.act(NUMBER, "tarik_setuju_kadis", reason="salah_nama")).status_code == 303
    assert await stage(api) == "persetujuan_kadis"
    await head.act(NUMBER, "setuju_kadis")
    await operator.open("/antrean")
    await deliver(operator, NUMBER)
    assert (await head.act(NUMBER, "tarik_setuju_kadis", reason="salah_nama")).status_code == 409


async def finished(api, sign_in):
    """A case whose parcel has arrived."""
    petugas, operator = await at_verification(api, sign_in)
    await approve_all(sign_in, NUMBER)
    await operator.open("/antrean")
    await deliver(operator, NUMBER)
    kia = await sign_in("operator_kia")
    for act, form in (
        ("kia_dicetak", {}),
        ("kia_dikirim", {"courier": "Pos Indonesia", "tracking": "P2611230001"}),
        ("kia_diterima", {"received_by": "Ibu"}),
    ):
        await kia.take(NUMBER)
        assert (await kia.act(NUMBER, act, **form)).status_code == 303
    assert await stage(api) == "selesai"
    return petugas, operator


async def says(api, text):
    body = {"kind": "koreksi", "text": text, "at": MONDAY.isoformat(), "attachments": []}
    return await api.put(f"/api/cases/{NUMBER}/messages/{uuid.uuid4()}", json=body)


async def test_something_wrong_after_the_end_opens_the_case_again_with_its_papers_and_ends_it_with_a_word(api, sign_in):
    petugas, _ = await finished(api, sign_in)
    assert (await says(api, "nama di akta salah")).json()["stage"] == "koreksi"
    assert NUMBER in (await petugas.open("/antrean?tab=tugas")).text
    await petugas.take(NUMBER)
    page = (await petugas.open(f"/permohonan/{NUMBER}")).text
    assert page.count('data-testid="document"') == 6 and 'data-phase="final"' in page
    assert (await petugas.act(NUMBER, "tutup_koreksi", reason="sudah_benar")).status_code == 303
    assert await stage(api) == "selesai"
    assert (await says(api, "masih salah")).json()["stage"] == "koreksi", "and again"


async def test_after_thirty_days_a_message_stands_there_and_staff_decide(api, sign_in, clock):
    await finished(api, sign_in)
    clock.pass_by(days=31)
    assert (await says(api, "nama di akta salah")).json()["stage"] == "selesai"
    supervisor = await sign_in("supervisor")
    assert (await supervisor.act(NUMBER, "buka_kembali", reason="laporan_pemohon")).status_code == 303
    assert await stage(api) == "koreksi"


async def test_something_wrong_while_the_kia_is_made_opens_the_case_and_afterwards_the_kia_goes_on_where_it_was(api, sign_in):
    _, operator = await at_verification(api, sign_in)
    await approve_all(sign_in, NUMBER)
    await operator.open("/antrean")
    await deliver(operator, NUMBER)
    kia = await sign_in("operator_kia")
    await kia.take(NUMBER)
    await kia.act(NUMBER, "kia_dicetak")
    assert await stage(api) == "kia_kirim"
    assert (await says(api, "nama di akta salah")).json()["stage"] == "koreksi"
    await kia.take(NUMBER)
    assert (await kia.act(NUMBER, "kia_dikirim", courier="Pos Indonesia", tracking="P1")).status_code == 409, "no card leaves meanwhile"
    await kia.post(f"/permohonan/{NUMBER}/lepas")
    await operator.take(NUMBER)
    given = {"field": "anak.0.nama", "value": "ANAK LAIN SPESIMEN", "reason": "kata_pemohon"}
    assert (await operator.act(NUMBER, "data_diperbaiki_akhir", **given)).status_code == 303
    assert 'data-warning="name_missing"' in operator.page, "what went out is compared with what is right now"
    assert (await operator.act(NUMBER, "tutup_koreksi", reason="sudah_benar")).status_code == 303
    assert await stage(api) == "kia_kirim"


async def test_a_case_closed_or_returned_by_mistake_goes_on_with_its_clock_and_the_applicant_is_told(api, sign_in, services):
    await send_bundle(api)
    petugas = await sign_in("petugas")
    await petugas.take(NUMBER)
    due = (await api.get(f"/api/cases/{NUMBER}")).json()["deadline"]
    await petugas.act(NUMBER, "tolak", reason="sudah_tercatat")
    await petugas.take(NUMBER)
    assert (await petugas.act(NUMBER, "batal_tutup", reason="temuan_kantor")).status_code == 422, "without a word"
    assert (await petugas.act(NUMBER, "batal_tutup", reason="temuan_kantor", note="Salah pilih.")).status_code == 303
    assert (await stage(api), (await api.get(f"/api/cases/{NUMBER}")).json()["deadline"]) == ("diterima", due)
    await petugas.take(NUMBER)
    await check_documents(petugas, NUMBER, wrong=("kk",))
    await petugas.act(NUMBER, "kembalikan_berkas")
    assert await stage(api) == "dikembalikan"
    await petugas.take(NUMBER)
    assert (await petugas.act(NUMBER, "batal_kembalikan", reason="temuan_kantor", note="Terbaca.")).status_code == 303
    assert (await stage(api), (await api.get(f"/api/cases/{NUMBER}")).json()["deadline"]) == ("diterima", due)
    async with services.database.read() as session:
        told = [notice.data.get("text", "") for notice in await session.scalars(select(Notice).order_by(Notice.at, Notice.state_at))]
    assert any("buka kembali" in text for text in told) and any("tidak perlu dikirim lagi" in text for text in told)


async def test_what_takes_back_nothing_is_not_among_the_buttons_and_is_there_when_it_does(api, sign_in):
    _, operator = await at_verification(api, sign_in)
    kasi = await sign_in("kasi_identitas", username="paraf")
    assert "tarik_paraf_kk" not in (await kasi.open(f"/permohonan/{NUMBER}")).text
    await kasi.act(NUMBER, "paraf_kk")
    assert 'data-testid="form-tarik_paraf_kk"' in (await kasi.open(f"/permohonan/{NUMBER}")).text
    await operator.take(NUMBER)
    assert 'data-testid="form-ktp_cetak_ulang"' not in (await operator.open(f"/permohonan/{NUMBER}")).text


async def test_finals_of_what_is_no_longer_approved_are_made_anew(api, sign_in):
    _, operator = await at_verification(api, sign_in)
    await approve_all(sign_in, NUMBER)
    await operator.take(NUMBER)
    known = "3316990111260001"
    await operator.upload(NUMBER, "unggah_final_kk", make_final("3316990101260001", CHILDREN[0], known))
    head = await sign_in("kepala_dinas", username="kepala2")
    assert (await head.act(NUMBER, "tarik_setuju_kadis", reason="salah_nama")).status_code == 303
    third = await sign_in("kepala_dinas", username="kepala3")
    assert (await third.act(NUMBER, "setuju_kadis")).status_code == 303
    await operator.take(NUMBER)
    page = (await operator.open(f"/permohonan/{NUMBER}")).text
    assert (
        'data-phase="final" data-child="0" data-present="no"' in page and 'data-phase="final" data-child="0" data-present="yes"' not in page
    )
