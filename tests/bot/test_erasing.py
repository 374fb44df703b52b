"""What was said is erased when it is old or when the citizen wishes it; what we sent is erased once it has long been sent; ids stay."""

from bot.contacts.models import Contact
from bot.conversations.media import Media
from bot.conversations.models import Item, Turn
from bot.deliveries.models import Delivery, Update
from bot.outbox.models import Sending

PDF = b"%PDF-1.4 receipt"


def erasing(asked: dict) -> list[dict]:
    return [{"text": "dihapus", "erase": "hapus" in asked["message"]}]


async def test_a_wish_to_erase_takes_the_words_out_of_the_chat_and_leaves_the_strangers(house_on_both) -> None:
    house = house_on_both
    house.dialogue.answer = erasing
    contacts = [{"profile": {"name": "SPESIMEN Siti"}, "wa_id": "62811"}]
    await house.deliver(house.body(house.text("nama saya Siti", wa_id="62811"), contacts=contacts))
    await house.say("rahasia lain", wa_id="62899")
    await house.pass_time(10)
    (first,) = [row for row in house.graph.sent if row["to"] == "+62811"]
    await house.status("wamid.out1", "delivered", first["biz_opaque_callback_data"])
    await house.say("hapus data saya", wa_id="62811")
    await house.pass_time(10)
    (mine,) = await house.rows(Contact, Contact.wa_id == "62811")
    assert mine.name is None
    assert [item.body for item in await house.rows(Item, Item.contact_id == mine.id)] == [{}, {}]
    assert [turn.request for turn in await house.rows(Turn, Turn.contact_id == mine.id)] == [{}, {}]
    assert {row.text for row in await house.rows(Sending, Sending.contact_id == mine.id)} == {"", "dihapus"}
    bodies = b"".join(row.body for row in await house.rows(Delivery))
    assert b"Siti" not in bodies
    assert b"62811" not in bodies, "a status names the number that it was sent to"
    assert [item.body["text"] for item in await house.rows(Item, Item.contact_id != mine.id)] == ["rahasia lain"]
    await house.deliver(house.body(house.text("nama saya Siti", wa_id="62811", id="wamid.in1")))
    await house.settle()
    assert len(await house.rows(Item, Item.contact_id == mine.id)) == 2, "a delivery that comes again is known"


async def test_old_chats_are_deleted_and_ids_stay(house_on_both) -> None:
    house = house_on_both
    await house.deliver(house.body(house.photo("m1", b"photo", caption="KK")))
    await house.say("halo")
    await house.pass_time(60)
    house.clock.move(days=91)
    await house.say("lagi")
    await house.pass_time(10)
    assert [item.body["text"] for item in await house.rows(Item)] == ["lagi"]
    assert len(await house.rows(Turn)) == 1 and await house.rows(Media) == []
    assert len(await house.rows(Update, Update.key.is_not(None))) == 3


async def test_the_name_of_who_is_silent_goes_with_the_chat(house) -> None:
    for number, name in (("62811", "SPESIMEN Siti"), ("62899", "SPESIMEN Budi")):
        await house.deliver(house.body(house.text("halo", wa_id=number), contacts=[{"profile": {"name": name}, "wa_id": number}]))
    await house.pass_time(10)
    house.clock.move(days=91)
    await house.say("lagi", wa_id="62899")
    await house.pass_time(10)
    assert {row.wa_id: row.name for row in await house.rows(Contact)} == {"62811": None, "62899": "SPESIMEN Budi"}


async def test_a_file_goes_a_week_after_it_was_sent_and_not_while_it_waits(house) -> None:
    blob = await house.bot.blobs.store.put(PDF)
    house.dialogue.answer = lambda asked: [
        {"text": "Tanda terima", "document": {"blob": blob, "filename": "a.pdf", "mime": "application/pdf"}}
    ]
    await house.say("ya", wa_id="62811")
    await house.pass_time(10)
    house.clock.move(days=6)
    await house.settle()
    assert await house.bot.blobs.store.exists(blob)
    house.clock.move(days=2)
    await house.settle()
    assert not await house.bot.blobs.store.exists(blob)
    assert [row.blob for row in await house.rows(Sending)] == [None]


async def test_a_photo_stays_for_the_second_who_sent_the_same_and_goes_with_the_last(house_on_both) -> None:
    """A forwarded KTP: the first sender's turn ends while the second's photo still waits for its album."""
    house = house_on_both
    await house.deliver(house.body(house.photo("m1", b"ktp", wa_id="62811")))
    await house.pass_time(3)
    await house.deliver(house.body(house.photo("m2", b"ktp", wa_id="62899")))
    await house.pass_time(2)
    first, second = await house.rows(Media)
    assert [row.state for row in await house.rows(Turn)] == ["done"] and first.blob == second.blob
    assert await house.bot.blobs.get(first.blob) == b"ktp"
    await house.pass_time(10)
    assert [row.state for row in await house.rows(Turn)] == ["done", "done"]
    assert not await house.bot.blobs.store.exists(first.blob)


async def test_a_file_that_came_in_is_kept_while_its_turn_has_no_answer(house) -> None:
    house.dialogue.answer = lambda asked: []
    await house.deliver(house.body(house.photo("m1", b"ktp")))
    await house.pass_time(600)
    (turn,) = await house.rows(Turn)
    (media,) = await house.rows(Media)
    await house.bot.blobs.erase_unneeded()
    assert turn.state == "parked" and await house.bot.blobs.get(media.blob) == b"ktp"
    house.clock.move(days=91)
    await house.settle()
    assert await house.rows(Media) == [] and not await house.bot.blobs.store.exists(media.blob)


async def test_what_became_of_the_last_words_does_not_leave_the_number_behind(house_on_both) -> None:
    house = house_on_both
    house.dialogue.answer = erasing
    contacts = [{"profile": {"name": "SPESIMEN Siti"}, "wa_id": "62811"}]
    await house.deliver(house.body(house.text("hapus data saya", wa_id="62811"), contacts=contacts))
    await house.pass_time(10)
    (row,) = await house.rows(Sending)
    told = {"id": row.wamid, "status": "delivered", "timestamp": "1764500000", "recipient_id": "62811", "biz_opaque_callback_data": row.id}
    await house.deliver(house.body(statuses=[told], contacts=contacts))
    await house.pass_time(10)
    assert [row.state for row in await house.rows(Sending)] == ["delivered"]
    bodies = b"".join(row.body for row in await house.rows(Delivery))
    assert b"62811" not in bodies and b"Siti" not in bodies
    (mine,) = await house.rows(Contact)
    assert mine.name is None, "a status does not teach the name again"
