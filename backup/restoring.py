"""Puts a back-up back into an empty place, or only proves that it could be (the drill)."""

import asyncio
import hashlib
import shutil
import tarfile
import tempfile
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import asyncpg
from sqlalchemy.engine import URL

from backup import archive
from backup.making import BACKOFFICE, INTAKE, blob_shelf, urls
from backup.settings import Settings
from backup.snapshots import run_postgres
from runtime.commandline import NotDone
from storage.database import Database, normalise_url
from storage.points import note_restored
from storage.shelves import FolderShelf, Shelf

SERVICES = {INTAKE: ("bot", "intake"), BACKOFFICE: ("backoffice",)}
"""Whose work stands still after a restore, by the database that they work on."""


@dataclass(frozen=True)
class Restored:
    """What a back-up held, and how long it took."""

    point: datetime
    blobs: int
    seconds: float


async def restore(settings: Settings, file: Path, identity: Path) -> Restored:
    """Puts everything back; all work then stands still until `make reconcile`. Raises NotDone; where something is there nothing changes."""
    began, targets, shelf = time.monotonic(), {name: normalise_url(url) for name, url in urls(settings).items()}, blob_shelf(settings)
    for url in targets.values():
        await _require_empty(url)
    await asyncio.to_thread(_require_empty_shelf, shelf, settings)
    near = shelf.folder.parent if isinstance(shelf, FolderShelf) else settings.landa_mewa_var
    near.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(dir=near, prefix=".restoring-") as folder:
        manifest, blobs = await asyncio.to_thread(_unpack, file, identity, Path(folder))
        point = datetime.fromisoformat(manifest["point"])
        for row in manifest["databases"]:
            await _place(Path(folder) / f"{row['name']}.dump", row["kind"], targets[row["name"]])
        unpacked = Path(folder) / archive.BLOBS
        unpacked.mkdir(exist_ok=True)
        await asyncio.to_thread(_put_on, shelf, unpacked)
    await mark_restored(settings, point)
    return Restored(point, blobs, time.monotonic() - began)


async def mark_restored(settings: Settings, point: datetime) -> None:
    """Has all work stand still until both sides are reconciled."""
    for name, address in urls(settings).items():
        database = Database.open(address)
        try:
            await note_restored(database, SERVICES[name], point)
        finally:
            await database.close()


async def check(settings: Settings, file: Path, identity: Path) -> Restored:
    """Decrypts all of it and holds each part against its hash, and keeps nothing. Raises NotDone."""
    began = time.monotonic()
    settings.backup_folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(dir=settings.backup_folder, prefix=".checking-") as folder:
        manifest, blobs = await asyncio.to_thread(_unpack, file, identity, Path(folder))
    return Restored(datetime.fromisoformat(manifest["point"]), blobs, time.monotonic() - began)


def _require_empty_shelf(shelf: Shelf, settings: Settings) -> None:
    if next(shelf.names(), None) is not None:
        where = shelf.folder if isinstance(shelf, FolderShelf) else f"the bucket and folder of {settings.blob_url.rpartition('@')[2]}"
        raise NotDone(f"{where} is not empty: a restore goes into an empty place")


def _put_on(shelf: Shelf, unpacked: Path) -> None:
    """All files to their place: a folder is renamed as a whole, to a server each is sent."""
    if isinstance(shelf, FolderShelf):
        if shelf.folder.is_dir():
            shutil.rmtree(shelf.folder)  # empty folders, as was looked
        unpacked.rename(shelf.folder)
        return
    for path in sorted(unpacked.rglob("*")):
        if path.is_file():
            shelf.write(path.relative_to(unpacked).as_posix(), path.read_bytes())


def _unpack(file: Path, identity: Path, into: Path) -> tuple[dict[str, Any], int]:
    blobs = 0
    with archive.opened(file, archive.read_identity(identity)) as tar:
        manifest = archive.read_manifest(tar)
        while (entry := tar.next()) is not None:
            _extract(tar, entry, into)
            blobs += entry.name.startswith(f"{archive.BLOBS}/")
    for row in manifest["databases"]:
        with (into / f"{row['name']}.dump").open("rb") as content:
            if hashlib.file_digest(content, "sha256").hexdigest() != row["sha256"]:
                raise NotDone(f"{file.name} is damaged: the database {row['name']} is not as it was")
    return manifest, blobs


def _extract(tar: tarfile.TarFile, entry: tarfile.TarInfo, into: Path) -> None:
    """One file, for its owner only. Raises NotDone for anything else: an archive of ours has files below `into` and nothing else.

    Debian 12's own Python (3.11.2) does not know the filters of `tarfile` yet.
    """
    target = into / entry.name
    content = tar.extractfile(entry) if entry.isfile() else None
    if content is None or ".." in target.parts or not target.is_relative_to(into):
        raise NotDone("this is no back-up that this program can read")
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with content, target.open("xb") as out:
        target.chmod(0o600)
        shutil.copyfileobj(content, out)


async def _require_empty(url: URL) -> None:
    if url.get_backend_name() == "sqlite":
        if await asyncio.to_thread(Path(str(url.database)).exists):
            raise NotDone(f"there is a database at {url.database}: a restore goes into an empty place")
        return
    connection = await asyncpg.connect(url.set(drivername="postgresql").render_as_string(hide_password=False))
    try:
        if await connection.fetchval("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"):
            raise NotDone(f"the database {url.database} has tables: a restore goes into an empty one")
    finally:
        await connection.close()


async def _place(dump: Path, kind: str, url: URL) -> None:
    if kind != url.get_backend_name():
        raise NotDone(f"the back-up is of {kind}, and the settings name a database of {url.get_backend_name()}")
    if kind == "sqlite":
        await asyncio.to_thread(_move, dump, Path(str(url.database)))
        return
    options = ("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", f"--dbname={url.database}")
    await run_postgres("pg_restore", url, *options, str(dump))


def _move(dump: Path, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    shutil.move(dump, place)
    place.chmod(0o600)
