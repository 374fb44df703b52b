"""Remembers who searched for whom a short while ago, so that a page that shows its find again notes no second search.

In this process only, and never written down: the words may be a NIK. After a new start the same search is noted once more.
"""

import hashlib
import secrets
from datetime import datetime, timedelta

SAME_SEARCH = timedelta(minutes=10)
"""So long after it was last shown the same words are the same search."""


class Searches:
    """The searches that are shown now."""

    def __init__(self) -> None:
        self._shown: dict[bytes, datetime] = {}
        self._salt = secrets.token_bytes(16)

    def is_new(self, staff_id: str | None, words: str, now: datetime) -> bool:
        """Whether this person did not search for these words lately; from now on they did."""
        self._shown = {key: at for key, at in self._shown.items() if now - at < SAME_SEARCH}
        key = hashlib.blake2b(f"{staff_id}\n{words}".encode(), key=self._salt).digest()
        known = key in self._shown
        self._shown[key] = now
        return not known
