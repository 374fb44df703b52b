"""Misused data: the register with its 3 x 24 hours, the notifications, and whom late complaints are written to."""

import io
from datetime import timedelta

import openpyxl
import pytest
from sqlalchemy import select

from backoffice.complaints.models import Breach
from backoffice.complaints.tending import tend
from backoffice.notices.mail import words_of
from backoffice.notices.models import Notice
from backoffice.staff.models import Staff
from tests.backoffice.test_api import COMPLAINT

NUMBER = COMPLAINT["number"]
FILLED = {"data": "NIK dan foto KTP", "kejadian": "23 November, dipakai untuk pinjaman", "penanganan": "akses ditutup", "orang": "2"}


async def opened(api, services):
    await api.put("/api/complaints/c-1", json={**COMPLAINT, "category": "privasi"})
    async with services.database.read() as session:
        return str(await session.scalar(select(Breach.id)))


async def test_a_breach_is_described_told_within_three_days_and_then_closed(api, sign_in, services, clock):
    reader = await sign_in("inspektorat")
    record = await opened(api, services)
    assert "sisa 3 hari" in (await reader.open("/kebocoran")).text
    page = f"/kebocoran/{record}"
    await reader.open(page)
    assert (await reader.post(f"{page}/beri-tahu", siapa="warga")).status_code == 422, "there is nothing to tell yet"
    assert (await reader.post(page, **{**FILLED, "orang": "dua"})).status_code == 422
    await reader.open(page)
    assert (await reader.post(page, **FILLED)).status_code == 303
    shown = (await reader.open(page)).text
    assert shown.count("NIK dan foto KTP") == 3 and "Jumlah subjek data: 2" in shown and "Pasal 46 UU Nomor 27 Tahun 2022" in shown
    assert (await reader.post(f"{page}/beri-tahu", siapa="tutup")).status_code == 422
    clock.pass_by(hours=73)
    await reader.sign_in("inspektorat")
    assert "lewat" in (await reader.open("/kebocoran")).text
    for whom in ("warga", "lembaga", "tutup"):
        await reader.open(page)
        assert (await reader.post(f"{page}/beri-tahu", siapa=whom)).status_code == 303
    assert "sudah diberitahukan" in (await reader.open("/kebocoran")).text
    sheet = openpyxl.load_workbook(io.BytesIO((await reader.open("/kebocoran/unduh.xlsx")).content)).active
    assert [sheet["A2"].value, sheet["E2"].value] == [NUMBER, "NIK dan foto KTP"]


@pytest.mark.parametrize("role", ["petugas", "kasi_kelahiran", "kabid_yancapil", "supervisor", "kepala_dinas", "petugas_pengaduan"])
async def test_nobody_but_its_reader_opens_the_register(api, sign_in, services, role):
    await sign_in("inspektorat")
    other = await sign_in(role)
    record = await opened(api, services)
    for door in ("/kebocoran", "/kebocoran/unduh.xlsx", f"/kebocoran/{record}"):
        assert (await other.open(door)).status_code == 403
    await other.open("/akun")
    for door in (f"/kebocoran/{record}", f"/kebocoran/{record}/beri-tahu"):
        assert (await other.post(door, **FILLED, siapa="warga")).status_code == 403


async def test_a_reader_who_is_accused_sees_neither_the_complaint_nor_its_record(api, sign_in, services):
    accused = await sign_in("inspektorat", username="sutrisno")
    await sign_in("inspektorat", username="wulandari")
    await api.put("/api/complaints/c-1", json={**COMPLAINT, "category": "privasi", "text": "pak Sutrisno memakai KTP saya"})
    async with services.database.read() as session:
        record = await session.scalar(select(Breach.id))
    assert NUMBER not in (await accused.open("/kebocoran")).text
    assert (await accused.open(f"/kebocoran/{record}")).status_code == 404


async def mails(services):
    async with services.database.read() as session:
        return [(n.contact, n.number, n) for n in await session.scalars(select(Notice).where(Notice.kind == "surel_aduan_lewat"))]


async def with_mail(services, *usernames):
    async with services.database.write() as session:
        for staff in await session.scalars(select(Staff).where(Staff.username.in_(usernames))):
            staff.email = f"{staff.username}@contoh.id"


async def test_a_late_one_is_written_of_up_the_ladder_a_step_each_working_day(api, sign_in, services, clock):
    services.settings.smtp_url = "smtp://localhost:25"
    ladder = ("kasi_kelahiran", "kabid_yancapil", "kepala_dinas", "inspektorat")
    for role in ladder:
        await sign_in(role)
    await with_mail(services, *ladder)
    await api.put("/api/complaints/c-1", json=COMPLAINT)
    clock.pass_by(days=3, hours=8)
    for _ in range(2):
        await tend(services)
    ((contact, number, notice),) = await mails(services)
    assert (contact, number) == ("mailto:kasi_kelahiran@contoh.id", NUMBER)
    subject, body = words_of(notice, "https://kantor.test")
    assert NUMBER in subject and f"https://kantor.test/pengaduan/{NUMBER}" in body and COMPLAINT["text"] not in body
    for _ in range(6):
        clock.moment += timedelta(days=1)
        await tend(services)
    assert [contact for contact, _, _ in await mails(services)] == [f"mailto:{role}@contoh.id" for role in ladder]


async def test_of_a_restricted_one_its_reader_alone_is_written_to(api, sign_in, services, clock):
    services.settings.smtp_url = "smtp://localhost:25"
    everybody = ("kasi_kelahiran", "kabid_yancapil", "kepala_dinas", "inspektorat", "supervisor")
    for role in everybody:
        await sign_in(role)
    await with_mail(services, *everybody)
    await api.put("/api/complaints/c-1", json={**COMPLAINT, "category": "pungli"})
    clock.pass_by(days=20)
    await tend(services)
    assert {contact for contact, _, _ in await mails(services)} == {"mailto:inspektorat@contoh.id"}
