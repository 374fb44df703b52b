"""Reads what an answer says of people: sex, relation to the child, and who helped at the birth."""

from enum import StrEnum

from language.lists import book, phrases
from language.phrases import words

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


def read_sex(text: str) -> Sex | None:
    """Laki-laki or perempuan, or None where the text says neither or both; `bukan perempuan` counts for nothing."""
    typed = _short(text)
    denial = phrases("numbers", "denial")
    found = {hit.value for hit in book("people", "sex").found(typed) if hit.start == 0 or typed[hit.start - 1] not in denial}
    return Sex(found.pop()) if len(found) == 1 else None


def read_relation(text: str) -> Relation | None:
    """The reporter's relation to the child, or None where it isn't clear; in `kakek dari ibunya` it is the first."""
    typed = _short(text)
    of = next((at for at, word in enumerate(typed) if word in phrases("people", "of") and at), len(typed))
    found = book("people", "relation").only(typed[:of]) or book("people", "relation").only(typed)
    return None if found is None else Relation(found)


def read_helper(text: str) -> Helper | None:
    """Who helped at the birth, or None where it isn't clear."""
    found = book("people", "helper").only(_short(text))
    return None if found is None else Helper(found)


def _short(text: str) -> list[str]:
    """The words of an answer; nothing where it is a story in which such a word may mean anybody."""
    typed = words(text)
    return typed if len(typed) <= LONGEST_ANSWER else []
