"""Two bots over one PostgreSQL: each person's messages keep their order, nobody waits in a circle, and nothing is answered twice."""

import asyncio
from collections import Counter

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from bot.contacts.models import Contact
from bot.conversations.models import Item, Turn, TurnState
from bot.deliveries.models import Fate, Update
from bot.outbox.models import Sending

pytestmark = pytest.mark.postgres

PEOPLE, EACH = 12, 4


async def test_what_was_posted_later_is_not_split_earlier_by_the_other_bot(build, postgres_url) -> None:
    one = await build(postgres_url)
    two = await build(postgres_url, world=one.world, clock=one.clock)
    others = [one.text("halo", wa_id=f"62813{n:07d}") for n in range(50)]
    await one.deliver(one.body(*others, one.text("pertama", wa_id="6281200000001")))
    await two.deliver(two.body(one.text("kedua", wa_id="6281200000001")))
    await asyncio.gather(*(house.bot.jobs.workers["inbox"].drain() for house in (one, two)))
    async with one.bot.database.read() as session:
        bodies = (await session.scalars(select(Item.body).order_by(Item.id))).all()
    assert [body["text"] for body in bodies if body["text"] != "halo"] == ["pertama", "kedua"]


async def test_two_bots_keep_each_persons_order_and_answer_each_message_once(build, postgres_url) -> None:
    one = await build(postgres_url, messages_per_second=10_000)
    two = await build(postgres_url, world=one.world, clock=one.clock, messages_per_second=10_000)
    bots, statuses = (one, two), []

    def on_send(body, wamid):
        """Meta tells of each message twice, once to each bot, and learns us the person's other name."""
        person = body.get("to", "").lstrip("+")
        for bot, word in zip(bots, ("sent", "delivered"), strict=True):
            more = {"recipient_id": person, "recipient_user_id": f"ID.{person}"}
            statuses.append(asyncio.ensure_future(bot.status(wamid, word, body["biz_opaque_callback_data"], **more)))

    one.graph.on_send = on_send

    def message(number: int, n: int) -> dict:
        return one.text(f"{n}", wa_id=f"62812000{number:05d}", id=f"wamid.{number}.{n}")

    async def couple(number: int) -> None:
        for n in range(EACH):  # each body is posted after the former's 200, to whichever bot; the two stand in it now so, now so
            pair = [message(number, n), message(number + 1, n)][:: 1 if n % 2 else -1]
            assert (await bots[(number // 2 + n) % 2].deliver(one.body(*pair))).status_code == 200

    with capture_logs() as logs:
        for house in bots:
            house.bot.start()
        await asyncio.gather(*(couple(number) for number in range(0, PEOPLE, 2)))
        for _ in range(6000):
            said = sum(len(question["metadata"]["messages"]) for question in one.dialogue.asked)
            if said >= PEOPLE * EACH and len(one.graph.sent) >= len(one.dialogue.asked):
                break
            await asyncio.sleep(0.02)
        await asyncio.gather(*statuses)
        for house in bots:
            await house.bot.jobs.stop(5)
    asked: dict[str, list[str]] = {}
    for question in one.dialogue.asked:
        asked.setdefault(question["sender"], []).extend(question["metadata"]["text"].split("\n"))
    assert len(asked) == PEOPLE
    assert [words for words in asked.values() if words != [str(n) for n in range(EACH)]] == []
    turns = Counter(question["sender"] for question in one.dialogue.asked)
    assert len(one.graph.sent) == turns.total(), "each turn is answered once"
    assert await one.rows(Update, Update.fate == Fate.PARKED) == []
    assert [line for line in logs if line["log_level"] == "error"] == []
    assert {row.attempts for row in await one.rows(Sending)} == {1}


async def test_a_turn_and_a_message_of_the_same_person_never_wait_in_a_circle(build, postgres_url) -> None:
    house = await build(postgres_url)
    await house.say("satu", user_id=None)
    await house.bot.jobs.workers["inbox"].drain()
    (contact,) = await house.rows(Contact)
    queue = await house.bot.runner.jobs.claim()
    await house.say("dua", user_id="ID.1")  # the splitter will change the contact's row
    with capture_logs() as logs:
        async with house.bot.database.write() as session:
            assert await house.bot.runner.jobs.hold(session, queue) is not None
            splitting = asyncio.create_task(house.bot.jobs.workers["inbox"].drain())
            await asyncio.sleep(0.3)  # by now it waits for the queue, or holds what the next line wants
            session.add(
                Turn(id="t", contact_id=contact.id, kind="text", request={}, state=TurnState.DONE, opened_at=house.clock(), attempts=1)
            )
            await session.flush()
        await splitting
    assert logs == [] and len(await house.rows(Item)) == 2
