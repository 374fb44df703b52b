"""Keeps blobs as files in a folder: AES-256-GCM, names that tell nothing, and writes that a power cut can't halve."""

import asyncio
import contextlib
import hashlib
import hmac
import os
import secrets
from collections.abc import Awaitable, Callable, Collection
from datetime import datetime
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from storage.blobs import BlobDamaged, BlobKeyWrong, BlobMissing, BlobStore, require_hash
from storage.keyring import Keyring, derive
from storage.probe import write_block

MAGIC = b"LMB1"
"""First bytes of every file: the version of its form, `magic | nonce | ciphertext and tag`."""

ASIDE = ".stray-"
"""Before the name of a file that nobody seems to need, while that is looked at once more."""

NONCE_BYTES = 12
TAG_BYTES = 16


class FileBlobStore(BlobStore):
    """An area as a folder `<root>/<area>/<2 hex>/<64 hex>`; a file is named by the keyed hash (HMAC) of its content's hash."""

    def __init__(self, root: str | Path, keyring: Keyring, area: str) -> None:
        self._folder = Path(root) / area
        self._area = area.encode()
        derived = [derive(key, b"landa-mewa blobs " + self._area, 64) for key in keyring.keys]
        self._ciphers = [AESGCM(pair[:32]) for pair in derived]
        self._naming_keys = [pair[32:] for pair in derived]

    async def put(self, data: bytes) -> str:
        return await asyncio.to_thread(self._put, data)

    async def get(self, sha256: str) -> bytes:
        return await asyncio.to_thread(self._get, require_hash(sha256))

    async def exists(self, sha256: str) -> bool:
        paths = self._paths(require_hash(sha256))
        return await asyncio.to_thread(lambda: any(path.is_file() for path in paths))

    async def delete(self, sha256: str) -> None:
        await asyncio.to_thread(_unlink, self._paths(require_hash(sha256)))

    async def reseal(self, sha256: str) -> bool:
        return await asyncio.to_thread(self._reseal, require_hash(sha256))

    async def erase_strays(self, kept: Callable[[], Awaitable[Collection[str]]], before: datetime) -> int:
        """A stray is set aside first, and only then is it asked once more who is kept: who found it whole meanwhile gets it back."""
        known = {path.name for sha256 in await kept() for path in self._paths(sha256)}
        aside = await asyncio.to_thread(self._set_aside, known, before.timestamp())
        known = {path.name for sha256 in await kept() for path in self._paths(sha256)}
        return await asyncio.to_thread(_end_strays, aside, known)

    async def check(self) -> None:
        await asyncio.to_thread(self._probe)

    def _paths(self, sha256: str) -> list[Path]:
        """Where it may lie, by each key; written is to the first place."""
        names = [hmac.new(key, bytes.fromhex(sha256), hashlib.sha256).hexdigest() for key in self._naming_keys]
        return [self._folder / name[:2] / name for name in names]

    def _put(self, data: bytes) -> str:
        sha256 = hashlib.sha256(data).hexdigest()
        path, *older = self._paths(sha256)
        if not self._is_whole(path, sha256, len(data)):
            nonce = os.urandom(NONCE_BYTES)
            write_durably(path, MAGIC + nonce + self._ciphers[0].encrypt(nonce, data, self._bound_to(sha256)))
        _unlink(older)
        return sha256

    def _reseal(self, sha256: str) -> bool:
        if not any(path.is_file() for path in self._paths(sha256)[1:]):
            return False
        self._put(self._get(sha256))
        return True

    def _set_aside(self, known: Collection[str], before: float) -> list[Path]:
        """Renames the strays; with those that a killed process had set aside. What a killed write left unfinished goes at once."""
        aside = list(self._folder.glob(f"??/{ASIDE}*"))
        for path in self._folder.glob("??/*"):
            if path.stat().st_mtime >= before or path.name.startswith(ASIDE) or path.name in known:
                continue
            if path.name.startswith("."):
                path.unlink()
            else:
                aside.append(path.rename(path.with_name(ASIDE + path.name)))
        return aside

    def _is_whole(self, path: Path, sha256: str, length: int) -> bool:
        """Whether the file there is good; a damaged one is written anew, so that sending a photo again heals it."""
        try:
            if path.stat().st_size != len(MAGIC) + NONCE_BYTES + length + TAG_BYTES:
                return False
            self._open(path, self._ciphers[0], sha256)
        except (FileNotFoundError, BlobMissing, BlobDamaged):
            return False
        return True

    def _get(self, sha256: str) -> bytes:
        for path, cipher in zip(self._paths(sha256), self._ciphers, strict=True):
            with contextlib.suppress(FileNotFoundError):
                return self._open(path, cipher, sha256)
        raise BlobMissing(sha256)

    def _open(self, path: Path, cipher: AESGCM, sha256: str) -> bytes:
        stored = path.read_bytes()
        head = len(MAGIC) + NONCE_BYTES
        if not stored.startswith(MAGIC) or len(stored) < head + TAG_BYTES:
            raise BlobDamaged(sha256)
        try:
            data = cipher.decrypt(stored[len(MAGIC) : head], stored[head:], self._bound_to(sha256))
        except InvalidTag:
            raise BlobDamaged(sha256) from None
        return data

    def _bound_to(self, sha256: str) -> bytes:
        """The authenticated data: a file moved under another name or into another area can't be opened."""
        return self._area + b":" + sha256.encode()

    def _probe(self) -> None:
        self.require_key()
        write_block(self._folder)

    def require_key(self) -> None:
        """Opens the sentinel, a file with a fixed name that the first start writes."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        sentinel = self._folder / "sentinel"
        try:
            stored = sentinel.read_bytes()
        except FileNotFoundError:
            self._write_sentinel()
            return
        head = len(MAGIC) + NONCE_BYTES
        for cipher in self._ciphers:
            with contextlib.suppress(InvalidTag, ValueError):
                cipher.decrypt(stored[len(MAGIC) : head], stored[head:], self._area)
                return
        raise BlobKeyWrong("the files of this store were written with another key")

    async def reseal_sentinel(self) -> None:
        await asyncio.to_thread(self._write_sentinel)

    def _write_sentinel(self) -> None:
        nonce = os.urandom(NONCE_BYTES)
        write_durably(self._folder / "sentinel", MAGIC + nonce + self._ciphers[0].encrypt(nonce, b"", self._area))


def write_durably(path: Path, content: bytes) -> None:
    """Writes a file whole or not at all: to a temporary name, to the disk, then renamed, and the folder's entry to the disk too."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = path.parent / f".{path.name}.{secrets.token_hex(8)}"
    try:
        with unfinished.open("xb") as file:
            unfinished.chmod(0o600)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            unfinished.unlink()
        raise
    _sync_folder(path.parent)
    _sync_folder(path.parent.parent)


def _unlink(paths: Collection[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)


def _end_strays(aside: Collection[Path], known: Collection[str]) -> int:
    erased = 0
    for path in aside:
        own = path.with_name(path.name.removeprefix(ASIDE))
        if own.name in known and not own.exists():
            path.rename(own)
        else:
            path.unlink()
            erased += own.name not in known
    return erased


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
