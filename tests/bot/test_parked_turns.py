"""Tests that what can't be answered now is answered later: no person's queue stands still, and who was promised an answer gets one."""

import httpx
import pytest
from bot_fakes import graph_error

from bot.conversations.models import Item, Turn, TurnState
from bot.dialogue import turn as turns
from bot.ops import commands
from bot.outbox.models import Sending, State
from bot.retention.erasing import erase_chat
from runtime.commandline import NotDone

SORRY = "Mohon maaf, sedang ada gangguan."


def broken(house, words: str = "racun") -> list[bool]:
    """A dialogue that fails at these words as long as the list holds something."""
    wrong = [True]
    house.dialogue.answer = lambda asked: [] if wrong and words in asked["message"] else [{"text": f"Balasan: {asked['message']}"}]
    return wrong


async def states(house) -> list[str]:
    return [turn.state for turn in sorted(await house.rows(Turn), key=lambda turn: turn.opened_at)]


async def test_what_was_parked_while_the_office_s_data_were_wrong_is_answered_after_the_repair(house_on_both) -> None:
    house = house_on_both
    wrong = broken(house)
    await house.say("racun satu")
    await house.pass_time(90)
    await house.say("racun dua")
    await house.pass_time(90)
    assert await states(house) == [TurnState.PARKED] * 2 and house.words() == [SORRY] * 2
    await house.pass_time(420, step=60)  # asked again in vain: parked at once, and nothing is said once more
    assert await states(house) == [TurnState.PARKED] * 2 and house.words() == [SORRY] * 2
    wrong.clear()
    await house.pass_time(900, step=60)
    assert await states(house) == [TurnState.DONE] * 2
    assert house.words()[2:] == ["Balasan: racun satu", "Balasan: racun dua"]


async def test_what_was_answered_otherwise_meanwhile_is_not_asked_again(house) -> None:
    wrong = broken(house)
    await house.say("racun")
    await house.pass_time(90)
    await house.say("halo")
    await house.pass_time(10)
    wrong.clear()
    await house.pass_time(3600, step=60)
    assert house.words() == [SORRY, "Balasan: halo"] and await states(house) == [TurnState.PARKED, TurnState.DONE]


async def test_after_a_day_only_a_person_asks_again(house) -> None:
    wrong = broken(house)
    await house.say("racun")
    await house.pass_time(90)
    await house.pass_time(86400, step=1800)
    wrong.clear()
    await house.pass_time(7200, step=600)
    assert await states(house) == [TurnState.PARKED] and house.words() == [SORRY]


async def test_of_texts_that_were_asked_together_one_that_fails_takes_no_other_with_it(house_on_both) -> None:
    house = house_on_both
    broken(house)
    for text in ("satu", "racun", "dua", "tiga"):
        await house.say(text)
    await house.pass_time(1200, step=5)
    assert sorted(house.words()) == sorted(["Balasan: satu", SORRY, "Balasan: dua\ntiga"])
    (turn,) = await house.rows(Turn, Turn.state == TurnState.PARKED)
    assert [item.body["text"] for item in await house.rows(Item, Item.turn_id == turn.id)] == ["racun"]
    assert all(item.turn_id for item in await house.rows(Item))


async def test_an_item_of_which_no_question_can_be_made_is_parked_and_the_next_is_answered(house_on_both, monkeypatch, capsys) -> None:
    house = house_on_both
    real = turns.request

    def request(turn_id, contact, items, formerly=()):
        if any("racun" in str(item.body) for item, _ in items):
            raise ValueError("no question")
        return real(turn_id, contact, items, formerly)

    monkeypatch.setattr(turns, "request", request)
    await house.say("racun")
    await house.say("halo")
    await house.pass_time(10)
    assert house.words() == [SORRY, "Balasan: halo"] and await states(house) == [TurnState.PARKED, TurnState.DONE]
    (turn,) = await house.rows(Turn, Turn.state == TurnState.PARKED)
    assert await commands.run(commands.parser().parse_args(["parked"]), house.bot.settings) == 0
    assert turn.id in capsys.readouterr().out
    monkeypatch.setattr(turns, "request", real)
    assert await commands.run(commands.parser().parse_args(["replay", turn.id]), house.bot.settings, house.clock) == 0
    await house.pass_time(5)
    assert house.words()[-1] == "Balasan: racun"
    assert all(item.turn_id for item in await house.rows(Item))


async def test_a_queue_that_the_database_fails_at_does_not_hold_up_another_person_s(house, monkeypatch) -> None:
    from bot.conversations import repository

    real = repository.waiting
    (await house.say("racun", wa_id="62811"), await house.say("halo", wa_id="62812"))
    await house.bot.jobs.workers["inbox"].drain()
    (poisoned,) = [item.contact_id for item in await house.rows(Item) if item.body["text"] == "racun"]

    async def waiting(session, contact_id):
        if contact_id == poisoned:
            raise ValueError("a row of another version")
        return await real(session, contact_id)

    monkeypatch.setattr(repository, "waiting", waiting)
    await house.settle()
    assert house.words() == ["Balasan: halo"]
    monkeypatch.setattr(repository, "waiting", real)
    await house.pass_time(5)
    assert house.words() == ["Balasan: halo", "Balasan: racun"]


async def test_nothing_is_sent_or_asked_again_that_was_not_named(house, capsys) -> None:
    house.graph.refuse = lambda body: graph_error(131051)
    await house.say("satu")
    await house.pass_time(60)
    for command in ("resend", "replay"):
        assert await commands.run(commands.parser().parse_args([command]), house.bot.settings, house.clock) == 2
        assert "--all" in capsys.readouterr().err
    house.graph.refuse = None
    assert await commands.run(commands.parser().parse_args(["resend", "--all"]), house.bot.settings, house.clock) == 0
    await house.settle()
    assert house.words() == ["Balasan: satu"]


async def stuck(house) -> Sending:
    blob = await house.bot.blobs.put(b"%PDF SPESIMEN", "test:1")
    document = {"blob": blob, "filename": "Akta.pdf", "mime": "application/pdf"}
    house.dialogue.answer = lambda asked: [{"text": "Akta", "document": document}]
    house.graph.faults = [graph_error(131026)]
    await house.say("satu")
    await house.pass_time(20)
    (row,) = await house.rows(Sending)
    assert row.state == State.STUCK and row.next_try_at is None
    return row


async def test_a_stuck_send_is_given_up_by_a_command(house, capsys) -> None:
    row = await stuck(house)
    with pytest.raises(NotDone, match=r"would never reach anybody. Nobody can be asked here; say --yes"):
        await commands.run(commands.parser().parse_args(["give-up", row.id]), house.bot.settings, house.clock)
    arguments = commands.parser().parse_args(["give-up", row.id, "nobody", "--yes"])
    assert await commands.run(arguments, house.bot.settings, house.clock) == 1
    assert "1 send(s) are given up" in (said := capsys.readouterr()).out and "nobody" in said.err
    (row,) = await house.rows(Sending)
    assert row.state == State.FAILED


async def test_a_stuck_send_goes_with_the_chat_when_that_is_old(house) -> None:
    await stuck(house)
    house.clock.move(days=91)
    await house.settle()
    assert await house.rows(Sending) == []


async def test_a_stuck_send_goes_on_the_person_s_wish_to_be_forgotten(house_on_both) -> None:
    house = house_on_both
    row = await stuck(house)
    async with house.bot.database.write() as session:
        await erase_chat(session, row.contact_id)
    (row,) = await house.rows(Sending)
    assert (row.state, row.text, row.body) == (State.FAILED, "", {})


async def test_while_the_dialogue_is_away_a_parked_turn_waits_with_the_others(house) -> None:
    wrong = broken(house)
    await house.say("racun")
    await house.pass_time(90)
    wrong.clear()
    house.dialogue.faults = [httpx.ConnectError("down")] * 5
    await house.pass_time(600, step=30)
    assert house.words()[-1] == "Balasan: racun"
