"""The complaints desk: tabs, hands, categories with their working days, the preview, and the bot that gets its chat back."""

import hashlib
import re
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from backoffice.actor import Actor
from backoffice.complaints.inbox import PAGE, Inbox
from backoffice.complaints.models import Complaint
from backoffice.notices.models import Notice
from backoffice.web.texts import text
from runtime.responses import read_responses
from tests.backoffice.office import make_actor, make_picture
from tests.backoffice.test_api import COMPLAINT

NUMBER = COMPLAINT["number"]


async def send(api, number=NUMBER, **more):
    body = {**COMPLAINT, "number": number, **more}
    assert (await api.put(f"/api/complaints/c-{number}", json=body)).status_code in (200, 201)


async def complaint(services, number=NUMBER):
    async with services.database.read() as session:
        return await session.scalar(select(Complaint).where(Complaint.number == number))


async def do(desk, act, number=NUMBER, **fields):
    await desk.open(f"/pengaduan/{number}")
    return await desk.post(f"/pengaduan/{number}/{act}", key=str(uuid.uuid4()), **fields)


def listed(page):
    return re.findall(r'data-testid="complaint-row" data-number="([^"]+)"', page)


async def test_each_tab_holds_what_its_name_says_and_as_many_as_it_counts(api, sign_in, clock):
    await send(api)
    await send(api, "ADU-261123-BBBB", category="data_salah")
    await send(api, "ADU-261123-CCCC", category="informasi")
    boss = await sign_in("supervisor")
    await do(boss, "serahkan", "ADU-261123-CCCC")
    await do(boss, "jawab", "ADU-261123-CCCC", text="Sudah.", closes="ya")
    await do(boss, "serahkan")
    expected = {
        "baru": {"ADU-261123-BBBB"}, "saya": {NUMBER}, "terbuka": {NUMBER, "ADU-261123-BBBB"}, "menunggu": set(),
        "selesai": {"ADU-261123-CCCC"}, "jatuh_tempo": set(),
    }  # fmt: skip
    for tab, numbers in expected.items():
        page = (await boss.open(f"/pengaduan?tab={tab}")).text
        assert set(listed(page)) == numbers, tab
        if tab != "selesai":
            assert f'data-testid="count-{tab}">{len(numbers)}<' in page
    clock.pass_by(days=2)
    await boss.sign_in("supervisor")
    assert set(listed((await boss.open("/pengaduan?tab=jatuh_tempo")).text)) == {NUMBER, "ADU-261123-BBBB"}


async def test_pages_of_the_inbox_hold_every_complaint_once_the_urgent_first(services, clock):
    actor = await make_actor(services, "supervisor")
    made = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
    async with services.database.write() as session:
        for place in range(2 * PAGE + 7):
            due = made + timedelta(days=place % 4)
            session.add(
                Complaint(
                    id=f"c{place:03}", number=f"ADU-261120-{place:04}", contact={"id": "x"}, category="lama", text="SPESIMEN",
                    restricted=False, urgent=place % 5 == 0, state="baru", created_at=made, first_reply_due=due, answer_due=due,
                )
            )  # fmt: skip
    found, cursor = [], None
    while True:
        async with services.database.read() as session:
            page = await Inbox(session, actor, clock()).page("terbuka", cursor)
        found += page.complaints
        cursor = page.next
        if cursor is None:
            break
    assert len(found) == len({row.id for row in found}) == 2 * PAGE + 7
    assert [(not row.urgent, row.first_reply_due, row.id) for row in found] == sorted(
        (not row.urgent, row.first_reply_due, row.id) for row in found
    )


async def test_a_complaint_is_taken_and_given_to_a_colleague_who_may_answer_it(api, sign_in, services):
    await send(api)
    first, boss = await sign_in("petugas_pengaduan"), await sign_in("supervisor")
    await sign_in("petugas")
    await do(first, "serahkan")
    assert "Ditangani Petugas_Pengaduan SPESIMEN" in first.page
    everybody = re.findall(r'<option value="([0-9a-f-]{36})">([^<]+)<', first.page)
    assert [name for _, name in everybody] == ["Supervisor SPESIMEN"]
    await do(first, "serahkan", kepada=everybody[0][0])
    assert NUMBER in listed((await boss.open("/pengaduan?tab=saya")).text)
    assert (await do(first, "serahkan", kepada="nobody")).status_code == 422
    assert "mengambil pengaduan" in first.page or "menyerahkan pengaduan" in (await first.open(f"/pengaduan/{NUMBER}")).text


async def test_a_new_category_counts_its_working_days_from_the_day_of_arrival_holidays_left_out(api, sign_in, services):
    await send(api, category="lama", created_at="2026-12-23T03:00:00Z")
    desk = await sign_in("petugas_pengaduan")
    assert (await complaint(services)).answer_due.date().isoformat() == "2027-01-18"
    assert (await do(desk, "perihal", perihal="informasi")).status_code == 303
    changed = await complaint(services)
    assert changed.category == "informasi"
    assert changed.answer_due.date().isoformat() == "2027-01-04", "24 (cuti bersama) and 25 December and New Year are no working days"


async def test_moved_to_the_restricted_queue_it_is_gone_for_who_might_be_meant(api, sign_in, services):
    await send(api)
    desk, boss = await sign_in("petugas_pengaduan"), await sign_in("inspektorat")
    await do(desk, "serahkan")
    answer = await do(desk, "perihal", perihal="pungli")
    assert answer.status_code == 303 and answer.headers["location"].startswith("/pengaduan?")
    assert (await desk.open(f"/pengaduan/{NUMBER}")).status_code == 404 and NUMBER not in (await desk.open("/pengaduan")).text
    held = await complaint(services)
    assert held.restricted and held.urgent and held.assigned_to is None
    assert NUMBER in listed((await boss.open("/pengaduan?tab=terbatas")).text)


@pytest.mark.parametrize("role", ["petugas", "operator", "kasi_identitas", "kabid_yandafduk", "operator_kia"])
async def test_the_unit_that_might_be_accused_has_no_desk_at_all(api, sign_in, role):
    await send(api, category="pungli")
    desk = await sign_in(role)
    for path in ("/pengaduan", f"/pengaduan/{NUMBER}", "/pengaduan?tab=terbatas", "/pengaduan/isi"):
        assert (await desk.open(path)).status_code in (403, 404)


async def test_restricted_complaints_do_not_show_in_the_figures_of_heads_who_do_not_see_them(api, sign_in):
    kabid, reader, boss = await sign_in("kabid_yancapil"), await sign_in("inspektorat"), await sign_in("supervisor")
    await send(api, category="pungli")
    await send(api, "ADU-261123-CCCC", category="informasi")
    for one in (kabid, boss):
        assert "Pungutan liar" not in (await one.open("/laporan")).text
    assert "Pungutan liar" in (await reader.open("/laporan")).text


def test_the_preview_frames_the_answer_as_the_bot_does():
    replies = read_responses()
    for ours, theirs in (("open", "utter_notis_jawaban_aduan"), ("closed", "utter_notis_jawaban_aduan_selesai")):
        assert replies[theirs][0]["text"].strip() == text(f"complaints.frame_{ours}").strip()


async def test_the_page_carries_the_frame_with_name_and_number(api, sign_in):
    await send(api)
    desk = await sign_in("petugas_pengaduan")
    await desk.open(f"/pengaduan/{NUMBER}")
    assert f"Jawaban petugas (Petugas_Pengaduan SPESIMEN) untuk *{NUMBER}*" in desk.page


async def test_a_talk_handed_back_ends_with_a_closing_word_and_the_bot_serves_again(api, sign_in, services):
    await send(api, category="minta_petugas")
    desk = await sign_in("petugas_pengaduan")
    assert (await do(desk, "asisten")).status_code == 303
    async with services.database.read() as session:
        notice = await session.scalar(select(Notice))
    assert notice.kind == "jawaban_aduan" and notice.data["closed"] is True and "Terima kasih" in notice.data["text"]
    assert (await complaint(services)).state == "selesai"
    assert (await do(desk, "asisten")).status_code == 422, "an ended talk is not ended twice"


async def test_a_picture_sent_with_a_complaint_is_shown_stamped_and_to_the_desk_only(api, sign_in):
    await send(api)
    picture = make_picture("bukti")
    sha256 = hashlib.sha256(picture).hexdigest()
    await api.put(f"/api/blobs/{sha256}", content=picture)
    body = {"text": "Ini buktinya.", "at": "2026-11-23T03:00:00Z", "attachments": [{"blob": sha256, "mime": "image/jpeg"}]}
    await api.put(f"/api/complaints/{NUMBER}/messages/t-1", json=body)
    desk, petugas = await sign_in("petugas_pengaduan"), await sign_in("petugas")
    address = f"/pengaduan/{NUMBER}/lampiran/t-1/0"
    assert address in (await desk.open(f"/pengaduan/{NUMBER}")).text
    shown = await desk.open(address)
    assert shown.headers["content-type"] == "image/jpeg" and shown.content != picture
    assert (await petugas.open(address)).status_code == 404
    assert (await desk.open(f"/pengaduan/{NUMBER}/lampiran/t-1/1")).status_code == 404


async def test_who_only_reads_the_desk_changes_nothing_there(api, sign_in, services):
    await send(api)
    desk = await sign_in("inspektorat")
    for act in ("jawab", "serahkan", "perihal", "asisten"):
        assert (await do(desk, act, text="x", perihal="informasi")).status_code == 403
    assert (await complaint(services)).state == "baru"


def test_an_actor_without_a_desk_role_has_no_tabs_of_their_own():
    inbox = Inbox(None, Actor("1", "A", frozenset({"kepala_dinas"})), datetime.now(UTC))
    assert "saya" not in inbox.tabs() and "terbatas" not in inbox.tabs() and "naik" in inbox.tabs()


async def test_a_note_is_for_colleagues_and_goes_nowhere(api, sign_in, services):
    await send(api)
    desk, boss = await sign_in("petugas_pengaduan"), await sign_in("supervisor")
    assert (await do(desk, "catatan", catatan="Sudah saya telepon, tidak diangkat.")).status_code == 303
    assert (await do(desk, "catatan", catatan=" ")).status_code == 422
    assert "Sudah saya telepon" in (await boss.open(f"/pengaduan/{NUMBER}")).text
    async with services.database.read() as session:
        assert await session.scalar(select(Notice)) is None
    assert (await complaint(services)).state == "baru"


async def test_ready_answers_are_filled_in_and_fit_the_category(api, sign_in):
    await send(api, category="lama")
    page = (await (await sign_in("petugas_pengaduan")).open(f"/pengaduan/{NUMBER}")).text
    assert f"Laporan {NUMBER} sedang kami telusuri" in page and "Maaf atas keterlambatan" in page
    assert "Layanan gratis" not in page and "{nama}" not in page
