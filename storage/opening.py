"""Opens the blob store that a service's settings name."""

import contextlib
from pathlib import Path

from storage.blobs import BlobStore, BlobStoreUnknown
from storage.keyring import Keyring
from storage.s3_shelf import S3Place, S3Shelf
from storage.sealed_blobs import SealedBlobStore
from storage.shelves import FolderShelf, Shelf


def open_shelf(url: str, area: str = "") -> Shelf:
    """Where the files of the store at `url` lie, of one area or of all: `file:var/blobs`, `file:///srv/blobs`, `s3://…`
    (`storage.s3_shelf.S3Place`). Raises BlobStoreUnknown.
    """
    scheme, _, rest = url.partition(":")
    if scheme == "s3":
        return S3Shelf(S3Place.read(url), area)
    if scheme != "file" or not rest:
        raise BlobStoreUnknown(f"no blob store for {scheme}: use file:<folder> or s3://<bucket>")
    return FolderShelf(Path(rest.removeprefix("//")) / area)


def open_blobs(url: str, key: str, area: str) -> BlobStore:
    """The area of the store at `url`; `key` is 32 bytes in base64, or several of them apart by blanks, the newest first.

    Raises BlobStoreUnknown and BlobKeyWrong. Areas have keys of their own, derived from `key`: one can't read another's files.
    """
    return SealedBlobStore(open_shelf(url, area), Keyring(key), area)


def prove_key(url: str, key: str, area: str) -> None:
    """Raises BlobKeyWrong where that area was written with another key, so that a process does not start; besides what `open_blobs` raises.

    A store that takes nothing is left to readiness, which says so as long as it lasts.
    """
    with contextlib.suppress(OSError):
        open_blobs(url, key, area).require_key()
