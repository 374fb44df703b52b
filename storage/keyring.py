"""The keys of databases and blobs: the first of BLOB_KEY closes, each opens, so that a key is changed without a stop."""

import base64
import hashlib
import hmac
import os
import re
import zlib
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, AESSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from storage.blobs import BlobKeyWrong, read_key

KEYS_MOST = 3
"""Keys of BLOB_KEY: names are looked for under each. The newest, the one before, and one where a change began before the last ended."""

NONCE_BYTES = 12
MARK_LENGTH = 12
PRESSED_FROM = 200
"""Bytes; what is longer is compressed before it is encrypted."""

_SEALED = re.compile(rb"s1\.([0-9a-f]{8})\.")
_NAME = re.compile(r"w1\.([0-9a-f]{8})\.([A-Za-z0-9_=-]+)")
_DIGEST = re.compile(r"h1\.[0-9a-f]{8}\.[0-9a-f]{32}")


class SealBroken(ValueError):
    """A stored value can't be opened: its key is not among ours, or the bytes were changed."""


class Keyring:
    """The keys of one installation, the newest first. Raises BlobKeyWrong where one is none, or there are more than `KEYS_MOST`."""

    def __init__(self, setting: str) -> None:
        self.keys = [read_key(part) for part in setting.replace(",", " ").split()]
        if not self.keys:
            raise BlobKeyWrong("a blob key is 32 bytes in base64, as `openssl rand -base64 32` prints them")
        if len(self.keys) > KEYS_MOST:
            raise BlobKeyWrong(
                f"BLOB_KEY holds {len(self.keys)} keys and {KEYS_MOST} are the most: leave the new one out again, run `make reseal`, "
                "leave out all but the newest, and begin anew"
            )
        self._ids = [derive(key, b"landa-mewa key id", 4).hex() for key in self.keys]

    def named(self) -> list[tuple[str, bytes]]:
        """Each key with the name that marks what it closes, the newest first."""
        return list(zip(self._ids, self.keys, strict=True))

    @property
    def mark(self) -> str:
        """How everything begins that is closed with the newest key."""
        return f"s1.{self._ids[0]}."

    @property
    def digest_mark(self) -> str:
        """The same of keyed hashes."""
        return f"h1.{self._ids[0]}."

    def seal(self, about: str, plain: bytes, press: bool = True) -> bytes:
        """Encrypts what is `about` a column (`cases.bundle`): it opens there and nowhere else. Mark, nonce, ciphertext and tag."""
        pressed = b"z" + zlib.compress(plain, 1) if press and len(plain) > PRESSED_FROM else b"-" + plain
        nonce = os.urandom(NONCE_BYTES)
        return self.mark.encode() + nonce + _cipher(self.keys[0], about).encrypt(nonce, pressed, about.encode())

    def open(self, about: str, sealed: bytes) -> bytes:
        """The plain bytes again. Raises SealBroken."""
        found = _SEALED.match(sealed)
        if found is None or (name := found[1].decode()) not in self._ids:
            raise SealBroken(f"{about}: sealed with a key that is not among those of BLOB_KEY")
        body = sealed[found.end() :]
        try:
            pressed = _cipher(self.keys[self._ids.index(name)], about).decrypt(body[:NONCE_BYTES], body[NONCE_BYTES:], about.encode())
        except (InvalidTag, ValueError):
            raise SealBroken(f"{about}: the stored value was changed, or is another column's") from None
        return zlib.decompress(pressed[1:]) if pressed[:1] == b"z" else pressed[1:]

    @property
    def name_mark(self) -> str:
        """The same of what is found whole (`name_forms`)."""
        return f"w1.{self._ids[0]}."

    def name_forms(self, about: str, value: str) -> list[str]:
        """A value that is found whole and can be read again: the same value is always the same text, under every key, the newest first."""
        closed = [
            (name, _siv(key, about).encrypt(value.encode(), [about.encode()])) for name, key in zip(self._ids, self.keys, strict=True)
        ]
        return [f"w1.{name}.{base64.urlsafe_b64encode(body).decode()}" for name, body in closed]

    def open_name(self, about: str, stored: str) -> str:
        """The value again; what was stored in plain by an older program as it is. Raises SealBroken."""
        if (found := _NAME.fullmatch(stored)) is None:
            return stored
        if found[1] not in self._ids:
            raise SealBroken(f"{about}: sealed with a key that is not among those of BLOB_KEY")
        try:
            body = base64.urlsafe_b64decode(found[2])
            return _siv(self.keys[self._ids.index(found[1])], about).decrypt(body, [about.encode()]).decode()
        except (InvalidTag, ValueError):
            raise SealBroken(f"{about}: the stored value was changed, or is another column's") from None

    def digest(self, about: str, value: str) -> str:
        """The keyed hash by which a value is found again: 44 characters that tell nothing without the key."""
        return self.digests(about, value)[0]

    def digests(self, about: str, value: str) -> list[str]:
        """The hashes under every key, the newest first: what was stored before the key was changed is found, too."""
        keys = [derive(key, b"landa-mewa search " + about.encode(), 32) for key in self.keys]
        return [
            f"h1.{name}.{hmac.new(key, value.encode(), hashlib.sha256).hexdigest()[:32]}" for name, key in zip(self._ids, keys, strict=True)
        ]


class Box:
    """Closes values of one purpose for whom they are about: a NIK's case, a secret's account. The form bears no mark: each key is tried."""

    def __init__(self, keyring: Keyring, purpose: str) -> None:
        self._ciphers = [AESGCM(derive(key, b"landa-mewa " + purpose.encode(), 32)) for key in keyring.keys]

    def close(self, plain: bytes, about: str) -> bytes:
        """Nonce, ciphertext and tag."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._ciphers[0].encrypt(nonce, plain, about.encode())

    def open(self, closed: bytes, about: str) -> bytes:
        """The plain bytes. Raises SealBroken."""
        return self._opened(closed, about)[1]

    def renewed(self, closed: bytes, about: str) -> bytes | None:
        """The same closed with the newest key; None where it is already. Raises SealBroken."""
        place, plain = self._opened(closed, about)
        return self.close(plain, about) if place else None

    def _opened(self, closed: bytes, about: str) -> tuple[int, bytes]:
        for place, cipher in enumerate(self._ciphers):
            try:
                return place, cipher.decrypt(closed[:NONCE_BYTES], closed[NONCE_BYTES:], about.encode())
            except (InvalidTag, ValueError):
                continue
        raise SealBroken("closed with a key that is not among those of BLOB_KEY, or about somebody else")


def is_sealed(stored: bytes) -> bool:
    """Whether these bytes have the form of sealed ones; what was stored by an older program has not."""
    return _SEALED.match(stored) is not None


def is_digest(stored: str) -> bool:
    """Whether this is a keyed hash already."""
    return _DIGEST.match(stored) is not None


@cache
def derive(key: bytes, info: bytes, length: int) -> bytes:
    """A key of its own for each purpose, out of one of BLOB_KEY."""
    return HKDF(SHA256(), length, salt=None, info=info).derive(key)


@cache
def _cipher(key: bytes, about: str) -> AESGCM:
    return AESGCM(derive(key, b"landa-mewa column " + about.encode(), 32))


@cache
def _siv(key: bytes, about: str) -> AESSIV:
    return AESSIV(derive(key, b"landa-mewa name " + about.encode(), 64))
