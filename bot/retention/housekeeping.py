"""Erases what is no longer needed, on a schedule of its own: raw webhook bodies, old chats, files that have long been sent."""

from dataclasses import dataclass
from datetime import timedelta

from bot.blob_owners import CAPTURES
from bot.capture import links
from bot.deliveries import repository
from bot.retention import erasing
from standard.clock import Clock
from storage.database import Database
from storage.kept_blobs import KeptBlobs, let_go_since

EVERY = timedelta(hours=6)
STRAYS_EVERY = timedelta(days=1)
HALF_DONE = timedelta(hours=1)
"""After so long nobody is still sending a file by the capture page."""


@dataclass(frozen=True)
class Kept:
    """For how long what is kept; the settings of the same names."""

    raw_bodies: timedelta
    chats: timedelta
    sent_files: timedelta


class Housekeeping:
    """Done every few hours, by one process at a time."""

    def __init__(self, database: Database, blobs: KeptBlobs, clock: Clock, kept: Kept) -> None:
        self._database = database
        self._blobs = blobs
        self._clock = clock
        self._kept = kept

    async def sweep(self) -> None:
        """Erases what is due, and then every file that nobody needs any more, also those of which a process was killed."""
        now = self._clock()
        async with self._database.write() as session:
            await erasing.let_sent_files_go(session, now - self._kept.sent_files)
            await repository.erase_split(session, now, self._kept.raw_bodies)
            await erasing.erase_old(session, now - self._kept.chats)
            await links.erase_expired(session, now)
            await let_go_since(session, CAPTURES, now - HALF_DONE)
        await self._blobs.erase_unneeded()
        await self._database.forget_log()
        await self._database.reuse_space()
