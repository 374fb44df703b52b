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
from backup.making import BACKOFFICE, INTAKE, blob_root, urls
from backup.settings import Settings
from backup.snapshots import run_postgres
from runtime.commandline import NotDone
from storage.database import Database, normalise_url
from storage.points import note_restored

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
    began, targets, root = time.monotonic(), {name: normalise_url(url) for name, url in urls(settings).items()}, blob_root(settings)
    for url in targets.values():
        await _require_empty(url)
    if root.is_dir() and any(root.iterdir()):
        raise NotDone(f"{root} is not empty: a restore goes into an empty place")
    root.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(dir=root.parent, prefix=".restoring-") as folder:
        manifest, blobs = await asyncio.to_thread(_unpack, file, identity, Path(folder))
        point = datetime.fromisoformat(manifest["point"])
        for row in manifest["databases"]:
            await _place(Path(folder) / f"{row['name']}.dump", row["kind"], targets[row["name"]])
        if root.is_dir():
            root.rmdir()
        unpacked = Path(folder) / archive.BLOBS
        unpacked.mkdir(exist_ok=True)
        unpacked.rename(root)
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


def _unpack(file: Path, identity: Path, into: Path) -> tuple[dict[str, Any], int]:
    blobs = 0
    with archive.opened(file, archive.read_identity(identity)) as tar:
        manifest = archive.read_manifest(tar)
        while (entry := tar.next()) is not None:
            tar.extract(entry, into, filter=_private)
            blobs += entry.name.startswith(f"{archive.BLOBS}/")
    for row in manifest["databases"]:
        with (into / f"{row['name']}.dump").open("rb") as content:
            if hashlib.file_digest(content, "sha256").hexdigest() != row["sha256"]:
                raise NotDone(f"{file.name} is damaged: the database {row['name']} is not as it was")
    return manifest, blobs


def _private(entry: tarfile.TarInfo, path: str) -> tarfile.TarInfo:
    safe = tarfile.data_filter(entry, path)
    return safe.replace(mode=0o700 if entry.isdir() else 0o600, deep=False)


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
