"""A turn that was parked can be asked again, and its answer then reaches the person."""

import json

import httpx

from bot.conversations.models import Turn, TurnState
from bot.ops import commands
from bot.turns import replay
from contracts.moments import exact
from storage.points import note_restored, restored_to


async def parked(house) -> Turn:
    house.dialogue.faults = [httpx.Response(500)] * 5
    await house.say("racun")
    await house.pass_time(120)
    (turn,) = await house.rows(Turn)
    assert turn.state == TurnState.PARKED
    return turn


async def test_a_replayed_turn_is_answered_after_its_apology(house_on_both) -> None:
    house = house_on_both
    turn = await parked(house)
    async with house.bot.database.write() as session:
        assert await replay.replay(session, [turn.id], house.clock()) == [turn.id]
    await house.pass_time(20)
    assert house.words()[-1] == "Balasan: racun"
    (turn,) = await house.rows(Turn)
    assert turn.state == TurnState.DONE


async def test_a_list_of_nothing_says_so(house, capsys) -> None:
    for command, said in (("parked", "No turn is parked.\n"), ("unsent", "No send was refused.\n")):
        assert await commands.run(commands.parser().parse_args([command]), house.bot.settings) == 0
        assert capsys.readouterr().out == said


async def test_lists_are_json_for_scripts(house, capsys) -> None:
    assert await commands.run(commands.parser().parse_args(["unsent", "--json"]), house.bot.settings) == 0
    assert json.loads(capsys.readouterr().out) == []
    turn = await parked(house)
    capsys.readouterr()
    assert await commands.run(commands.parser().parse_args(["parked", "--json"]), house.bot.settings) == 0
    assert json.loads(capsys.readouterr().out) == [{"id": turn.id, "opened": exact(turn.opened_at), "kind": turn.kind}]


async def test_reconcile_says_what_it_did_or_that_the_office_does_not_answer_and_the_work_stands_still_until_then(house, capsys) -> None:
    wanted = commands.parser().parse_args(["reconcile"])
    assert await commands.run(wanted, house.bot.settings) == 0
    assert "was not restored" in capsys.readouterr().out
    await note_restored(house.bot.database, ("bot",), house.clock())
    assert await commands.run(wanted, house.bot.settings) == 1
    assert capsys.readouterr().err.startswith("Not done: the back office does not answer (ConnectError)")
    assert await restored_to(house.bot.database, "bot") == house.clock()


async def test_the_command_lists_and_replays_and_says_what_is_not_parked(house, capsys) -> None:
    turn = await parked(house)
    arguments = commands.parser().parse_args(["parked"])
    assert await commands.run(arguments, house.bot.settings) == 0
    assert turn.id in capsys.readouterr().out
    assert await commands.run(commands.parser().parse_args(["replay", turn.id, "nobody"]), house.bot.settings, house.clock) == 1
    told = capsys.readouterr()
    assert "1 turn(s)" in told.out and "nobody" in told.err
    await house.pass_time(20)
    assert house.words()[-1] == "Balasan: racun"
