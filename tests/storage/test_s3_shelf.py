"""Tests what is particular about S3: how it is named, and what is told where the server, the bucket or the keys are not there."""

import base64
import secrets
import socket

import pytest

from storage.blobs import BlobStoreUnknown
from storage.opening import open_blobs, open_shelf, prove_key
from storage.s3_shelf import BucketMissing, S3Away, S3Place

KEY = base64.b64encode(bytes(range(32))).decode()


def test_the_url_says_all_and_other_servers_than_amazons_are_asked_by_path() -> None:
    place = S3Place.read("s3://id:se%2Fcret@photos/blora/a?endpoint=https://s3.example.org&region=garage")
    assert (place.bucket, place.folder, place.key_id, place.key) == ("photos", "blora/a", "id", "se/cret")
    assert (place.endpoint, place.region, place.path_style) == ("https://s3.example.org", "garage", True)
    assert not S3Place.read("s3://id:secret@photos").path_style
    assert not S3Place.read("s3://id:secret@photos?endpoint=https://s3.example.org&style=host").path_style


@pytest.mark.parametrize("url", [
    "s3://", "s3:photos", "s3://i:s@photos?endpoint=s3.example.org", "s3://i:s@photos?style=old", "s3://i:s@photos?regio=x", "s3://photos",
])  # fmt: skip
def test_a_url_that_names_no_store_is_refused_and_its_keys_are_not_shown(url: str) -> None:
    with pytest.raises(BlobStoreUnknown) as caught:
        open_shelf(url)
    assert "i:s" not in str(caught.value)


async def test_a_server_that_is_away_is_told_and_the_process_starts(s3_url: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    url = f"s3://test:test@bucket?endpoint=http://127.0.0.1:{port}"
    prove_key(url, KEY, "intake")
    store = open_blobs(url, KEY, "intake")
    for ask in (store.check, lambda: store.put(b"1"), lambda: store.get("0" * 64)):
        with pytest.raises(S3Away):
            await ask()


async def test_a_bucket_that_is_missing_is_told_as_that(s3_url: str) -> None:
    url = s3_url.replace("@t", f"@none{secrets.token_hex(4)}")
    with pytest.raises(BucketMissing):
        await open_blobs(url, KEY, "intake").check()


async def test_the_probe_leaves_nothing_behind(s3_url: str) -> None:
    shelf = open_shelf(s3_url, "intake")
    shelf.prove()
    assert list(shelf.names()) == []
