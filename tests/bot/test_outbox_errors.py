"""Tests what the outbox does about each error of Meta's table: waits, lets others pass, or gives up."""

import httpx
import pytest
from bot_fakes import graph_error

from bot.graph.errors import POLICIES, RetryPolicy
from bot.outbox.models import Sending, State


async def sendings(house) -> list[Sending]:
    return sorted(await house.rows(Sending), key=lambda s: s.seq)


@pytest.mark.parametrize("code", [1, 2, 4, 80007, 130429, 131000, 131016, 131056, 131057, 133004])
async def test_an_error_that_passes_is_waited_out(house, code: int) -> None:
    house.graph.faults = [graph_error(code), graph_error(code)]
    await house.say("halo")
    await house.settle()
    assert house.graph.sent == []
    await house.pass_time(30)
    assert house.words() == ["Balasan: halo"]


@pytest.mark.parametrize(
    "fault", [httpx.Response(503, json={"error": {"message": "x", "code": 131016}}), httpx.Response(429, json={"error": {}})]
)
async def test_an_http_error_that_passes_is_waited_out(house, fault: httpx.Response) -> None:
    house.graph.faults = [fault]
    await house.say("halo")
    await house.pass_time(10)
    assert house.words() == ["Balasan: halo"]


@pytest.mark.parametrize("code", sorted(code for code, policy in POLICIES.items() if policy is RetryPolicy.GIVE_UP))
async def test_what_meta_says_of_the_person_gives_up_this_text_and_the_next_goes_out(house, code: int) -> None:
    house.graph.faults = [graph_error(code, details="why")]
    await house.say("satu")
    await house.settle()
    await house.say("dua")
    await house.pass_time(5)
    assert house.words() == ["Balasan: dua"]
    failed, _ = await sendings(house)
    assert (failed.state, failed.error_code, failed.error) == (State.FAILED, code, "why")


@pytest.mark.parametrize(
    "code", [*sorted(code for code, policy in POLICIES.items() if policy is RetryPolicy.HOLD), 100, 131009, 999999, 4711]
)
async def test_our_own_mistake_or_an_unknown_code_lets_later_messages_pass_and_is_never_given_up(house, code: int) -> None:
    refused = 8
    house.graph.refuse = lambda body: graph_error(code, details="why") if "satu" in str(body) and refused else None
    await house.say("satu")
    await house.settle()
    await house.say("dua")
    await house.pass_time(60)
    assert house.words() == ["Balasan: dua"]
    (stuck,) = [row for row in await sendings(house) if row.state == State.STUCK]
    assert stuck.next_try_at is not None
    assert (await house.http.get("/readyz")).json()["alarms"] == {"outbox": "1 sends were refused (python -m bot unsent)"}
    assert 'bot_outbox_messages{state="stuck"} 1.0' in (await house.http.get("/metrics")).text
    refused = 0
    await house.pass_time(601, step=60)
    assert house.words() == ["Balasan: dua", "Balasan: satu"]
    assert (await house.http.get("/readyz")).json()["alarms"] == {}


async def test_an_error_that_never_passes_is_stuck_not_lost(house) -> None:
    house.graph.refuse = lambda body: graph_error(131000)
    await house.say("halo")
    await house.pass_time(3 * 3600, step=300)
    (row,) = await sendings(house)
    assert row.state == State.STUCK and row.attempts >= 15
    house.graph.refuse = None
    await house.pass_time(601, step=60)
    assert house.words() == ["Balasan: halo"]


async def test_an_error_holds_back_only_the_person_concerned(house) -> None:
    house.graph.faults = [graph_error(131056)]
    await house.say("satu", wa_id="62811")
    await house.settle()
    await house.say("dua", wa_id="62812")
    await house.settle()
    assert house.words() == ["Balasan: dua"]


@pytest.mark.parametrize(("code", "again"), [(131000, True), (130472, False), (131026, False)])
async def test_a_failure_told_later_is_tried_again_where_the_table_says_so(house, code: int, again: bool) -> None:
    await house.say("satu")
    await house.settle()
    (row,) = await sendings(house)
    await house.status(row.wamid, "failed", errors=[{"code": code, "title": "x"}])
    await house.pass_time(5)
    (row,) = await sendings(house)
    assert len(house.graph.sent) == (2 if again else 1)
    assert row.state == (State.ACCEPTED if again else State.FAILED)


FLOW = {"flow": "1234567890", "screen": "KELUARGA", "button": "Isi formulir", "token": "lahir:1"}
INSTEAD = {"text": "Siapa pelapornya?", "buttons": [{"id": "pelapor:ayah", "title": "Ayah"}]}


def offers_a_form(house, **form: object) -> None:
    house.dialogue.answer = lambda _asked: [{"text": "Isi formulir, atau jawab di sini.", "form": {**FLOW, **form}}]


def refuses_forms(house, code: int) -> None:
    house.graph.refuse = lambda body: graph_error(code) if body.get("interactive", {}).get("type") == "flow" else None


@pytest.mark.parametrize(("code", "seconds"), [(132068, 5), (132069, 5), (131009, 60), (132000, 60), (4711, 60)])
async def test_where_meta_takes_no_form_its_question_goes_out_in_words_with_an_alarm(house, code: int, seconds: int) -> None:
    refuses_forms(house, code)
    offers_a_form(house, instead=INSTEAD)
    await house.say("halo")
    await house.pass_time(seconds)
    (said,) = house.graph.sent
    assert said["interactive"]["body"]["text"] == "Siapa pelapornya?"
    assert [button["reply"]["title"] for button in said["interactive"]["action"]["buttons"]] == ["Ayah"]
    assert not any(name.startswith("_") for name in said)
    (row,) = await sendings(house)
    assert (row.state, row.text) == (State.ACCEPTED, "Siapa pelapornya?")
    ready = (await house.http.get("/readyz")).json()
    assert ready["alarms"] == {"form": f"Meta does not take the form (error {code}): its questions go out in words"}
    assert f'bot_form_refused{{code="{code}"}} 1.0' in (await house.http.get("/metrics")).text
    await house.pass_time(25 * 3600, step=3600)
    assert (await house.http.get("/readyz")).json()["alarms"] == {}
    assert "bot_form_refused{" not in (await house.http.get("/metrics")).text


async def test_a_form_whose_refusal_a_status_tells_later_goes_out_in_words(house) -> None:
    offers_a_form(house, instead=INSTEAD)
    await house.say("halo")
    await house.settle()
    (row,) = await sendings(house)
    await house.status(row.wamid, "failed", errors=[{"code": 132069, "title": "x"}])
    await house.pass_time(5)
    flow, words = house.graph.sent
    assert flow["interactive"]["type"] == "flow" and words["interactive"]["body"]["text"] == "Siapa pelapornya?"


async def test_a_form_that_meta_takes_goes_out_as_a_form_and_nothing_else_of_it_reaches_meta(house) -> None:
    offers_a_form(house, instead=INSTEAD)
    await house.say("halo")
    await house.settle()
    (said,) = house.graph.sent
    assert said["interactive"]["action"]["parameters"]["flow_id"] == FLOW["flow"] and "_instead" not in said


async def test_a_form_without_words_is_held_as_any_mistake_of_ours(house) -> None:
    refuses_forms(house, 132068)
    offers_a_form(house)
    await house.say("halo")
    await house.pass_time(60)
    (row,) = await sendings(house)
    assert row.state == State.STUCK and house.graph.sent == []
