"""Tests that the faults known of public connectors are none of ours (the list at the end of the WhatsApp contract, each by name)."""

import json
import logging

import httpx

from bot.conversations.models import Item
from bot.deliveries.models import Delivery, Fate, Update
from bot.outbox.models import Sending, State


async def test_every_update_of_a_batch_is_read_not_only_the_first(house) -> None:
    messages = [house.text(f"pesan {n}", wa_id=f"62812{n % 40:04d}") for n in range(1000)]
    body = {"object": "whatsapp_business_account", "entry": [
        house.body(*messages[:300])["entry"][0], house.body(*messages[300:301])["entry"][0], house.body(*messages[301:])["entry"][0],
    ]}  # fmt: skip
    assert (await house.deliver(body)).status_code == 200
    await house.bot.jobs.workers["inbox"].drain()
    assert len(await house.rows(Item)) == 1000
    assert {u.fate for u in await house.rows(Update)} == {Fate.HANDLED}


async def test_messages_without_from_or_without_user_id_are_answered(house) -> None:
    await house.say("satu", wa_id="62811", user_id=None)
    await house.say("dua", wa_id=None, user_id="ID.2")
    only_in_contacts = house.text("tiga", wa_id=None)
    await house.deliver(house.body(only_in_contacts, contacts=[{"user_id": "ID.3", "profile": {}}]))
    await house.settle()
    assert sorted(house.words()) == ["Balasan: dua", "Balasan: satu", "Balasan: tiga"]


async def test_a_message_of_nobody_is_parked_whole(house) -> None:
    await house.deliver(house.body(house.text("halo", wa_id=None)))
    await house.settle()
    (update,) = await house.rows(Update)
    assert (update.fate, update.reason, update.body["text"]) == (Fate.PARKED, "no_sender", {"body": "halo"})


async def test_a_fault_while_handling_is_not_swallowed_and_holds_nobody_up(house) -> None:
    broken = [
        house.message("text", text={"body": 5}),
        house.message("text", text="x"),
        house.message("interactive", interactive={"type": "button_reply", "button_reply": None}),
        house.message("system", system={"type": "user_changed_number", "wa_id": None}),
        house.message("hologram"),
        {"type": "text", "text": {"body": "tanpa id"}, "from": "62811"},
        house.text("grup", group_id="g1"),
        "no object",
        None,
    ]
    good = house.text("halo")
    await house.deliver(house.body(*broken, good))
    await house.deliver(
        {"entry": [{"changes": [{"field": "messages", "value": {"messages": "x"}}, {"field": 5}, 7]}, None, {"changes": None}]}
    )
    await house.deliver({"entry": "x"})
    await house.deliver([1, 2])
    await house.deliver({"entry": [{"changes": [{"field": "new_thing", "value": {"a": 1}}]}]})
    await house.settle()
    updates = await house.rows(Update)
    assert [asked["message"] for asked in house.dialogue.asked] == ["/kirim_lain", "halo"]
    assert [u.reason for u in updates] == [
        "no_body", "no_body", "no_id", "no_new_identity", "unknown_type", "no_id", "group", "message_no_object", "message_no_object", None,
        "messages_no_list", "no_value", "no_value", "no_changes", "no_changes", "no_entry", "no_entry", "unknown_field",
    ]  # fmt: skip
    assert all(u.body is not None for u in updates if u.fate == Fate.PARKED)


async def test_nothing_is_marked_as_seen_before_it_is_handled(house, monkeypatch) -> None:
    from sqlalchemy.exc import OperationalError

    from bot.conversations import repository

    real, faults = repository.add_items, [OperationalError("x", {}, Exception("disk"))] * 2

    async def failing(*args, **kwargs):
        if faults:
            raise faults.pop()
        return await real(*args, **kwargs)

    monkeypatch.setattr(repository, "add_items", failing)
    await house.say("halo")
    await house.settle()
    assert await house.rows(Update) == [] and house.graph.sent == []
    await house.pass_time(3)
    assert house.words() == ["Balasan: halo"]


async def test_a_delivery_that_can_not_be_split_does_not_hold_up_the_next(house, monkeypatch) -> None:
    from bot.deliveries import envelope

    real = envelope.split

    def failing(body, start):
        if b"racun" in body:
            raise OSError("disk")
        return real(body, start)

    monkeypatch.setattr(envelope, "split", failing)
    await house.say("racun")
    await house.say("halo")
    await house.settle()
    assert house.words() == ["Balasan: halo"]
    waiting = await house.rows(Delivery, Delivery.split_at.is_(None))
    assert len(waiting) == 1 and waiting[0].attempts == 1


async def test_duplicates_are_remembered_for_good(house_on_both) -> None:
    house = house_on_both
    body = house.body(house.text("halo", id="wamid.A"))
    await house.deliver(body)
    await house.deliver(body)
    await house.settle()
    house.clock.move(days=8)
    await house.deliver(body)
    await house.settle()
    assert house.words() == ["Balasan: halo"]
    assert sorted(u.fate for u in await house.rows(Update)) == ["duplicate", "duplicate", "handled"]


async def test_a_duplicate_within_one_body_is_one_message(house) -> None:
    message = house.text("halo", id="wamid.A")
    await house.deliver(house.body(message, message))
    await house.settle()
    assert house.words() == ["Balasan: halo"]


async def test_a_late_sent_does_not_overwrite_read(house) -> None:
    await house.say("halo")
    await house.settle()
    (row,) = await house.rows(Sending)
    await house.status(row.wamid, "read")
    await house.status(row.wamid, "sent")
    await house.settle()
    (row,) = await house.rows(Sending)
    assert row.state == State.READ


async def test_a_photo_whose_address_can_not_be_had_keeps_its_message(house) -> None:
    house.graph.address_faults = [httpx.Response(500, text="<html>")] * 3
    await house.deliver(house.body(house.photo("m1", b"SPESIMEN")))
    await house.pass_time(20)
    (asked,) = house.dialogue.asked
    assert asked["metadata"]["documents"][0]["problem"] is None


async def test_an_answer_of_graph_that_is_no_json_crashes_nothing(house) -> None:
    house.graph.faults = [httpx.Response(500, text="<html>oops"), httpx.Response(400, text="plain"), httpx.Response(200, json=[1])]
    await house.say("satu")
    await house.pass_time(200)
    await house.say("dua")
    await house.pass_time(100)
    assert house.words()[-1] == "Balasan: dua"


async def test_text_that_no_database_keeps_is_cleaned_and_answered(house_on_both) -> None:
    house = house_on_both
    raw = json.dumps(
        house.body(house.text("ha\x00lo \ud83d 👶", timestamp="99999999999999999999"), house.text("x", timestamp="nan"))
    ).encode()
    assert (await house.deliver(raw)).status_code == 200
    await house.settle()
    assert {words for a in house.dialogue.asked for words in a["message"].split("\n")} == {"halo ? 👶", "x"}


async def test_the_token_and_the_words_of_people_are_in_no_log(house, caplog, capfd) -> None:
    with caplog.at_level(logging.INFO):
        house.graph.faults = [httpx.ReadTimeout("x")]
        await house.say("rahasia sekali")
        await house.deliver(house.body(house.message("text", text={"body": 5, "note": "rahasia sekali"})))
        await house.deliver(b"{}", **{"x-hub-signature-256": "sha256=0"})
        await house.settle()
    captured = capfd.readouterr()
    logged = caplog.text + captured.out + captured.err
    assert "token-of-graph" not in logged and "rahasia" not in logged and "6281200000001" not in logged
