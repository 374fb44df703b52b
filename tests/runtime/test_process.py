"""Whom what a process makes is for: its own user, and a group where whoever started it left that open."""

import asyncio
import base64
import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from runtime.process import narrow_umask
from storage import erasures
from storage.migrations import run_migrations
from storage.opening import prove_key
from storage.shelves import write_durably

KEY = base64.b64encode(bytes(32)).decode()


@pytest.fixture(autouse=True)
def umask_as_it_was() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


ALONE = (0o600, 0o700)


@pytest.mark.parametrize("given, file, folder", [(0o022, *ALONE), (0o002, *ALONE), (0o077, *ALONE), (0o007, 0o660, 0o770)])
def test_what_is_kept_is_for_the_own_user_and_for_a_group_only_where_that_was_left_open(
    given: int, file: int, folder: int, tmp_path: Path
) -> None:
    os.umask(given)
    narrow_umask()
    write_durably(tmp_path / "area" / "ab" / "blob", b"x")
    prove_key(f"file:{tmp_path}/blobs", KEY, "intake")
    made = [tmp_path / "area" / "ab" / "blob", tmp_path / "blobs" / "intake" / "sentinel"]
    assert [_mode(path) for path in made] == [file] * 2 and [_mode(path.parent) for path in made] == [folder] * 2
    database = tmp_path / "backoffice.db"
    asyncio.run(run_migrations(f"sqlite:///{database}", "backoffice/migrations", "0001"))
    with closing(sqlite3.connect(database)) as open_database:
        open_database.execute("PRAGMA journal_mode = WAL")
        open_database.execute("CREATE TABLE probe (x)")
        open_database.commit()
        assert [_mode(path) for path in sorted(tmp_path.glob("backoffice.db*"))] == [file] * 3


def test_the_list_of_erasures_is_for_the_group_too(tmp_path: Path) -> None:
    os.umask(0o007)
    erasures.note(tmp_path, "c1", datetime.now(UTC))
    assert _mode(tmp_path / erasures.NAME) == 0o660
