"""Has the bot tell whoever waits for long how far we are with their photos. Best effort: that it is not told never holds up a turn."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import httpx
import structlog

from contracts.turn import Progress

log = structlog.get_logger()

PATIENCE = 10.0
"""Seconds that people wait without a word while their photos are looked at."""


@asynccontextmanager
async def told_after(bot: httpx.AsyncClient | None, turn: str, total: int, patience: float = PATIENCE) -> AsyncIterator[Callable[[], None]]:
    """Within it, each call counts a photo as looked at; when it has not ended after `patience`, the bot is asked to tell, once."""
    done = 0

    def looked() -> None:
        nonlocal done
        done += 1

    async def tell() -> None:
        await asyncio.sleep(patience)
        try:
            if bot is not None:
                answer = await bot.put(f"/internal/turns/{turn}/progress", json=Progress(done=min(done, total), total=total).body())
                log.info("intake.progress_told", count=total, status=answer.status_code)
        except httpx.HTTPError as error:
            log.info("intake.progress_not_told", cause=type(error).__name__)

    telling = asyncio.create_task(tell())
    try:
        yield looked
    finally:
        telling.cancel()
        await asyncio.gather(telling, return_exceptions=True)
