"""The desk: an answer reaches the citizen, restricted complaints are seen by few, an ended one opens again for a while."""

import uuid

import pytest
from sqlalchemy import select

from backoffice.notices.models import Notice
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
    assert (await api.put(f"/api/complaints/{NUMBER}/messages/t-1", json=body)).json()["state"] == "diproses"
    await answer(desk, closes="ya")
    clock.pass_by(days=10)
    late = await api.put(f"/api/complaints/{NUMBER}/messages/t-2", json=body)
    assert late.status_code == 409 and late.json()["error"]["code"] == "complaint_closed"


@pytest.mark.parametrize(("role", "status"), [("petugas_pengaduan", 404), ("inspektorat", 403), ("kepala_dinas", 303)])
async def test_a_restricted_complaint_is_for_those_who_can_not_be_meant(api, sign_in, role, status):
    await api.put("/api/complaints/c-1", json={**COMPLAINT, "category": "pungli"})
    assert (await answer(await sign_in(role))).status_code == status
