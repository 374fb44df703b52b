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
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from storage.blobs import BlobDamaged, BlobKeyWrong, BlobMissing, BlobStore, require_hash
from storage.probe import write_block

MAGIC = b"LMB1"
"""First bytes of every file: the version of its form, `magic | nonce | ciphertext and tag`."""

ASIDE = ".stray-"
"""Before the name of a file that nobody seems to need, while that is looked at once more."""

NONCE_BYTES = 12
TAG_BYTES = 16


class FileBlobStore(BlobStore):
    """An area as a folder `<root>/<area>/<2 hex>/<64 hex>`; a file is named by the keyed hash (HMAC) of its content's hash."""

    def __init__(self, root: str | Path, key: bytes, area: str) -> None:
        self._folder = Path(root) / area
        self._area = area.encode()
        derived = HKDF(SHA256(), 64, salt=None, info=b"landa-mewa blobs " + self._area).derive(key)
        self._cipher = AESGCM(derived[:32])
        self._naming_key = derived[32:]

    async def put(self, data: bytes) -> str:
        return await asyncio.to_thread(self._put, data)

    async def get(self, sha256: str) -> bytes:
        return await asyncio.to_thread(self._get, require_hash(sha256))

    async def exists(self, sha256: str) -> bool:
        return await asyncio.to_thread(self._path(require_hash(sha256)).is_file)

    async def delete(self, sha256: str) -> None:
        await asyncio.to_thread(self._path(require_hash(sha256)).unlink, missing_ok=True)

    async def erase_strays(self, kept: Callable[[], Awaitable[Collection[str]]], before: datetime) -> int:
        """A stray is set aside first, and only then is it asked once more who is kept: who found it whole meanwhile gets it back."""
        known = {self._path(sha256).name for sha256 in await kept()}
        aside = await asyncio.to_thread(self._set_aside, known, before.timestamp())
        known = {self._path(sha256).name for sha256 in await kept()}
        return await asyncio.to_thread(_end_strays, aside, known)

    async def check(self) -> None:
        await asyncio.to_thread(self._probe)

    def _path(self, sha256: str) -> Path:
        name = hmac.new(self._naming_key, bytes.fromhex(sha256), hashlib.sha256).hexdigest()
        return self._folder / name[:2] / name

    def _put(self, data: bytes) -> str:
        sha256 = hashlib.sha256(data).hexdigest()
        path = self._path(sha256)
        if self._is_whole(path, sha256, len(data)):
            return sha256
        nonce = os.urandom(NONCE_BYTES)
        write_durably(path, MAGIC + nonce + self._cipher.encrypt(nonce, data, self._bound_to(sha256)))
        return sha256

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
            self._get(sha256)
        except (FileNotFoundError, BlobMissing, BlobDamaged):
            return False
        return True

    def _get(self, sha256: str) -> bytes:
        try:
            stored = self._path(sha256).read_bytes()
        except FileNotFoundError:
            raise BlobMissing(sha256) from None
        head = len(MAGIC) + NONCE_BYTES
        if not stored.startswith(MAGIC) or len(stored) < head + TAG_BYTES:
            raise BlobDamaged(sha256)
        try:
            data = self._cipher.decrypt(stored[len(MAGIC) : head], stored[head:], self._bound_to(sha256))
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
            nonce = os.urandom(NONCE_BYTES)
            write_durably(sentinel, MAGIC + nonce + self._cipher.encrypt(nonce, b"", self._area))
            return
        head = len(MAGIC) + NONCE_BYTES
        try:
            self._cipher.decrypt(stored[len(MAGIC) : head], stored[head:], self._area)
        except (InvalidTag, ValueError):
            raise BlobKeyWrong("the files of this store were written with another key") from None


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
