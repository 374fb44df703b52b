"""Whoever holds a case reads its chat without the words of a restricted complaint; who may read those, reads all."""

import httpx
import pytest
from sanic import Sanic

from tests.backoffice.office import send_bundle
from tests.backoffice.test_api import COMPLAINT
from tests.backoffice.test_chain import NUMBER

SECRET = "Petugas B minta uang rokok 50 ribu waktu saya antar berkas"
ADU = "ADU-261123-PNGL"
CHAT = [
    ("2026-11-22T02:00:00Z", "in", "selamat pagi, ini foto KK saya"),
    ("2026-11-23T01:51:00Z", "in", "Pungutan liar / calo"),
    ("2026-11-23T01:51:05Z", "out", "Silakan tuliskan kejadiannya."),
    ("2026-11-23T02:00:00Z", "in", SECRET),
    ("2026-11-23T02:00:03Z", "out", f"Laporan {ADU} kami jaga kerahasiaannya."),
    ("2026-11-23T05:00:00Z", "in", "uang rokok 50 ribu"),
    ("2026-11-23T06:00:00Z", "out", f"Jawaban petugas (Ibu Kepala) untuk {ADU}: sudah kami tindak."),
    ("2026-11-23T06:30:00Z", "in", "terima kasih, akta sudah jadi?"),
]
OPEN = {"selamat pagi, ini foto KK saya", "terima kasih, akta sudah jadi?"}


@pytest.fixture
async def chat(app: Sanic):
    """The bot with this chat."""
    messages = [
        {"id": f"m{place}", "at": at, "direction": way, "type": "text", "text": said, "state": "read"}
        for place, (at, way, said) in enumerate(CHAT)
    ]
    app.ctx.http = httpx.AsyncClient(
        transport=httpx.MockTransport(lambda _: httpx.Response(200, json={"messages": messages, "next": None}))
    )


def shown(page):
    return {said for _, _, said in CHAT if said in page}


async def test_the_holder_of_a_case_reads_nothing_of_a_restricted_complaint_and_not_that_there_is_one(api, sign_in, chat):
    await send_bundle(api)
    body = {**COMPLAINT, "number": ADU, "category": "pungli", "restricted": True, "text": SECRET, "contact": {"id": "contact-1"}}
    assert (await api.put("/api/complaints/c-9", json=body)).status_code == 201
    petugas = await sign_in("petugas")
    await petugas.take(NUMBER)
    page = (await petugas.open(f"/permohonan/{NUMBER}/percakapan")).text
    assert shown(page) == OPEN and ADU not in page
    for path in (f"/permohonan/{NUMBER}", "/antrean?q=rokok", f"/antrean?q={ADU}"):
        assert "rokok 50" not in (await petugas.open(path)).text


async def test_its_reader_reads_the_whole_chat_and_a_superior_of_the_accused_does_not(api, sign_in, chat):
    reader, boss = await sign_in("inspektorat"), await sign_in("supervisor")
    await send_bundle(api)
    await api.put(
        "/api/complaints/c-9", json={**COMPLAINT, "number": ADU, "category": "pungli", "text": SECRET, "contact": {"id": "contact-1"}}
    )
    assert shown((await reader.open(f"/permohonan/{NUMBER}/percakapan")).text) == {said for _, _, said in CHAT}
    assert "rokok 50" not in (await boss.open(f"/permohonan/{NUMBER}/percakapan")).text


async def test_what_the_bot_has_marked_is_read_by_nobody_beside_a_case_filed_or_not(api, sign_in, app):
    marked = [
        {
            "id": f"m{n}",
            "at": f"2026-11-23T0{n}:00:00Z",
            "direction": "in",
            "type": "text",
            "text": said,
            "state": "handled",
            "concealed": c,
        }
        for n, (said, c) in enumerate([("foto KK", False), ("saya dimintai amplop", True), ("kapan jadi?", False)], 1)
    ]
    app.ctx.http = httpx.AsyncClient(transport=httpx.MockTransport(lambda _: httpx.Response(200, json={"messages": marked, "next": None})))
    await send_bundle(api)
    petugas = await sign_in("petugas")
    await petugas.take(NUMBER)
    for reader in (petugas, await sign_in("kasi_kelahiran"), await sign_in("supervisor"), await sign_in("inspektorat")):
        page = (await reader.open(f"/permohonan/{NUMBER}/percakapan")).text
        assert "amplop" not in page and "foto KK" in page and "kapan jadi?" in page


async def test_a_complaint_that_is_no_secret_stays_in_the_chat(api, sign_in, chat):
    await send_bundle(api)
    await api.put(
        "/api/complaints/c-9", json={**COMPLAINT, "number": ADU, "category": "lama", "text": SECRET, "contact": {"id": "contact-1"}}
    )
    petugas = await sign_in("petugas")
    await petugas.take(NUMBER)
    assert SECRET in (await petugas.open(f"/permohonan/{NUMBER}/percakapan")).text
