"""Proves that a body comes from Meta: HMAC-SHA256 over its raw bytes with the app secret (contract, 1.1). Pure."""

import hashlib
import hmac

PREFIX = "sha256="


def sign(body: bytes, secret: str) -> str:
    """The value of `X-Hub-Signature-256` for a body."""
    return PREFIX + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def is_signed(body: bytes, header: str | None, secret: str) -> bool:
    """Whether the header is the body's signature, compared in constant time."""
    return header is not None and hmac.compare_digest(header.strip().encode(), sign(body, secret).encode())


def is_same(given: str | None, secret: str) -> bool:
    """Whether a token is ours, compared in constant time."""
    return given is not None and hmac.compare_digest(given.encode(), secret.encode())
