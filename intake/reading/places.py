"""Reads where a child was born: the kabupaten or kota, and the kind of house."""

from enum import StrEnum

from intake.reading.gazetteer import find_places, place_named, regency_names
from language.lists import book, load, phrases, word_set
from language.phrases import words


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
    return bool(find_places(spaced(text)))


def read_birthplace(text: str) -> str | None:
    """The kabupaten or kota as the register writes it (Permendagri 109/2019), or None where the text names none, several, or one that may
    be a kabupaten or a kota. A kecamatan or town of Blora is BLORA."""
    found = {place.name for place in find_places(spaced(text))} if "?" not in text else set()
    return found.pop() if len(found) == 1 else None


def open_place(text: str) -> str | None:
    """A place whose name has both a kabupaten and a kota (`semarang`), as the register writes it."""
    found = find_places(spaced(text))
    return found[0].typed.upper() if len(found) == 1 and found[0].name is None else None


def unknown_place(text: str) -> str | None:
    """What is nothing but a name that no list has (`taipei`), in upper case; asked back before it is taken."""
    typed = words(text)
    rest = [word for word in typed if word not in phrases("places", "around_place")]
    common = word_set("places", "no_place") | frozenset(load("spelling/base")["words"].split())
    named = 0 < len(rest) <= _LONGEST_NAME and len(typed) <= _LONGEST_ANSWER and "?" not in text
    named = named and all(word.isalpha() and len(word) > 3 and set(word) & set("aeiou") and word not in common for word in rest)
    return " ".join(rest).upper() if named and not find_places(spaced(text)) and not book("places", "place_kind").found(rest) else None


SHORTEST_NAME = 5


def near_regency(text: str) -> str | None:
    """The one kabupaten or kota whose name was typed with a letter too few or too many (`rmbang`, `tubann`), and nothing else.

    Another letter in place of one may be another place (`Bojonegara`), and is asked.
    """
    typed = [word for word in words(text) if word not in word_set("places", "around_place")]
    if len(typed) != 1 or len(typed[0]) < SHORTEST_NAME or "?" in text or find_places(spaced(text)):
        return None
    if typed[0] in word_set("places", "no_place") or typed[0] in load("spelling/base")["words"].split():
        return None
    near = {name for name in regency_names() if name[0] == typed[0][0] and _one_letter_apart(name, typed[0])}
    return place_named(near.pop()) if len(near) == 1 else None


def _one_letter_apart(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(long) - len(short) == 1 and any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


def spaced(text: str) -> str:
    """The words of a text as the gazetteer looks through them."""
    return f" {' '.join(words(text))} "
