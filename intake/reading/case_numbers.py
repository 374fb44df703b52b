"""Reads the numbers that we gave out ourselves: of an application (`LM-…`) and of a complaint (`ADU-…`)."""

import re
import unicodedata

_DATE = r"(\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))"
_GAP = r"[\s.\-–—_/]*"
_REGISTRATION = re.compile(rf"(?<![A-Z])L{_GAP}M{_GAP}{_DATE}{_GAP}([A-Z0-9]{{4}})(?![A-Z0-9])", re.ASCII)
_COMPLAINT = re.compile(rf"(?<![A-Z])A{_GAP}D{_GAP}U{_GAP}{_DATE}{_GAP}([A-Z0-9]{{4}})(?![A-Z0-9])", re.ASCII)


def read_registration_number(text: str) -> str | None:
    """The application's number in a text as we write it (`LM-261122-7K4F`), or None where there is none or several."""
    return _only("LM", _REGISTRATION, text)


def read_complaint_number(text: str) -> str | None:
    """The complaint's number in a text as we write it (`ADU-261122-3M8Q`), or None where there is none or several."""
    return _only("ADU", _COMPLAINT, text)


def _only(prefix: str, pattern: re.Pattern[str], text: str) -> str | None:
    found = {f"{prefix}-{day}-{tail}" for day, tail in pattern.findall(unicodedata.normalize("NFKC", text).upper())}
    return found.pop() if len(found) == 1 else None
