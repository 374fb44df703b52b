"""What citizens say of their complaints in the chat reaches the desk: the category, taking back, secrecy."""

from tests.backoffice.test_api import COMPLAINT
from tests.backoffice.test_complaints import NUMBER, answer

AT = {"at": "2026-11-24T02:00:00Z"}


async def test_the_citizens_category_counts_while_the_desk_has_not_begun_and_lifts_no_restriction(api, sign_in):
    await api.put("/api/complaints/c-1", json={**COMPLAINT, "category": "pungli"})
    body = {"category": "gangguan_sistem", **AT}
    assert (await api.put(f"/api/complaints/{NUMBER}/category/t-1", json=body)).status_code == 200
    assert (await api.get(f"/api/complaints/{NUMBER}")).json()["category"] == "gangguan_sistem"
    assert (await answer(await sign_in("petugas_pengaduan"))).status_code == 404


async def test_once_the_desk_has_answered_its_category_stays(api, sign_in):
    await api.put("/api/complaints/c-1", json=COMPLAINT)
    await answer(await sign_in("petugas_pengaduan"))
    await api.put(f"/api/complaints/{NUMBER}/category/t-1", json={"category": "saran", **AT})
    assert (await api.get(f"/api/complaints/{NUMBER}")).json()["category"] == COMPLAINT["category"]


async def test_a_complaint_that_was_taken_back_is_closed(api):
    await api.put("/api/complaints/c-1", json=COMPLAINT)
    assert (await api.put(f"/api/complaints/{NUMBER}/withdrawal/t-1", json=AT)).json()["state"] != "baru"
    assert (await api.get(f"/api/complaints/{NUMBER}")).json()["reopen_until"] is not None


async def test_secrecy_asked_for_afterwards_takes_it_out_of_the_desks_sight(api, sign_in):
    await api.put("/api/complaints/c-1", json=COMPLAINT)
    await api.put(f"/api/complaints/{NUMBER}/restriction/t-1", json=AT)
    assert (await answer(await sign_in("petugas_pengaduan"))).status_code == 404


async def test_what_is_no_category_and_what_is_no_complaint_is_refused(api):
    await api.put("/api/complaints/c-1", json=COMPLAINT)
    assert (await api.put(f"/api/complaints/{NUMBER}/category/t-1", json={"category": "x", **AT})).status_code == 422
    assert (await api.put("/api/complaints/ADU-261122-XXXX/withdrawal/t-1", json=AT)).status_code == 404


async def test_the_desk_reads_whether_it_helped(api, sign_in):
    await api.put("/api/complaints/c-1", json=COMPLAINT)
    desk = await sign_in("petugas_pengaduan")
    await answer(desk, closes="ya")
    assert (await api.put(f"/api/complaints/{NUMBER}/rating/t-1", json={"value": 4, **AT})).status_code == 200
    assert (await api.put(f"/api/complaints/{NUMBER}/rating/t-2", json={"value": 6, **AT})).status_code == 422
    assert "4 dari 5" in (await desk.open(f"/pengaduan/{NUMBER}")).text
