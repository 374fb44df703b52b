"""Wakes workers at once when there is something to do: within the process, and on PostgreSQL in every other one (LISTEN/NOTIFY).

It is a help, not a promise: what nobody was woken for is found when the workers look for themselves.
"""

import asyncio
from collections.abc import Callable
from typing import Any

import structlog
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from storage.database import Database

log = structlog.get_logger()

ALIVE_SECONDS = 30.0
"""So often a silent connection is asked whether it lives."""

RECONNECT_SECONDS = 2.0


class WakeUps:
    """One connection outside the pool, for listening and for telling. While one NOTIFY is under way the next gathers its names."""

    def __init__(self, database: Database, channel: str) -> None:
        self._engine = None if database.is_sqlite else create_async_engine(database.engine.url, poolclass=NullPool, hide_parameters=True)
        self._channel = channel
        self._wakes: dict[str, Callable[[], None]] = {}
        self._unsent: set[str] = set()
        self._asked = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def subscribe(self, name: str, wake: Callable[[], None]) -> None:
        """`wake` is called whenever somebody notifies that name."""
        self._wakes[name] = wake

    def notify(self, *names: str) -> None:
        """There may be something to do for these workers, or for all; called after the commit that made it so."""
        names = names or tuple(self._wakes)
        self._wake(names)
        if self._task is not None:
            self._unsent.update(names)
            self._asked.set()

    def start(self) -> None:
        """Begins to listen to other processes."""
        if self._engine is not None:
            self._task = asyncio.create_task(self._listen(self._engine), name=f"wakeups-{self._channel}")

    async def stop(self) -> None:
        """Lets go of the connection."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None

    async def _listen(self, engine: Any) -> None:
        while True:
            try:
                async with engine.connect() as connection:
                    raw = (await connection.get_raw_connection()).driver_connection
                    await raw.add_listener(self._channel, self._heard)
                    self._wake(tuple(self._wakes))  # whatever was told while nobody listened
                    await self._send(raw)
            except Exception as error:
                log.warning("wakeups_broken", channel=self._channel, cause=type(error).__name__)
            await asyncio.sleep(RECONNECT_SECONDS)

    async def _send(self, raw: Any) -> None:
        while True:
            try:
                await asyncio.wait_for(self._asked.wait(), ALIVE_SECONDS)
            except TimeoutError:
                await raw.execute("SELECT 1")
                continue
            self._asked.clear()
            names, self._unsent = self._unsent, set()
            await raw.execute("SELECT pg_notify($1, $2)", self._channel, " ".join(sorted(names)))

    def _heard(self, raw: Any, pid: int, _channel: str, payload: str) -> None:
        if pid != raw.get_server_pid():
            self._wake(tuple(payload.split()))

    def _wake(self, names: tuple[str, ...]) -> None:
        for name in names:
            if name in self._wakes:
                self._wakes[name]()
