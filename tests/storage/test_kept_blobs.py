"""A blob lives for as long as somebody needs it, whatever runs beside, and no longer; on both databases."""

import asyncio
import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage import kept_blobs
from storage.database import Database
from storage.kept_blobs import KeptBlobs
from storage.opening import open_blobs

KEY = "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE="
NOW = datetime(2026, 11, 30, tzinfo=UTC)


@pytest.fixture
async def blobs(database_url: str, tmp_path: Path) -> AsyncIterator[KeptBlobs]:
    database = Database.open(database_url)
    async with database.engine.begin() as connection:
        await connection.run_sync(kept_blobs.TABLES.create_all)
    yield KeptBlobs(database, open_blobs(f"file:{tmp_path}/blobs", KEY, "intake"), lambda: NOW)
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


def age(tmp_path: Path, days: int) -> None:
    """Makes every file of the store so old."""
    for path in (tmp_path / "blobs" / "intake").glob("??/*"):
        os.utime(path, times=((NOW - timedelta(days=days)).timestamp(),) * 2)


async def test_bytes_of_which_no_row_tells_are_erased_once_they_are_old(blobs: KeptBlobs, tmp_path: Path) -> None:
    stray, needed = await blobs.store.put(b"stray"), await blobs.put(b"needed", "media:1")
    unfinished = tmp_path / "blobs" / "intake" / "aa" / ".name.0123"
    unfinished.parent.mkdir(exist_ok=True)
    unfinished.write_bytes(b"half")
    age(tmp_path, days=8)
    young = await blobs.store.put(b"young")
    assert await blobs.erase_strays(NOW - timedelta(days=7)) == 1
    assert [await blobs.store.exists(name) for name in (stray, needed, young)] == [False, True, True]
    assert not unfinished.exists() and await blobs.get(needed) == b"needed"


async def test_a_stray_that_somebody_puts_while_strays_are_erased_stays(blobs: KeptBlobs, tmp_path: Path) -> None:
    stray = await blobs.store.put(b"stray")
    age(tmp_path, days=8)
    asked = 0

    async def kept() -> list[str]:
        """The second time it is asked, somebody has noted the need and found the bytes whole a moment before they were set aside."""
        nonlocal asked
        asked += 1
        return [stray] if asked == 2 else []

    assert await blobs.store.erase_strays(kept, NOW - timedelta(days=7)) == 0
    assert await blobs.get(stray) == b"stray"


async def test_what_a_killed_process_had_set_aside_is_looked_at_again(blobs: KeptBlobs, tmp_path: Path) -> None:
    needed = await blobs.put(b"needed", "media:1")
    (path,) = (tmp_path / "blobs" / "intake").glob("??/*")
    path.rename(path.with_name(f".stray-{path.name}"))
    assert await blobs.erase_strays(NOW - timedelta(days=7)) == 0
    assert await blobs.get(needed) == b"needed"
