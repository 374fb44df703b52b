"""Every door at which a report could be met, tried by the very person whom it accuses, while it is restricted and after that was lifted."""

import uuid

import pytest
from sqlalchemy import select, update

from backoffice.complaints.models import Complaint, ComplaintMessage
from backoffice.complaints.tending import tend
from backoffice.notices.mail import MAILTO
from backoffice.notices.models import Notice
from backoffice.staff.models import Staff
from tests.backoffice.office import send_bundle
from tests.backoffice.test_api import COMPLAINT
from tests.backoffice.test_chain import NUMBER as CASE
from tests.backoffice.test_desk_panes import SECOND, do, row, send, write

NUMBER = COMPLAINT["number"]
WORDS = "amplop cokelat"
BRIBE = {"category": "pungli", "text": f"pak Sutarjo minta {WORDS} di loket", "case": CASE}
ACCUSED = ("petugas", "kasi_kelahiran", "supervisor", "kepala_dinas")
LISTS = (
    "/", "/antrean", f"/antrean?q={NUMBER}", "/pengaduan", "/pengaduan?tab=terbuka", "/pengaduan?tab=terbatas",
    "/pengaduan?tab=jatuh_tempo",
    "/pengaduan?tab=naik", "/pengaduan?tab=selesai", "/pengaduan/isi", f"/pengaduan?q={NUMBER}", f"/pengaduan/{SECOND}",
    f"/pengaduan/{SECOND}/utas", f"/pengaduan/{SECOND}/daftar", "/kebocoran", "/kebocoran/unduh.xlsx",
)  # fmt: skip
FIGURES = (
    "/laporan", "/laporan/unduh/csv", "/laporan/unduh/xlsx", "/laporan/evaluasi.pdf", "/laporan/daftar?apa=aduan:pungli",
    "/laporan/daftar?apa=aduan", "/survei", "/audit", f"/audit?nomor={NUMBER}", "/audit/unduh.csv", "/perhatian", "/perhatian/isi",
    "/perhatian/jumlah", "/tim", "/monitor", "/monitor/isi",
)  # fmt: skip
CASE_DOORS = (f"/permohonan/{CASE}", f"/permohonan/{CASE}/percakapan", f"/permohonan/{CASE}/kata-pemohon")
OWN = ("", "/utas", "/daftar", "/jendela", "/lampiran/cerita/0")
ACTS = (
    ("jawab", {"text": "x"}), ("serahkan", {}), ("perihal", {"perihal": "saran"}), ("catatan", {"catatan": "x"}),
    ("pembatasan", {"alasan": "x"}), ("terlapor", {"terlapor": "x"}), ("asisten", {}), ("utamakan", {"segera": "ya"}), ("hadir", {}),
    ("gabung", {"ke": SECOND}), ("ulang", {}), ("tautkan", {"permohonan": CASE}), ("ke-permohonan", {"bagian": "cerita"}),
)  # fmt: skip


async def meets_it_nowhere(desk, cause):
    """Every list, figure, export, part of a page and act."""
    for door in (*LISTS, *FIGURES, *CASE_DOORS):
        response = await desk.open(door)
        read = response.text
        assert WORDS not in read and WORDS.encode() not in response.content, (cause, door)
        assert NUMBER not in read or NUMBER in door, (cause, door)  # what was typed may be said back
        assert f'href="/pengaduan/{NUMBER}' not in read, (cause, door)
    for part in OWN:
        assert (await desk.open(f"/pengaduan/{NUMBER}{part}")).status_code in (403, 404), (cause, part)
    for act, fields in ACTS:
        given = await desk.post(f"/pengaduan/{NUMBER}/{act}", **{"key": str(uuid.uuid4()), **fields})
        assert given.status_code in (403, 404) and WORDS not in given.text, (cause, act, given.status_code)
    into = await desk.post(f"/pengaduan/{SECOND}/gabung", ke=NUMBER)
    assert into.status_code in (403, 404, 422) and WORDS not in into.text, cause


@pytest.mark.parametrize("role", ACCUSED)
async def test_whom_it_accuses_meets_it_behind_no_door_restricted_or_lifted(api, sign_in, services, clock, role):
    services.settings.smtp_url = "smtp://localhost:25"
    reader, accused = await sign_in("inspektorat"), await sign_in(role, "petugas_pengaduan", username="sutarjo")
    async with services.database.write() as session:
        await session.execute(update(Staff).values(email=Staff.username + "@contoh.test"))
    await send_bundle(api)
    await send(api, **BRIBE)
    await send(api, SECOND, "c-2", text="kok lama sekali")
    await write(api, f"{WORDS} itu diberikan kemarin", "t-1")
    assert WORDS in (await reader.open(f"/pengaduan/{NUMBER}")).text, "the test would prove nothing"
    assert SECOND in (await accused.open("/pengaduan?tab=terbuka")).text, "the accused has a desk of their own"
    before = await state_of(services)
    await meets_it_nowhere(accused, "restricted")
    assert (await do(reader, "pembatasan", alasan="Sudah dinilai.")).status_code == 303
    assert not (await row(services)).restricted
    await meets_it_nowhere(accused, "lifted")
    clock.pass_by(days=12)
    await tend(services)
    await accused.sign_in("sutarjo")
    await meets_it_nowhere(accused, "overdue")
    async with services.database.read() as session:
        mails = list(await session.scalars(select(Notice).where(Notice.number == NUMBER, Notice.contact.startswith(MAILTO))))
    assert "mailto:sutarjo@contoh.test" not in {mail.contact for mail in mails}
    assert await state_of(services) == before


async def state_of(services):
    """What an act would have changed."""
    async with services.database.read() as session:
        held = await session.scalar(select(Complaint).where(Complaint.number == NUMBER))
        parts = list(await session.scalars(select(ComplaintMessage.id).where(ComplaintMessage.complaint_id == held.id)))
    return held.category, held.state, held.assigned_to, held.merged_into, sorted(parts)


@pytest.mark.parametrize("role", ACCUSED)
async def test_who_is_over_the_accused_meets_it_behind_no_door_either(api, sign_in, role):
    await sign_in("inspektorat")
    await sign_in("petugas", username="sutarjo")
    superior = await sign_in(role)
    await send_bundle(api)
    await send(api, **BRIBE)
    await send(api, SECOND, "c-2", text="kok lama sekali")
    await meets_it_nowhere(superior, "restricted")
