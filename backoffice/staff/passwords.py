"""Hashes and checks passwords with argon2id, and makes first passwords that can be read aloud."""

import re
import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

MINIMUM_LENGTH = 10
USERNAME = re.compile(r"[a-z][a-z0-9._-]{2,39}")
_hasher = PasswordHasher()
_NOBODY = _hasher.hash(secrets.token_hex(16))
"""Checked against where there is no such account, so that the time of the answer does not tell."""
_SYLLABLES = (
    "ba",
    "be",
    "bo",
    "da",
    "de",
    "do",
    "ga",
    "go",
    "ja",
    "jo",
    "ka",
    "ko",
    "la",
    "lo",
    "ma",
    "mo",
    "na",
    "ni",
    "pa",
    "ra",
    "ro",
    "sa",
    "ta",
    "wa",
)


def hash_password(password: str) -> str:
    """The hash that is stored."""
    return _hasher.hash(password)


def is_right(password_hash: str | None, password: str) -> bool:
    """Whether the password is that of the hash; as slow for None as for a wrong one."""
    try:
        return _hasher.verify(password_hash or _NOBODY, password) and password_hash is not None
    except (VerificationError, InvalidHashError):
        return False


def make_password() -> str:
    """A first password, about 46 bits: `badago-kalama-47-nirosa`."""
    words = ["".join(secrets.choice(_SYLLABLES) for _ in range(3)) for _ in range(3)]
    return f"{words[0]}-{words[1]}-{secrets.randbelow(90) + 10}-{words[2]}"
