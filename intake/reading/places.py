"""Reads where a child was born: the kabupaten or kota, and the kind of house."""

from enum import StrEnum
from functools import cache

from language.lists import book, phrases
from language.phrases import Phrasebook, words
from standard import facts


class PlaceKind(StrEnum):
    """Where the child was born, in the five boxes of F-2.01."""

    RS_RB = "rs_rb"
    PUSKESMAS = "puskesmas"
    POLINDES = "polindes"
    RUMAH = "rumah"
    LAINNYA = "lainnya"


_LONGEST_ANSWER = 12
_LONGEST_NAME = 3


def read_place_kind(text: str) -> PlaceKind | None:
    """The kind of place of the birth, or None where it isn't clear."""
    typed = words(text)
    found = book("places", "place_kind").only(typed) if len(typed) <= _LONGEST_ANSWER else None
    return None if found is None else PlaceKind(found)


def names_regency(text: str) -> bool:
    """Whether a kabupaten, kota, town or kecamatan stands in the text."""
    return bool(_regencies().found(text))


def read_birthplace(text: str) -> str | None:
    """The kabupaten or kota of birth in upper case (Permendagri 109/2019), or None where the text names no place.

    A kecamatan, town or hospital of the office's own region is that region; a place that we don't know is taken as typed where the answer
    is nothing but a name.
    """
    typed = words(text)
    if not 0 < len(typed) <= _LONGEST_ANSWER or "?" in text:
        return None
    known = {hit.value for hit in _regencies().found(typed)}
    if known:
        return known.pop() if len(known) == 1 else None
    rest = [word for word in typed if word not in phrases("places", "around_place")]
    never = phrases("places", "no_place")
    named = 0 < len(rest) <= _LONGEST_NAME and all(
        word.isalpha() and len(word) > 3 and set(word) & set("aeiou") and word not in never for word in rest
    )
    return " ".join(rest).upper() if named and not book("places", "place_kind").found(rest) else None


@cache
def _regencies() -> Phrasebook[str]:
    """Kabupaten, kota, towns and the office's own kecamatan, by the name that the register writes."""
    places = facts.load("places")
    rows = {name.strip(): [name.strip()] for name in places["kabupaten"].split(",")}
    for name, towns in places["towns"].items():
        rows.setdefault(name, []).extend(town.strip() for town in towns.split(","))
    rows[facts.office_facts()["WILAYAH"]] += [kecamatan for kecamatan in places["kecamatan"].values() if kecamatan not in rows]
    return Phrasebook(rows)
