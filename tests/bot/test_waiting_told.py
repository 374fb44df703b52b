"""Who waits is told: texts that wait become one turn, and how far their photos are is said once."""

import asyncio

import httpx
import pytest

from bot.conversations.models import Turn, TurnState

OF_ACTIONS = {"authorization": "Bearer actions-to-bot-in-the-tests"}


async def test_texts_written_while_a_turn_runs_are_one_turn_and_a_single_one_never_waits(house_on_both) -> None:
    house = house_on_both
    more = iter([["anaknya laki-laki", "lahir jam 7"], []])

    class Slow(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            if request.url.path == "/webhooks/rest/webhook":
                for words in next(more, []):
                    await house.deliver(house.body(house.text(words)))
                    await house.bot.jobs.workers["inbox"].drain()
            return await house.world.handle_async_request(request)

    house.bot.http._transport = Slow()
    await house.deliver(house.body(house.text("halo")))
    await house.settle()
    assert [asked["message"] for asked in house.dialogue.asked] == ["halo", "anaknya laki-laki\nlahir jam 7"]
    assert len(house.dialogue.asked[1]["metadata"]["messages"]) == 2


async def test_what_would_be_too_long_together_stays_apart(house) -> None:
    await house.deliver(house.body(house.text("a" * 4000), house.text("b" * 4000), house.text("c")))
    await house.settle()
    assert [len(asked["message"]) for asked in house.dialogue.asked] == [4000, 4002]


@pytest.mark.parametrize(("photos", "said"), [(6, "Sedang kami periksa (3 dari 6)."), (1, "Sedang kami periksa.")])
async def test_how_far_the_photos_are_is_said_once_while_their_turn_runs(house_on_both, photos: int, said: str) -> None:
    house = house_on_both
    answers: list[int] = []

    class Slow(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            if request.url.path == "/webhooks/rest/webhook":
                (turn,) = await house.rows(Turn, Turn.state == TurnState.OPEN)
                for _ in range(2):
                    body = {"done": 3 if photos > 1 else 0, "total": photos}
                    answers.append((await house.http.put(f"/internal/turns/{turn.id}/progress", json=body, headers=OF_ACTIONS)).status_code)
                await house.bot.jobs.workers["outbox"].drain()
            return await house.world.handle_async_request(request)

    house.bot.http._transport = Slow()
    album = [house.photo(f"m{n}", f"SPESIMEN {n}".encode()) for n in range(photos)]
    await asyncio.gather(*(house.deliver(house.body(photo)) for photo in album))
    await house.pass_time(8)
    assert answers == [204, 204]
    assert house.words()[0] == said and len(house.words()) == 2
    (turn,) = await house.rows(Turn)
    late = await house.http.put(f"/internal/turns/{turn.id}/progress", json={"done": 1, "total": 6}, headers=OF_ACTIONS)
    await house.pass_time(5)
    assert late.status_code == 204 and len(house.words()) == 2, "a turn that has ended says nothing more"


async def test_nobody_else_tells_and_nonsense_is_refused(house) -> None:
    body = {"done": 1, "total": 6}
    assert (await house.http.put("/internal/turns/t/progress", json=body)).status_code == 401
    assert (await house.http.put("/internal/turns/t/progress", json=body, headers=OF_ACTIONS)).status_code == 404
    assert (await house.http.put("/internal/turns/t/progress", json={"done": -1}, headers=OF_ACTIONS)).status_code == 422
