"""Tests that no body, however odd, raises or holds up its neighbours: each update has its fate, and what is odd is parked."""

import json
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.deliveries import envelope
from bot.deliveries.models import Delivery, Fate, Update
from bot.inbox import reading

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None)) | st.sampled_from(
    ["text", "image", "interactive", "unknown", "status", "\x00", "\ud83d", "9" * 400]
)  # fmt: skip
NAMES = st.sampled_from(
    ["entry", "changes", "field", "value", "messages", "statuses", "errors", "contacts", "metadata", "id", "type", "text", "image", "body"]
) | st.text(max_size=3)
JSON = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=5), max_leaves=30)


def nested(depth: int, inner: Any = 1) -> Any:
    for n in range(depth):
        inner = [inner] if n % 2 else {"a": inner}
    return inner


def is_kept_by_a_database(value: Any) -> bool:
    """Whether PostgreSQL's JSONB takes it."""
    text = json.dumps(value, allow_nan=False, ensure_ascii=False)
    return "\\u0000" not in text and "\x00" not in text and text.encode() is not None


@given(JSON)
def test_every_body_is_split_into_updates_that_a_database_keeps(body: Any) -> None:
    raw = json.dumps(body).encode()
    for update in envelope.split(raw):
        assert is_kept_by_a_database(update.content) and is_kept_by_a_database(update.kind)
        if update.kind == "message":
            try:
                reading.read(update.content)
            except reading.Unreadable as unreadable:
                assert unreadable.reason


@given(st.binary(max_size=80))
def test_bytes_that_are_no_json_are_one_malformed_update(raw: bytes) -> None:
    try:
        envelope.parse(raw)
    except envelope.BodyWrong:
        (update,) = envelope.split(raw)
        assert (update.kind, update.reason) == ("malformed", "no_json") and is_kept_by_a_database(update.content)


@pytest.mark.parametrize("depth", [envelope.NESTED_MOST + 1, 400, 900, 5_000])
async def test_what_is_nested_too_deep_is_parked_and_its_neighbours_are_answered(house_on_both, depth: int) -> None:
    house = house_on_both
    deep = house.text("dalam")
    body = json.dumps(house.body(house.text("satu"), {**deep, "x": "DEEP"}, house.text("dua", wa_id="62813")))
    hole = json.dumps(nested(400)).replace("1", "[" * (depth - 400) + "]" * (depth - 400)) if depth > 400 else json.dumps(nested(depth))
    answer = await house.deliver(body.replace('"DEEP"', hole).encode())
    await house.pass_time(5)
    if answer.status_code == 400:  # deeper than any parser follows
        assert await house.rows(Delivery) == []
        return
    assert sorted(a["message"] for a in house.dialogue.asked) == ["dua", "satu"]
    (parked,) = await house.rows(Update, Update.fate == Fate.PARKED)
    assert parked.reason == "too_deep" and "dalam" in parked.body["json"]
    (delivery,) = await house.rows(Delivery)
    assert delivery.split_at is not None and delivery.attempts == 0


def odd(chance: random.Random, value: Any) -> Any:
    """The same JSON with something in it replaced."""
    odds: list[Any] = [None, [], {}, "", 0, -1, 1e999, float("nan"), "\x00", "\udc00", "x" * 5000, 10**30, True, nested(60), {"id": []}]
    if isinstance(value, dict) and value and chance.random() < 0.9:
        name = chance.choice(list(value))
        return {**value, name: odd(chance, value[name])}
    if isinstance(value, list) and value and chance.random() < 0.9:
        at = chance.randrange(len(value))
        return [*value[:at], odd(chance, value[at]), *value[at + 1 :]]
    return chance.choice(odds)


async def test_bodies_with_something_odd_in_them_are_all_split_and_hold_up_nobody(house_on_both) -> None:
    house, chance = house_on_both, random.Random(14)
    for n in range(30):
        good = house.body(
            house.text("kata", wa_id="62812"),
            house.message("image", image={"id": "m", "mime_type": "image/jpeg", "sha256": "x"}),
            house.message("interactive", interactive={"type": "button_reply", "button_reply": {"id": "ya", "title": "Ya"}}),
            house.message("system", system={"type": "user_changed_number", "wa_id": f"6289{n}"}),
            statuses=[{"id": "wamid.x", "status": "failed", "timestamp": "1795313400", "errors": [{"code": 1}]}],
            contacts=[{"wa_id": "62812", "profile": {"name": "SPESIMEN"}}],
        )
        assert (await house.deliver(json.dumps(odd(chance, good)).encode())).status_code == 200
    await house.say("halo", wa_id="6277")
    worker = house.bot.jobs.workers["inbox"]
    await worker.drain()
    assert await house.rows(Delivery, Delivery.split_at.is_(None)) == []
    await house.settle()
    assert "halo" in [a["message"] for a in house.dialogue.asked]
    assert not [u for u in await house.rows(Update) if (u.reason or "").startswith("fault:")]
