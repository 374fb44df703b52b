"""Hashes and checks passwords with argon2id, beside the event loop, and makes first passwords that can be read aloud."""

import asyncio
import re
import secrets
from concurrent.futures import ThreadPoolExecutor

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

USERNAME = re.compile(r"[a-z][a-z0-9._-]{2,39}")
_hasher = PasswordHasher()
_NOBODY = _hasher.hash(secrets.token_hex(16))
"""Checked against where there is no such account, so that the time of the answer does not tell."""
_FOR_STRANGERS = ThreadPoolExecutor(2, "argon2-strangers")
_FOR_KNOWN = ThreadPoolExecutor(2, "argon2-known")
"""A hash takes a third of a second and 64 MB. Apart, so that a flood of guesses never keeps who is known waiting."""

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


async def make_hash(password: str) -> str:
    """The hash that is stored."""
    return await asyncio.get_running_loop().run_in_executor(_FOR_KNOWN, lambda: _hasher.hash(_bytes(password)))


async def is_right(password_hash: str | None, password: str, stranger: bool = False) -> bool:
    """Whether the password is that of the hash; as slow for None as for a wrong one. `stranger`: from a browser that is not known."""
    pool = _FOR_STRANGERS if stranger else _FOR_KNOWN
    right = await asyncio.get_running_loop().run_in_executor(pool, _verify, password_hash or _NOBODY, password)
    return right and password_hash is not None


def _verify(password_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(password_hash, _bytes(password))
    except (VerificationError, InvalidHashError):
        return False


def _bytes(password: str) -> bytes:
    return password.encode("utf-8", "surrogatepass")


def make_password() -> str:
    """A first password, about 46 bits: `badago-kalama-47-nirosa`."""
    words = ["".join(secrets.choice(_SYLLABLES) for _ in range(3)) for _ in range(3)]
    return f"{words[0]}-{words[1]}-{secrets.randbelow(90) + 10}-{words[2]}"
