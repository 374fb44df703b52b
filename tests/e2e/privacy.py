"""What must stand in no log: everything by which a family can be known, and every word that it wrote."""

import re
from collections.abc import Iterable
from typing import Any

PERSONAL = re.compile(r"nama|nik|no_kk|alamat|dusun|jalan|telepon|nomor|phone", re.IGNORECASE)
SHORTEST = 5
"""Characters from which on a word of a name is looked for by itself; a shorter one may be a part of any word."""


def secrets_of(family: dict[str, Any], *texts: str) -> set[str]:
    """The family's names, numbers and addresses as they stand on its papers, each longer word of a name, and what was written."""
    found = {text for text in texts if len(text) >= SHORTEST}
    for field, value in _leaves("", family):
        if PERSONAL.search(field) and len(value) >= SHORTEST:
            found |= {value, *(word for word in re.findall(r"[A-Za-z']+", value) if "nama" in field and len(word) >= SHORTEST)}
    return found


def leaks(log: str, secrets: Iterable[str]) -> list[str]:
    """Which of them stand in the log, in whatever case; a word of a name only as a word of its own."""
    return [secret for secret in secrets if re.search(rf"(?<![A-Za-z]){re.escape(secret)}(?![A-Za-z])", log, re.IGNORECASE)]


def _leaves(field: str, value: Any) -> Iterable[tuple[str, str]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _leaves(str(name), inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _leaves(field, inner)
    else:
        yield field, str(value)
