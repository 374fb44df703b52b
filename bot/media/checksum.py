"""Compares a file with the checksum that was announced, in whichever spelling: webhooks write base64, others hex. Pure."""

import base64
import binascii
import hashlib


def announced(text: str | None) -> bytes | None:
    """The 32 bytes of an announced SHA-256; None where there is none, or where it is in no known spelling."""
    if not text:
        return None
    if len(text) == 64:
        try:
            return bytes.fromhex(text)
        except ValueError:
            pass
    plain = text.replace("-", "+").replace("_", "/")
    try:
        digest = base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None
    return digest if len(digest) == 32 else None


def fits(data: bytes, checksum: str | None) -> bool:
    """Whether the bytes are those announced; true where nothing readable was."""
    digest = announced(checksum)
    return digest is None or hashlib.sha256(data).digest() == digest
