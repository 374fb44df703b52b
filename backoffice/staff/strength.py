"""Says whether a new password would be guessed soon: measured by zxcvbn, as if its guesser knew the office, the person and our words."""

import asyncio
import re
from functools import cache

from zxcvbn import zxcvbn

from standard import facts

MINIMUM_LENGTH = 12
LONGEST = 128
"""Characters. Longer ones add nothing but work for the hash."""

MEASURED = 72
"""The first characters that are measured: the package takes no more, and a password that is strong so far is strong."""

SEPARATORS = re.compile(r"[-_. ]")
"""Taken as guesswork by the package; a guesser who knows words tries them with each of these between. So both ways of writing count."""

SCORE = 4
"""Ten thousand million guesses and more: what somebody who stole the database needs years for at argon2's pace."""


async def is_guessable(password: str, username: str, name: str, email: str | None = None) -> bool:
    """Whether the account of that person should not have the password; measured beside the event loop."""
    if not MINIMUM_LENGTH <= len(password) <= LONGEST or username in password.lower():
        return True
    own = [username, *re.findall(r"\w+", f"{username} {name} {email or ''}".lower().replace("_", " "))]
    return await asyncio.to_thread(_score, password[:MEASURED], [*own, *_known_words()]) < SCORE


def _score(password: str, known: list[str]) -> int:
    """0 to 4, the lower of with and without separators."""
    ways = {password, SEPARATORS.sub("", password)} - {""}
    return min((int(zxcvbn(way, user_inputs=known)["score"]) for way in ways), default=0)


@cache
def _known_words() -> tuple[str, ...]:
    """Words of the office and of the language, places among them, in lower case."""
    places = facts.load("places")
    kabupaten = [word for name in places["kabupaten"].split(",") for word in name.split()]
    kecamatan = [word for name in places["kecamatan"].values() for word in name.split()]
    listed = [word for group in facts.load("weak_words").values() for word in group]
    return tuple(dict.fromkeys(word.lower() for word in [*listed, *kecamatan, *kabupaten]))
