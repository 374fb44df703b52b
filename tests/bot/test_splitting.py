"""Tests that many updates are split with few statements, that what people say goes first, and that one bad update spoils no other."""

import httpx
import pytest
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError, InterfaceError

from bot.conversations import repository as conversations
from bot.conversations.models import Item
from bot.deliveries.envelope import statuses_only
from bot.deliveries.models import Delivery, Fate, Update
from bot.outbox.models import Sending, State


async def split(house) -> None:
    await house.bot.jobs.workers["inbox"].drain()


async def test_fifty_updates_of_many_bodies_take_hardly_more_statements_than_one(house_on_both) -> None:
    house = house_on_both
    statements: list[str] = []
    event.listen(house.bot.database.engine.sync_engine, "before_cursor_execute", lambda _c, _cu, words, *_: statements.append(words))

    async def cost(people: range) -> int:
        for person in people:
            await house.say("halo", wa_id=f"6281{person:05}")
            await house.status(f"wamid.none{person}", "sent")
        statements.clear()
        await split(house)
        return len(statements)

    await cost(range(100, 101))  # what is said to a database for the first time only
    one = await cost(range(1))
    many = await cost(range(1, 25))
    assert len(await house.rows(Item)) == 26 and many < one + 10


async def test_what_a_person_says_is_split_before_the_statuses_that_came_before_it(house, monkeypatch) -> None:
    await house.deliver(house.body(statuses=[{"id": f"wamid.{n}", "status": "sent", "timestamp": "1"} for n in range(60)]))
    await house.say("halo")
    job = await house.bot.jobs.workers["inbox"].claim()
    await house.bot.jobs.workers["inbox"].work(job)
    assert len(await house.rows(Item)) == 1
    statuses, message = await house.rows(Delivery)
    assert message.split_at is not None and statuses.split_at is None
    await split(house)
    assert len(await house.rows(Update, Update.kind == "status")) == 60
    assert len(await house.rows(Delivery)) == 1, "a body of statuses names a number, and is needed no more"


async def test_statuses_wait_two_seconds_at_most(house) -> None:
    await house.status("wamid.none", "sent")
    house.clock.move(seconds=2)
    many = [house.text("halo", wa_id=f"6281{n:03}") for n in range(60)]
    await house.deliver(house.body(*many))
    job = await house.bot.jobs.workers["inbox"].claim()
    await house.bot.jobs.workers["inbox"].work(job)
    assert len(await house.rows(Update, Update.kind == "status")) == 1


@pytest.mark.parametrize(
    ("body", "alone"),
    [
        ({"entry": [{"changes": [{"field": "messages", "value": {"statuses": []}}]}]}, True),
        ({"entry": [{"changes": [{"field": "messages", "value": {"statuses": [], "messages": []}}]}]}, False),
        ({"entry": [{"changes": [{"field": "calls", "value": {"statuses": []}}]}]}, False),
        ({"entry": [{"changes": []}]}, False),
        ({"entry": [{"changes": [{"field": "messages", "value": {"statuses": []}}]}, {"changes": 5}]}, False),
        ({"entry": "x"}, False),
        ([], False),
        (None, False),
    ],
)
def test_only_a_body_that_holds_nothing_else_counts_as_statuses(body, alone: bool) -> None:
    assert statuses_only(body) is alone


async def test_a_closed_window_that_was_reported_before_the_person_wrote_holds_nothing_back(house) -> None:
    house.dialogue.answer = lambda asked: [{"text": "kabar", "template": {"name": "pemberitahuan_permohonan"}}]
    await house.say("satu")
    await house.settle()
    (row,) = await house.rows(Sending)
    await house.status(row.wamid, "failed", errors=[{"code": 131047, "title": "Re-engagement message"}])
    house.clock.move(seconds=1)
    await house.say("dua")  # it is split before the status
    await house.pass_time(5)
    assert [row.state for row in await house.rows(Sending)].count(State.HELD) == 0 and "template" not in house.words()


@pytest.mark.parametrize("code", [2**31, 10**30, "99999999999999999999", -(2**40)])
async def test_an_error_code_of_any_size_is_noted(house_on_both, code) -> None:
    house = house_on_both
    house.graph.faults = [httpx.Response(400, json={"error": {"code": code, "error_subcode": code, "message": "x"}})]
    await house.say("satu")
    await house.settle()
    (row,) = await house.rows(Sending)
    assert row.state == State.QUEUED and row.claim is None
    await house.pass_time(70)
    (row,) = await house.rows(Sending)
    await house.status(row.wamid, "failed", errors=[{"code": code, "title": "x"}])
    await house.settle()
    assert [u.reason for u in await house.rows(Update) if u.fate == Fate.PARKED] == []


def failing(monkeypatch, fault: Exception, times: int) -> None:
    real, left = conversations.add_items, [fault] * times

    async def add_items(session, incoming, now):
        if any("racun" in str(i.message.body) for i in incoming) and left:
            raise left.pop()
        return await real(session, incoming, now)

    monkeypatch.setattr(conversations, "add_items", add_items)


async def test_what_the_database_refuses_is_parked_and_its_neighbours_are_handled(house, monkeypatch) -> None:
    failing(monkeypatch, DBAPIError("x", {}, Exception("the statement is too complex")), 100)
    await house.deliver(house.body(house.text("satu", wa_id="62811"), house.text("racun", wa_id="62812"), house.text("dua", wa_id="62813")))
    await house.pass_time(3)
    assert [(u.fate, u.reason) for u in await house.rows(Update)] == [
        (Fate.HANDLED, None), (Fate.PARKED, "fault:DBAPIError"), (Fate.HANDLED, None)
    ]  # fmt: skip
    assert sorted(house.words()) == ["Balasan: /kirim_lain", "Balasan: dua", "Balasan: satu"]


@pytest.mark.parametrize("invalidated", [True, False])
async def test_a_lost_connection_parks_nothing(house, monkeypatch, invalidated: bool) -> None:
    kind = DBAPIError if invalidated else InterfaceError
    failing(monkeypatch, kind("x", {}, Exception("connection is closed"), connection_invalidated=invalidated), 2)
    await house.say("racun")
    await house.settle()
    assert await house.rows(Update) == []
    await house.pass_time(3)
    assert house.words() == ["Balasan: racun"]
