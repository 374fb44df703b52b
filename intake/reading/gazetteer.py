"""Finds places of the gazetteer: kabupaten and kota, their towns, kecamatan and desa around the office."""

import re
from functools import cache
from typing import NamedTuple

from language.lists import either, load, phrases, word_set
from language.phrases import words
from standard import facts


class Found(NamedTuple):
    """A place by the register's name; None where the name leaves open which (`semarang`: kota or kabupaten)."""

    name: str | None
    typed: str
    start: int
    end: int


_KIND = r"(?:(?P<kab>kab|kabupaten) |(?P<kota>kota|kotamadya) )?"
CITY = "KOTA "


def find_places(line: str) -> list[Found]:
    """Every place in a line, in order."""
    found = []
    for match in _pattern().finditer(line):
        name = " ".join(match["name"].split())
        behind = re.match(rf" ({either('towns')})(?:nya|ne|e)?(?= )", line[match.end() :])
        city = match["kota"] or (behind and behind[1] == "kota")
        regency = match["kab"] or (behind and behind[1] != "kota")
        if name in _everyday() and not city and not regency:
            continue
        found.append(
            Found(_official(name, bool(city), bool(regency)), name, match.start() + 1, match.end() + (len(behind[0]) if behind else 0))
        )
    named = [place for place in found if place.typed not in _PROVINCES]
    return named if named else found


def regency_names() -> frozenset[str]:
    """The names of all kabupaten and kota, in lower case."""
    return frozenset(name.lower() for names in _names() for name in names)


def place_named(name: str) -> str | None:
    """The one place that is meant by a text which is nothing but its name."""
    found = find_places(f" {' '.join(words(name))} ")
    return found[0].name if len(found) == 1 else None


def _official(name: str, city: bool, regency: bool) -> str | None:
    regencies, cities = _names()
    upper = name.upper()
    if upper in _AMBIGUOUS:
        return None
    if upper in regencies and upper in cities:
        return CITY + upper if city else upper if regency else None
    if upper in cities:
        return CITY + upper
    return upper if upper in regencies else _towns().get(name)


_PROVINCES = frozenset({"jogja", "yogya", "yogyakarta", "jogjakarta", "jakarta", "gorontalo"})
"""Names that are a province's, too: beside another place they only say where that lies."""
_AMBIGUOUS = frozenset({"JAKARTA", "DKI", "DKI JAKARTA", "JKT", "SMG", "SMRG", "BDG", "MLG"})


@cache
def _names() -> tuple[frozenset[str], frozenset[str]]:
    """Kabupaten and kota of the register; the office's own list may have more."""
    cities = frozenset(phrases("regencies", "cities"))
    own = {name.strip() for name in facts.load("places")["kabupaten"].split(",")} - cities - _AMBIGUOUS
    return frozenset(phrases("regencies", "regencies")) | own, cities


@cache
def _towns() -> dict[str, str]:
    """Towns, kecamatan, desa and hospitals by their lower-case name, the register's name behind."""
    towns: dict[str, str] = {}
    common = frozenset(load("spelling/base")["words"].split())
    for section in ("villages", "districts", "seats", "hospitals"):
        for regency, names in phrases("regencies", section).items():
            towns.update(dict.fromkeys((name for name in names if name not in common), regency))
    places = facts.load("places")
    for regency, names in places["towns"].items():
        own = (name.strip() for name in names.split(","))
        towns.update({name: regency for name in own if name.upper() not in _AMBIGUOUS and "kota" not in name.split()})
    home = home_regency()
    towns.update({name.lower(): home for name in places["kecamatan"].values() if name != home})
    regencies, cities = _names()
    return {
        town: name if name in regencies or name.startswith(CITY) else CITY + name if name in cities else name
        for town, name in towns.items()
    }


def home_regency() -> str:
    """The office's own kabupaten or kota, as the register writes it."""
    name = str(facts.load("office")["WILAYAH"])
    return CITY + name if name in _names()[1] else name


@cache
def _everyday() -> frozenset[str]:
    return word_set("regencies", "everyday")


@cache
def _pattern() -> re.Pattern[str]:
    regencies, cities = _names()
    names = sorted({name.lower() for name in (*regencies, *cities, *_AMBIGUOUS)} | _towns().keys(), key=len, reverse=True)
    return re.compile(rf" {_KIND}(?:n?g|m)?(?P<name>{'|'.join(map(re.escape, names))})(?:e|ne|nya)?(?= )")
