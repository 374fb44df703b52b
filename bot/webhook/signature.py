"""Proves that a body comes from Meta: HMAC-SHA256 over its raw bytes with the app secret (contract, 1.1). Pure."""

import hashlib
import hmac
import re

PREFIX = "sha256="
_HEADER = re.compile(PREFIX + "[0-9a-f]{64}")


def sign(body: bytes, secret: str) -> str:
    """The value of `X-Hub-Signature-256` for a body."""
    return PREFIX + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def looks_signed(header: str | None) -> bool:
    """Whether the header has the form of a signature, of whatever."""
    return _HEADER.fullmatch((header or "").strip()) is not None


def is_signed(body: bytes, header: str | None, secret: str) -> bool:
    """Whether the header is the body's signature, compared in constant time. A header of any other form is none."""
    return looks_signed(header) and hmac.compare_digest((header or "").strip(), sign(body, secret))


def is_same(given: str | None, secret: str) -> bool:
    """Whether a token is ours, compared in constant time."""
    return given is not None and hmac.compare_digest(given.encode(errors="surrogatepass"), secret.encode())
