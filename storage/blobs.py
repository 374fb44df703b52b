"""Names what a blob store does: keeps bytes encrypted, addressed by the hex SHA-256 of their plain form."""

import base64
import binascii
import re
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Collection
from datetime import datetime, timedelta
from typing import ClassVar

_HASH = re.compile(r"[0-9a-f]{64}")


class BlobError(Exception):
    """Something is wrong with a blob; `retryable` says whether asking again can help."""

    retryable: ClassVar[bool] = False


class BlobMissing(BlobError):
    """There is no blob of that hash in this area."""


class BlobDamaged(BlobError):
    """The stored bytes can't be opened with our key, or are not those that were put in."""


class BlobHashWrong(BlobError, ValueError):
    """What was given as a hash is not 64 lower-case hex digits."""


class TooManyStrays(Exception):
    """So many files are in no row that the database is hardly the one that they belong to; `count` says how many."""

    def __init__(self, count: int) -> None:
        super().__init__(f"{count} files of the blob store are in no row of the database: none was erased")
        self.count = count


class BlobStoreUnknown(ValueError):
    """The URL names a kind of store that there is no code for."""


class BlobKeyWrong(ValueError):
    """The key is not 32 bytes in base64, or not the one that the store's files were written with."""


class BlobStore(ABC):
    """One area (`intake`, `backoffice`) of an encrypted store. A blob never changes: putting the same bytes again does nothing."""

    @abstractmethod
    async def put(self, data: bytes) -> str:
        """Keeps the bytes, on the disk when this returns, and returns their hex SHA-256."""

    @abstractmethod
    async def get(self, sha256: str) -> bytes:
        """The plain bytes. Raises BlobMissing, BlobDamaged, BlobHashWrong."""

    @abstractmethod
    async def exists(self, sha256: str) -> bool:
        """Whether the area holds that blob. Raises BlobHashWrong."""

    @abstractmethod
    async def delete(self, sha256: str) -> None:
        """Removes the blob; nothing happens where there is none. Raises BlobHashWrong."""

    @abstractmethod
    async def erase_strays(self, kept: Callable[[], Awaitable[Collection[str]]], now: datetime, after: timedelta) -> int:
        """Erases what has been none of the kept blobs at every look for so long; `kept` tells their names anew when it is asked.

        Whoever puts a blob is among the kept before the bytes are looked for. How old the bytes are does not count: a database that
        was put back does not know old ones either. Returns how many were erased. Raises TooManyStrays where nothing is kept, or where
        the strays are a large share of all, and leaves them.
        """

    @abstractmethod
    async def strays_left(self) -> int:
        """How many strays the last look has left because they were too many; 0 where it went well."""

    @abstractmethod
    async def reseal(self, sha256: str) -> bool:
        """Writes a blob anew that an older key closed; False where the newest did. Raises BlobMissing, BlobDamaged, BlobHashWrong."""

    @abstractmethod
    async def reseal_sentinel(self) -> None:
        """From now on our newest key is the store's: a process that holds older ones alone does not start any more."""

    @abstractmethod
    def require_key(self) -> None:
        """Proves at the start that our key is the one that the store was written with. Raises OSError, BlobKeyWrong."""

    @abstractmethod
    async def check(self) -> None:
        """Proves that the store takes a block of bytes and that our key opens it. Raises OSError, BlobKeyWrong."""


def read_key(text: str) -> bytes:
    """The 32 bytes of a key written in base64 (URL-safe or not). Raises BlobKeyWrong, which never shows the key."""
    try:
        key = base64.b64decode(text.strip().replace("-", "+").replace("_", "/") + "=" * (-len(text.strip()) % 4), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != 32:
        raise BlobKeyWrong("a blob key is 32 bytes in base64, as `openssl rand -base64 32` prints them")
    return key


def require_hash(sha256: str) -> str:
    """The hash itself, when it is one: nothing else may become part of a path. Raises BlobHashWrong."""
    if not _HASH.fullmatch(sha256):
        raise BlobHashWrong("a blob is named by 64 lower-case hex digits")
    return sha256
