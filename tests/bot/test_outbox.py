"""Tests that the outbox says everything once, in order, within Meta's limits, and survives every error of the table."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from bot_fakes import graph_error

from bot.graph.errors import REMEDIES, Remedy, remedy_of
from bot.ops import commands as errands
from bot.outbox.limits import PAIR, of_number
from bot.outbox.models import Number, Sending, State, Upload
from bot.outbox.sender import LEASE
from bot.outbox.statuses import merge, of_notice

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_the_pair_limit_allows_a_burst_of_45_and_then_one_in_six_seconds() -> None:
    memory, now, sent = None, NOON, 0
    while not PAIR.wait(memory, now):
        memory, sent = PAIR.spend(memory, now), sent + 1
    assert sent == 45
    assert PAIR.wait(memory, now) == timedelta(seconds=6)
    assert not PAIR.wait(memory, now + timedelta(seconds=6))
    twenty = None
    for _ in range(20):
        twenty = PAIR.spend(twenty, now)
    assert twenty == now + timedelta(minutes=2)  # Meta: a burst of 20 is paid back in two minutes


def test_the_number_limit_allows_eighty_in_a_second() -> None:
    limit, memory, sent = of_number(80), None, 0
    for millisecond in range(2000):
        now = NOON + timedelta(milliseconds=millisecond)
        if not limit.wait(memory, now):
            memory, sent = limit.spend(memory, now), sent + 1
    assert 80 < sent <= 240


@pytest.mark.parametrize(
    ("current", "reported", "result"),
    [
        (State.READ, State.SENT, State.READ),
        (State.READ, State.DELIVERED, State.READ),
        (State.ACCEPTED, State.READ, State.READ),
        (State.DELIVERED, State.FAILED, State.DELIVERED),
        (State.SENT, State.FAILED, State.FAILED),
        (State.FAILED, State.SENT, State.FAILED),
        (State.FAILED, State.DELIVERED, State.DELIVERED),
        (State.UNSURE, State.SENT, State.SENT),
    ],
)
def test_a_state_moves_upward_only(current: State, reported: State, result: State) -> None:
    assert merge(current, reported) is result


def test_a_notice_is_as_far_as_its_slowest_message() -> None:
    assert of_notice([State.READ, State.SENT]) == "sent"
    assert of_notice([State.READ, State.ACCEPTED]) is None
    assert of_notice([State.DELIVERED, State.HELD]) == "waiting_window"
    assert of_notice([State.DELIVERED, State.FAILED]) == "failed"
    assert of_notice([]) is None


def test_every_code_of_the_contract_has_its_remedy() -> None:
    assert {c for c, r in REMEDIES.items() if r is Remedy.RETRY} == {1, 2, 4, 80007, 130429, 131000, 131016, 131057, 133004}
    assert remedy_of(210) is Remedy.ALARM
    assert remedy_of(None, 503) is Remedy.RETRY and remedy_of(None, 429) is Remedy.RETRY and remedy_of(None, 401) is Remedy.ALARM
    assert remedy_of(100, 400, 33) is Remedy.ALARM and remedy_of(100, 400, 2534020) is Remedy.REUPLOAD
    assert remedy_of(999999, 400) is Remedy.HOLD and remedy_of(None) is Remedy.HOLD
    assert remedy_of(None, 403) is Remedy.REFUSED


async def sendings(house) -> list[Sending]:
    return sorted(await house.rows(Sending), key=lambda s: s.seq)


async def test_our_id_goes_out_and_brings_the_status_back(house_on_both) -> None:
    house = house_on_both
    await house.say("halo")
    await house.settle()
    (row,) = await sendings(house)
    assert house.graph.sent[0]["biz_opaque_callback_data"] == row.id and row.state == State.ACCEPTED
    pricing = {"pricing_model": "PMP", "type": "regular", "category": "service", "billable": True}
    for status in ("delivered", "sent", "read", "delivered", "deleted"):
        await house.status(row.wamid, status, pricing=pricing)
    await house.settle()
    (row,) = await sendings(house)
    assert (row.state, row.price_category, row.price_type) == (State.READ, "service", "regular")
    assert 'bot_messages_priced_this_month{category="service",type="regular"} 1.0' in (await house.http.get("/metrics")).text


async def test_a_status_that_overtakes_the_answer_of_the_send_is_kept(house) -> None:
    early: list[tuple[str, str]] = []
    house.graph.on_send = lambda body, wamid: early.append((wamid, body["biz_opaque_callback_data"]))
    await house.say("halo")
    for name in ("inbox", "media", "lanes"):
        await house.bot.jobs.workers[name].drain()
    outbox = house.bot.jobs.workers["outbox"]
    job = await outbox.claim()
    await house.status("wamid.out1", "delivered", callback=job.id)
    await house.bot.jobs.workers["inbox"].drain()
    await outbox.work(job)
    (row,) = await sendings(house)
    assert (row.state, row.wamid) == (State.DELIVERED, "wamid.out1")


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


@pytest.mark.parametrize("code", sorted(code for code, remedy in REMEDIES.items() if remedy is Remedy.GIVE_UP))
async def test_what_meta_says_of_the_person_gives_up_this_text_and_the_next_goes_out(house, code: int) -> None:
    house.graph.faults = [graph_error(code, details="why")]
    await house.say("satu")
    await house.say("dua")
    await house.pass_time(5)
    assert house.words() == ["Balasan: dua"]
    failed, _ = await sendings(house)
    assert (failed.state, failed.error_code, failed.error) == (State.FAILED, code, "why")


@pytest.mark.parametrize("code", [*sorted(code for code, remedy in REMEDIES.items() if remedy is Remedy.HOLD), 100, 131009, 999999, 4711])
async def test_our_own_mistake_or_an_unknown_code_lets_later_messages_pass_and_is_never_given_up(house, code: int) -> None:
    refused = 8
    house.graph.refuse = lambda body: graph_error(code, details="why") if "satu" in str(body) and refused else None
    await house.say("satu")
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


PAGES = [
    httpx.Response(403, text="<html>Forbidden</html>"),
    httpx.Response(404, text="<html>Not Found</html>"),
    httpx.Response(400, text="bad request"),
    httpx.Response(400, json=["no", "object"]),
    httpx.Response(413, text=""),
    httpx.Response(400, json={"error": {"code": 100, "error_subcode": 33, "message": "Unsupported post request"}}),
    httpx.Response(400, json={"error": {"code": "100", "error_subcode": "33"}}),
]


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
    assert late == ["Balasan: halo 0"]
    assert [row.state for row in rows if "racun" in row.text] == [State.STUCK]


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


async def test_a_file_that_the_disk_does_not_give_out_does_not_hold_up_what_comes_after_it(house) -> None:
    blob = await house.bot.blobs.store.put(b"%PDF SPESIMEN")
    document = {"blob": blob, "filename": "Akta.pdf", "mime": "application/pdf"}
    house.dialogue.answer = lambda asked: [{"text": "Akta", "document": document} if asked["message"] == "satu" else {"text": "dua"}]
    (path,) = [path for path in (Path(house.bot.settings.blob_url.removeprefix("file:")) / "intake").glob("*/*")]
    kept = path.read_bytes()
    path.unlink()
    path.mkdir()  # reading it raises OSError
    await house.say("satu")
    await house.say("dua")
    await house.pass_time(120, step=10)
    assert house.words() == ["dua"]
    path.rmdir()
    path.write_bytes(kept)
    await house.pass_time(601, step=60)
    assert house.words() == ["dua", "document"]


async def test_a_timeout_of_a_proxy_waits_for_a_status_before_it_is_sent_again(house) -> None:
    house.graph.faults = [httpx.Response(408, text="")]
    await house.say("halo")
    await house.settle()
    (row,) = await sendings(house)
    assert row.state == State.UNSURE
    await house.pass_time(70)
    assert house.words() == ["Balasan: halo"]


async def test_an_error_that_never_passes_is_stuck_not_lost(house) -> None:
    house.graph.refuse = lambda body: graph_error(131000)
    await house.say("halo")
    await house.pass_time(3 * 3600, step=300)
    (row,) = await sendings(house)
    assert row.state == State.STUCK and row.attempts >= 15
    house.graph.refuse = None
    await house.pass_time(601, step=60)
    assert house.words() == ["Balasan: halo"]


async def test_a_file_never_falls_but_waits_for_a_person_who_sends_it_again(house, capsys) -> None:
    blob = await house.bot.blobs.store.put(b"%PDF SPESIMEN")
    document = {"blob": blob, "filename": "Akta.pdf", "mime": "application/pdf"}
    house.dialogue.answer = lambda asked: [{"text": "Akta", "document": document}]
    house.graph.faults = [graph_error(131026)]
    await house.say("satu")
    await house.pass_time(7200, step=600)
    (row,) = await sendings(house)
    assert row.state == State.STUCK and row.next_try_at is None and not house.graph.sent
    assert await errands.run(errands.parser().parse_args(["unsent"]), house.bot.settings) == 0
    assert row.id in capsys.readouterr().out
    assert await errands.run(errands.parser().parse_args(["resend", row.id, "nobody"]), house.bot.settings, house.clock) == 1
    assert "nobody" in capsys.readouterr().err
    await house.pass_time(5)
    assert len(house.graph.sent) == 1


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


async def test_a_spam_restriction_pauses_the_number(house) -> None:
    house.graph.faults = [graph_error(131048)]
    await house.say("halo")
    await house.pass_time(600)
    assert house.graph.sent == []
    await house.pass_time(360, step=60)
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
    for name in ("inbox", "media", "lanes"):
        await house.bot.jobs.workers[name].drain()
    assert await house.bot.jobs.workers["outbox"].claim() is not None  # and here the process is killed
    await house.pass_time(LEASE.total_seconds(), step=5)
    assert house.graph.sent == []
    await house.pass_time(70)
    assert house.words() == ["Balasan: halo"]


async def test_while_graph_is_out_of_reach_nothing_is_given_up(house) -> None:
    house.graph.faults = [httpx.ConnectError("no line")] * 20
    await house.say("halo")
    await house.pass_time(1000, step=40)
    assert house.words() == ["Balasan: halo"]


async def test_messages_to_one_person_go_out_in_order_each_after_the_status_of_the_former(house_on_both) -> None:
    house = house_on_both
    house.dialogue.answer = lambda asked: [{"text": "satu"}, {"text": "dua"}, {"text": "tiga"}]
    await house.say("halo")
    await house.settle()
    assert house.words() == ["satu"]
    (row, *_) = await sendings(house)
    await house.status(row.wamid, "sent")
    await house.settle()
    assert house.words() == ["satu", "dua"]
    await house.pass_time(2)
    assert house.words() == ["satu", "dua", "tiga"]


async def test_an_error_holds_back_only_the_person_concerned(house) -> None:
    house.graph.faults = [graph_error(131056)]
    await house.say("satu", wa_id="62811")
    await house.settle()
    await house.say("dua", wa_id="62812")
    await house.settle()
    assert house.words() == ["Balasan: dua"]


@pytest.mark.postgres
async def test_the_pair_limit_holds_over_two_processes(build, postgres_url) -> None:
    one = await build(postgres_url)
    two = await build(postgres_url, world=one.world, clock=one.clock)
    one.dialogue.answer = lambda asked: [{"text": str(n)} for n in range(50)]
    house_sent = one.graph.sent
    await one.say("halo")
    for _ in range(60):
        await one.settle()
        await two.settle()
        for row in await sendings(one):
            if row.state == State.ACCEPTED:
                await one.status(row.wamid, "sent")
    assert len(house_sent) == 45
    one.clock.move(seconds=6)
    await two.settle()
    assert len(house_sent) == 46


async def test_outside_the_window_the_template_goes_and_the_message_waits_for_the_citizen(house_on_both) -> None:
    house = house_on_both
    template = {"name": "pemberitahuan_permohonan", "parameters": ["LM-1"]}
    house.dialogue.answer = lambda asked: [{"text": f"kabar {asked['message']}", "template": template}]
    house.dialogue.faults = [httpx.ConnectError("down")] * 3
    await house.say("satu")
    await house.settle()
    house.clock.move(hours=25)
    await house.settle()
    house.clock.move(minutes=5)
    await house.settle()
    house.clock.move(minutes=5)
    await house.pass_time(30, step=5)
    (sent,) = house.graph.sent
    assert sent["type"] == "template" and sent["template"]["name"] == "pemberitahuan_permohonan"
    await house.say("ya")
    await house.pass_time(10)
    assert house.words() == ["template", "kabar satu", "kabar ya"]


async def test_a_window_that_meta_says_is_closed_is_closed(house) -> None:
    template = {"name": "pemberitahuan_permohonan"}
    house.dialogue.answer = lambda asked: [{"text": "kabar", "template": template}]
    await house.say("satu")
    await house.settle()
    (row,) = await sendings(house)
    await house.status(row.wamid, "failed", errors=[{"code": 131047, "title": "Re-engagement message"}])
    await house.pass_time(3)
    held, stand_in = await sendings(house)
    assert (held.state, stand_in.state) == (State.HELD, State.ACCEPTED)
    assert house.words() == ["kabar", "template"]


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


async def test_a_file_is_uploaded_once_and_sent_by_id(house) -> None:
    blob = await house.bot.blobs.store.put(b"%PDF SPESIMEN")
    document = {"blob": blob, "filename": "Akta.pdf", "mime": "application/pdf"}
    house.dialogue.answer = lambda asked: [{"text": "Akta", "document": document}]
    await house.say("satu")
    await house.say("dua", wa_id="62813")
    await house.pass_time(5)
    assert [s["document"] for s in house.graph.sent] == [{"filename": "Akta.pdf", "caption": "Akta", "id": "up1"}] * 2
    assert len(house.graph.uploads) == 1 and b"%PDF SPESIMEN" in house.graph.uploads[0]


async def test_a_file_whose_id_has_expired_is_uploaded_again(house) -> None:
    blob = await house.bot.blobs.store.put(b"%PDF SPESIMEN")
    house.dialogue.answer = lambda asked: [{"text": "", "document": {"blob": blob, "filename": "a.pdf", "mime": "application/pdf"}}]
    house.graph.faults = [graph_error(131053)]
    await house.say("satu")
    await house.pass_time(5)
    assert house.graph.sent[0]["document"]["id"] == "up2"
    house.clock.move(days=29)
    await house.say("dua")
    await house.pass_time(5)
    assert len(house.graph.uploads) == 3 and len(await house.rows(Upload)) == 1


async def test_a_file_that_is_lost_fails_its_message_only(house) -> None:
    house.dialogue.answer = lambda asked: [
        {"text": "", "document": {"blob": "0" * 64, "filename": "a.pdf", "mime": "application/pdf"}},
        {"text": "b"},
    ]
    await house.say("satu")
    await house.pass_time(3)
    assert house.words() == ["b"]


async def test_the_number_has_one_row_for_all(house) -> None:
    await house.say("satu")
    await house.settle()
    (number,) = await house.rows(Number)
    assert number.id == house.bot.settings.phone_number_id and number.alarm_at is None
