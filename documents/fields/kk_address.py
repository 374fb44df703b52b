"""Reads where a family lives from the head of its Kartu Keluarga: street, RT/RW, desa, kecamatan, kode pos, each only when it is sure."""

import re
from collections.abc import Callable, Mapping, Sequence

from documents.fields.ktp import Again
from documents.fields.model import Value
from documents.fields.pairs import Pair
from documents.fields.values import words
from documents.ocr.spacing import most_spaced

SURE = 0.86
WEAKEST_LETTER = 0.4

SPACED = ("alamat", "desa")
"""Parts of several words, spaced as most readings of them are."""

_RT_RW = re.compile(r"(?<!\d)(\d{1,3})\s*[/|I]\s*(?:RW\.?\s*)?(\d{1,3})(?!\d)", re.IGNORECASE)
_CODE = re.compile(r"(?<!\d)\d{5}(?!\d)")


def address(found: Mapping[str, Sequence[Pair]], again: Again) -> dict[str, Value]:
    """The parts of the address among a KK's labels with their values; a part that was not surely read is left out."""
    values = {}
    for key, value_of in _PARTS.items():
        for pair in found.get(key, ()):
            value = value_of(pair.text) if pair.confidence >= SURE and pair.weakest >= WEAKEST_LETTER else None
            if value:
                value = most_spaced(value, again(pair.quad)) if key in SPACED else value
                values[key] = Value(value, round(pair.confidence, 3), pair.quad)
                break
    return values


def _rt_rw(text: str) -> str | None:
    """`2/1`, `002 / 001` as `002/001`."""
    read = _RT_RW.search(text)
    return f"{int(read[1]):03d}/{int(read[2]):03d}" if read else None


def _kode_pos(text: str) -> str | None:
    read = _CODE.search(text)
    return read[0] if read else None


_PARTS: dict[str, Callable[[str], str | None]] = {
    "alamat": words,
    "rt_rw": _rt_rw,
    "desa": words,
    "kecamatan": words,
    "kode_pos": _kode_pos,
}
