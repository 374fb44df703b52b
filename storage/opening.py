"""Opens the blob store that a URL names."""

import contextlib

from storage.blobs import BlobStore, BlobStoreUnknown
from storage.file_blobs import FileBlobStore
from storage.keyring import Keyring


def open_blobs(url: str, key: str, area: str) -> BlobStore:
    """The area of the store at `url` (`file:var/blobs`, `file:///srv/blobs`); `key` is 32 bytes in base64, or several of
    them apart by blanks, the newest first.

    Raises BlobStoreUnknown and BlobKeyWrong. Areas have keys of their own, derived from `key`: one can't read another's files.
    """
    scheme, _, rest = url.partition(":")
    if scheme != "file" or not rest:
        raise BlobStoreUnknown(f"no blob store for {scheme}: use file:<folder>")
    return FileBlobStore(rest.removeprefix("//"), Keyring(key), area)


def prove_key(url: str, key: str, area: str) -> None:
    """Raises BlobKeyWrong where that area was written with another key, so that a process does not start; besides what `open_blobs` raises.

    A disk that takes nothing is left to readiness, which says so as long as it lasts.
    """
    with contextlib.suppress(OSError):
        open_blobs(url, key, area).require_key()
