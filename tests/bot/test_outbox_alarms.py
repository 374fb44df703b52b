"""Tests that a refused token, account, number or line stops sending and loses nothing."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest
from bot_fakes import graph_error

from bot.outbox.models import Sending, State

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


PAGES = [
    httpx.Response(403, text="<html>Forbidden</html>"),
    httpx.Response(404, text="<html>Not Found</html>"),
    httpx.Response(400, text="bad request"),
    httpx.Response(400, json=["no", "object"]),
    httpx.Response(413, text=""),
    httpx.Response(400, json={"error": {"code": 100, "error_subcode": 33, "message": "Unsupported post request"}}),
    httpx.Response(400, json={"error": {"code": "100", "error_subcode": "33"}}),
]


async def sendings(house) -> list[Sending]:
    return sorted(await house.rows(Sending), key=lambda s: s.seq)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.status_code} {page.text[:30]}")
async def test_no_reply_is_lost_while_something_that_is_not_meta_s_word_about_it_comes_back(house, page: httpx.Response) -> None:
    house.graph.refuse = lambda body: page
    for n in range(24):
        await house.say(f"halo {n}", wa_id=f"62812{n:02}")
    await house.pass_time(15)
    assert not house.words()
    readiness = await house.http.get("/readyz")
    assert readiness.status_code == 503 and readiness.json()["missing"]["whatsapp"].startswith("sending stopped by error")
    house.graph.refuse = None
    await house.pass_time(70)
    assert sorted(house.words()) == sorted(f"Balasan: halo {n}" for n in range(24))
    assert (await house.http.get("/readyz")).json()["missing"] == {}


async def test_a_message_that_a_proxy_refuses_for_ever_does_not_hold_up_the_others(house) -> None:
    house.graph.refuse = lambda body: httpx.Response(403, text="<html>") if "racun" in str(body) else None
    await house.say("racun", wa_id="62811")
    await house.settle()
    for n in range(3):
        await house.say(f"halo {n}", wa_id=f"6282{n}")
    await house.pass_time(70)
    assert sorted(house.words()) == [f"Balasan: halo {n}" for n in range(3)]
    await house.pass_time(900, step=60)
    assert {row.state for row in await sendings(house)} == {State.ACCEPTED, State.STUCK}


async def test_after_its_first_refusal_a_message_that_a_proxy_refuses_for_ever_stops_nobody(house) -> None:
    house.graph.refuse = lambda body: httpx.Response(413, text="") if "racun" in str(body) else None
    await house.say("racun", wa_id="62811")
    for n in range(30):
        await house.say(f"halo {n}", wa_id=f"6282{n:03}")
        await house.settle()
        await house.pass_time(60, step=20)
    rows = await sendings(house)
    late = [row.text for row in rows if row.accepted_at and row.accepted_at > row.created_at]
    assert len(late) == 1, "the one behind which it was refused; which one that is, the machine decides"
    assert [row.state for row in rows if "racun" in row.text] == [State.STUCK]


@pytest.mark.parametrize("code", [190, 131042, 200, 131031, 10])
async def test_a_token_or_account_error_stops_all_sending_and_alarms_until_a_probe_succeeds(house, code: int) -> None:
    house.graph.faults = [graph_error(code, 401)] * 2
    for n in range(5):
        await house.say("halo", wa_id=f"62812{n}")
    await house.settle()
    assert len(house.graph.faults) == 1, "one refusal is enough to stop"
    missing = (await house.http.get("/readyz")).json()["missing"]
    assert missing["whatsapp"] == f"sending stopped by error {code}"
    await house.pass_time(61, step=61)
    assert house.graph.faults == [] and house.graph.sent == []
    await house.pass_time(61, step=61)
    assert len(house.graph.sent) == 5
    assert (await house.http.get("/readyz")).json()["missing"] == {}


@pytest.mark.parametrize("by_status", [False, True])
async def test_an_account_error_that_one_message_alone_brings_back_stops_nobody_else(house, by_status: bool) -> None:
    reported: list[str] = []
    if by_status:
        house.graph.on_send = lambda body, wamid: reported.append(wamid) if "racun" in str(body) else None
    else:
        house.graph.refuse = lambda body: graph_error(130497) if "racun" in str(body) else None
    await house.say("racun", wa_id="62811")
    for n in range(14):
        await house.say(f"halo {n}", wa_id=f"6282{n:03}")
        await house.settle()
        while reported:
            await house.status(reported.pop(), "failed", errors=[{"code": 130497, "title": "x"}])
        await house.pass_time(30, step=30)
    late = [r for r in await sendings(house) if r.accepted_at and "racun" not in r.text and r.accepted_at > r.created_at]
    assert all(row.created_at < NOON - timedelta(hours=9, minutes=45) for row in late), "after the first minutes nobody waits"


async def test_a_spam_restriction_pauses_the_number(house) -> None:
    house.graph.faults = [graph_error(131048)]
    await house.say("halo")
    await house.pass_time(600)
    assert house.graph.sent == []
    await house.pass_time(360, step=60)
    assert house.words() == ["Balasan: halo"]


async def test_while_graph_is_out_of_reach_nothing_is_given_up(house) -> None:
    house.graph.faults = [httpx.ConnectError("no line")] * 20
    await house.say("halo")
    await house.pass_time(1000, step=40)
    assert house.words() == ["Balasan: halo"]
