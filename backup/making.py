"""Makes a back-up of the running installation, tells the intake that there is one, and deletes those that are too old."""

import asyncio
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from backup import archive
from backup.settings import Settings
from backup.snapshots import dump_all
from runtime.commandline import NotDone
from storage.blobs import BlobStoreUnknown
from storage.database import Database
from storage.opening import open_shelf
from storage.points import note_backup
from storage.shelves import Shelf

INTAKE, BACKOFFICE = "intake", "backoffice"


@dataclass(frozen=True)
class Made:
    """A back-up that was made: `seconds` until it was on the disk."""

    file: Path
    point: datetime
    blobs: int
    seconds: float


def urls(settings: Settings) -> dict[str, str]:
    """The databases by their names in a back-up."""
    return {INTAKE: settings.intake_database_url, BACKOFFICE: settings.backoffice_database_url}


def blob_shelf(settings: Settings) -> Shelf:
    """Where the blobs of all areas lie. Raises NotDone for a store that there is no code for."""
    try:
        return open_shelf(settings.blob_url)
    except BlobStoreUnknown as unknown:
        raise NotDone(str(unknown)) from None


async def make_backup(settings: Settings) -> Made:
    """One back-up, whole and on the disk. Raises NotDone, OSError."""
    recipient, began = archive.read_recipient(settings.backup_recipient), time.monotonic()
    settings.backup_folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(dir=settings.backup_folder, prefix=".making-") as folder:
        point, dumps = await dump_all(urls(settings), Path(folder))
        file = settings.backup_folder / archive.name_of(point)
        blobs = await asyncio.to_thread(archive.write, file, recipient, point, dumps, blob_shelf(settings))
    database = Database.open(settings.intake_database_url)
    try:
        await note_backup(database, point)
    finally:
        await database.close()
    delete_old(settings, point)
    return Made(file, point, blobs, time.monotonic() - began)


def delete_old(settings: Settings, now: datetime) -> int:
    """Deletes back-ups older than the retention allows; returns how many."""
    before = now - timedelta(days=settings.backup_kept_days)
    old = [file for file in settings.backup_folder.glob(f"*{archive.ENDING}") if datetime.fromtimestamp(file.stat().st_mtime, UTC) < before]
    for file in old:
        file.unlink(missing_ok=True)
    return len(old)
