"""Keeps blobs sealed on a shelf, a folder or S3: AES-256-GCM, names that tell nothing; nobody who holds the files learns what they are."""

import asyncio
import contextlib
import hashlib
import hmac
import json
import os
from collections.abc import Awaitable, Callable, Collection
from datetime import datetime, timedelta

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from storage.blobs import BlobDamaged, BlobKeyWrong, BlobMissing, BlobStore, TooManyStrays, require_hash
from storage.keyring import Keyring, derive
from storage.shelves import Shelf

MAGIC = b"LMB1"
"""First bytes of every file: the version of its form, `magic | nonce | ciphertext and tag`."""

SENTINEL = "sentinel"
"""A file with a fixed name that the first start writes: whoever can open it has the store's key."""

ASIDE = ".stray-"
"""Before the name of a file that nobody seems to need, while that is looked at once more."""

STRAYS = ".strays"
"""The file that notes since when each stray is one. No back-up holds it: in a store that was put back their time begins anew."""

LEFT = ".strays-left"
"""The file that says how many strays the last look has left, as long as it has."""

FEW = 20
LARGE = 0.25
"""More strays than FEW and than this share of all files are no remains: the database is not the one that these files belong to."""

NONCE_BYTES = 12
TAG_BYTES = 16
HEAD = len(MAGIC) + NONCE_BYTES


class SealedBlobStore(BlobStore):
    """An area whose files are `<2 hex>/<64 hex>` on their shelf; a file is named by the keyed hash (HMAC) of its content's hash."""

    def __init__(self, shelf: Shelf, keyring: Keyring, area: str) -> None:
        self._shelf = shelf
        self._area = area.encode()
        derived = [derive(key, b"landa-mewa blobs " + self._area, 64) for key in keyring.keys]
        self._ciphers = [AESGCM(pair[:32]) for pair in derived]
        self._naming_keys = [pair[32:] for pair in derived]

    async def put(self, data: bytes) -> str:
        return await asyncio.to_thread(self._put, data)

    async def get(self, sha256: str) -> bytes:
        return await asyncio.to_thread(self._get, require_hash(sha256))

    async def exists(self, sha256: str) -> bool:
        names = self._places(require_hash(sha256))
        return await asyncio.to_thread(lambda: any(self._shelf.size(name) is not None for name in names))

    async def delete(self, sha256: str) -> None:
        await asyncio.to_thread(self._delete, self._places(require_hash(sha256)))

    async def reseal(self, sha256: str) -> bool:
        return await asyncio.to_thread(self._reseal, require_hash(sha256))

    async def erase_strays(self, kept: Callable[[], Awaitable[Collection[str]]], now: datetime, after: timedelta) -> int:
        """A stray is noted at each look, in `.strays`. What is due is set aside first, and only then is it asked once more who is
        kept: who found it whole meanwhile gets it back.
        """
        await asyncio.to_thread(self._put_back)
        seen, due, known = await asyncio.to_thread(self._look_for_strays, await kept(), now, after)
        if due and (not known or len(seen) > max(FEW, (len(seen) + known) * LARGE)):
            await asyncio.to_thread(self._shelf.write, LEFT, str(len(seen)).encode())
            raise TooManyStrays(len(seen))
        await asyncio.to_thread(self._shelf.delete, LEFT)
        aside = await asyncio.to_thread(self._set_aside, due)
        names = self._names(await kept())
        return await asyncio.to_thread(self._end_strays, aside, names)

    async def strays_left(self) -> int:
        return await asyncio.to_thread(self._strays_left)

    async def check(self) -> None:
        await asyncio.to_thread(self._probe)

    def _places(self, sha256: str) -> list[str]:
        """Where it may lie, by each key; written is to the first place."""
        names = [hmac.new(key, bytes.fromhex(sha256), hashlib.sha256).hexdigest() for key in self._naming_keys]
        return [f"{name[:2]}/{name}" for name in names]

    def _put(self, data: bytes) -> str:
        sha256 = hashlib.sha256(data).hexdigest()
        place, *older = self._places(sha256)
        if not self._is_whole(place, sha256, len(data)):
            nonce = os.urandom(NONCE_BYTES)
            self._shelf.write(place, MAGIC + nonce + self._ciphers[0].encrypt(nonce, data, self._bound_to(sha256)))
        self._delete(older)
        return sha256

    def _delete(self, places: Collection[str]) -> None:
        for place in places:
            self._shelf.delete(place)

    def _reseal(self, sha256: str) -> bool:
        if all(self._shelf.size(place) is None for place in self._places(sha256)[1:]):
            return False
        self._put(self._get(sha256))
        return True

    def _names(self, kept: Collection[str]) -> set[str]:
        return {place for sha256 in kept for place in self._places(sha256)}

    def _put_back(self) -> None:
        """What a killed process had set aside is looked at anew."""
        for place, _ in list(self._shelf.names()):
            if _last(place).startswith(ASIDE):
                own = _unaside(place)
                with contextlib.suppress(FileNotFoundError):  # another process did
                    self._shelf.delete(place) if self._shelf.size(own) is not None else self._shelf.move(place, own)

    def _look_for_strays(self, kept: Collection[str], now: datetime, after: timedelta) -> tuple[dict[str, float], list[str], int]:
        """Notes since when each stray is one; returns that, the files that have been for `after`, and how many files are none.

        What a killed write left unfinished goes once it is that old.
        """
        known, begun, before = self._names(kept), self._noted_strays(), (now - after).timestamp()
        seen: dict[str, float] = {}
        due, needed = [], 0
        for place, changed_at in self._shelf.names():
            if "/" not in place:
                continue  # the sentinel and these notes
            if _last(place).startswith("."):
                self._shelf.delete(place) if changed_at < before else None
            elif place in known:
                needed += 1
            else:
                seen[_last(place)] = begun.get(_last(place), now.timestamp())
                due += [place] if seen[_last(place)] <= before else []
        if seen != begun:
            self._shelf.write(STRAYS, json.dumps(seen).encode())
        return seen, due, needed

    def _strays_left(self) -> int:
        try:
            return int(self._shelf.read(LEFT))
        except (OSError, ValueError):
            return 0

    def _noted_strays(self) -> dict[str, float]:
        """The names of the last look's strays, each with the moment since when it is one; where that can't be read they begin anew."""
        try:
            noted = json.loads(self._shelf.read(STRAYS))
            return {str(name): float(since) for name, since in noted.items()}
        except (FileNotFoundError, ValueError, TypeError, AttributeError):
            return {}

    def _set_aside(self, due: Collection[str]) -> list[str]:
        aside = []
        for place in due:
            folder, _, name = place.rpartition("/")
            with contextlib.suppress(FileNotFoundError):  # it was erased meanwhile
                self._shelf.move(place, f"{folder}/{ASIDE}{name}")
                aside.append(f"{folder}/{ASIDE}{name}")
        return aside

    def _end_strays(self, aside: Collection[str], known: Collection[str]) -> int:
        erased = 0
        for place in aside:
            own = _unaside(place)
            if own in known and self._shelf.size(own) is None:
                self._shelf.move(place, own)
            else:
                self._shelf.delete(place)
                erased += own not in known
        return erased

    def _is_whole(self, place: str, sha256: str, length: int) -> bool:
        """Whether the file there is good; a damaged one is written anew, so that sending a photo again heals it."""
        try:
            if self._shelf.size(place) != HEAD + length + TAG_BYTES:
                return False
            self._open(place, self._ciphers[0], sha256)
        except (FileNotFoundError, BlobMissing, BlobDamaged):
            return False
        return True

    def _get(self, sha256: str) -> bytes:
        for place, cipher in zip(self._places(sha256), self._ciphers, strict=True):
            with contextlib.suppress(FileNotFoundError):
                return self._open(place, cipher, sha256)
        raise BlobMissing(sha256)

    def _open(self, place: str, cipher: AESGCM, sha256: str) -> bytes:
        stored = self._shelf.read(place)
        if not stored.startswith(MAGIC) or len(stored) < HEAD + TAG_BYTES:
            raise BlobDamaged(sha256)
        try:
            return cipher.decrypt(stored[len(MAGIC) : HEAD], stored[HEAD:], self._bound_to(sha256))
        except InvalidTag:
            raise BlobDamaged(sha256) from None

    def _bound_to(self, sha256: str) -> bytes:
        """The authenticated data: a file moved under another name or into another area can't be opened."""
        return self._area + b":" + sha256.encode()

    def _probe(self) -> None:
        self.require_key()
        self._shelf.prove()

    def require_key(self) -> None:
        try:
            stored = self._shelf.read(SENTINEL)
        except FileNotFoundError:
            self._write_sentinel()
            return
        for cipher in self._ciphers:
            with contextlib.suppress(InvalidTag, ValueError):
                cipher.decrypt(stored[len(MAGIC) : HEAD], stored[HEAD:], self._area)
                return
        raise BlobKeyWrong("the files of this store were written with another key")

    async def reseal_sentinel(self) -> None:
        await asyncio.to_thread(self._write_sentinel)

    def _write_sentinel(self) -> None:
        nonce = os.urandom(NONCE_BYTES)
        self._shelf.write(SENTINEL, MAGIC + nonce + self._ciphers[0].encrypt(nonce, b"", self._area))


def _last(place: str) -> str:
    return place.rpartition("/")[2]


def _unaside(place: str) -> str:
    folder, _, name = place.rpartition("/")
    return f"{folder}/{name.removeprefix(ASIDE)}"
