"""Tests that blobs come back as they went in, or not at all, and that the folder tells a thief nothing."""

import base64
import hashlib
from pathlib import Path

import pytest

from storage.blobs import BlobDamaged, BlobHashWrong, BlobKeyWrong, BlobMissing, BlobStore, BlobStoreUnknown
from storage.opening import open_blobs

KEY = base64.b64encode(bytes(range(32))).decode()
PHOTO = b"\xff\xd8SPESIMEN" * 1000


@pytest.fixture
def store(tmp_path: Path) -> BlobStore:
    return open_blobs(f"file:{tmp_path}", KEY, "intake")


def files(folder: Path) -> list[Path]:
    return [p for p in folder.rglob("*") if p.is_file()]


async def test_what_is_put_comes_back_by_its_hash(store: BlobStore) -> None:
    sha256 = await store.put(PHOTO)
    assert sha256 == hashlib.sha256(PHOTO).hexdigest()
    assert await store.get(sha256) == PHOTO
    assert await store.exists(sha256)


async def test_the_empty_blob_is_a_blob(store: BlobStore) -> None:
    assert await store.get(await store.put(b"")) == b""


async def test_putting_twice_keeps_one_file(store: BlobStore, tmp_path: Path) -> None:
    await store.put(PHOTO)
    await store.put(PHOTO)
    assert len(files(tmp_path)) == 1


async def test_files_show_neither_content_nor_hash(store: BlobStore, tmp_path: Path) -> None:
    sha256 = await store.put(PHOTO)
    (file,) = files(tmp_path)
    assert b"SPESIMEN" not in file.read_bytes()
    assert sha256 not in str(file)
    assert file.stat().st_mode & 0o077 == 0


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
async def test_a_damaged_file_is_never_handed_out_and_heals_when_put_again(store: BlobStore, tmp_path: Path, spoil) -> None:
    sha256 = await store.put(PHOTO)
    (file,) = files(tmp_path)
    file.write_bytes(spoil(file.read_bytes()))
    with pytest.raises(BlobDamaged):
        await store.get(sha256)
    await store.put(PHOTO)
    assert await store.get(sha256) == PHOTO


async def test_a_file_under_another_name_does_not_open(store: BlobStore, tmp_path: Path) -> None:
    one, other = await store.put(b"one"), await store.put(b"two")
    first, second = files(tmp_path)
    content = first.read_bytes()
    first.write_bytes(second.read_bytes())
    second.write_bytes(content)
    for sha256 in (one, other):
        with pytest.raises(BlobDamaged):
            await store.get(sha256)


async def test_areas_do_not_see_each_other(store: BlobStore, tmp_path: Path) -> None:
    sha256 = await store.put(PHOTO)
    assert not await open_blobs(f"file:{tmp_path}", KEY, "backoffice").exists(sha256)


async def test_another_key_finds_nothing(store: BlobStore, tmp_path: Path) -> None:
    sha256 = await store.put(PHOTO)
    other = open_blobs(f"file:{tmp_path}", base64.b64encode(bytes(32)).decode(), "intake")
    with pytest.raises(BlobMissing):
        await other.get(sha256)


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "0" * 63, "A" * 64])
async def test_only_a_hash_names_a_blob(store: BlobStore, name: str) -> None:
    for ask in (store.get, store.exists, store.delete):
        with pytest.raises(BlobHashWrong):
            await ask(name)


@pytest.mark.parametrize("key", ["", "short", base64.b64encode(bytes(31)).decode(), "!" * 44])
def test_a_wrong_key_is_refused_and_not_shown(tmp_path: Path, key: str) -> None:
    with pytest.raises(BlobKeyWrong) as caught:
        open_blobs(f"file:{tmp_path}", key, "intake")
    assert not key or key not in str(caught.value)


@pytest.mark.parametrize("url", ["s3://bucket", "var/blobs", "file:"])
def test_an_unknown_store_is_refused(url: str) -> None:
    with pytest.raises(BlobStoreUnknown):
        open_blobs(url, KEY, "intake")


async def test_check_fails_where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(OSError):
        await open_blobs(f"file:{tmp_path}/file", KEY, "intake").check()
    await open_blobs(f"file:{tmp_path}/new", KEY, "intake").check()
