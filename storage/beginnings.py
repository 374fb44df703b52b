"""Hides words that are found by their beginning: each letter is replaced by a keyed permutation that hangs on the letters before it.

So two words begin alike in the database exactly when they do in truth, and a search stays one range of the index. That is also all that it
hides: who has the database sees which words begin alike and how common each is, and may guess the commonest from that.
"""

import hashlib
import hmac
import re
from functools import lru_cache

from storage.keyring import Keyring, derive

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'"
_HIDDEN = re.compile(rf"n1\.[0-9a-f]{{8}}\.[{LETTERS}]*")


def forms(keyring: Keyring, about: str, word: str) -> list[str]:
    """A word of LETTERS as each key hides it, the newest first. A beginning of a word is hidden as the beginning of its form."""
    return [f"n1.{name}.{_hide(derive(key, b'landa-mewa beginnings ' + about.encode(), 32), word)}" for name, key in keyring.named()]


def is_hidden(stored: str) -> bool:
    """Whether this is a form already."""
    return _HIDDEN.fullmatch(stored) is not None


def newest(keyring: Keyring) -> str:
    """How every form of the newest key begins."""
    return f"n1.{keyring.named()[0][0]}."


def _hide(key: bytes, word: str) -> str:
    return "".join(_order(key, word[:place])[LETTERS.index(x)] if x in LETTERS else x for place, x in enumerate(word))


@lru_cache(maxsize=50_000)
def _order(key: bytes, before: str) -> str:
    """The letters in the order in which they are written behind these: each draws its place from the key."""
    drawn = hmac.new(key, before.encode(), hashlib.sha512).digest()
    ranks = hashlib.shake_256(drawn).digest(8 * len(LETTERS))
    return "".join(sorted(LETTERS, key=lambda letter: ranks[8 * LETTERS.index(letter) : 8 * LETTERS.index(letter) + 8]))
