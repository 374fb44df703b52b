"""Says whether two files show one paper: by what stands on them and by how they look, never by looks alone.

Scans of different cards look alike to any fingerprint (white paper, one card in the middle), so looks only confirm what the fields say.
"""

from collections.abc import Mapping
from typing import Any

NUMBERS = ("nik", "no_kk", "nomor")
WRITTEN = ("nama", "kepala_keluarga", "suami", "istri", "nama_ibu", "nama_ayah", "nama_anak", "tanggal_lahir", "tanggal_nikah")
TOLD_BY = (*NUMBERS, *WRITTEN)
"""The fields by which one paper is told from another of its kind."""

SAME_BITS = 6
"""Bits of 64 in which two fingerprints of one picture may differ (`documents.files.fingerprint`)."""

Fields = Mapping[str, Any]


def are_distinct(one: Fields, other: Fields) -> bool:
    """Whether a number, a name or a date that was read on both differs: then they are two papers, whatever they look like."""
    return any(_plain(one[key]) != _plain(other[key]) for key in _on_both(one, other))


def same_paper(one: Fields, other: Fields) -> bool:
    """Whether two readings of one kind are of one paper: nothing differs, and one number or two other values agree."""
    common = _on_both(one, other)
    return not are_distinct(one, other) and (len(common) >= 2 or any(key in NUMBERS for key in common))


def look_alike(one: str | None, other: str | None) -> bool:
    """Whether two fingerprints may be those of one picture."""
    return one is not None and other is not None and (int(one, 16) ^ int(other, 16)).bit_count() <= SAME_BITS


def _on_both(one: Fields, other: Fields) -> list[str]:
    return [key for key in TOLD_BY if one.get(key) and other.get(key)]


def _plain(value: object) -> str:
    """Letters and digits alone: spaces and dots are the reader's, not the paper's."""
    return "".join(filter(str.isalnum, str(value).upper()))
