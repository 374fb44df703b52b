"""Reads the numbers that we gave out ourselves: of an application (`LM-…`) and of a complaint (`ADU-…`)."""

import re
import unicodedata
from functools import cache

from standard.registration import APPLICATION, COMPLAINT, prefix

_DATE = r"(\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))"
_GAP = r"[\s.\-–—_/]*"


def read_registration_number(text: str) -> str | None:
    """The application's number in a text as we write it (`LM-261122-7K4F`), or None where there is none or several."""
    return _only(prefix(APPLICATION), text)


def read_complaint_number(text: str) -> str | None:
    """The complaint's number in a text as we write it (`ADU-261122-3M8Q`), or None where there is none or several."""
    return _only(prefix(COMPLAINT), text)


def _only(begins: str, text: str) -> str | None:
    found = {f"{begins}-{day}-{tail}" for day, tail in _pattern(begins).findall(unicodedata.normalize("NFKC", text).upper())}
    return found.pop() if len(found) == 1 else None


@cache
def _pattern(begins: str) -> re.Pattern[str]:
    """The number with any gap between its signs."""
    return re.compile(rf"(?<![A-Z]){_GAP.join(begins)}{_GAP}{_DATE}{_GAP}([A-Z0-9]{{4}})(?![A-Z0-9])", re.ASCII)
