"""A restricted complaint is its reader's alone: whoever is accused, and who is over them, meets it behind no door."""

import httpx
import pytest
from sqlalchemy import select

from backoffice.audit.service import Audit
from backoffice.complaints.models import Breach, Complaint
from backoffice.complaints.tending import tend
from backoffice.complaints.unsealing import forget_senders
from backoffice.staff.models import Staff
from standard import complaint_flow
from tests.backoffice.test_api import COMPLAINT
from tests.backoffice.test_complaints import answer

NUMBER = COMPLAINT["number"]
BRIBE = {**COMPLAINT, "category": "pungli", "text": "petugas loket minta uang rokok 50 ribu", "doubtful": True}
OTHERS = ("petugas", "kasi_kelahiran", "kabid_yancapil", "supervisor", "kepala_dinas", "petugas_pengaduan")


async def of(services) -> Complaint:
    async with services.database.read() as session:
        return await session.scalar(select(Complaint).where(Complaint.number == NUMBER))


async def id_of(services, username: str) -> str:
    async with services.database.read() as session:
        return str(await session.scalar(select(Staff.id).where(Staff.username == username)))


@pytest.mark.parametrize("role", OTHERS)
async def test_nobody_but_its_reader_meets_it_behind_any_door(api, sign_in, role):
    reader, other = await sign_in("inspektorat"), await sign_in(role)
    await api.put("/api/complaints/c-1", json=BRIBE)
    assert (await answer(reader, act="jawab")).status_code == 303
    assert NUMBER in (await reader.open("/pengaduan?tab=terbatas")).text
    doors = [
        "/pengaduan", "/pengaduan?tab=terbatas", "/pengaduan?tab=terbuka", "/pengaduan/isi", f"/pengaduan/{NUMBER}", f"/antrean?q={NUMBER}",
        "/laporan", "/laporan/unduh/csv", "/laporan/daftar?apa=aduan:pungli", "/audit", "/audit/unduh.csv", f"/audit?nomor={NUMBER}",
        f"/pengaduan/{NUMBER}/lampiran/x/0",
    ]  # fmt: skip
    for door in doors:
        read = (await other.open(door)).text
        asked_for = NUMBER in door
        assert "uang rokok" not in read and ("pungli" in door or "Pungutan liar" not in read), door
        assert asked_for or NUMBER not in read, door
        assert f'href="/pengaduan/{NUMBER}"' not in read and "mengambil pengaduan" not in read, door
    for act in ("jawab", "serahkan", "perihal", "pembatasan", "terlapor", "asisten"):
        fields = {"text": "x", "key": "k", "perihal": "saran", "alasan": "x", "terlapor": "x"}
        assert (await other.post(f"/pengaduan/{NUMBER}/{act}", **fields)).status_code in (403, 404), act


async def test_an_integrity_officer_reads_before_inspektorat_does(api, sign_in, services, monkeypatch):
    await sign_in("inspektorat")
    await sign_in("petugas_pengaduan", username="ratih")
    rules = complaint_flow.Restriction(("ratih",), "inspektorat", complaint_flow.restriction().heads, 1)
    monkeypatch.setattr("backoffice.complaints.sight.restriction", lambda: rules)
    await api.put("/api/complaints/c-1", json=BRIBE)
    assert (await of(services)).reader_id == await id_of(services, "ratih")
    await api.put("/api/complaints/c-2", json={**BRIBE, "number": "ADU-261122-5H5H", "text": "kepala dinas minta setoran"})
    async with services.database.read() as session:
        head = await session.scalar(select(Complaint).where(Complaint.number == "ADU-261122-5H5H"))
    assert head.reader_id == await id_of(services, "inspektorat")


async def test_a_reader_who_is_accused_is_not_the_reader(api, sign_in, services):
    first, second = await sign_in("inspektorat", username="sutrisno"), await sign_in("inspektorat", username="wulandari")
    await api.put("/api/complaints/c-1", json={**BRIBE, "text": "pak sutrisno minta uang"})
    assert (await of(services)).reader_id == await id_of(services, "wulandari")
    assert (await first.open(f"/pengaduan/{NUMBER}")).status_code == 404
    assert (await second.open(f"/pengaduan/{NUMBER}")).status_code == 200


async def test_without_a_reader_nobody_sees_it_until_there_is_one(api, sign_in, services):
    boss = await sign_in("supervisor")
    await api.put("/api/complaints/c-1", json=BRIBE)
    async with services.database.write() as session:
        await Audit(session, services.clock()).note("aduan_dilihat", None, NUMBER, {})
    assert (await boss.open(f"/pengaduan/{NUMBER}")).status_code == 404
    assert NUMBER not in (await boss.open("/audit")).text
    reader = await sign_in("inspektorat")
    await tend(services)
    assert (await reader.open(f"/pengaduan/{NUMBER}")).status_code == 200


async def test_lifting_needs_the_reader_and_a_reason_and_the_accused_still_sees_nothing(api, sign_in, services):
    reader, accused = await sign_in("inspektorat"), await sign_in("petugas_pengaduan")
    chief, other = await sign_in("kepala_dinas"), await sign_in("petugas_pengaduan", username="ratih")
    await api.put("/api/complaints/c-1", json=BRIBE)
    await reader.open(f"/pengaduan/{NUMBER}")
    await reader.post(f"/pengaduan/{NUMBER}/terlapor", terlapor=await id_of(services, "petugas_pengaduan"))
    assert (await reader.post(f"/pengaduan/{NUMBER}/pembatasan", alasan=" ")).status_code == 422
    assert (await reader.post(f"/pengaduan/{NUMBER}/pembatasan", alasan="Bukan tentang petugas.")).status_code == 303
    assert not (await of(services)).restricted
    assert (await other.open(f"/pengaduan/{NUMBER}")).status_code == 200
    for one in (accused, chief):
        assert (await one.open(f"/pengaduan/{NUMBER}")).status_code == 404
        assert NUMBER not in (await one.open("/pengaduan?tab=terbuka")).text


async def test_the_flag_does_not_drop_by_another_category(api, sign_in, services):
    reader = await sign_in("inspektorat")
    await api.put("/api/complaints/c-1", json=BRIBE)
    await reader.open(f"/pengaduan/{NUMBER}")
    await reader.post(f"/pengaduan/{NUMBER}/perihal", perihal="saran")
    held = await of(services)
    assert held.category == "saran" and held.restricted


async def test_a_doubt_is_shown_until_the_reader_decides_within_a_working_day(api, sign_in, services):
    reader = await sign_in("inspektorat")
    await api.put("/api/complaints/c-1", json=BRIBE)
    assert (await of(services)).doubt_until is not None
    assert "Diragukan" in (await reader.open(f"/pengaduan/{NUMBER}")).text
    await reader.post(f"/pengaduan/{NUMBER}/pembatasan", putusan="tetap")
    held = await of(services)
    assert held.restricted and held.doubt_until is None


async def test_what_is_added_may_name_the_reader_and_takes_it_from_them(api, sign_in, services):
    await sign_in("inspektorat", username="sutrisno")
    await api.put("/api/complaints/c-1", json=BRIBE)
    await sign_in("inspektorat", username="wulandari")
    body = {"text": "pak sutrisno juga ikut", "at": "2026-11-24T02:00:00Z"}
    await api.put(f"/api/complaints/{NUMBER}/messages/t-1", json=body)
    assert (await of(services)).reader_id == await id_of(services, "wulandari")


async def test_without_a_name_the_desk_reads_neither_name_nor_number(api, sign_in):
    reader = await sign_in("inspektorat")
    await api.put("/api/complaints/c-1", json={**BRIBE, "anonymous": True, "contact": {"id": "contact-1"}, "case": None})
    read = (await reader.open(f"/pengaduan/{NUMBER}")).text
    assert "tanpa nama" in read and "contact-1" not in read


async def test_misused_data_open_a_record_with_its_three_days(api, sign_in, services):
    reader = await sign_in("inspektorat")
    await api.put("/api/complaints/c-1", json={**COMPLAINT, "category": "privasi"})
    async with services.database.read() as session:
        record = await session.scalar(select(Breach))
    assert (record.due - record.known_at).total_seconds() == 3 * 24 * 3600
    assert "UU 27/2022" in (await reader.open(f"/pengaduan/{NUMBER}")).text


async def test_whose_a_report_without_a_name_was_is_forgotten_when_it_is_over_for_good(api, sign_in, services, clock):
    reader = await sign_in("inspektorat")
    sealed = {"id": "sealed-0f0f"}
    await api.put("/api/complaints/c-1", json={**BRIBE, "anonymous": True, "contact": sealed, "case": None})
    known = await api.get("/api/known/complaints", params={"since": "2026-01-01T00:00:00Z"})
    assert known.json()["complaints"] == []
    assert (await answer(reader, act="selesaikan")).status_code == 303
    asked, status = [], [503, 204]

    def bot(request):
        asked.append((request.method, request.url.path))
        return httpx.Response(status.pop(0))

    async with httpx.AsyncClient(transport=httpx.MockTransport(bot)) as http:
        clock.pass_by(days=9)
        await tend(services)
        assert (await of(services)).state == "ditutup" and await forget_senders(services, http) == 0 and not asked
        clock.pass_by(days=9)
        assert await forget_senders(services, http) == 0
        assert await forget_senders(services, http) == 1 and await forget_senders(services, http) == 0
    assert set(asked) == {("DELETE", "/internal/sealed/sealed-0f0f")} and (await of(services)).contact == {"id": "-"}
