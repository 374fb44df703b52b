"""What an applicant says about a case stands in that case at once, holds it where it says so, and alerts whoever has it."""

import re
import uuid

import pytest
from sqlalchemy import select

from backoffice.cases.models import CaseEvent
from backoffice.notices.models import Notice
from tests.backoffice.office import MONDAY, send_bundle
from tests.backoffice.test_chain import NUMBER, check_documents, enter_and_draft


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One database is enough here: these tests are about pages, not about SQL."""
    return sqlite_url


def message(kind: str, text: str) -> dict[str, object]:
    return {"kind": kind, "text": text, "at": MONDAY.isoformat(), "attachments": []}


async def says(api, kind, text, turn=None):
    return await api.put(f"/api/cases/{NUMBER}/messages/{turn or uuid.uuid4()}", json=message(kind, text))


async def test_a_wrong_name_holds_the_case_and_the_holder_sees_it_and_goes_on_after_reading(api, sign_in, services, clock):
    await send_bundle(api)
    petugas, operator = await sign_in("petugas"), await sign_in("operator")
    await check_documents(petugas, NUMBER)
    await petugas.act(NUMBER, "lengkap")
    await operator.take(NUMBER)
    clock.pass_by(minutes=40)
    answer = await says(api, "tahan", "nama salah, jangan diproses dulu")
    assert answer.json() == {"number": NUMBER, "stage": "lengkap", "held": True}
    await operator.take(NUMBER)
    assert "row-held" in (await operator.open("/antrean?tab=berjalan")).text
    shown = (await operator.open(f"/permohonan/{NUMBER}/kata-pemohon")).text
    assert "nama salah, jangan diproses dulu" in shown and 'data-testid="held"' in shown
    refused = await operator.act(NUMBER, "siak_diinput", no_kk="3316990101260001", akta_0="3316-LU-23112026-0001")
    assert refused.status_code == 409 and "Lanjutkan proses" in refused.text
    assert (await api.get(f"/api/cases/{NUMBER}")).json()["deadline"] is None, "the clock stands"
    clock.pass_by(minutes=50)
    await operator.take(NUMBER)
    assert (await operator.act(NUMBER, "lanjutkan_proses", reason="sudah_diperbaiki")).status_code == 303
    assert (await api.get(f"/api/cases/{NUMBER}")).json()["deadline"] == "2026-11-24T02:50:00Z", "and runs on with what was left"
    assert (await operator.act(NUMBER, "siak_diinput", no_kk="3316990101260001", akta_0="3316-LU-23112026-0001")).status_code == 303
    async with services.database.read() as session:
        assert "lanjutkan" in (await session.scalar(select(Notice).where(Notice.kind == "pesan_petugas"))).data["text"]
        events = list(await session.scalars(select(CaseEvent)))
    assert not any("nama salah" in str(event.data) for event in events), "the chain holds no words"


async def test_a_correction_stands_in_the_case_stops_an_outdated_page_and_is_marked_as_read(api, sign_in):
    await send_bundle(api)
    petugas = await sign_in("petugas")
    await check_documents(petugas, NUMBER)
    version = re.search(r'data-version="(\d+)"', (await petugas.open(f"/permohonan/{NUMBER}")).text).group(1)
    turn = str(uuid.uuid4())
    answers = [await says(api, "koreksi", "berat bayi 3200 gram, bukan 3100", turn) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200] and answers[0].json()["held"] is False
    stale = await petugas.post(f"/permohonan/{NUMBER}/laku/lengkap", version=version, key=str(uuid.uuid4()))
    assert stale.status_code == 409 and "menulis tentang permohonan ini" in stale.text
    assert "row-message" in (await petugas.open("/antrean?tab=berjalan")).text
    assert (await petugas.open(f"/permohonan/{NUMBER}/kata-pemohon")).text.count("berat bayi 3200") == 1
    assert (await petugas.act(NUMBER, "pesan_dibaca")).status_code == 303
    assert "row-message" not in (await petugas.open("/antrean?tab=berjalan")).text
    assert (await petugas.act(NUMBER, "lengkap")).status_code == 303


async def test_nobody_signs_a_case_that_the_applicant_holds(api, sign_in):
    await send_bundle(api)
    petugas, operator = await sign_in("petugas"), await sign_in("operator")
    await check_documents(petugas, NUMBER)
    await petugas.act(NUMBER, "lengkap")
    await enter_and_draft(operator, NUMBER)
    await says(api, "tahan", "tunda dulu")
    kasi = await sign_in("kasi_identitas")
    assert 'data-testid="approval-card"' not in (await kasi.open("/persetujuan")).text
    assert (await kasi.act(NUMBER, "paraf_kk")).status_code == 409


async def test_what_is_said_reaches_who_has_not_taken_the_case_without_its_words(api, sign_in):
    await send_bundle(api)
    await says(api, "jawaban", "Jalan Contoh nomor 12")
    petugas = await sign_in("petugas")
    shown = (await petugas.open(f"/permohonan/{NUMBER}/kata-pemohon")).text
    assert 'data-testid="applicant-says"' in shown and "nomor 12" not in shown


async def test_an_unknown_case_or_kind_is_refused(api):
    assert (await api.put("/api/cases/LM-261123-ZZZZ/messages/t1", json=message("koreksi", "x"))).status_code == 404
    await send_bundle(api)
    assert (await says(api, "teriak", "x")).status_code == 422
