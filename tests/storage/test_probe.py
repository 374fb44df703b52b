"""Tests that readiness is proved by a write: a full disk, a lost file and another key are told, each by its place."""

import base64
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from storage.blobs import BlobKeyWrong
from storage.database import Database
from storage.opening import open_blobs, open_shelf, prove_key
from storage.probe import BLOCK, write_block

KEY, OTHER = (base64.b64encode(bytes([n]) * 32).decode() for n in (1, 2))

FULL_DISK = """
import asyncio, pathlib, resource, sqlite3, sys
from storage.database import Database
from storage.opening import open_blobs

def create(url):
    path = pathlib.Path(url.removeprefix("sqlite:///"))
    path.parent.mkdir()
    sqlite3.connect(path).execute("CREATE TABLE a (b)")

async def main(url, folder, key):
    create(url)
    places = {"database": Database.open(url), "blobs": open_blobs(f"file:{folder}", key, "intake")}
    for place in places.values():
        await place.check()
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))  # no file may grow beyond it: what a full disk answers, but for one process
    for name, place in places.items():
        try:
            await place.check()
        except Exception as error:
            print(name, type(error).__name__)

asyncio.run(main(*sys.argv[1:]))
"""


def test_a_disk_that_takes_nothing_more_is_told_by_database_and_blob_store(tmp_path: Path) -> None:
    command = [sys.executable, "-c", FULL_DISK, f"sqlite:///{tmp_path}/data/x.db", f"{tmp_path}/blobs", KEY]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.split("\n")[:2] == ["database OSError", "blobs OSError"]


async def test_a_database_that_takes_a_write_is_ready_and_nothing_is_left_behind(database_url: str) -> None:
    database = Database.open(database_url)
    async with database.write() as session:
        await session.execute(text("CREATE TABLE a (b INTEGER)"))
    for _ in range(3):
        await database.check()
    await database.close()


async def test_a_database_whose_file_is_gone_is_not_ready(tmp_path: Path) -> None:
    database = Database.open(f"sqlite:///{tmp_path}/x.db")
    async with database.write() as session:
        await session.execute(text("CREATE TABLE a (b INTEGER)"))
    await database.check()
    (tmp_path / "x.db").unlink()
    with pytest.raises(FileNotFoundError):
        await database.check()
    await database.close()


async def test_files_written_with_another_key_are_told(blob_url: str) -> None:
    for _ in range(2):
        await open_blobs(blob_url, KEY, "intake").check()
    await open_blobs(blob_url, OTHER, "backoffice").check()  # an area of its own
    with pytest.raises(BlobKeyWrong):
        await open_blobs(blob_url, OTHER, "intake").check()
    assert [name for name, _ in open_shelf(blob_url, "intake").names()] == ["sentinel"]


def test_a_process_does_not_start_with_another_key(blob_url: str) -> None:
    prove_key(blob_url, KEY, "intake")
    prove_key(blob_url, KEY, "intake")
    with pytest.raises(BlobKeyWrong):
        prove_key(blob_url, OTHER, "intake")


def test_a_process_starts_where_the_disk_takes_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    prove_key(f"file:{tmp_path}/file", KEY, "intake")


def test_the_block_is_of_real_bytes_and_goes_again(tmp_path: Path) -> None:
    write_block(tmp_path)
    assert list(tmp_path.iterdir()) == [] and BLOCK >= 64 * 1024
