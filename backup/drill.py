"""The monthly drill: the newest back-up is put back beside the running installation, looked through, and removed again.

It measures what the docs promise: how old the newest back-up is (what would be lost now), and how long a restore takes.
"""

import random
import secrets
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import asyncpg
from sqlalchemy import column, func, inspect, select, table, text
from sqlalchemy.ext.asyncio import AsyncConnection

from backup import archive
from backup.making import BACKOFFICE, INTAKE, urls
from backup.restoring import restore
from backup.settings import Settings
from runtime.commandline import NotDone
from storage.blobs import BlobError
from storage.database import Database, normalise_url
from storage.opening import open_blobs

COUNTED = {INTAKE: ("contacts", "drafts"), BACKOFFICE: ("cases", "complaints", "staff")}
"""Tables that tell whether it is the office's own, by the database that they are in."""
OPENED = 200
"""Photos and papers of each area that are opened, drawn by lot; all others are only known to be there."""


@dataclass(frozen=True)
class Drilled:
    """What was found. `age`: what would be lost if everything were lost now; `seconds`: the restore alone."""

    file: Path
    age: timedelta
    seconds: float
    blobs: int
    rows: dict[str, int]
    opened: int | None


async def drill(settings: Settings, file: Path | None, identity: Path, blob_key: str | None) -> Drilled:
    """The newest back-up, or that file. Raises NotDone where it can't be restored, or what was restored is not whole."""
    file = file or newest(settings.backup_folder)
    settings.backup_folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(dir=settings.backup_folder, prefix=".drill-") as place:
        async with _copies(settings, Path(place)) as copy:
            began = time.monotonic()
            held = await restore(copy, file, identity)
            seconds, rows, opened = time.monotonic() - began, dict[str, int](), 0
            for name, address in urls(copy).items():
                database = Database.open(address)
                try:
                    async with database.engine.connect() as connection:
                        rows |= await _look(connection, name, database.is_sqlite)
                        opened += await _open_some(connection, copy.blob_url, blob_key, name)
                finally:
                    await database.close()
    return Drilled(file, datetime.now(UTC) - held.point, seconds, held.blobs, rows, None if blob_key is None else opened)


def newest(folder: Path) -> Path:
    """The newest back-up. Raises NotDone where there is none."""
    found = sorted(folder.glob(f"*{archive.ENDING}"))
    if not found:
        raise NotDone(f"there is no back-up in {folder}")
    return found[-1]


@asynccontextmanager
async def _copies(settings: Settings, place: Path) -> AsyncIterator[Settings]:
    """Settings of an empty place of the same kind: files below `place`, or databases of the same server, which go at the end."""
    blobs = {"blob_url": f"file:{place / 'blobs'}"}
    parsed = {f"{name}_database_url": normalise_url(address) for name, address in urls(settings).items()}
    if {url.get_backend_name() for url in parsed.values()} == {"sqlite"}:
        yield settings.model_copy(update={**blobs, **{name: f"sqlite:///{place / name}.db" for name in parsed}})
        return
    made = {name: url.set(database=f"landa_mewa_drill_{secrets.token_hex(4)}") for name, url in parsed.items()}
    plain = {name: url.set(drivername="postgresql").render_as_string(hide_password=False) for name, url in made.items()}
    servers = {
        name: await asyncpg.connect(url.set(drivername="postgresql").render_as_string(hide_password=False)) for name, url in parsed.items()
    }
    try:
        for name, server in servers.items():
            await server.execute("SET ROLE NONE")  # who signed in may make databases; the role that several share may not
            await server.execute(f'CREATE DATABASE "{made[name].database}"')
        yield settings.model_copy(update={**blobs, **plain})
    except asyncpg.InsufficientPrivilegeError:
        raise NotDone("the drill makes databases of its own: as postgres, ALTER ROLE <the user of the setting> CREATEDB") from None
    finally:
        for name, server in servers.items():
            await server.execute(f'DROP DATABASE IF EXISTS "{made[name].database}"')
            await server.close()


async def _look(connection: AsyncConnection, name: str, is_sqlite: bool) -> dict[str, int]:
    there = await connection.run_sync(lambda here: set(inspect(here).get_table_names()))
    if is_sqlite and (said := (await connection.execute(text("PRAGMA integrity_check"))).scalar_one()) != "ok":
        raise NotDone(f"the restored database {name} is damaged: {str(said).splitlines()[0]}")
    return {
        each: (await connection.execute(select(func.count()).select_from(table(each)))).scalar_one()
        for each in COUNTED[name]
        if each in there
    }


async def _open_some(connection: AsyncConnection, blob_url: str, key: str | None, area: str) -> int:
    """Opens some of the files that the database needs with the key that was kept apart; returns how many. Raises NotDone."""
    if key is None or not await connection.run_sync(lambda here: inspect(here).has_table("blob_uses")):
        return 0
    needed: list[str] = list((await connection.execute(select(column("blob")).select_from(table("blob_uses")).distinct())).scalars())
    chosen = random.SystemRandom().sample(needed, min(OPENED, len(needed)))
    store = open_blobs(blob_url, key, area)
    lacking = 0
    for blob in chosen:
        try:
            await store.get(blob)
        except BlobError:
            lacking += 1
    if lacking:
        raise NotDone(f"{lacking} of {len(chosen)} files that the database {area} needs are missing, or the key does not open them")
    return len(chosen)
