"""Reads what an answer says of people: sex, relation to the child, who helped at the birth, and a name."""

import re
from dataclasses import dataclass
from enum import StrEnum

from intake.reading.lists import book
from intake.reading.phrases import words

LONGEST_ANSWER = 20
"""Words beyond which a text is a story."""


class Sex(StrEnum):
    """As F-2.01 and the contract with the back office write it."""

    MALE = "L"
    FEMALE = "P"


class Relation(StrEnum):
    """What the person who reports is to the child. `KAKEK_NENEK` where `mbah` leaves open which."""

    AYAH = "ayah"
    IBU = "ibu"
    KAKEK = "kakek"
    NENEK = "nenek"
    KAKEK_NENEK = "kakek_nenek"
    PAMAN = "paman"
    BIBI = "bibi"
    KAKAK = "kakak"
    MERTUA = "mertua"
    WALI = "wali"
    BIDAN = "bidan"
    PERANGKAT_DESA = "perangkat_desa"
    TETANGGA = "tetangga"


class Helper(StrEnum):
    """Who helped at the birth, in the four boxes of F-2.01."""

    DOKTER = "dokter"
    BIDAN_PERAWAT = "bidan_perawat"
    DUKUN = "dukun"
    LAINNYA = "lainnya"


@dataclass(frozen=True)
class Name:
    """A name as typed and as the register writes it: upper case, single spaces. `standard.names` judges it."""

    typed: str
    official: str


def read_sex(text: str) -> Sex | None:
    """Laki-laki or perempuan, or None where the text says neither or both."""
    found = book("sex").only(_short(text))
    return None if found is None else Sex(found)


def read_relation(text: str) -> Relation | None:
    """The reporter's relation to the child, or None where it isn't clear."""
    found = book("relation").only(_short(text))
    return None if found is None else Relation(found)


def read_helper(text: str) -> Helper | None:
    """Who helped at the birth, or None where it isn't clear."""
    found = book("helper").only(_short(text))
    return None if found is None else Helper(found)


def read_name(text: str) -> Name | None:
    """The name in an answer, without `namanya …`, `jenenge …`, `asmanipun …` before it; None where the text is no name."""
    line = re.sub(r"\s+", " ", text).strip(" .,:;!\"'*_")
    typed = line
    if not typed or len(typed) > 120 or not any(character.isalpha() for character in typed):
        return None
    return Name(typed, typed.upper())


def _short(text: str) -> list[str]:
    """The words of an answer; nothing where it is a story in which such a word may mean anybody."""
    typed = words(text)
    return typed if len(typed) <= LONGEST_ANSWER else []
