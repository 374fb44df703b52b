"""A blob lives for as long as somebody needs it, whatever runs beside, and no longer; on both databases, in a folder and in S3."""

import asyncio
import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from storage import kept_blobs
from storage.database import Database
from storage.kept_blobs import KeptBlobs, stray_alarm
from storage.opening import open_blobs, open_shelf
from storage.shelves import FolderShelf, Shelf

KEY = "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE="
NOW = datetime(2026, 11, 30, tzinfo=UTC)


@pytest.fixture
def shelf(blob_url: str) -> Shelf:
    """The place of the store, seen by whoever holds the files."""
    return open_shelf(blob_url, "intake")


@pytest.fixture
async def blobs(database_url: str, blob_url: str) -> AsyncIterator[KeptBlobs]:
    database = Database.open(database_url)
    async with database.engine.begin() as connection:
        await connection.run_sync(kept_blobs.TABLES.create_all)
    yield KeptBlobs(database, open_blobs(blob_url, KEY, "intake"), lambda: NOW)
    await database.close()


async def done(blobs: KeptBlobs, *owners: str) -> int:
    async with blobs.database.write() as session:
        gone = await kept_blobs.let_go(session, owners)
    return await blobs.erase_unneeded(gone)


async def test_the_same_picture_stays_for_the_second_who_sent_it(blobs: KeptBlobs) -> None:
    blob = await blobs.put(b"ktp", "media:1")
    assert await blobs.put(b"ktp", "media:2") == blob
    assert await done(blobs, "media:1") == 0 and await blobs.get(blob) == b"ktp"
    assert await done(blobs, "media:2") == 1 and not await blobs.store.exists(blob)


async def test_who_needs_other_blobs_now_lets_the_former_go(blobs: KeptBlobs) -> None:
    first, second = await blobs.put(b"1", "turn:t"), await blobs.put(b"2", "turn:t")
    async with blobs.database.write() as session:
        assert await kept_blobs.need_only(session, "turn:t", [second], NOW) == {first}
    assert await blobs.erase_unneeded() == 1 and await blobs.store.exists(second)


async def test_what_a_process_was_killed_over_is_erased_later(blobs: KeptBlobs) -> None:
    blob = await blobs.put(b"1", "turn:t")
    async with blobs.database.write() as session:
        await kept_blobs.let_go(session, ["turn:t"])
    assert await blobs.erase_unneeded() == 1 and not await blobs.store.exists(blob)


async def test_owners_of_a_kind_are_let_go_by_their_age(blobs: KeptBlobs) -> None:
    blob = await blobs.put(b"1", "turn:t")
    await blobs.put(b"2", "turning:t")
    async with blobs.database.write() as session:
        assert await kept_blobs.let_go_since(session, "turn", NOW) == set()
        assert await kept_blobs.let_go_since(session, "turn", NOW + timedelta(days=1)) == {blob}


async def test_what_is_put_while_the_same_is_erased_is_there_afterwards(blobs: KeptBlobs) -> None:
    for turn in range(30):
        await blobs.put(b"ktp", f"media:{turn}")
        blob, _ = await asyncio.gather(blobs.put(b"ktp", f"media:{turn}-again"), done(blobs, f"media:{turn}"))
        assert await blobs.store.exists(blob)
        await done(blobs, f"media:{turn}-again")


async def test_what_begins_to_be_needed_while_it_is_erased_waits_and_is_put_anew(blobs: KeptBlobs) -> None:
    """The eraser is held up at the worst moment: the bytes are gone, and its transaction has not ended."""
    blob = await blobs.put(b"ktp", "media:1")
    reached, go_on = asyncio.Event(), asyncio.Event()

    class SlowStore:
        async def delete(self, sha256: str) -> None:
            await blobs.store.delete(sha256)
            reached.set()
            await go_on.wait()

    slow = KeptBlobs(Database(blobs.database.engine), SlowStore(), lambda: NOW)  # type: ignore[arg-type]
    async with blobs.database.write() as session:
        await kept_blobs.let_go(session, ["media:1"])
    erasing = asyncio.create_task(slow.erase_unneeded([blob]))
    await reached.wait()
    putting = asyncio.create_task(blobs.put(b"ktp", "media:2"))
    await asyncio.sleep(0.1)
    assert not putting.done()
    go_on.set()
    await asyncio.gather(erasing, putting)
    assert await blobs.get(blob) == b"ktp" and await blobs.erase_unneeded() == 0


def age(shelf: Shelf, days: int) -> None:
    """Makes every file of a folder so old; how old an object is its server alone says, and that counts for nothing here."""
    if isinstance(shelf, FolderShelf):
        for path in shelf.folder.glob("??/*"):
            os.utime(path, times=((NOW - timedelta(days=days)).timestamp(),) * 2)


WEEK = timedelta(days=7)


async def test_bytes_of_which_no_row_has_told_for_a_week_are_erased(blobs: KeptBlobs, shelf: Shelf) -> None:
    stray, needed = await blobs.store.put(b"stray"), await blobs.put(b"needed", "media:1")
    age(shelf, days=8)
    assert await blobs.erase_strays() == 0
    assert await blobs.get(stray) == b"stray", "it is old, and a stray only since this look"
    blobs.clock = lambda: NOW + timedelta(days=6)
    young = await blobs.store.put(b"young")
    assert await blobs.erase_strays() == 0
    blobs.clock = lambda: NOW + WEEK
    assert await blobs.erase_strays() == 1
    assert [await blobs.store.exists(name) for name in (stray, needed, young)] == [False, True, True]
    assert await blobs.get(needed) == b"needed"


async def test_what_a_killed_write_left_unfinished_in_a_folder_goes_once_it_is_old(tmp_path: Path, sqlite_url: str) -> None:
    store, unfinished = open_blobs(f"file:{tmp_path}", KEY, "intake"), tmp_path / "intake" / "aa" / ".name.0123"
    unfinished.parent.mkdir(parents=True)
    unfinished.write_bytes(b"half")

    async def nothing() -> list[str]:
        return []

    for days, left in ((6, True), (8, False)):
        age(FolderShelf(tmp_path / "intake"), days)
        assert await store.erase_strays(nothing, NOW, WEEK) == 0
        assert unfinished.exists() == left


async def test_a_file_that_a_row_tells_of_meanwhile_begins_anew(blobs: KeptBlobs) -> None:
    """As where a database was put back to the wrong moment, and then to the right one."""
    blob, _ = await blobs.store.put(b"akta"), await blobs.put(b"needed", "media:1")
    for day, needed in ((0, False), (5, True), (6, False), (12, False)):
        blobs.clock = lambda day=day: NOW + timedelta(days=day)  # type: ignore[misc]
        async with blobs.database.write() as session:
            await (kept_blobs.need(session, "produk:1", [blob], NOW) if needed else kept_blobs.let_go(session, ["produk:1"]))
            await session.execute(kept_blobs.KEPT.delete().where(kept_blobs.KEPT.c.blob == blob) if not needed else select(1))
        assert await blobs.erase_strays() == 0
        assert await blobs.get(blob) == b"akta"


@pytest.mark.parametrize("kept, strays", [(0, 1), (3, 30), (60, 21)])
async def test_files_of_another_database_are_left_however_long_they_lie(blobs: KeptBlobs, shelf: Shelf, kept: int, strays: int) -> None:
    for number in range(kept):
        await blobs.put(b"needed %d" % number, f"media:{number}")
    names = [await blobs.store.put(b"stray %d" % number) for number in range(strays)]
    age(shelf, days=400)
    with capture_logs() as logs:
        for weeks in range(3):
            blobs.clock = lambda weeks=weeks: NOW + weeks * WEEK  # type: ignore[misc]
            assert await blobs.erase_strays() == 0
    assert all([await blobs.store.exists(name) for name in names])
    assert [line["count"] for line in logs if line["event"] == "stray_blobs_left"] == [strays] * 2
    assert str(strays) in (await stray_alarm(blobs.store))["strays"], "said until somebody has put the right database back"
    for name in names:
        async with blobs.database.write() as session:
            await kept_blobs.need(session, f"found:{name}", [name], NOW)
    assert await blobs.erase_strays() == 0 and await stray_alarm(blobs.store) == {}


async def test_few_strays_among_many_files_go(blobs: KeptBlobs) -> None:
    for number in range(70):
        await blobs.put(b"needed %d" % number, f"media:{number}")
    for number in range(22):
        await blobs.store.put(b"stray %d" % number)
    assert await blobs.erase_strays() == 0
    blobs.clock = lambda: NOW + WEEK
    assert await blobs.erase_strays() == 22


async def test_a_stray_that_somebody_puts_while_strays_are_erased_stays(blobs: KeptBlobs) -> None:
    stray, needed = await blobs.store.put(b"stray"), await blobs.put(b"needed", "media:1")
    assert await blobs.erase_strays() == 0
    asked = 0

    async def kept() -> list[str]:
        """The second time it is asked, somebody has noted the need and found the bytes whole a moment before they were set aside."""
        nonlocal asked
        asked += 1
        return [needed, stray] if asked == 2 else [needed]

    assert await blobs.store.erase_strays(kept, NOW + WEEK, WEEK) == 0
    assert asked == 2 and await blobs.get(stray) == b"stray"


async def test_what_a_killed_process_had_set_aside_is_looked_at_again(blobs: KeptBlobs, shelf: Shelf) -> None:
    needed = await blobs.put(b"needed", "media:1")
    ((place, _),) = shelf.names()
    shelf.move(place, place.replace("/", "/.stray-"))
    assert await blobs.erase_strays() == 0
    assert await blobs.get(needed) == b"needed"


async def test_what_notes_the_strays_may_be_lost_or_damaged(blobs: KeptBlobs, shelf: Shelf) -> None:
    stray, _ = await blobs.store.put(b"stray"), await blobs.put(b"needed", "media:1")
    assert await blobs.erase_strays() == 0
    blobs.clock = lambda: NOW + WEEK
    for damaged in (b"", b"[1]", b'{"a": null}'):
        shelf.write(".strays", damaged)
        assert await blobs.erase_strays() == 0 and await blobs.store.exists(stray)
