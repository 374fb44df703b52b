"""The desk at work: unread and last words, who is there, merged, linked, split, files both ways, sent again, and what came other ways."""

import re
import uuid

import httpx
import pytest
from sqlalchemy import select

from backoffice.applicant.models import CaseMessage
from backoffice.complaints.models import Complaint, ComplaintMessage
from backoffice.notices.mail import MAILTO
from backoffice.notices.models import Notice
from tests.backoffice.office import make_pdf, make_picture, send_bundle
from tests.backoffice.test_api import COMPLAINT
from tests.backoffice.test_chain import NUMBER as CASE

NUMBER, SECOND = COMPLAINT["number"], "ADU-261123-5H5H"


async def send(api, number=NUMBER, key="c-1", **more):
    assert (await api.put(f"/api/complaints/{key}", json={**COMPLAINT, "number": number, **more})).status_code == 201


async def write(api, text, turn, number=NUMBER, at="2026-11-23T02:30:00Z", **more):
    return await api.put(f"/api/complaints/{number}/messages/{turn}", json={"text": text, "at": at, **more})


async def row(services, number=NUMBER):
    async with services.database.read() as session:
        return await session.scalar(select(Complaint).where(Complaint.number == number))


async def do(desk, act, number=NUMBER, /, **fields):
    await desk.open(f"/pengaduan/{number}")
    return await desk.post(f"/pengaduan/{number}/{act}", **{"key": str(uuid.uuid4()), **fields})


def unread(page):
    return "belum dibaca" in page


async def test_a_thread_is_unread_until_one_looks_and_again_when_the_citizen_writes(api, sign_in, clock):
    await send(api)
    first, second = await sign_in("petugas_pengaduan"), await sign_in("supervisor")
    assert unread((await first.open("/pengaduan")).text)
    await first.open(f"/pengaduan/{NUMBER}")
    assert not unread((await first.open("/pengaduan")).text) and unread((await second.open("/pengaduan")).text)
    clock.pass_by(minutes=40)
    await write(api, "Bagaimana kabarnya, kok belum ada jawaban?", "t-1")
    listed = (await first.open("/pengaduan")).text
    assert unread(listed) and "Warga:" in listed and "kok belum ada jawaban" in listed
    await do(first, "jawab", text="Sedang kami cek ke loket.")
    listed = (await first.open("/pengaduan")).text
    assert not unread(listed) and "Kami:" in listed and "cek ke loket" in listed


async def test_who_has_it_open_is_seen_by_the_others_until_they_leave(api, sign_in, clock):
    await send(api)
    first, second = await sign_in("petugas_pengaduan"), await sign_in("supervisor")
    await first.open(f"/pengaduan/{NUMBER}")
    assert "Juga dibuka Petugas_Pengaduan" in (await second.open(f"/pengaduan/{NUMBER}")).text
    clock.pass_by(seconds=60)
    assert "Juga dibuka" not in (await second.open(f"/pengaduan/{NUMBER}")).text
    told = await first.post(f"/pengaduan/{NUMBER}/hadir")
    assert told.status_code == 200 and "Supervisor SPESIMEN" in told.text


async def test_the_parts_that_come_again_are_the_list_and_the_words_only(api, sign_in):
    await send(api)
    desk = await sign_in("petugas_pengaduan")
    await write(api, "tambahan saya", "t-1")
    words, listed = (await desk.open(f"/pengaduan/{NUMBER}/utas")).text, (await desk.open(f"/pengaduan/{NUMBER}/daftar?tab=baru")).text
    assert "tambahan saya" in words and "<textarea" not in words
    assert NUMBER in listed and 'aria-current="page"' in listed and "<html" not in listed


async def test_two_complaints_of_one_person_become_one_and_nothing_is_lost(api, sign_in, services):
    await send(api)
    await send(api, SECOND, "c-2", text="Masih belum.")
    await write(api, "ini fotonya", "t-9", SECOND)
    desk = await sign_in("petugas_pengaduan")
    assert (await do(desk, "gabung", SECOND, ke=NUMBER)).status_code == 303
    gone, kept = await row(services, SECOND), await row(services)
    assert (gone.state, gone.merged_into, kept.state) == ("ditutup", NUMBER, "baru")
    page = (await desk.open(f"/pengaduan/{NUMBER}")).text
    assert "Masih belum." in page and "ini fotonya" in page
    assert (await write(api, "tambahan lagi", "t-10", SECOND)).status_code == 200
    assert "tambahan lagi" in (await desk.open(f"/pengaduan/{NUMBER}")).text
    async with services.database.read() as session:
        notices = list(await session.scalars(select(Notice).where(Notice.number == SECOND)))
    assert [(notice.kind, notice.data) for notice in notices] == [("tahap_aduan", {"state": "digabung"})]


@pytest.mark.parametrize(
    "more", [{"contact": {"id": "contact-2"}}, {"category": "pungli"}, {"anonymous": True, "contact": {"id": "sealed-1"}}]
)
async def test_what_is_anothers_or_kept_secret_is_merged_with_nothing(api, sign_in, services, more):
    await sign_in("inspektorat")
    await send(api)
    await send(api, SECOND, "c-2", **more)
    desk = await sign_in("petugas_pengaduan")
    await desk.open(f"/pengaduan/{NUMBER}")
    assert (await desk.post(f"/pengaduan/{NUMBER}/gabung", ke=SECOND)).status_code in (404, 422)
    assert (await row(services)).state == "baru" and (await row(services, SECOND)).merged_into is None


async def test_what_is_no_complaint_is_linked_to_its_case_and_stands_there(api, sign_in, services):
    await send_bundle(api)
    await send(api)
    await write(api, "nama anak saya keliru, mohon dibetulkan", "t-1")
    desk = await sign_in("petugas_pengaduan")
    assert (await do(desk, "ke-permohonan", bagian="t-1")).status_code == 422
    assert (await do(desk, "tautkan", permohonan="LM-261123-XXXX")).status_code == 422
    assert (await do(desk, "tautkan", permohonan=CASE.lower())).status_code == 303
    for _ in range(2):
        assert (await do(desk, "ke-permohonan", bagian="t-1")).status_code == 303
    async with services.database.read() as session:
        said = list(await session.scalars(select(CaseMessage)))
    assert [message.text for message in said] == ["nama anak saya keliru, mohon dibetulkan"]


async def test_a_report_that_is_kept_secret_goes_into_no_case(api, sign_in):
    await send_bundle(api)
    reader = await sign_in("inspektorat")
    await send(api, category="pungli", case=CASE)
    assert (await do(reader, "ke-permohonan", bagian="cerita")).status_code == 422
    await send(api, SECOND, "c-2", anonymous=True, contact={"id": "sealed-1"})
    assert (await do(reader, "tautkan", SECOND, permohonan=CASE)).status_code == 422


async def test_files_of_the_desk_go_with_the_answer_and_only_those_are_handed_out(api, bot_api, sign_in, services):
    await send(api)
    desk = await sign_in("petugas_pengaduan")
    await desk.open(f"/pengaduan/{NUMBER}")
    files = [("berkas", ("surat balasan.pdf", make_pdf("x"), "application/pdf")), ("berkas", ("foto.png", make_picture(), "image/png"))]
    sent = await desk.post(f"/pengaduan/{NUMBER}/jawab", files=files, text="Terlampir.", key="k-1", act="jawab")
    assert sent.status_code == 303
    async with services.database.read() as session:
        notice = await session.scalar(select(Notice).where(Notice.kind == "jawaban_aduan"))
    assert [file["filename"] for file in notice.attachments] == ["surat balasan.pdf", "foto.jpg"]
    for file in notice.attachments:
        got = await bot_api.get(file["url"])
        assert got.status_code == 200 and got.headers["content-type"] == file["mime"]
    assert (await bot_api.get("/api/files/a.7.k-1")).status_code == 404 and (await bot_api.get("/api/files/a.0.t-1")).status_code == 404
    wrong = [("berkas", ("x.exe", b"MZ not a picture", "application/octet-stream"))]
    assert (await desk.post(f"/pengaduan/{NUMBER}/jawab", files=wrong, text="x", key="k-2", act="jawab")).status_code == 422


async def test_what_did_not_arrive_is_seen_and_sent_again(api, sign_in, services):
    await send(api)
    desk = await sign_in("petugas_pengaduan")
    await do(desk, "jawab", text="Sudah jadi.")
    async with services.database.write() as session:
        notice = await session.scalar(select(Notice))
        notice.state = "failed"
    assert "kirim_ulang" in (await desk.open(f"/pengaduan/{NUMBER}")).text
    assert (await do(desk, "ulang")).status_code == 303
    async with services.database.read() as session:
        assert (await session.scalar(select(Notice))).state == "queued"


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ({"window_open": True, "last_inbound_at": "2026-11-23T00:00:00Z"}, "sisa 22 jam"),
        ({"window_open": True}, "dapat dijawab langsung."),
        ({"window_open": False, "last_inbound_at": "2026-11-21T00:00:00Z"}, "24 jam sejak pesan terakhir sudah lewat"),
        (None, "belum dapat dibaca"),
    ],
)
async def test_the_24_hours_are_counted_down_and_after_them_the_answer_is_held(app, api, sign_in, shown, said):
    await send(api)
    reply = httpx.Response(503) if shown is None else httpx.Response(200, json={"id": "contact-1", **shown})
    app.ctx.http = httpx.AsyncClient(transport=httpx.MockTransport(lambda _: reply))
    desk = await sign_in("petugas_pengaduan")
    assert said in (await desk.open(f"/pengaduan/{NUMBER}/jendela")).text


async def test_what_the_desk_prefers_stands_first(api, sign_in, services):
    await send(api)
    await send(api, SECOND, "c-2", contact={"id": "contact-2"})
    desk = await sign_in("petugas_pengaduan")
    await do(desk, "utamakan", SECOND, segera="ya")
    listed = re.findall(r'data-number="(ADU[^"]+)"', (await desk.open("/pengaduan")).text)
    assert listed == [SECOND, NUMBER]
    await do(desk, "utamakan", SECOND, segera="tidak")
    assert not (await row(services, SECOND)).urgent


LETTER = {"saluran": "surat", "perihal": "lama", "isi": "Akta anak saya belum jadi sejak dua minggu.", "nama": "WARGA SPESIMEN"}


async def record(desk, **more):
    await desk.open("/pengaduan/baru")
    return await desk.post("/pengaduan/baru", **{"key": str(uuid.uuid4()), **LETTER, **more})


async def test_a_letter_is_recorded_with_its_picture_and_counts_from_the_day_on_which_it_came(sign_in, services):
    desk = await sign_in("petugas_pengaduan")
    files = [("berkas", ("surat.png", make_picture(), "image/png"))]
    taken = await record(desk, files=files, diterima="2026-11-19T09:00", key="same")
    assert taken.status_code == 303 and "WARGA SPESIMEN" in desk.page and "Surat" in desk.page
    assert (await record(desk, diterima="2026-11-19T09:00", key="same")).status_code == 303
    async with services.database.read() as session:
        (complaint,) = list(await session.scalars(select(Complaint)))
        pictures = await session.scalar(select(ComplaintMessage))
    assert complaint.channel == "surat" and len(pictures.attachments) == 1
    assert complaint.first_reply_due.date().isoformat() == "2026-11-24", "three working days from Thursday"
    answer = await do(desk, "jawab", complaint.number, text="Sudah kami sampaikan lewat surat.", act="selesaikan")
    assert answer.status_code == 303
    async with services.database.read() as session:
        assert list(await session.scalars(select(Notice))) == []


async def test_what_came_by_e_mail_is_answered_by_e_mail(sign_in, services):
    desk = await sign_in("petugas_pengaduan")
    assert (await record(desk, saluran="surel")).status_code == 422
    assert (await record(desk, saluran="surel", surel="warga@contoh.id")).status_code == 303
    async with services.database.read() as session:
        number = await session.scalar(select(Complaint.number))
    await do(desk, "jawab", number, text="Sudah kami periksa.")
    async with services.database.read() as session:
        notice = await session.scalar(select(Notice).where(Notice.kind == "surel_aduan"))
    assert (notice.kind, notice.contact, notice.data["text"]) == ("surel_aduan", f"{MAILTO}warga@contoh.id", "Sudah kami periksa.")


async def test_a_report_on_somebody_that_came_by_letter_is_its_readers_alone_from_then_on(sign_in, services):
    reader, desk = await sign_in("inspektorat"), await sign_in("petugas_pengaduan")
    taken = await record(desk, perihal="pungli", isi="petugas loket minta uang")
    assert taken.status_code == 303 and taken.headers["location"].startswith("/pengaduan?pesan=recorded")
    async with services.database.read() as session:
        complaint = await session.scalar(select(Complaint))
    assert complaint.number in desk.page and "minta uang" not in (await desk.open("/pengaduan?tab=terbuka")).text
    assert (await desk.open(f"/pengaduan/{complaint.number}")).status_code == 404
    assert "minta uang" in (await reader.open(f"/pengaduan/{complaint.number}")).text


@pytest.mark.parametrize(
    "wrong",
    [
        {"saluran": "merpati"},
        {"perihal": "minta_petugas"},
        {"isi": ""},
        {"diterima": "kemarin"},
        {"diterima": "2027-01-01T09:00"},
        {"surel": "a b"},
    ],
)
async def test_a_wrong_field_is_told_and_nothing_is_recorded(sign_in, services, wrong):
    desk = await sign_in("petugas_pengaduan")
    assert (await record(desk, **wrong)).status_code == 422
    async with services.database.read() as session:
        assert await session.scalar(select(Complaint)) is None


@pytest.mark.parametrize("role", ["petugas", "kasi_kelahiran", "kepala_dinas"])
async def test_who_answers_no_complaints_records_none(sign_in, role):
    desk = await sign_in(role)
    assert (await desk.open("/pengaduan/baru")).status_code == 403
    await desk.open("/akun")
    assert (await desk.post("/pengaduan/baru", **LETTER)).status_code == 403
