"""Makes a back-up of the running installation, tells the intake that there is one, and deletes those that are too old."""

import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from backup import archive
from backup.settings import Settings
from backup.snapshots import dump_all
from runtime.commandline import NotDone
from storage.database import Database
from storage.points import note_backup

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


def blob_root(settings: Settings) -> Path:
    """The folder of all blobs. Raises NotDone for a store that is no folder."""
    scheme, _, rest = settings.blob_url.partition(":")
    if scheme != "file":
        raise NotDone("blobs that lie in no folder are backed up by the store that keeps them")
    return Path(rest)


async def make_backup(settings: Settings) -> Made:
    """One back-up, whole and on the disk. Raises NotDone, OSError."""
    recipient, began = archive.read_recipient(settings.backup_recipient), time.monotonic()
    settings.backup_folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(dir=settings.backup_folder, prefix=".making-") as folder:
        point, dumps = await dump_all(urls(settings), Path(folder))
        file = settings.backup_folder / archive.name_of(point)
        blobs = archive.write(file, recipient, point, dumps, blob_root(settings))
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
