"""Tests the path of a message: in by the webhook, through the queue and the dialogue, out by the outbox."""

import asyncio
import hashlib

import httpx
import pytest

from bot.conversations.models import Item, Turn, TurnState
from bot.deliveries.models import Fate, Update
from bot.turns.runner import LEASE


async def test_a_text_is_answered(house_on_both) -> None:
    house = house_on_both
    await house.say("halo")
    await house.settle()
    assert house.words() == ["Balasan: halo"]
    (sent,) = house.graph.sent
    assert sent["to"] == "+6281200000001" and sent["messaging_product"] == "whatsapp"


async def test_a_turn_is_asked_as_the_contract_says(house) -> None:
    message = house.text("halo", id="wamid.A", timestamp="1795313400")
    people = [{"profile": {"name": "SPESIMEN Siti"}, "wa_id": "6281200000001", "user_id": "ID.1"}]
    await house.deliver(house.body(message, contacts=people))
    await house.settle()
    (asked,) = house.dialogue.asked
    (turn,) = await house.rows(Turn)
    assert asked == {
        "sender": turn.contact_id,
        "message": "halo",
        "metadata": {
            "turn": turn.id, "kind": "text", "messages": ["wamid.A"], "text": "halo", "choice": None, "documents": [], "other": None,
            "notice": None, "contact": {"phone": "+6281200000001", "name": "SPESIMEN Siti"}, "at": "2026-11-22T02:10:00.000Z",
        },
    }  # fmt: skip


@pytest.mark.parametrize("words", ["/mulai_ulang", "  /mulai_ulang", "//mulai_ulang", "/ /mulai_ulang", "\n/mulai_ulang"])
async def test_nobody_but_us_names_an_intent(house, words: str) -> None:
    await house.say(words)
    await house.settle()
    assert house.dialogue.asked[0]["message"] == "mulai_ulang"


async def test_a_lone_slash_is_nothing_that_can_be_understood(house) -> None:
    await house.say("/")
    await house.settle()
    asked = house.dialogue.asked[0]
    assert (asked["message"], asked["metadata"]["kind"]) == ("/kirim_lain", "other")


async def test_a_tap_and_a_chosen_row_carry_their_ids(house) -> None:
    button = house.message("interactive", interactive={"type": "button_reply", "button_reply": {"id": "ya", "title": "Ya"}})
    row = house.message("interactive", interactive={"type": "list_reply", "list_reply": {"id": "ibu", "title": "Ibu", "description": ""}})
    template = house.message("button", button={"payload": "lanjut", "text": "Lanjut"})
    await house.deliver(house.body(button, row, template))
    await house.settle()
    asked = [(a["message"], a["metadata"]["kind"], a["metadata"]["choice"]) for a in house.dialogue.asked]
    assert asked == [("Ya", "choice", "ya"), ("Ibu", "choice", "ibu"), ("Lanjut", "choice", "lanjut")]


@pytest.mark.parametrize(
    ("type_", "content", "other"),
    [
        ("audio", {"id": "1", "mime_type": "audio/ogg", "voice": True, "sha256": "x"}, {"mime_type": "audio/ogg", "voice": True}),
        ("location", {"latitude": -6.97, "longitude": 111.41, "name": "Rumah"}, {"latitude": -6.97, "longitude": 111.41, "name": "Rumah"}),
        ("contacts", [{"phones": []}], {"contacts": [{"phones": []}]}),
        ("revoke", {"original_message_id": "wamid.X"}, {"original_message_id": "wamid.X"}),
        ("unsupported", {"type": "poll_creation"}, {"of": "poll_creation"}),
        (
            "edit",
            {"original_message_id": "wamid.X", "message": {"type": "text", "text": {"body": "baru"}}},
            {"original_message_id": "wamid.X", "edited": "text", "text": "baru"},
        ),
    ],
)
async def test_other_messages_become_turns_with_their_own_fields(house, type_, content, other) -> None:
    await house.deliver(house.body(house.message(type_, **{type_: content})))
    await house.settle()
    asked = house.dialogue.asked[0]
    assert asked["message"] == "/kirim_lain"
    assert asked["metadata"]["other"] == {"type": type_, **other}


async def test_turns_of_one_person_keep_their_order_in_two_processes(build, database_url) -> None:
    one = await build(database_url)
    two = await build(database_url, world=one.world, clock=one.clock)
    now = int(one.clock().timestamp())
    for n in range(12):
        message = one.text(str(n), wa_id=f"62812{n % 3}", timestamp=str(now - 100 + n))
        await one.deliver(one.body(message))
    running: set[str] = set()
    overlaps = []

    class Slow(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            if request.url.path != "/webhooks/rest/webhook":
                return await one.world.handle_async_request(request)
            import json

            sender = json.loads(request.content)["sender"]
            if sender in running:
                overlaps.append(sender)
            running.add(sender)
            await asyncio.sleep(0.02)
            running.discard(sender)
            return await one.world.handle_async_request(request)

    for house in (one, two):
        house.bot.http._transport = Slow()
    await asyncio.gather(one.settle(), two.settle(), one.settle(two.bot), two.settle(one.bot))
    await one.pass_time(10)  # the outbox gives each message two seconds to be on its way
    assert overlaps == []
    by_person: dict[str, list[int]] = {}
    for asked in one.dialogue.asked:
        by_person.setdefault(asked["sender"], []).extend(int(words) for words in asked["message"].split("\n"))
    assert sorted(by_person.values()) == [[0, 3, 6, 9], [1, 4, 7, 10], [2, 5, 8, 11]]
    assert len(one.graph.sent) == len(one.dialogue.asked)


async def test_while_rasa_is_down_messages_wait_and_are_answered_in_order(house) -> None:
    house.dialogue.faults = [httpx.ConnectError("down")] * 8
    await house.say("satu")
    await house.say("dua")
    await house.settle()
    assert house.graph.sent == []
    await house.pass_time(100, step=5)
    assert house.words() == ["Balasan: satu\ndua"]


async def test_an_empty_answer_while_the_action_server_is_down_is_no_answer(house) -> None:
    house.dialogue.answer = lambda asked: []
    house.dialogue.actions_up = False
    await house.say("satu")
    await house.pass_time(120)
    assert house.graph.sent == []
    house.dialogue.answer = lambda asked: [{"text": "Siap"}]
    house.dialogue.actions_up = True
    await house.pass_time(20)
    assert house.words() == ["Siap"]


async def test_silence_is_said_and_ends_the_turn(house) -> None:
    house.dialogue.answer = lambda asked: [{"silence": True}]
    await house.say("satu")
    await house.settle()
    (turn,) = await house.rows(Turn)
    assert turn.state == TurnState.DONE and house.graph.sent == []


@pytest.mark.parametrize(
    "fault", [httpx.Response(500), httpx.Response(200, text="no json"), httpx.Response(200, json=[]), httpx.ReadTimeout("slow")]
)
async def test_a_turn_that_fails_again_and_again_is_parked_with_a_kind_word_and_the_queue_goes_on(house, fault) -> None:
    house.dialogue.faults = [fault] * 5
    await house.say("racun")
    await house.settle()
    await house.say("halo")
    await house.pass_time(120)
    assert house.words() == ["Mohon maaf, sedang ada gangguan.", "Balasan: halo"]
    states = [t.state for t in await house.rows(Turn)]
    assert sorted(states) == [TurnState.DONE, TurnState.PARKED]


async def test_a_turn_asked_again_is_the_same_to_the_letter(house) -> None:
    house.dialogue.faults = [httpx.ReadError("lost")]
    seen = []
    real = house.dialogue.__class__.__call__

    def watch(request):
        seen.append(request.content)
        return real(house.dialogue, request)

    house.world.dialogue = watch
    await house.say("satu")
    await house.pass_time(5)
    assert len(seen) >= 2 and seen[0] == [s for s in seen if s][-1]


async def test_killed_between_200_and_reply_the_next_process_replies_once(build, database_url) -> None:
    first = await build(database_url)
    await first.say("halo")
    second = await build(database_url, world=first.world, clock=first.clock)
    await second.settle()
    await second.settle(first.bot)
    assert first.words() == ["Balasan: halo"]


async def test_killed_in_the_middle_of_a_turn_the_turn_is_asked_again_under_its_id_and_answered_once(build, database_url) -> None:
    first = await build(database_url)
    await first.say("halo")
    inbox, turns = first.bot.jobs.workers["inbox"], first.bot.jobs.workers["turns"]
    await inbox.drain()
    turn = (await turns.claim()).turn  # and here the process is killed
    second = await build(database_url, world=first.world, clock=first.clock)
    await second.settle()
    assert first.graph.sent == []  # the dead process's lease still runs
    await second.pass_time(LEASE.total_seconds() + 1)
    assert first.words() == ["Balasan: halo"]
    assert [a["metadata"]["turn"] for a in first.dialogue.asked] == [turn.id]


async def test_a_process_that_lost_its_queue_changes_nothing(house) -> None:
    await house.say("halo")
    inbox, turns = house.bot.jobs.workers["inbox"], house.bot.jobs.workers["turns"]
    await inbox.drain()
    slow = await turns.claim()
    house.clock.move(seconds=LEASE.total_seconds() + 1)
    await house.settle()
    await turns.work(slow)
    await house.settle()
    assert house.words() == ["Balasan: halo"]


async def test_photos_of_an_album_are_one_turn_with_one_reply(house_on_both) -> None:
    house = house_on_both
    album = [house.photo(f"m{n}", f"SPESIMEN {n}".encode(), caption=f"foto {n}" if n < 2 else "") for n in range(5)]
    await asyncio.gather(*(house.deliver(house.body(photo)) for photo in album))
    await house.settle()
    assert house.dialogue.asked == []
    await house.pass_time(5)
    (asked,) = house.dialogue.asked
    documents = asked["metadata"]["documents"]
    assert asked["message"] == "/kirim_berkas" and asked["metadata"]["text"].split("\n")
    assert {d["blob"] for d in documents} == {hashlib.sha256(f"SPESIMEN {n}".encode()).hexdigest() for n in range(5)}
    assert all(d["problem"] is None and d["mime"] == "image/jpeg" for d in documents)
    assert len(house.graph.sent) == 1


async def test_ticks_turn_blue_and_typing_shows_when_a_turn_begins(house) -> None:
    await house.deliver(house.body(house.text("halo", id="wamid.A")))

    class Slow(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            if request.url.path == "/webhooks/rest/webhook":
                await asyncio.sleep(0.05)
            return await house.world.handle_async_request(request)

    house.bot.http._transport = Slow()
    house.bot.runner._presence._every = 0.02
    await house.settle()
    assert len(house.graph.reads) >= 2
    assert house.graph.reads[0] == {
        "messaging_product": "whatsapp", "status": "read", "message_id": "wamid.A", "typing_indicator": {"type": "text"},
    }  # fmt: skip


async def test_the_workers_do_it_by_themselves_and_stop_when_told(house) -> None:
    house.bot.start()
    await house.say("halo")
    for _ in range(100):
        if house.graph.sent:
            break
        await asyncio.sleep(0.02)
    await asyncio.wait_for(house.bot.jobs.stop(1), 3)
    assert house.words() == ["Balasan: halo"]


async def test_a_call_is_answered_in_writing(house) -> None:
    call = {"id": "wacid.1", "from": "6281200000001", "event": "connect", "direction": "USER_INITIATED", "timestamp": "1795313400"}
    value = {"messaging_product": "whatsapp", "metadata": {"phone_number_id": house.bot.settings.phone_number_id}, "calls": [call, call]}
    await house.deliver({"entry": [{"changes": [{"field": "calls", "value": value}]}]})
    await house.settle()
    assert [a["metadata"]["other"] for a in house.dialogue.asked] == [{"type": "call"}]


async def test_messages_are_handled_in_the_order_in_which_they_were_sent(house) -> None:
    now = int(house.clock().timestamp())
    later, sooner = house.text("dua", timestamp=str(now)), house.text("satu", timestamp=str(now - 5))
    await house.deliver(house.body(later, sooner))
    await house.settle()
    assert [a["message"] for a in house.dialogue.asked] == ["satu\ndua"]


async def test_a_message_to_another_number_of_the_office_is_not_answered_from_this_one(house) -> None:
    body = house.body(house.text("halo"))
    body["entry"][0]["changes"][0]["value"]["metadata"]["phone_number_id"] = "999"
    await house.deliver(body)
    await house.settle()
    (update,) = await house.rows(Update)
    assert (update.fate, update.reason) == (Fate.PARKED, "other_number")
    assert await house.rows(Item) == []


async def test_a_text_is_bounded_where_it_comes_in_and_what_was_cut_is_told(house) -> None:
    story = "Saya sudah tiga kali ke loket.\n\n" + "Antre lama, lalu diminta pulang. " * 123
    for words in ("a" + " " * 19990 + "b", story[:4096], "x" * 5000):
        await house.say(words)
        await house.settle()
    padded, whole, longer = (asked["metadata"] for asked in house.dialogue.asked)
    assert padded["text"] == "a b" and "cut" not in padded
    assert whole["text"] == story[:4096].strip() and "cut" not in whole
    assert (len(longer["text"]), longer["cut"]) == (4096, True)


async def test_names_captions_buttons_and_file_names_are_bounded_as_well(house) -> None:
    people = [{"profile": {"name": "N\n\n\n" + "n " * 4000}, "wa_id": "6281200000001"}]
    file = {"id": "m1", "mime_type": "application/pdf", "filename": "f  " * 3000 + ".pdf", "caption": "kk" + " " * 3000 + "bapak"}
    tap = {"type": "button_reply", "button_reply": {"id": "i" * 5000, "title": "t" * 5000}}
    place = {"latitude": 1, "longitude": 2, "address": "Jl.\t\t\tA", "name": "r" * 9000}
    await house.deliver(
        house.body(
            house.message("interactive", interactive=tap), house.message("document", document=file),
            house.message("location", location=place), contacts=people,
        )
    )  # fmt: skip
    await house.pass_time(200)  # the file's id is unknown, and that counts for a minute
    asked = {asked["metadata"]["kind"]: asked["metadata"] for asked in house.dialogue.asked}
    assert (len(asked["choice"]["choice"]), len(asked["choice"]["text"])) == (256, 200)
    (sheet,) = asked["documents"]["documents"]
    assert sheet["caption"] == "kk bapak" and len(sheet["filename"]) <= 200 and sheet["filename"].endswith(".pdf")
    assert (asked["other"]["other"]["address"], len(asked["other"]["other"]["name"]), asked["other"]["cut"]) == ("Jl. A", 4096, True)
    assert len(asked["choice"]["contact"]["name"]) <= 200 and "\n\n\n" not in asked["choice"]["contact"]["name"]


async def test_an_answer_that_the_database_does_not_take_is_parked_and_the_queue_goes_on(build, postgres_url) -> None:
    house = await build(postgres_url)
    document = {"blob": await house.bot.blobs.store.put(b"%PDF SPESIMEN"), "filename": f"{'A' * 400}.pdf", "mime": "application/pdf"}
    wrong = {**document, "mime": "x" * 300}
    house.dialogue.answer = lambda asked: [{"document": wrong if asked["message"] == "satu" else document}]
    await house.say("satu")
    await house.pass_time(120, step=10)
    await house.say("dua")
    await house.settle()
    assert house.words() == ["Mohon maaf, sedang ada gangguan.", "document"]
