"""Whoever waits for long is told how far their photos are, once; a bot that is away holds nobody up."""

import asyncio
import json

import httpx

from intake.placing.waiting import told_after


def bot(stated: list[dict[str, object]], asked: asyncio.Event, fault: Exception | None = None) -> httpx.AsyncClient:
    def answer(request: httpx.Request) -> httpx.Response:
        stated.append({"path": request.url.path, **json.loads(request.content)})
        asked.set()
        if fault:
            raise fault
        return httpx.Response(204)

    return httpx.AsyncClient(transport=httpx.MockTransport(answer), base_url="http://bot")


async def test_it_is_told_after_the_patience_with_what_was_looked_at() -> None:
    stated: list[dict[str, object]] = []
    asked = asyncio.Event()
    async with told_after(bot(stated, asked), "t1", 6, patience=0) as looked:
        looked(), looked(), looked()
        await asked.wait()
    assert stated == [{"path": "/internal/turns/t1/progress", "done": 3, "total": 6}]


async def test_what_ends_in_time_says_nothing() -> None:
    stated: list[dict[str, object]] = []
    asked = asyncio.Event()
    async with told_after(bot(stated, asked), "t1", 6, patience=60) as looked:
        looked()
    assert stated == []


async def test_a_bot_that_is_away_holds_nobody_up() -> None:
    stated: list[dict[str, object]] = []
    asked = asyncio.Event()
    async with told_after(bot(stated, asked, httpx.ConnectError("away")), "t1", 2, patience=0):
        await asked.wait()
