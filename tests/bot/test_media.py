"""Tests that photos are fetched at once, whole and true to their checksum, and that one that can't be had is said to be gone."""

import asyncio
import base64
import hashlib
from datetime import timedelta

import httpx
import pytest
from bot_fakes import graph_error

from bot.api.chat import page
from bot.conversations.media import Media
from bot.conversations.models import Item
from bot.media.checksum import announced, fits

PHOTO = b"\xff\xd8 SPESIMEN"


@pytest.mark.parametrize("spelt", [lambda d: d.hex(), lambda d: d.hex().upper(), lambda d: base64.b64encode(d).decode()])
def test_a_checksum_is_understood_in_hex_and_base64(spelt) -> None:
    digest = hashlib.sha256(PHOTO).digest()
    assert announced(spelt(digest)) == digest
    assert fits(PHOTO, spelt(digest)) and not fits(b"other", spelt(digest))


@pytest.mark.parametrize("nonsense", [None, "", "4654+8g=", "a1b2c3d4e5f6...", "<SHA_256_HASH>"])
def test_a_checksum_that_is_none_proves_nothing(nonsense) -> None:
    assert announced(nonsense) is None and fits(PHOTO, nonsense)


async def documents(house) -> list[dict]:
    (asked,) = house.dialogue.asked
    return asked["metadata"]["documents"]


async def test_a_photo_is_fetched_by_a_fresh_address_with_the_token(house) -> None:
    await house.deliver(house.body(house.photo("m1", PHOTO)))
    await house.pass_time(5)
    (document,) = await documents(house)
    assert document["blob"] == hashlib.sha256(PHOTO).hexdigest() and document["message"] == "wamid.in1"
    (item,) = await house.rows(Item)
    async with house.bot.database.read() as session:
        lines, _ = await page(session, item.contact_id, None, 5)
    assert document["line"] in {line.id for line in lines if line.type == "image"}, "the office finds it in the chat"
    assert set(house.graph.tokens) == {"Bearer token-of-graph"}


@pytest.mark.parametrize(
    "fault", [httpx.Response(404), httpx.Response(500), httpx.ConnectError("x"), httpx.ReadTimeout("x"), httpx.Response(200, content=b"")]
)
async def test_a_download_that_fails_is_tried_again_by_a_new_address(house, fault) -> None:
    house.graph.file_faults = [fault]
    await house.deliver(house.body(house.photo("m1", PHOTO)))
    await house.pass_time(8)
    (document,) = await documents(house)
    assert document["problem"] is None and document["blob"] == hashlib.sha256(PHOTO).hexdigest()


async def test_other_bytes_than_announced_are_not_kept(house) -> None:
    house.graph.file_faults = [httpx.Response(200, content=b"half a pho")]
    await house.deliver(house.body(house.photo("m1", PHOTO)))
    await house.pass_time(8)
    (document,) = await documents(house)
    assert document["blob"] == hashlib.sha256(PHOTO).hexdigest()
    assert not await house.bot.blobs.store.exists(hashlib.sha256(b"half a pho").hexdigest())


async def test_a_photo_that_is_not_there_for_half_a_minute_is_fetched_all_the_same(house) -> None:
    came = house.clock()
    house.graph.address_faults = [graph_error(100, details="Object does not exist")]
    house.graph.file_fault = lambda: httpx.Response(404) if (house.clock() - came).total_seconds() < 25 else None
    await house.deliver(house.body(house.photo("m1", PHOTO)))
    await house.pass_time(60)
    (document,) = await documents(house)
    assert document["problem"] is None and document["blob"] == hashlib.sha256(PHOTO).hexdigest()


async def test_nine_files_that_drip_hold_up_nobody_elses(house, monkeypatch) -> None:
    from bot.media import fetcher

    monkeypatch.setattr(fetcher, "FIRST_TRY", timedelta(seconds=0.2))
    dripping = {f"slow{n}" for n in range(9)}
    house.graph.slow = dripping
    await house.deliver(house.body(*(house.photo(name, PHOTO + name.encode(), wa_id=f"6281{name[4:]}") for name in sorted(dripping))))
    await house.deliver(house.body(house.photo("quick", PHOTO, wa_id="62899")))
    await house.bot.jobs.workers["inbox"].drain()
    house.bot.jobs.workers["media"].start()
    house.bot.jobs.workers["media_again"].start()
    for _ in range(100):
        await asyncio.sleep(0.05)
        if await house.rows(Media, Media.media_id == "quick", Media.blob.is_not(None)):
            break
    waiting = await house.rows(Media, Media.blob.is_(None))
    await asyncio.gather(*(house.bot.jobs.workers[name].stop(1) for name in ("media", "media_again")))
    assert await house.rows(Media, Media.media_id == "quick", Media.blob.is_not(None))
    assert {file.media_id for file in waiting} == dripping and all(file.problem is None for file in waiting)


async def test_one_persons_many_photos_leave_room_for_another_s(house_on_both) -> None:
    house = house_on_both
    await house.deliver(house.body(*(house.photo(f"m{n}", PHOTO + bytes([n])) for n in range(9))))
    await house.deliver(house.body(house.photo("other", PHOTO, wa_id="62899")))
    await house.bot.jobs.workers["inbox"].drain()
    media = house.bot.jobs.workers["media"]
    taken = [(await media.claim()).media_id for _ in range(4)]
    assert taken == ["m0", "m1", "m2", "other"] and await media.claim() is None
    house.clock.move(seconds=31)  # and here the process is killed: what it had in hand is fetched again, and the rest as well
    await house.pass_time(60, step=2)
    assert await house.rows(Media, Media.blob.is_(None)) == []


async def test_a_photo_that_no_longer_exists_is_gone(house) -> None:
    await house.deliver(house.body(house.photo("m1")))
    await house.pass_time(150)
    (document,) = await documents(house)
    assert (document["blob"], document["problem"]) == (None, "GONE")


async def test_a_photo_that_can_not_be_fetched_for_a_week_is_gone_and_nobody_waited_for_it(house) -> None:
    house.graph.address_faults = [graph_error(190, 401)] * 10_000
    await house.deliver(house.body(house.photo("m1", PHOTO)))
    await house.say("halo")
    await house.pass_time(65)
    assert [a["message"] for a in house.dialogue.asked] == ["halo"]
    await house.pass_time(8 * 86400, step=7200)
    (media,) = await house.rows(Media)
    assert media.problem == "GONE" and [a["message"] for a in house.dialogue.asked] == ["halo", "/kirim_berkas"]


async def test_a_photo_that_comes_late_is_a_turn_of_its_own(house) -> None:
    house.graph.address_faults = [graph_error(190, 401)] * 7
    await house.deliver(house.body(house.photo("m1", PHOTO)))
    await house.pass_time(300, step=15)
    (document,) = await documents(house)
    assert document["problem"] is None


async def test_a_file_over_the_cap_is_too_big_by_its_announced_and_by_its_real_size(build, sqlite_url) -> None:
    house = await build(sqlite_url, media_max_bytes=100)
    house.graph.files = {"m1": b"x" * 101, "m2": b"x" * 101}
    house.graph.file_size["m2"] = 5
    await house.deliver(house.body(house.photo("m1"), house.photo("m2")))
    await house.pass_time(5)
    assert [d["problem"] for d in await documents(house)] == ["TOO_BIG", "TOO_BIG"]


async def test_what_metas_side_found_too_big_is_too_big(house) -> None:
    errors = [{"code": 131052, "title": "Media file size too big"}]
    await house.deliver(house.body(house.message("document", document={"mime_type": "application/pdf"}, errors=errors)))
    await house.pass_time(5)
    assert [d["problem"] for d in await documents(house)] == ["TOO_BIG"]


@pytest.mark.parametrize(
    ("mime", "filename", "problem"),
    [
        ("application/pdf", "a.pdf", None),
        ("image/heic", "a.heic", None),
        ("application/octet-stream", "IMG_1.HEIC", None),
        ("application/zip", "a.zip", "WRONG_TYPE"),
        ("application/msword", "a.doc", "WRONG_TYPE"),
    ],
)
async def test_a_file_that_is_no_picture_is_not_fetched(house, mime: str, filename: str, problem: str | None) -> None:
    house.graph.files["m1"] = PHOTO
    document = {"id": "m1", "mime_type": mime, "filename": filename, "sha256": ""}
    await house.deliver(house.body(house.message("document", document=document)))
    await house.pass_time(5)
    assert [(d["problem"], d["filename"]) for d in await documents(house)] == [(problem, filename)]


async def test_an_address_elsewhere_gets_neither_token_nor_visit(house) -> None:
    image = {"mime_type": "image/jpeg", "url": "https://evil.test/a.jpg", "sha256": ""}
    await house.deliver(house.body(house.message("image", image=image)))
    await house.pass_time(30)
    assert [d["problem"] for d in await documents(house)] == ["GONE"] and house.graph.tokens[:-2] == []


def test_only_metas_hosts_get_the_token(house) -> None:
    graph = house.bot.graph
    assert graph.may_fetch("https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1")
    for url in (
        "http://lookaside.fbsbx.com/x",
        "https://fbsbx.com.evil.test/x",
        "https://evilfbsbx.com/x",
        f"http://{graph._own[1]}/x",
        "file:///etc/passwd",
        "",
    ):
        assert not graph.may_fetch(url)


async def test_a_photo_is_fetched_once_by_two_processes(build, database_url) -> None:
    one = await build(database_url)
    two = await build(database_url, world=one.world, clock=one.clock)
    await one.deliver(one.body(*(one.photo(f"m{n}", PHOTO + bytes([n])) for n in range(6))))
    await one.bot.jobs.workers["inbox"].drain()
    await asyncio.gather(one.bot.jobs.workers["media"].drain(), two.bot.jobs.workers["media"].drain())
    assert len(one.graph.tokens) == 12


async def test_who_sent_photos_that_are_still_being_fetched_is_told_so_once(house_on_both) -> None:
    house = house_on_both
    down = [True]
    house.graph.file_fault = lambda: httpx.Response(503) if down else None
    for media in ("m1", "m2"):
        await house.deliver(house.body(house.photo(media, PHOTO)))
    await house.pass_time(50, step=5)
    assert house.words() == []
    await house.pass_time(20, step=5)
    assert house.words() == ["Berkas masih kami ambil."] and house.dialogue.asked == []
    await house.say("halo")
    await house.pass_time(600, step=20)
    assert house.words() == ["Berkas masih kami ambil.", "Balasan: halo"]
    down.clear()
    await house.pass_time(1200, step=20)
    assert sum(len(asked["metadata"]["documents"]) for asked in house.dialogue.asked) == 2
    assert house.words().count("Berkas masih kami ambil.") == 1


async def test_a_notice_s_late_attachment_is_nothing_that_the_person_waits_for(house) -> None:
    await house.say("halo")
    await house.pass_time(5)
    (turn,) = house.dialogue.asked
    at = "2026-11-22T02:10:00.000Z"
    file = {"filename": "a.pdf", "mime": "application/pdf", "sha256": "0" * 64, "url": "/api/files/none"}
    house.backoffice.faults = [httpx.Response(503)] * 50
    body = {"id": "n1", "contact": turn["sender"], "kind": "kabar", "number": "LM-1", "at": at, "data": {}, "attachments": [file]}
    token = {"authorization": "Bearer office-to-bot-in-the-tests"}
    assert (await house.http.post("/internal/notices", json=body, headers=token)).status_code == 202
    await house.pass_time(120, step=10)
    assert house.words() == ["Balasan: halo"]
