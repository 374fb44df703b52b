"""Tests the webhook's door: who gets in, what is refused with which status, and that nothing refused is stored."""

import asyncio

import pytest

from bot.app import REQUEST_MOST
from bot.deliveries.models import Delivery
from bot.webhook.routes import BODY_MOST
from bot.webhook.signature import is_signed, sign

VECTORS = [
    (b'{"object":"whatsapp_business_account","entry":[]}', "sha256=dec6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c633756"),
    (b'{"object": "whatsapp_business_account", "entry": []}', "sha256=56cbbaf4961c6cfdae48b7f116c047e5eb513d2c931baae63a2bc1afd26f803a"),
]


@pytest.mark.parametrize(("body", "signature"), VECTORS)
def test_the_signature_is_that_of_the_raw_bytes(body: bytes, signature: str) -> None:
    assert sign(body, "test_app_secret") == signature
    assert is_signed(body, signature, "test_app_secret")


@pytest.mark.parametrize("header", [None, "", "sha256=", "dec6a680", "sha1=abc", "sha256=" + "0" * 64, "sha256=\u00e9"])
def test_any_other_header_is_no_signature(header: str | None) -> None:
    assert not is_signed(VECTORS[0][0], header, "test_app_secret")


@pytest.mark.parametrize("name", ["x-hub-signature-256", "authorization", "content-type"])
async def test_a_header_of_bytes_that_are_no_text_is_refused(house, name: str) -> None:
    for value in (b"sha256=\xff\xfe" + b"0" * 62, b"\xc3\xa9", b"Bearer \xed\xa0\x80", b"sha256=" + "\u0660".encode() * 64):
        headers = {"content-type": b"application/json", "x-hub-signature-256": b"sha256=" + b"0" * 64, name: value}
        path = "/internal/notices" if name == "authorization" else "/webhooks/whatsapp"
        assert (await house.http.post(path, content=b"{}", headers=headers)).status_code in {401, 415}
    assert (await house.http.get("/webhooks/whatsapp?hub.mode=subscribe&hub.challenge=1&hub.verify_token=%ED%A0%80%FF")).status_code == 403


async def test_the_challenge_is_echoed_to_whoever_knows_the_token(house) -> None:
    asked = {"hub.mode": "subscribe", "hub.challenge": "1158201444", "hub.verify_token": "verify"}
    answer = await house.http.get("/webhooks/whatsapp", params=asked)
    assert (answer.status_code, answer.text) == (200, "1158201444")
    for wrong in ({"hub.verify_token": "x"}, {"hub.mode": "x"}, {"hub.challenge": None}, {"hub.verify_token": None}):
        params = {k: v for k, v in {**asked, **wrong}.items() if v is not None}
        assert (await house.http.get("/webhooks/whatsapp", params=params)).status_code == 403


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"{}", {"x-hub-signature-256": "sha256=" + "0" * 64}, 401),
        (b"{}", {"x-hub-signature-256": ""}, 401),
        (b"no json", {}, 400),
        (b"\xff\xfe", {}, 400),
        (b"[" * 200_000, {}, 400),
        (b"{}", {"content-type": "text/plain"}, 415),
        (b"{}", {"content-type": "application/x-www-form-urlencoded"}, 415),
        (b"[" + b" " * (BODY_MOST - 1) + b"]", {}, 413),
        (b"[" + b" " * (REQUEST_MOST - 1_000_000) + b"]", {}, 413),
    ],
)
async def test_what_is_wrong_gets_its_status_and_is_not_stored(house, body: bytes, headers: dict[str, str], status: int) -> None:
    answer = await house.deliver(body, **headers)
    assert answer.status_code == status and answer.json()["error"]["code"]
    assert await house.rows(Delivery) == []


async def test_a_body_of_three_megabytes_is_taken_whole(house) -> None:
    body = b'{"object": "x", "entry": []' + b" " * (BODY_MOST - 28) + b"}"
    assert len(body) == BODY_MOST == 3 * 1024 * 1024
    assert (await house.deliver(body)).status_code == 200
    (stored,) = await house.rows(Delivery)
    assert stored.body == body


async def test_a_charset_beside_the_content_type_is_no_fault(house) -> None:
    assert (await house.deliver(b"{}", **{"content-type": "Application/JSON; charset=utf-8"})).status_code == 200


async def test_200_comes_after_the_body_is_stored_and_before_anything_else_is_done(house) -> None:
    await house.say("halo")
    (stored,) = await house.rows(Delivery)
    assert stored.split_at is None
    assert house.dialogue.asked == [] and house.graph.tokens == []


async def test_when_the_database_fails_the_answer_is_not_200(house) -> None:
    await house.bot.database.close()
    async with house.bot.database.engine.begin() as connection:
        await connection.exec_driver_sql("DROP TABLE bot_delivery")
    assert (await house.deliver({"entry": []})).status_code == 500


async def test_many_deliveries_at_once_are_all_stored(house_on_both) -> None:
    house = house_on_both
    bodies = [house.body(house.text(f"kata {n}", wa_id=f"62812{n:08d}")) for n in range(60)]
    answers = await asyncio.gather(*(house.deliver(b) for b in bodies))
    assert {a.status_code for a in answers} == {200}
    assert len(await house.rows(Delivery)) == 60
