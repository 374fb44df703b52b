"""A back-up holds both databases and the blobs at one point in time, is opened by its key alone, and goes back into an empty place only."""

import asyncio
import os
import sqlite3
import stat
import subprocess
import sys
import tarfile
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from backup import archive, making, snapshots
from backup.__main__ import make_key
from backup.drill import drill
from backup.making import make_backup
from backup.restoring import _extract, check, restore
from backup.settings import Settings
from runtime.commandline import NotDone
from storage.database import Database, normalise_url
from storage.keyring import Keyring
from storage.opening import open_blobs
from storage.points import last_backup, restored_to

KEY = "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE="


def settings_of(folder: Path, recipient: str | None, **more: Any) -> Settings:
    return Settings(_env_file=None, landa_mewa_var=folder, backup_recipient=recipient, **more)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres), "s3"])
def places(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], dict[str, Any]]:
    """Two new databases and an empty store at each call, as settings: all in files, the databases in PostgreSQL, the blobs in S3."""
    if request.param == "sqlite":
        return lambda name: {}
    if request.param == "s3":
        url = request.getfixturevalue("s3_url")
        return lambda name: {"blob_url": url.replace("/mewa?", f"/{name}?")}
    new_url = request.getfixturevalue("new_postgres_url")
    return lambda name: {"intake_database_url": new_url(), "backoffice_database_url": new_url()}


@pytest.fixture
def key(tmp_path: Path) -> tuple[Path, str]:
    """The file with the private key, and the public one."""
    file = tmp_path / "office.key"
    return file, make_key(file).removeprefix("BACKUP_RECIPIENT=")


class Installation:
    """Two databases with a counter each, of which the intake's goes first and the office's follows, and one blob for every count."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.intake = Database.open(settings.intake_database_url, Keyring(KEY))
        self.office = Database.open(settings.backoffice_database_url, Keyring(KEY))
        self.blobs = open_blobs(settings.blob_url, KEY, "intake")

    async def make(self) -> None:
        for database in (self.intake, self.office):
            async with database.write() as session:
                await session.execute(text("CREATE TABLE counted (at INTEGER PRIMARY KEY, blob VARCHAR(64))"))

    async def count(self, number: int) -> None:
        blob = await self.blobs.put(b"page %d" % number)
        for database in (self.intake, self.office):
            async with database.write() as session:
                await session.execute(text("INSERT INTO counted VALUES (:at, :blob)"), {"at": number, "blob": blob})

    async def counted(self) -> tuple[list[str], list[str]]:
        found = []
        for database in (self.intake, self.office):
            async with database.read() as session:
                found.append(list(await session.scalars(text("SELECT blob FROM counted ORDER BY at"))))
        return found[0], found[1]

    async def close(self) -> None:
        await self.intake.close()
        await self.office.close()


@pytest.fixture
async def installed(tmp_path: Path, places, key) -> AsyncIterator[Installation]:
    made = Installation(settings_of(tmp_path / "old", key[1], **places("old")))
    await made.make()
    yield made
    await made.close()


async def test_what_is_written_meanwhile_is_in_both_databases_or_in_neither_and_every_blob_is_there(installed, tmp_path, places, key):
    for number in range(20):
        await installed.count(number)
    stop = asyncio.Event()

    async def go_on() -> None:
        number = 20
        while not stop.is_set():
            await installed.count(number)
            number += 1

    writer = asyncio.create_task(go_on())
    made = await make_backup(installed.settings)
    stop.set()
    await writer
    assert await last_backup(installed.intake) == made.point
    new = settings_of(tmp_path / "new", key[1], **places("new"))
    held = await restore(new, made.file, key[0])
    restored = Installation(new)
    mine, theirs = await restored.counted()
    assert len(mine) >= 20 and len(theirs) >= 20
    if installed.intake.is_sqlite:
        assert len(mine) - len(theirs) in (0, 1), "one point: what the office has, the intake has"
    assert mine[: len(theirs)] == theirs[: len(mine)], "on PostgreSQL two snapshots, a moment apart"
    assert [await restored.blobs.get(blob) for blob in mine] == [b"page %d" % number for number in range(len(mine))]
    assert held.blobs >= len(mine)
    for database, service in ((restored.intake, "bot"), (restored.intake, "intake"), (restored.office, "backoffice")):
        assert await restored_to(database, service) == made.point
    await restored.close()


async def test_the_drill_restores_the_newest_beside_the_installation_opens_its_files_and_leaves_nothing(installed, key):
    async with installed.intake.write() as session:
        await session.execute(text("CREATE TABLE blob_uses (owner VARCHAR(9), blob VARCHAR(64))"))
        await session.execute(text("CREATE TABLE contacts (id INTEGER PRIMARY KEY)"))
        await session.execute(text("INSERT INTO contacts VALUES (1), (2), (3)"))
    await installed.count(1)
    for database in (installed.intake,):
        async with database.write() as session:
            await session.execute(text("INSERT INTO blob_uses SELECT 'media:1', blob FROM counted"))
    await make_backup(installed.settings)
    made = await make_backup(installed.settings)
    found = await drill(installed.settings, None, key[0], KEY)
    assert (
        found.file == made.file and found.rows == {"contacts": 3} and found.opened == 1 and timedelta() < found.age < timedelta(minutes=5)
    )
    assert sorted(installed.settings.backup_folder.iterdir()) == sorted({*installed.settings.backup_folder.glob("*.age")})
    if not installed.intake.is_sqlite:
        async with installed.intake.read() as session:
            assert not list(await session.scalars(text("SELECT datname FROM pg_database WHERE datname LIKE 'landa_mewa_drill%'")))
    with pytest.raises(NotDone, match="1 of 1 files that the database intake needs"):
        await drill(installed.settings, None, key[0], KEY.replace("QUF", "QkF"))


async def test_a_restore_goes_into_an_empty_place_only(installed, key):
    await installed.count(1)
    made = await make_backup(installed.settings)
    with pytest.raises(NotDone, match="empty"):
        await restore(installed.settings, made.file, key[0])
    assert len((await installed.counted())[0]) == 1


async def test_the_file_tells_nothing_and_another_key_or_a_changed_byte_opens_nothing(installed, tmp_path, key):
    await installed.count(1)
    made = await make_backup(installed.settings)
    assert b"counted" not in made.file.read_bytes() and stat.S_IMODE(made.file.stat().st_mode) == 0o600
    assert not tarfile.is_tarfile(made.file)
    make_key(tmp_path / "another.key")
    with pytest.raises(NotDone, match="another key"):
        await check(installed.settings, made.file, tmp_path / "another.key")
    assert (await check(installed.settings, made.file, key[0])).point == made.point
    spoilt = bytearray(made.file.read_bytes())
    spoilt[len(spoilt) // 2] ^= 1
    made.file.write_bytes(bytes(spoilt))
    with pytest.raises(NotDone, match="damaged"):
        await check(installed.settings, made.file, key[0])
    assert [file.name for file in installed.settings.backup_folder.iterdir()] == [made.file.name]


async def test_a_back_up_that_fails_leaves_nothing_behind_and_counts_for_none(installed, monkeypatch):
    def fail(*_given: Any) -> int:
        raise OSError("disk full")

    monkeypatch.setattr(archive, "_add_blobs", fail)
    with pytest.raises(OSError, match="disk full"):
        await make_backup(installed.settings)
    assert list(installed.settings.backup_folder.iterdir()) == [] and await last_backup(installed.intake) is None


async def test_a_password_stands_in_no_command_line(monkeypatch, tmp_path):
    seen: list[tuple[str, ...]] = []

    async def run(*command: str, **given: Any) -> Any:
        seen.append(command)
        assert given["env"]["PGPASSWORD"] == "geheim" and given["env"]["PGHOST"] == "db.test"
        raise FileNotFoundError

    monkeypatch.setattr(asyncio, "create_subprocess_exec", run)
    with pytest.raises(NotDone, match="pg_dump is not installed"):
        await snapshots.run_postgres("pg_dump", normalise_url("postgresql://u:geheim@db.test/x"), "--format=custom")
    assert "geheim" not in " ".join(seen[0])


def test_back_ups_live_as_long_as_their_retention(tmp_path):
    settings = settings_of(tmp_path, None, backup_kept_days=7)
    settings.backup_folder.mkdir()
    now = datetime(2026, 11, 30, tzinfo=UTC)
    for days in (1, 6, 8, 40):
        file = settings.backup_folder / archive.name_of(now - timedelta(days=days))
        file.write_bytes(b"x")
        at = (now - timedelta(days=days)).timestamp()
        os.utime(file, (at, at))
    assert making.delete_old(settings, now) == 2
    assert len(list(settings.backup_folder.iterdir())) == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["make"], "BACKUP_RECIPIENT"),
        (["drill", "--key", "nowhere.key"], "there is no back-up in"),
        (["check", "nowhere.tar.age", "--key", "nowhere.key"], "nowhere.key holds no private key"),
    ],
)
def test_what_is_not_done_is_said_in_one_sentence(tmp_path, arguments, said):
    environment = {"PATH": "/usr/bin:/bin", "LANDA_MEWA_VAR": str(tmp_path)}
    done = subprocess.run([sys.executable, "-m", "backup", *arguments], capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 1 and said in done.stderr and "Traceback" not in done.stderr and done.stderr.startswith("Not done: ")


@pytest.mark.parametrize("name", ["../beside", "/etc/beside", "blobs/../../beside"])
def test_nothing_is_unpacked_beside_its_place(tmp_path, name):
    into, packed = tmp_path / "into", tmp_path / "x.tar"
    into.mkdir()
    with tarfile.open(packed, "w") as tar:
        tar.addfile(tarfile.TarInfo(name))
        (link := tarfile.TarInfo("link")).type = tarfile.SYMTYPE
        tar.addfile(link)
    with tarfile.open(packed) as tar:
        for entry in tar:
            with pytest.raises(NotDone):
                _extract(tar, entry, into)
    assert sorted(file.name for file in tmp_path.rglob("*")) == ["into", "x.tar"]


def test_a_key_is_never_overwritten(tmp_path):
    make_key(tmp_path / "k")
    with pytest.raises(NotDone, match="never overwritten"):
        make_key(tmp_path / "k")


def test_without_a_database_nothing_is_made(tmp_path, key):
    with pytest.raises(NotDone, match="there is no database"):
        asyncio.run(make_backup(settings_of(tmp_path / "empty", key[1])))


def test_sqlite_copies_are_databases(tmp_path):
    for name in ("a", "b"):
        with sqlite3.connect(tmp_path / f"{name}.db") as database:
            database.execute("PRAGMA journal_mode = WAL")
            database.execute("CREATE TABLE t (x)")
    (tmp_path / "out").mkdir()
    snapshots._copy_sqlite({"a": tmp_path / "a.db", "b": tmp_path / "b.db"}, tmp_path / "out")
    with sqlite3.connect(tmp_path / "out" / "a.dump") as copy:
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
