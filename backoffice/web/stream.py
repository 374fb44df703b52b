"""Wakes open pages by server-sent events when something changed, in this process or in another one."""

import asyncio
import random
from collections.abc import Sequence
from typing import Any

from sanic import Blueprint, Request
from sqlalchemy import func, select

from backoffice.services import Services

stream_pages = Blueprint("stream")
Newest = tuple[Any, ...]
HEARTBEAT = 20.0
"""Seconds after which a silent stream says something, so that proxies and this process notice who is gone."""

SPREAD = 0.5
"""Seconds over which open pages are woken: not all of them fetch their rows in one moment, just when somebody acts."""
CALM = 1.5
"""Seconds between two calls to one page: thirty staff act several times a second. What changes meanwhile is in the next call."""


@stream_pages.get("/siaran")
async def stream(request: Request) -> None:
    """An endless stream: one `ubah` event per change."""
    services: Services = request.app.ctx.services
    response = await request.respond(content_type="text/event-stream", headers={"X-Accel-Buffering": "no"})
    await response.send("retry: 3000\n\n")
    async for changed in services.live.listen(HEARTBEAT):
        if not changed:
            await response.send(": masih di sini\n\n")
            continue
        await asyncio.sleep(random.random() * SPREAD)  # noqa: S311 (no secret)
        await response.send("event: ubah\ndata: 1\n\n")
        await asyncio.sleep(CALM)


class PageWatch:
    """Looks for changes that another process made and told nobody of: the greatest value of these columns is another."""

    def __init__(self, services: Services, columns: Sequence[Any]) -> None:
        self._services, self._columns = services, columns
        self._seen: Newest | None = None

    async def changed(self) -> Newest | None:
        """What is newest, where that is news."""
        async with self._services.database.read() as session:
            newest = tuple([await session.scalar(select(func.max(column))) for column in self._columns])
        first, self._seen, seen = self._seen is None, newest, self._seen
        return None if first or newest == seen else newest

    async def wake(self, _newest: Newest) -> None:
        """Wakes the pages of this process."""
        self._services.live.wake()
