"""Erases what is no longer needed: raw webhook bodies whose updates have long been split."""

from datetime import datetime, timedelta

from bot.inbox import repository
from standard.clock import Clock
from storage.database import Database

EVERY = timedelta(hours=6)


class Housekeeping:
    """Once at start and every few hours. Two processes that do it at the same time harm nothing."""

    def __init__(self, database: Database, clock: Clock, bodies_kept: timedelta) -> None:
        self._database = database
        self._clock = clock
        self._kept = bodies_kept
        self._next: datetime | None = None

    async def claim(self) -> datetime | None:
        """The present moment, when it is time."""
        now = self._clock()
        if self._next is not None and now < self._next:
            return None
        self._next = now + EVERY
        return now

    async def sweep(self, now: datetime) -> None:
        """Erases what is due."""
        async with self._database.write() as session:
            await repository.erase_split(session, now, self._kept)
