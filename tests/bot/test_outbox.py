"""Tests that the outbox says everything once, in order, within Meta's limits and the 24-hour window, with its files."""

from pathlib import Path

import httpx
import pytest
from bot_fakes import graph_error

from bot.ops import commands
from bot.outbox.models import Number, Sending, State, Upload


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


async def test_a_file_that_the_disk_does_not_give_out_does_not_hold_up_what_comes_after_it(house) -> None:
    blob = await house.bot.blobs.store.put(b"%PDF SPESIMEN")
    document = {"blob": blob, "filename": "Akta.pdf", "mime": "application/pdf"}
    house.dialogue.answer = lambda asked: [{"text": "Akta", "document": document} if asked["message"] == "satu" else {"text": "dua"}]
    (path,) = [path for path in (Path(house.bot.settings.blob_url.removeprefix("file:")) / "intake").glob("*/*")]
    kept = path.read_bytes()
    path.unlink()
    path.mkdir()  # reading it raises OSError
    await house.say("satu")
    await house.settle()
    await house.say("dua")
    await house.pass_time(120, step=10)
    assert house.words() == ["dua"]
    path.rmdir()
    path.write_bytes(kept)
    await house.pass_time(601, step=60)
    assert house.words() == ["dua", "document"]


async def test_a_file_never_falls_but_waits_for_a_person_who_sends_it_again(house, capsys) -> None:
    blob = await house.bot.blobs.store.put(b"%PDF SPESIMEN")
    document = {"blob": blob, "filename": "Akta.pdf", "mime": "application/pdf"}
    house.dialogue.answer = lambda asked: [{"text": "Akta", "document": document}]
    house.graph.faults = [graph_error(131026)]
    await house.say("satu")
    await house.pass_time(7200, step=600)
    (row,) = await sendings(house)
    assert row.state == State.STUCK and row.next_try_at is None and not house.graph.sent
    assert await commands.run(commands.parser().parse_args(["unsent"]), house.bot.settings) == 0
    assert row.id in capsys.readouterr().out
    assert await commands.run(commands.parser().parse_args(["resend", row.id, "nobody"]), house.bot.settings, house.clock) == 1
    assert "nobody" in capsys.readouterr().err
    await house.pass_time(5)
    assert len(house.graph.sent) == 1


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
