"""Every step has a way back: an approval before the next is built on it, a case after its end; guards and chain hold."""

import uuid

import pytest
from sqlalchemy import select

from backoffice.cases import ledger
from backoffice.cases.models import Case
from backoffice.cases.repository import CaseRepository
from tests.backoffice.office import MONDAY, send_bundle
from tests.backoffice.test_chain import NUMBER, approve_all, check_documents, deliver, enter_and_draft


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
        ("kia_dikirim", {"courier": "Pos Indonesia", "tracking": "P1"}),
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
