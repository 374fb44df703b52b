"""A file that we gave Meta is deleted there once everybody has it, and not before."""

import httpx
from bot_fakes import graph_error

from bot.outbox.meta_files import UNCLEAR_TRIES
from bot.outbox.models import MetaFile, Sending, Upload

MINUTES = 60


async def send_a_file(house, *numbers: str) -> None:
    blob = await house.bot.blobs.store.put(b"%PDF SPESIMEN akta")
    document = {"blob": blob, "filename": "Akta.pdf", "mime": "application/pdf"}
    house.dialogue.answer = lambda asked: [{"text": "Akta", "document": document}]
    for number in numbers or ("6281200000001",):
        await house.say("minta", wa_id=number)
    await house.settle()
    await house.pass_time(20)


async def arrived(house) -> None:
    for row in await house.rows(Sending):
        await house.status(row.wamid, "delivered", row.id)
    await house.settle()


async def test_what_has_arrived_is_deleted_at_meta_and_sent_anew_from_here(house_on_both) -> None:
    house = house_on_both
    await send_a_file(house)
    await arrived(house)
    await house.pass_time(5 * MINUTES)
    assert house.graph.deleted == [], "the next person may get the same form"
    await house.pass_time(10 * MINUTES)
    assert house.graph.deleted == ["up1"] and await house.rows(MetaFile) == [] and await house.rows(Upload) == []
    await house.say("lagi")
    await house.pass_time(20)
    assert len(house.graph.uploads) == 2 and len(house.graph.sent) == 2


async def test_what_one_of_two_phones_has_not_fetched_stays_until_it_has_or_a_week_is_over(house) -> None:
    await send_a_file(house, "62811", "62822")
    first, second = await house.rows(Sending)
    assert len(house.graph.uploads) == 1
    await house.status(first.wamid, "read", first.id)
    await house.status(second.wamid, "sent", second.id)
    await house.pass_time(3600)
    assert house.graph.deleted == []
    house.clock.move(days=8)
    await house.pass_time(60)
    assert house.graph.deleted == ["up1"]


async def test_a_deletion_that_fails_is_tried_again_and_one_of_a_file_that_is_gone_is_done(house) -> None:
    await send_a_file(house)
    await arrived(house)
    house.graph.delete_faults = [graph_error(131000, 500), graph_error(4), httpx.ConnectError("down"), graph_error(100)]
    await house.pass_time(12 * 3600, step=1800)
    assert house.graph.delete_faults == [] and house.graph.deleted == [] and await house.rows(MetaFile) == []


async def test_a_refusal_that_may_mean_a_missing_right_is_tried_again_and_given_up_as_unclear(house) -> None:
    await send_a_file(house)
    await arrived(house)
    house.graph.delete_faults = [graph_error(100, subcode=33) for _ in range(3)]
    await house.pass_time(3600, step=300)
    assert house.graph.deleted == ["up1"], "the right was given back meanwhile"
    await house.say("lagi")
    await house.pass_time(20)
    await arrived(house)
    house.graph.delete_faults = [graph_error(100, subcode=33) for _ in range(20)]
    await house.pass_time(24 * 3600, step=1800)
    assert await house.rows(MetaFile) == [] and len(house.graph.delete_faults) == 20 - UNCLEAR_TRIES
    counted = house.bot.metrics.meta_files.labels("unclear")._value.get(), house.bot.metrics.meta_files.labels("gone")._value.get()
    assert counted == (1, 0)


async def test_a_photo_that_came_in_is_deleted_at_meta_a_day_after_we_keep_it(house_on_both) -> None:
    house = house_on_both
    await house.deliver(house.body(house.photo("in1", b"foto KK SPESIMEN")))
    await house.settle()
    await house.pass_time(3600, step=600)
    assert house.graph.deleted == [] and len(await house.rows(MetaFile)) == 1, "it can be fetched once more until a back-up has it"
    await house.pass_time(24 * 3600, step=3600)
    assert house.graph.deleted == ["in1"] and await house.rows(MetaFile) == []


async def test_a_photo_that_we_do_not_have_stays_at_meta(house) -> None:
    await house.deliver(house.body(house.photo("in1")))
    await house.settle()
    await house.pass_time(3600, step=600)
    assert await house.rows(MetaFile) == []
