"""Reads places: where a child was born, in what kind of house, and the address that a card is sent to."""

from dataclasses import dataclass
from enum import StrEnum

from intake.reading.lists import book
from intake.reading.phrases import words


class PlaceKind(StrEnum):
    """Where the child was born, in the five boxes of F-2.01."""

    RS_RB = "rs_rb"
    PUSKESMAS = "puskesmas"
    POLINDES = "polindes"
    RUMAH = "rumah"
    LAINNYA = "lainnya"


@dataclass(frozen=True)
class Address:
    """An address as typed, and what could be read in it: RT and RW as three figures, desa and kecamatan in upper case."""

    text: str
    rt: str | None
    rw: str | None
    desa: str | None
    kecamatan: str | None


def read_place_kind(text: str) -> PlaceKind | None:
    """The kind of place of the birth, or None where it isn't clear."""
    found = book("place_kind").only(words(text))
    return None if found is None else PlaceKind(found)


def read_birthplace(text: str) -> str | None:
    """The kabupaten or kota of birth in upper case (Permendagri 109/2019), or None where the text names no place."""
    typed = words(text)
    return " ".join(typed).upper() if 0 < len(typed) <= 4 else None


def read_address(text: str) -> Address | None:
    """A plausible postal address, or None."""
    return Address(text.strip(), None, None, None, None) if len(words(text)) >= 3 else None
