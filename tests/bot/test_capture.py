"""The capture page: a link of one's own, spent by sending and not by looking, whose file goes the way of a photo of the chat."""

import hashlib
import re
import socket
from collections.abc import AsyncIterator
from datetime import timedelta

import httpx
import pytest

from bot.api.chat import page as chat_page
from bot.capture import links, texts
from bot.capture.listener import SECRET, create_capture_app, type_of
from bot.capture.models import CaptureLink
from bot.conversations.models import Item
from bot.dialogue.catalogue import read_sentence
from runtime.responses import RESPONSES

JPEG = b"\xff\xd8\xff" + bytes(3000)
URL = "https://foto.dukcapil.contoh.go.id/foto"
OFFER = {"text": "Buka {laman}.", "capture": {"button": "Buka laman foto", "item": "kk"}}


def sentence(key: str) -> str:
    return read_sentence(RESPONSES, key)


@pytest.fixture
async def offering(build, sqlite_url):
    """A bot whose page is reachable."""
    return await build(sqlite_url, capture_url=URL)


@pytest.fixture
async def page(offering) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the page's own listener."""
    given = offering.bot.receiving()
    app = create_capture_app(type(given)(**{**vars(given), "sentence": sentence, "most": 3_000_000}), f"capture-{id(offering)}")
    listening = socket.create_server(("127.0.0.1", 0))
    server = await app.create_server(sock=listening, return_asyncio_server=True)
    await server.startup()
    await server.start_serving()
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{listening.getsockname()[1]}", timeout=30) as client:
        yield client
    await server.close()


async def link_of(house) -> str:
    """Has the dialogue offer the page to somebody; gives the secret of their link."""
    house.dialogue.answer = lambda asked: [OFFER]
    await house.say("halo")
    await house.pass_time(5)
    sent = house.graph.sent[-1]["interactive"]
    assert sent["type"] == "cta_url" and sent["body"]["text"] == "Buka foto.dukcapil.contoh.go.id."
    address, _, secret = sent["action"]["parameters"]["url"].partition("#")
    assert address == URL and len(secret) >= 32
    return secret


async def send(page: httpx.AsyncClient, secret: str, data: bytes = JPEG) -> int:
    return (await page.post("/foto/kirim", content=data, headers={SECRET: secret})).status_code


async def test_a_file_sent_by_the_link_is_a_turn_with_documents_of_that_person(offering, page):
    secret = await link_of(offering)
    assert (await page.post("/foto/tautan", headers={SECRET: secret})).json() == {"shape": "wide"}
    assert await send(page, secret) == 204
    await offering.pass_time(30)
    first, turn = offering.dialogue.asked[0], offering.dialogue.asked[-1]
    assert turn["sender"] == first["sender"] and turn["metadata"]["kind"] == "documents"
    (document,) = turn["metadata"]["documents"]
    assert (document["mime"], document["blob"]) == ("image/jpeg", hashlib.sha256(JPEG).hexdigest())


async def test_looking_spends_nothing_and_sending_does(offering, page):
    secret = await link_of(offering)
    for _ in range(3):
        assert (await page.get("/foto")).status_code == 200
        assert (await page.post("/foto/tautan", headers={SECRET: secret})).status_code == 200
    assert await send(page, secret) == 204
    assert (await page.post("/foto/tautan", headers={SECRET: secret})).status_code == 410
    assert await send(page, secret, JPEG + b"another") == 410
    assert len(await offering.rows(Item, Item.kind == "documents")) == 1


async def test_the_same_file_again_after_a_lost_answer_is_well_and_comes_once(offering, page):
    secret = await link_of(offering)
    assert [await send(page, secret) for _ in range(3)] == [204, 204, 204]
    assert len(await offering.rows(Item, Item.kind == "documents")) == 1


async def test_a_link_lasts_a_day_and_a_newer_one_ends_it(offering, page):
    old = await link_of(offering)
    new = await link_of(offering)
    assert await send(page, old) == 410
    offering.clock.move(seconds=timedelta(hours=24).total_seconds() + 1)
    assert await send(page, new) == 410
    async with offering.bot.database.write() as session:
        await links.erase_expired(session, offering.clock())
    assert await offering.rows(CaptureLink) == []


@pytest.mark.parametrize("secret", ["", "x" * 32, "é" * 10, "x" * 5000])
async def test_without_a_link_nothing_is_taken_and_nothing_large_is_read(offering, page, secret):
    headers = {SECRET: secret.encode("latin-1")}
    assert (await page.post("/foto/kirim", content=JPEG, headers=headers)).status_code == 410
    assert (await page.post("/foto/kirim", content=JPEG + bytes(200_000), headers=headers)).status_code == 413
    assert (await page.post("/foto/tautan", headers=headers)).status_code == 410


async def test_what_is_no_picture_or_too_large_is_refused_and_the_link_lives_on(offering, page):
    secret = await link_of(offering)
    assert await send(page, secret, b"<html>") == 415
    assert await send(page, secret, b"") == 415
    assert await send(page, secret, JPEG + bytes(3_000_001)) == 413
    assert await send(page, secret) == 204


async def test_where_no_page_is_served_the_offer_falls_away(house):
    house.dialogue.answer = lambda asked: [{"text": "Foto ulang."}, OFFER]
    await house.say("halo")
    await house.pass_time(5)
    assert house.words() == ["Foto ulang."] and await house.rows(CaptureLink) == []


async def test_who_has_their_data_erased_has_no_link_any_more(offering, page):
    secret = await link_of(offering)
    offering.dialogue.answer = lambda asked: [{"text": "Sudah dihapus.", "erase": True}]
    await offering.say("hapus data saya")
    await offering.pass_time(5)
    assert await send(page, secret) == 410


async def test_the_secret_stands_in_no_log_and_in_no_line_that_staff_read(offering, page, capfd):
    secret = await link_of(offering)
    await send(page, secret)
    await send(page, secret, b"?")
    async with offering.bot.database.read() as session:
        lines, _ = await chat_page(session, offering.dialogue.asked[0]["sender"], None, 50)
    out, err = capfd.readouterr()
    assert secret not in out + err and all(secret not in line.text for line in lines)


async def test_the_page_is_small_strict_and_shows_nothing_of_anybody(page):
    answer = await page.get("/foto")
    whole = len(answer.content)
    for name in texts.FILES:
        found = await page.get(f"/foto/{name}")
        assert found.status_code == 200 and name in answer.text + (await page.get("/foto/camera.js")).text
        whole += len(found.content)
    assert whole < 150_000
    assert answer.headers["referrer-policy"] == "no-referrer" and answer.headers["cache-control"] == "no-store"
    assert "default-src 'none'" in answer.headers["content-security-policy"] and "camera=(self)" in answer.headers["permissions-policy"]
    assert "{{" not in answer.text and not re.search(r"<script>|style=|\son\w+=", answer.text)


async def test_it_serves_nothing_else(page):
    for path in ("/", "/internal/contacts", "/webhooks/whatsapp", "/metrics", "/readyz", "/foto/../settings.py", "/foto/page.html"):
        assert (await page.get(path)).status_code == 404


@pytest.mark.parametrize(
    ("start", "mime"),
    [
        (JPEG, "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"RIFF\x00\x00\x00\x00WEBP", "image/webp"),
        (b"\x00\x00\x00\x18ftypheic", "image/heic"),
        (b"\x00\x00\x00\x18ftypavif", "image/avif"),
        (b"%PDF-1.7", "application/pdf"),
        (b"\x00\x00\x00\x18ftypmp42", None),
        (b"PK\x03\x04", None),
    ],
)
def test_the_first_bytes_say_what_a_file_is(start: bytes, mime: str | None) -> None:
    assert type_of(start) == mime
