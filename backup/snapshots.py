"""Copies both databases as they stood at one point in time, while the services go on.

SQLite: the write locks of both are held for the milliseconds in which a reader begins on each; the copy is then made of what the readers
see. PostgreSQL: each database exports a snapshot (a few milliseconds apart; `reconcile` covers such a seam), and pg_dump dumps that one.
A password goes by the environment, never in a command line, which every user of the machine can read.
"""

import asyncio
import hashlib
import os
import sqlite3
from contextlib import AsyncExitStack, ExitStack, closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import asyncpg
from sqlalchemy.engine import URL

from runtime.commandline import NotDone
from storage.database import normalise_url

PATIENCE = 30.0
"""Seconds until a writer that holds SQLite's lock is given up on."""


@dataclass(frozen=True)
class Dump:
    """One database's copy: its name in the back-up, the kind of database, the file."""

    name: str
    kind: str
    file: Path

    @property
    def sha256(self) -> str:
        """Of the file."""
        with self.file.open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest()


async def dump_all(urls: dict[str, str], into: Path) -> tuple[datetime, list[Dump]]:
    """The point in time, and a copy of every database by its name. Raises NotDone."""
    parsed = {name: normalise_url(url) for name, url in urls.items()}
    kinds = {name: url.get_backend_name() for name, url in parsed.items()}
    if set(kinds.values()) == {"sqlite"}:
        files = {name: Path(str(url.database)) for name, url in parsed.items()}
        point = await asyncio.to_thread(_copy_sqlite, files, into)
    elif set(kinds.values()) == {"postgresql"}:
        point = await _dump_postgres(parsed, into)
    else:
        raise NotDone("one database is SQLite and the other PostgreSQL: a back-up needs both of one kind")
    return point, [Dump(name, kinds[name], into / f"{name}.dump") for name in urls]


def _copy_sqlite(files: dict[str, Path], into: Path) -> datetime:
    for file in files.values():
        if not file.is_file():
            raise NotDone(f"there is no database at {file}")
    with ExitStack() as stack:
        readers = {name: stack.enter_context(closing(sqlite3.connect(file, isolation_level=None))) for name, file in files.items()}
        with ExitStack() as locks:
            for file in dict.fromkeys(files.values()):
                locker = locks.enter_context(closing(sqlite3.connect(file, timeout=PATIENCE, isolation_level=None)))
                locker.execute("BEGIN IMMEDIATE")
            for reader in readers.values():
                reader.execute("BEGIN")
                reader.execute("SELECT count(*) FROM sqlite_master").fetchone()
            point = datetime.now(UTC)
        for name, reader in readers.items():
            with closing(sqlite3.connect(into / f"{name}.dump")) as copy:
                reader.backup(copy)
                copy.execute("PRAGMA journal_mode = DELETE")
    return point


async def _dump_postgres(urls: dict[str, URL], into: Path) -> datetime:
    async with AsyncExitStack() as stack:
        snapshots = {}
        for name, url in urls.items():
            plain = url.set(drivername="postgresql").render_as_string(hide_password=False)
            connection = await asyncpg.connect(plain)
            stack.push_async_callback(connection.close)
            await connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            snapshots[name] = await connection.fetchval("SELECT pg_export_snapshot()")
        point = datetime.now(UTC)
        for name, url in urls.items():
            options = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshots[name]}", f"--file={into / name}.dump"]
            await run_postgres("pg_dump", url, *options)
    return point


async def run_postgres(program: str, url: URL, *options: str) -> None:
    """One of PostgreSQL's own programs on that database. Raises NotDone with the last line of what it said, without a value of ours."""
    try:
        process = await asyncio.create_subprocess_exec(
            program, *options, env={**os.environ, **libpq(url)}, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE
        )
    except FileNotFoundError:
        raise NotDone(f"{program} is not installed (apt-get install postgresql-client)") from None
    _, said = await process.communicate()
    if process.returncode:
        raise NotDone(f"{program} ended with {process.returncode}: {said.decode(errors='replace').strip().splitlines()[-1:]}")


def libpq(url: URL) -> dict[str, str]:
    """How PostgreSQL's programs find a database, as their environment variables."""
    host = url.host or url.query.get("host")
    given = {"PGHOST": host, "PGPORT": url.port, "PGUSER": url.username, "PGPASSWORD": url.password, "PGDATABASE": url.database}
    return {name: str(value) for name, value in given.items() if value}
