"""Tests that a send of which nobody knows whether Meta has it is not said twice."""

import httpx
import pytest
from bot_fakes import graph_error

from bot.outbox.models import Sending, State
from bot.outbox.taking import LEASE


async def sendings(house) -> list[Sending]:
    return sorted(await house.rows(Sending), key=lambda s: s.seq)


async def test_a_status_that_overtakes_the_answer_of_the_send_is_kept(house) -> None:
    early: list[tuple[str, str]] = []
    house.graph.on_send = lambda body, wamid: early.append((wamid, body["biz_opaque_callback_data"]))
    await house.say("halo")
    for name in ("inbox", "media", "turns"):
        await house.bot.jobs.workers[name].drain()
    outbox = house.bot.jobs.workers["outbox"]
    job = await outbox.claim()
    await house.status("wamid.out1", "delivered", callback=job.id)
    await house.bot.jobs.workers["inbox"].drain()
    await outbox.work(job)
    (row,) = await sendings(house)
    assert (row.state, row.wamid) == (State.DELIVERED, "wamid.out1")


async def test_what_is_in_doubt_is_not_sent_once_more_because_an_alarm_ends(house) -> None:
    doubted: list[str] = []

    def refuse(body: dict) -> httpx.Response | None:
        if "ragu" in str(body):
            doubted.append("ragu")
            return httpx.Response(200, text="<html>")
        return None

    house.graph.refuse = refuse
    await house.say("ragu", wa_id="62811")
    await house.pass_time(1800, step=60)
    before = len(doubted)
    for n in range(3):
        house.graph.faults = [graph_error(190, 401)]
        await house.say("halo", wa_id=f"6282{n}")
        await house.pass_time(130, step=10)
    assert house.words() == ["Balasan: halo"] * 3 and len(doubted) == before


async def test_a_timeout_of_a_proxy_waits_for_a_status_before_it_is_sent_again(house) -> None:
    house.graph.faults = [httpx.Response(408, text="")]
    await house.say("halo")
    await house.settle()
    (row,) = await sendings(house)
    assert row.state == State.UNSURE
    await house.pass_time(70)
    assert house.words() == ["Balasan: halo"]


async def test_a_message_whose_answers_are_lost_and_of_which_no_status_tells_is_not_repeated_every_minute(house) -> None:
    house.graph.refuse = lambda body: httpx.Response(200, text="<html>")
    await house.say("halo")
    await house.pass_time(6 * 3600, step=60)
    (row,) = await sendings(house)
    assert row.state == State.STUCK and row.attempts <= 11
    await house.status("wamid.there", "delivered", callback=row.id)
    await house.settle()
    (row,) = await sendings(house)
    assert (row.state, row.wamid, row.next_try_at) == (State.DELIVERED, "wamid.there", None)


async def test_a_status_that_was_received_in_time_prevents_the_second_send_though_it_is_not_split_yet(house_on_both) -> None:
    house = house_on_both
    house.graph.faults = [httpx.ReadTimeout("lost")]
    await house.say("halo")
    await house.settle()
    (row,) = await sendings(house)
    house.clock.move(seconds=59)
    await house.status("wamid.lost", "sent", callback=row.id)
    house.clock.move(seconds=30)
    outbox, inbox = house.bot.jobs.workers["outbox"], house.bot.jobs.workers["inbox"]
    await outbox.drain()
    assert house.graph.sent == []
    await house.say("later", wa_id="62899")  # what is received after the doubt's end holds up nothing
    await inbox.drain()
    await outbox.drain()
    (row, *_) = await sendings(house)
    assert (row.state, row.wamid) == (State.SENT, "wamid.lost") and house.graph.sent == []


async def test_a_body_received_after_the_doubt_s_end_does_not_prolong_it(house) -> None:
    house.graph.faults = [httpx.ReadTimeout("lost")]
    await house.say("halo")
    await house.settle()
    house.clock.move(seconds=61)
    await house.say("dua", wa_id="62899")
    await house.bot.jobs.workers["outbox"].drain()
    assert house.words() == ["Balasan: halo"]


async def test_a_send_that_nobody_is_sure_of_waits_for_a_status_and_is_not_sent_twice(house) -> None:
    house.graph.faults = [httpx.ReadTimeout("lost")]
    await house.say("halo")
    await house.settle()
    (row,) = await sendings(house)
    assert row.state == State.UNSURE
    await house.status("wamid.lost", "sent", callback=row.id)
    await house.pass_time(300)
    (row,) = await sendings(house)
    assert (row.state, row.wamid) == (State.SENT, "wamid.lost") and house.graph.sent == []


@pytest.mark.parametrize("fault", [httpx.ReadTimeout("lost"), httpx.Response(502, text="<html>"), httpx.Response(200, text="ok")])
async def test_without_a_status_it_is_sent_again_after_a_while(house, fault) -> None:
    house.graph.faults = [fault]
    await house.say("halo")
    await house.pass_time(50, step=10)
    assert house.graph.sent == []
    await house.pass_time(20, step=10)
    assert house.words() == ["Balasan: halo"]


async def test_a_send_in_the_hands_of_a_killed_process_goes_out_once_it_is_sure(house) -> None:
    await house.say("halo")
    for name in ("inbox", "media", "turns"):
        await house.bot.jobs.workers[name].drain()
    assert await house.bot.jobs.workers["outbox"].claim() is not None  # and here the process is killed
    await house.pass_time(LEASE.total_seconds(), step=5)
    assert house.graph.sent == []
    await house.pass_time(70)
    assert house.words() == ["Balasan: halo"]


async def test_what_was_taken_ahead_and_not_begun_in_time_is_given_back_and_sent_once(house_on_both) -> None:
    house = house_on_both
    for n in range(4):
        await house.say("halo", wa_id=f"6281{n}")
    for name in ("inbox", "media", "turns"):
        await house.bot.jobs.workers[name].drain()
    outbox = house.bot.jobs.workers["outbox"]
    first = await outbox.claim()  # three more are taken with it; all workers are busy with slow sends
    house.clock.move(seconds=30)
    second = await outbox.claim()
    rows = {row.id: row for row in await sendings(house)}
    assert rows[second.id].attempts == 1 and rows[second.id].next_try_at == house.clock() + LEASE
    for job in (first, second):
        await outbox.work(job)
    await house.pass_time(300, step=10)
    assert len(house.graph.sent) == 4 and {row.state for row in await sendings(house)} == {State.ACCEPTED}


async def test_a_process_that_ends_leaves_nothing_in_doubt_that_it_had_not_begun(house) -> None:
    for n in range(3):
        await house.say("halo", wa_id=f"6281{n}")
    for name in ("inbox", "media", "turns"):
        await house.bot.jobs.workers[name].drain()
    await house.bot.jobs.workers["outbox"].claim()
    await house.bot.taker.give_back()
    assert sorted(row.state for row in await sendings(house)) == [State.QUEUED, State.QUEUED, State.SENDING]
