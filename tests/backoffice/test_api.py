"""The service API, as docs/contracts.md writes it: every write once, whatever is sent twice."""

import hashlib
import re
import socket
import uuid

import httpx
import pytest

from storage.opening import open_blobs
from tests.backoffice.office import MONDAY, TO_BOT, make_bundle, make_document, make_picture, put_picture, send_bundle


async def test_a_bundle_is_taken_in_and_its_number_and_deadline_are_answered(api):
    answer = await send_bundle(api)
    assert answer.status_code == 201, answer.text
    assert answer.json() == {"number": "LM-261123-7K4F", "stage": "diterima", "deadline": "2026-11-24T02:00:00Z"}


async def test_the_same_bundle_again_answers_the_same_and_makes_nothing_new(api):
    first = await send_bundle(api)
    again = await send_bundle(api)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()


async def test_a_number_that_belongs_to_another_bundle_is_refused(api):
    await send_bundle(api)
    answer = await send_bundle(api, make_bundle(), draft="draft-2")
    assert answer.status_code == 422 and answer.json()["error"]["field"] == "number"


async def test_missing_blobs_are_named(api):
    answer = await api.put("/api/bundles/draft-1", json=make_bundle())
    assert answer.status_code == 422
    assert answer.json()["error"]["code"] == "blob_missing" and len(answer.json()["error"]["hashes"]) == 6


async def test_a_blob_under_a_wrong_name_is_refused(api):
    answer = await api.put(f"/api/blobs/{'0' * 64}", content=b"something else")
    assert answer.status_code == 422 and answer.json()["error"]["code"] == "hash_mismatch"


async def test_a_blob_is_there_once(api):
    picture = make_picture()
    path = f"/api/blobs/{hashlib.sha256(picture).hexdigest()}"
    assert [(await api.put(path, content=picture)).status_code for _ in range(2)] == [201, 200]


@pytest.mark.parametrize("header", [None, "", "Bearer wrong-token-of-the-tests", "Basic c2VydmljZQ=="])
async def test_nobody_without_a_token_is_let_in(app, header):
    headers = {"Authorization": header} if header is not None else {}
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://office.test", headers=headers) as stranger:
        for method, path in (("PUT", "/api/bundles/x"), ("GET", "/api/cases/x"), ("GET", "/api/files/x"), ("PUT", "/api/complaints/x")):
            answer = await stranger.request(method, path)
            assert answer.status_code == 401 and answer.json()["error"]["code"] == "unauthorized"


OF_THE_BOT = {("GET", "api/files/<file_id:str>"), ("PUT", "api/notices/<notice_id:str>/state")}
OF_BOTH = {("GET", "api/known/cases"), ("GET", "api/known/complaints")}


async def test_each_caller_reaches_its_own_routes_and_no_other(app, api, bot_api):
    callers = {"actions": api, "bot": bot_api}
    routes = {(method, route.path) for route in app.router.routes if route.path.startswith("api/") for method in route.methods}
    assert routes > OF_THE_BOT | OF_BOTH and len(routes) > 10
    for method, path in routes:
        allowed = {"bot"} if (method, path) in OF_THE_BOT else {"actions", "bot"} if (method, path) in OF_BOTH else {"actions"}
        for caller, client in callers.items():
            answer = await client.request(method, "/" + re.sub("<[^>]+>", "x", path), json={})
            assert (answer.status_code != 401) == (caller in allowed), (caller, method, path)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://office.test") as office:
        shown = {"Authorization": f"Bearer {TO_BOT}"}  # what the office itself shows the bot opens nothing here
        assert (await office.get("/api/cases/x", headers=shown)).status_code == 401


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"number": "LM-1"}, "number"),
        ({"documents": []}, "documents"),
        ({"anak": []}, "anak"),
        ({"submitted_at": "2026-11-23T09:00"}, "submitted_at"),
        ({"anak": [{"nama": "ANI SPESIMEN", "tanggal_lahir": "31-02-2026"}]}, "anak.0.tanggal_lahir"),
        ({"anak": [{"nama": "ANI SPESIMEN", "tanggal_lahir": "0001-01-02"}]}, "anak.0.tanggal_lahir"),
        ({"anak": [{"nama": "ANI SPESIMEN", "pukul": "25:00"}]}, "anak.0.pukul"),
        ({"anak": [{"nama": {"depan": "ANI"}}]}, "anak.0.nama"),
        ({"answers": {"ibu_tanggal_lahir": {"value": "1990-02-30", "source": "chat"}}}, "answers.ibu_tanggal_lahir.value"),
        ({"answers": {"ibu_nik": "3316990101900001"}}, "answers.ibu_nik"),
        ({"conditions": {"pelapor": "tetangga"}}, "conditions.pelapor"),
        ({"flags": [7]}, "flags.0"),
        ({"warnings": ["salah"]}, "warnings.0"),
        ({"alamat_kia": {"location": {"latitude": 91, "longitude": 111}}}, "alamat_kia.location.latitude"),
    ],
)
async def test_a_bundle_of_another_shape_is_refused_by_the_name_of_the_field(api, change, field):
    answer = await api.put("/api/bundles/draft-1", json=make_bundle(**change))
    assert answer.status_code == 422 and answer.json()["error"]["field"] == field


async def test_a_body_that_is_no_json_is_refused(api):
    assert (await api.put("/api/bundles/draft-1", content=b"{")).status_code == 422


async def test_where_a_case_stands_is_answered(api):
    await send_bundle(api)
    told = (await api.get("/api/cases/LM-261123-7K4F")).json()
    assert re.fullmatch(r"\d{6}", told.pop("pin"))
    assert told == {
        "mail": None,
        "number": "LM-261123-7K4F",
        "stage": "diterima",
        "stage_since": "2026-11-23T02:00:00Z",
        "submitted_at": "2026-11-23T02:00:00Z",
        "clock": "running",
        "deadline": "2026-11-24T02:00:00Z",
        "returned": [],
        "delivered_at": None,
        "kia": {"state": "menunggu", "courier": None, "tracking": None},
        "siak_down_since": None,
    }
    assert (await api.get("/api/cases/LM-261123-XXXX")).status_code == 404


async def test_a_document_that_nobody_asked_for_is_refused(api):
    await send_bundle(api)
    document = make_document("kk", make_picture("kk"), submission=str(uuid.uuid4()))
    answer = await api.put(f"/api/cases/LM-261123-7K4F/documents/{document['submission']}", json=document)
    assert answer.status_code == 409 and answer.json()["error"]["code"] == "not_returned"


COMPLAINT = {
    "number": "ADU-261123-3M8Q",
    "contact": {"id": "contact-1", "phone": "+6281230000001", "name": "BUDI SPESIMEN"},
    "category": "lama",
    "text": "Sudah tiga hari belum jadi.",
    "case": None,
    "restricted": False,
    "created_at": MONDAY.isoformat(),
}


async def test_a_complaint_gets_its_number_once_and_tells_when_it_is_due(api):
    answers = [await api.put("/api/complaints/c-1", json=COMPLAINT) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 200]
    assert answers[1].json() == {"number": "ADU-261123-3M8Q"}
    stands = (await api.get("/api/complaints/ADU-261123-3M8Q")).json()
    assert (stands["state"], stands["category"]) == ("baru", "lama") and stands["answer_due"].endswith("Z")


async def test_what_a_citizen_adds_to_a_complaint_is_kept_once(api, services):
    await api.put("/api/complaints/c-1", json=COMPLAINT)
    picture = await put_picture(api, "bukti")
    body = {"text": "Ini buktinya.", "at": MONDAY.isoformat(), "attachments": [{"blob": picture, "mime": "image/jpeg"}]}
    answers = [await api.put("/api/complaints/ADU-261123-3M8Q/messages/turn-1", json=body) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]


async def test_an_unknown_category_is_refused(api):
    answer = await api.put("/api/complaints/c-1", json={**COMPLAINT, "category": "entah"})
    assert answer.status_code == 422 and answer.json()["error"]["field"] == "category"


async def test_files_that_cant_be_reached_now_are_told_as_that_and_not_as_a_fault(api, services):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    services.blobs = open_blobs(
        f"s3://a:b@bucket?endpoint=http://127.0.0.1:{port}", services.settings.blob_key.get_secret_value(), "backoffice"
    )
    answer = await api.put(f"/api/blobs/{hashlib.sha256(b'1').hexdigest()}", content=b"1")
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "files_away")
