"""Erases what is no longer needed, on a schedule of its own: raw webhook bodies, old chats, files that have long been sent."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from bot.inbox import repository
from bot.ops import forgetting
from standard.clock import Clock
from storage.blobs import BlobError, BlobStore
from storage.database import Database

EVERY = timedelta(hours=6)


@dataclass(frozen=True)
class Kept:
    """For how long what is kept; the settings of the same names."""

    raw_bodies: timedelta
    chats: timedelta
    sent_files: timedelta


class Housekeeping:
    """Done every few hours, by one process at a time."""

    def __init__(self, database: Database, blobs: BlobStore, clock: Clock, kept: Kept) -> None:
        self._database = database
        self._blobs = blobs
        self._clock = clock
        self._kept = kept

    async def sweep(self) -> None:
        """Erases what is due. Files go before their rows: a sweep that is cut off does the rest the next time."""
        now = self._clock()
        async with self._database.read() as session:
            blobs = await forgetting.spent_files(session, now - self._kept.sent_files)
        for blob in blobs:
            with suppress(BlobError, OSError):
                await self._blobs.delete(blob)
        async with self._database.write() as session:
            await forgetting.let_go(session, blobs)
            await repository.erase_split(session, now, self._kept.raw_bodies)
            await forgetting.erase_old(session, now - self._kept.chats)
