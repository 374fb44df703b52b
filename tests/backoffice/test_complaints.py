"""The desk: an answer reaches the citizen, restricted complaints are seen by few, an ended one opens again for a while."""

import uuid
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from backoffice.complaints.models import Complaint
from backoffice.complaints.tending import tend
from backoffice.notices.models import Notice
from standard.complaints import complaint_deadlines
from tests.backoffice.test_api import COMPLAINT

NUMBER = COMPLAINT["number"]


async def answer(desk, text="Mohon maaf, sedang kami proses.", **more):
    await desk.open(f"/pengaduan/{NUMBER}")
    return await desk.post(f"/pengaduan/{NUMBER}/jawab", text=text, key=str(uuid.uuid4()), **more)


async def test_the_desks_answer_goes_into_the_chat_with_the_officers_name(api, sign_in, services):
    await api.put("/api/complaints/c-1", json=COMPLAINT)
    desk = await sign_in("petugas_pengaduan")
    assert NUMBER in (await desk.open("/pengaduan")).text
    assert (await answer(desk)).status_code == 303
    async with services.database.read() as session:
        notice = await session.scalar(select(Notice))
    assert (notice.kind, notice.number, notice.contact) == ("jawaban_aduan", NUMBER, "contact-1")
    assert notice.data == {"text": "Mohon maaf, sedang kami proses.", "officer": "Petugas_Pengaduan SPESIMEN"}
    assert (await api.get(f"/api/complaints/{NUMBER}")).json()["state"] == "diproses"


async def test_an_ended_complaint_opens_again_within_five_working_days_and_then_no_more(api, sign_in, clock):
    await api.put("/api/complaints/c-1", json=COMPLAINT)
    desk = await sign_in("petugas_pengaduan")
    await answer(desk, closes="ya")
    assert (await api.get(f"/api/complaints/{NUMBER}")).json()["state"] == "selesai"
    body = {"text": "Belum beres.", "at": "2026-11-24T02:00:00Z"}
    assert (await api.put(f"/api/complaints/{NUMBER}/messages/t-1", json=body)).json()["state"] == "dibuka_lagi"
    await answer(desk, closes="ya")
    clock.pass_by(days=10)
    late = await api.put(f"/api/complaints/{NUMBER}/messages/t-2", json=body)
    assert late.status_code == 409 and late.json()["error"]["code"] == "complaint_closed"


async def test_a_late_press_on_an_ended_complaint_does_not_open_it_again(api, sign_in):
    await api.put("/api/complaints/c-1", json=COMPLAINT)
    desk = await sign_in("petugas_pengaduan")
    await answer(desk, closes="ya")
    assert (await desk.post(f"/pengaduan/{NUMBER}/jawab", text="Masih ada lagi.", key="late")).status_code == 409
    assert (await api.get(f"/api/complaints/{NUMBER}")).json()["state"] == "selesai"


@pytest.mark.parametrize(("act", "state"), [("jawab", "diproses"), ("tanya", "menunggu"), ("selesaikan", "selesai"), ("tolak", "ditolak")])
async def test_the_desk_answers_by_an_act_of_the_flow(api, sign_in, act, state):
    await api.put("/api/complaints/c-1", json=COMPLAINT)
    assert (await answer(await sign_in("petugas_pengaduan"), act=act)).status_code == 303
    assert (await api.get(f"/api/complaints/{NUMBER}")).json()["state"] == state


async def test_what_the_citizen_answers_ends_the_waiting(api, sign_in):
    await api.put("/api/complaints/c-1", json=COMPLAINT)
    await answer(await sign_in("petugas_pengaduan"), act="tanya")
    body = {"text": "Hari Senin.", "at": "2026-11-24T02:00:00Z"}
    assert (await api.put(f"/api/complaints/{NUMBER}/messages/t-1", json=body)).json()["state"] == "diproses"


async def test_given_to_somebody_the_citizen_is_told_once(api, sign_in, services):
    await api.put("/api/complaints/c-1", json=COMPLAINT)
    desk, boss = await sign_in("petugas_pengaduan"), await sign_in("supervisor")
    for one in (desk, boss, desk):
        await one.open(f"/pengaduan/{NUMBER}")
        await one.post(f"/pengaduan/{NUMBER}/serahkan")
    async with services.database.read() as session:
        told = list(await session.scalars(select(Notice).where(Notice.kind == "tahap_aduan")))
    assert [notice.data for notice in told] == [{"state": "ditugaskan"}]
    assert (await api.get(f"/api/complaints/{NUMBER}")).json()["state"] == "ditugaskan"


async def test_what_nobody_takes_up_again_is_closed_for_good(api, sign_in, services, clock):
    await api.put("/api/complaints/c-1", json=COMPLAINT)
    await answer(await sign_in("petugas_pengaduan"), closes="ya")
    await tend(services)
    assert (await api.get(f"/api/complaints/{NUMBER}")).json()["state"] == "selesai"
    clock.pass_by(days=10)
    await tend(services)
    told = (await api.get(f"/api/complaints/{NUMBER}")).json()
    assert told["state"] == "ditutup" and told["reopen_until"] is not None


async def test_an_overdue_complaint_climbs_a_step_each_working_day(api, sign_in, services, clock):
    await api.put("/api/complaints/c-1", json={**COMPLAINT, "created_at": "2026-11-23T02:00:00Z"})
    chief = await sign_in("kepala_dinas")
    steps = []
    for days in (3, 1, 3, 1, 1, 1):
        clock.pass_by(days=days)
        await tend(services)
        async with services.database.read() as session:
            steps.append(await session.scalar(select(Complaint.level)))
    assert steps == sorted(steps) and steps[0] == 0 and steps[-1] >= 3
    await chief.sign_in("kepala_dinas")
    assert NUMBER in (await chief.open("/pengaduan?tab=naik")).text


def test_a_wish_for_a_person_is_due_in_minutes_of_opening_hours():
    friday_evening = datetime(2026, 11, 27, 11, 0, tzinfo=UTC)
    due = complaint_deadlines("minta_petugas", friday_evening).first_reply
    assert due == datetime(2026, 11, 30, 1, 0, tzinfo=UTC), "Monday 08.00 in Blora: half an hour after the office opens"
