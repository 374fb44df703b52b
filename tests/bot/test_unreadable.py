"""Tests that nobody is met with silence: whatever a person sends and we can't read is parked, and they are told so once."""

import pytest

from bot.deliveries.models import Fate, Update

UNREADABLE = [
    {"type": "unknown", "errors": [{"code": 131051, "title": "Message type unknown"}]},
    {"type": "unknown"},
    {"type": "interactive", "interactive": {}},
    {"type": "interactive"},
    {"type": "interactive", "interactive": {"type": "hologram_reply", "hologram_reply": {}}},
    {"type": "interactive", "interactive": {"type": "nfm_reply", "nfm_reply": {"response_json": "{}"}}},
    {"type": "interactive", "interactive": {"type": "nfm_reply", "nfm_reply": {"response_json": "[" * 2000}}},
    {"type": "interactive", "interactive": {"type": "nfm_reply", "nfm_reply": None}},
    {"type": "interactive", "interactive": {"type": "button_reply", "button_reply": None}},
    {"type": "hologram", "hologram": {"id": "1"}},
    {"type": None},
    {"type": "text"},
    {"type": "text", "text": {"body": 5}},
    {"type": "text", "text": {"body": " \n"}},
    {"type": "button", "button": "x"},
]


@pytest.mark.parametrize("content", UNREADABLE, ids=str)
async def test_what_we_can_not_read_is_parked_and_answered(house_on_both, content: dict) -> None:
    house = house_on_both
    message = {**house.message("x"), **content}
    for _ in range(2):  # Meta repeats
        await house.deliver(house.body(message))
    await house.settle()
    parked, again = await house.rows(Update)
    assert (parked.fate, again.fate) == (Fate.PARKED, Fate.DUPLICATE) and parked.body["id"] == message["id"]
    (asked,) = house.dialogue.asked
    assert asked["message"] == "/kirim_lain" and asked["metadata"]["other"] == {"type": "unsupported"}
    assert asked["metadata"]["messages"] == [message["id"]] and len(house.graph.sent) == 1


async def test_five_in_a_row_are_answered_once_and_what_follows_is_answered_again(house) -> None:
    for _ in range(5):
        await house.deliver(house.body(house.message("unknown")))
        await house.pass_time(10)
    assert house.words() == ["Balasan: /kirim_lain"]
    await house.say("halo")
    await house.deliver(house.body(house.message("unknown")))
    await house.pass_time(10)
    assert house.words() == ["Balasan: /kirim_lain", "Balasan: halo", "Balasan: /kirim_lain"]
    await house.pass_time(700)
    await house.deliver(house.body(house.message("unknown")))
    await house.settle()
    assert len(house.words()) == 4


async def test_nobody_is_answered_where_nobody_spoke_to_us(house) -> None:
    bodies = [
        house.body(house.message("system", system={"type": "user_changed_number", "wa_id": None})),
        house.body(house.message("unknown", group_id="g1")),
        house.body(house.message("unknown", wa_id=None)),
        house.body({**house.message("unknown"), "id": None}),
    ]
    other = house.body(house.message("unknown"))
    other["entry"][0]["changes"][0]["value"]["metadata"]["phone_number_id"] = "another"
    for body in [*bodies, other]:
        await house.deliver(body)
    await house.settle()
    assert {u.fate for u in await house.rows(Update)} == {Fate.PARKED} and house.dialogue.asked == []
