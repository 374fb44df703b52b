"""What happens while a turn is answered is not lost: turns of one person wait for each other, and a draft that moved is looked at again."""

import asyncio
from datetime import datetime, timedelta

import pytest

from actions import pipeline
from actions.context import TurnContext
from actions.routes import TOPICS
from actions.turn import Turn
from intake.drafts.repository import ChangedMeanwhile, Repository
from intake.service import Intake
from tests.actions.conftest import Office
from tests.actions.families import kk
from tests.actions.steps import submitted, until_documents


async def test_a_third_turn_does_not_run_beside_the_second(office: Office) -> None:
    running = most = 0

    async def turn() -> None:
        nonlocal running, most
        async with office.intake.one_at_a_time("c1"):
            running += 1
            most = max(most, running)
            await asyncio.sleep(0.01)
            running -= 1

    first, second = asyncio.create_task(turn()), asyncio.create_task(turn())
    await first  # the second is woken by now, and has not begun
    await asyncio.gather(second, turn(), turn())
    assert most == 1


async def test_a_turn_that_fails_leaves_no_lock_behind(office: Office) -> None:
    with pytest.raises(ValueError, match="broken"):
        async with office.intake.one_at_a_time("c1"):
            raise ValueError("broken")
    assert not office.intake.turns_under_way


def a_turn(office: Office) -> Turn:
    return Turn("overtaken", "c1", "text", "terima kasih", at=office.now, intent="terima_kasih", confidence=0.9)


async def overtaking(office: Office, times: int, deadline: datetime) -> list[dict[str, object]]:
    """A turn during which, so many times, the courier notes a deadline and the upkeep a reminder."""

    async def topic(ctx: TurnContext) -> None:
        nonlocal times
        if times:
            times -= 1
            assert ctx.draft is not None
            async with office.intake.database.write() as session:
                await Repository(session).note_deadline(ctx.draft.id, (deadline + timedelta(times)).isoformat())
                await Repository(session).note_reminder("c1", deadline + timedelta(times))
        await TOPICS["terima_kasih"](ctx)

    return await pipeline.answer(a_turn(office), topic, office.catalogue, office.intake, TOPICS)


async def test_a_turn_that_was_overtaken_is_done_again_and_nothing_is_lost(office: Office) -> None:
    await submitted(office.chat())
    deadline = office.now.replace(year=2027)
    assert await overtaking(office, 2, deadline)
    record = await office.intake.record("c1")
    assert record.drafts[0].deadline == deadline and record.conversation.reminded_at == deadline
    assert record.conversation.last_in_at == office.now


async def test_a_turn_that_is_overtaken_again_and_again_is_left_to_be_asked_anew(office: Office) -> None:
    await submitted(office.chat())
    with pytest.raises(ChangedMeanwhile):
        await overtaking(office, 99, office.now)
    assert await office.intake.answered("overtaken") is None


async def test_two_processes_answer_two_turns_of_one_person_and_lose_neither(office: Office) -> None:
    chat = office.chat()
    await until_documents(chat)
    mine = office.intake
    beside = Intake(mine.database, mine.blobs.store, mine.checker, mine.backoffice, mine.clock)
    other = Office(beside, office.backoffice, office.catalogue, office.now, office.counter).chat()
    await asyncio.gather(other.send(kk()), chat.say("email saya spesimen@example.org", "perbaiki_data"))
    (draft,) = (await office.intake.record("c1")).drafts
    assert len(draft.documents) == 1 and draft.email == "spesimen@example.org"
