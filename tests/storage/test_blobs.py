"""Tests that blobs come back as they went in, or not at all, and that the place tells a thief nothing; in a folder and in S3."""

import asyncio
import base64
import hashlib
from pathlib import Path

import pytest

from storage.blobs import BlobDamaged, BlobHashWrong, BlobKeyWrong, BlobMissing, BlobStore, BlobStoreUnknown
from storage.opening import open_blobs, open_shelf
from storage.shelves import Shelf

KEY, OTHER = base64.b64encode(bytes(range(32))).decode(), base64.b64encode(bytes([7]) * 32).decode()
PHOTO = b"\xff\xd8SPESIMEN" * 1000


@pytest.fixture
def store(blob_url: str) -> BlobStore:
    return open_blobs(blob_url, KEY, "intake")


@pytest.fixture
def shelf(blob_url: str) -> Shelf:
    """The same place, seen by whoever holds the files."""
    return open_shelf(blob_url)


def files(shelf: Shelf) -> list[str]:
    return [name for name, _ in shelf.names()]


async def test_what_is_put_comes_back_by_its_hash(store: BlobStore) -> None:
    sha256 = await store.put(PHOTO)
    assert sha256 == hashlib.sha256(PHOTO).hexdigest()
    assert await store.get(sha256) == PHOTO
    assert await store.exists(sha256)


async def test_the_empty_blob_is_a_blob(store: BlobStore) -> None:
    assert await store.get(await store.put(b"")) == b""


async def test_putting_twice_keeps_one_file(store: BlobStore, shelf: Shelf) -> None:
    await store.put(PHOTO)
    await store.put(PHOTO)
    assert len(files(shelf)) == 1


async def test_files_show_neither_content_nor_hash(store: BlobStore, shelf: Shelf) -> None:
    sha256 = await store.put(PHOTO)
    (file,) = files(shelf)
    assert b"SPESIMEN" not in shelf.read(file)
    assert sha256 not in file


async def test_files_of_a_folder_are_for_nobody_else(tmp_path: Path) -> None:
    await open_blobs(f"file:{tmp_path}/blobs", KEY, "intake").put(PHOTO)
    assert all(path.stat().st_mode & 0o007 == 0 for path in (tmp_path / "blobs").rglob("*") if path.is_file())


async def test_a_missing_blob_is_named_as_missing(store: BlobStore) -> None:
    with pytest.raises(BlobMissing):
        await store.get("0" * 64)
    assert not await store.exists("0" * 64)


async def test_deleting_is_final_and_may_be_repeated(store: BlobStore) -> None:
    sha256 = await store.put(PHOTO)
    await store.delete(sha256)
    await store.delete(sha256)
    assert not await store.exists(sha256)


@pytest.mark.parametrize("spoil", [lambda b: b[:-1] + bytes([b[-1] ^ 1]), lambda b: b[:10], lambda b: b"", lambda b: b"XXXX" + b[4:]])
async def test_a_damaged_file_is_never_handed_out_and_heals_when_put_again(store: BlobStore, shelf: Shelf, spoil) -> None:
    sha256 = await store.put(PHOTO)
    (file,) = files(shelf)
    shelf.write(file, spoil(shelf.read(file)))
    with pytest.raises(BlobDamaged):
        await store.get(sha256)
    await store.put(PHOTO)
    assert await store.get(sha256) == PHOTO


async def test_a_file_under_another_name_does_not_open(store: BlobStore, shelf: Shelf) -> None:
    one, other = await store.put(b"one"), await store.put(b"two")
    first, second = files(shelf)
    content = shelf.read(first)
    shelf.write(first, shelf.read(second))
    shelf.write(second, content)
    for sha256 in (one, other):
        with pytest.raises(BlobDamaged):
            await store.get(sha256)


async def test_areas_do_not_see_each_other(store: BlobStore, blob_url: str) -> None:
    sha256 = await store.put(PHOTO)
    assert not await open_blobs(blob_url, KEY, "backoffice").exists(sha256)


async def test_another_key_finds_nothing(store: BlobStore, blob_url: str) -> None:
    sha256 = await store.put(PHOTO)
    other = open_blobs(blob_url, base64.b64encode(bytes(32)).decode(), "intake")
    with pytest.raises(BlobMissing):
        await other.get(sha256)


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "0" * 63, "A" * 64])
async def test_only_a_hash_names_a_blob(store: BlobStore, name: str) -> None:
    for ask in (store.get, store.exists, store.delete):
        with pytest.raises(BlobHashWrong):
            await ask(name)


@pytest.mark.parametrize("key", ["", "short", base64.b64encode(bytes(31)).decode(), "!" * 44])
def test_a_wrong_key_is_refused_and_not_shown(blob_url: str, key: str) -> None:
    with pytest.raises(BlobKeyWrong) as caught:
        open_blobs(blob_url, key, "intake")
    assert not key or key not in str(caught.value)


@pytest.mark.parametrize("url", ["gs://bucket", "var/blobs", "file:"])
def test_an_unknown_store_is_refused(url: str) -> None:
    with pytest.raises(BlobStoreUnknown):
        open_blobs(url, KEY, "intake")


async def test_a_key_is_changed_while_the_store_is_in_use(store: BlobStore, shelf: Shelf, blob_url: str) -> None:
    sha256 = await store.put(PHOTO)
    (before,) = files(shelf)
    both = open_blobs(blob_url, f"{OTHER} {KEY}", "intake")
    assert await both.get(sha256) == PHOTO and await both.reseal(sha256) and not await both.reseal(sha256)
    await both.reseal_sentinel()
    assert await open_blobs(blob_url, OTHER, "intake").get(sha256) == PHOTO
    assert before not in files(shelf)
    with pytest.raises(BlobKeyWrong):
        await store.check()


async def test_many_at_once_do_not_disturb_one_another(store: BlobStore) -> None:
    bodies = [b"page %d" % number for number in range(40)]
    names = await asyncio.gather(*(store.put(body) for body in bodies * 2))
    assert await asyncio.gather(*(store.get(name) for name in names)) == bodies * 2


async def test_check_fails_where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(OSError):
        await open_blobs(f"file:{tmp_path}/file", KEY, "intake").check()
    await open_blobs(f"file:{tmp_path}/new", KEY, "intake").check()
