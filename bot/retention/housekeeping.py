"""Erases what is no longer needed, on a schedule of its own: raw webhook bodies, old chats, files that have long been sent."""

from dataclasses import dataclass
from datetime import timedelta

import structlog

from bot.deliveries import repository
from bot.retention import erasing
from standard.clock import Clock
from storage.database import Database
from storage.kept_blobs import KeptBlobs

log = structlog.get_logger()

EVERY = timedelta(hours=6)
STRAYS_EVERY = timedelta(days=1)
STRAYS_AFTER = timedelta(days=7)
"""A file of which no row tells is left alone for so long: a database may have been set back to a back-up by mistake."""


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

    async def sweep_strays(self) -> None:
        """Erases files of the blob store of which no row tells."""
        if erased := await self._blobs.erase_strays(self._clock() - STRAYS_AFTER):
            log.info("stray_blobs_erased", count=erased)

    async def sweep(self) -> None:
        """Erases what is due, and then every file that nobody needs any more, also those of which a process was killed."""
        now = self._clock()
        async with self._database.write() as session:
            await erasing.let_sent_files_go(session, now - self._kept.sent_files)
            await repository.erase_split(session, now, self._kept.raw_bodies)
            await erasing.erase_old(session, now - self._kept.chats)
        await self._blobs.erase_unneeded()
        await self._database.forget_log()
