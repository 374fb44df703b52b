"""Reads where the parents' KK are from, as somebody tells it: at this office or elsewhere, the mother's and the father's. Pure."""

from dataclasses import dataclass
from functools import cache

from intake.reading.gazetteer import find_places, home_regency
from intake.reading.people import Relation
from language.lists import book, phrases
from language.phrases import Phrasebook, words

_PARENTS = {Relation.AYAH: "ayah", Relation.IBU: "ibu"}
_OTHER = {"ayah": "ibu", "ibu": "ayah"}
_SPEAKER, _SPOUSE = "speaker", "spouse"


@dataclass(frozen=True)
class Domicile:
    """What a message says: by parent whether the KK is from here; `elsewhere`: whether for certain one of another office is told of."""

    here: dict[str, bool]
    elsewhere: bool = False


def read_domicile(text: str, writer: str | None = None) -> Domicile:
    """Whose KK is from where. `writer`: `ayah` or `ibu`, where it is known who writes; else `istri saya` tells it."""
    typed = words(text)
    writer = writer or _writer(typed)
    here: dict[str, bool] = {}
    certain, start = False, 0
    for begin, end, home in _places(typed):
        segment = typed[start:begin]
        start = end
        if _books()["not_of_card"].found(segment):
            continue
        home = home and not (segment and _books()["not_here"].found(segment[-2:]))
        certain = certain or (not home and bool(_books()["card"].found(segment)))
        whose = _whose(segment, writer)
        if whose is not None:
            here[whose] = home
    return Domicile(here, certain)


def _places(typed: list[str]) -> list[tuple[int, int, bool]]:
    """Each place by its words, and whether it is of the office's own region."""
    line = f" {' '.join(typed)} "
    found = []
    for place in find_places(line):
        begin = len(line[: place.start].split())
        found.append((begin, begin + len(line[place.start : place.end].split()), place.name == home_regency()))
    found += [(hit.start, hit.end, False) for hit in _books()["away"].found(typed)]
    return sorted(found)


def _whose(segment: list[str], writer: str | None) -> str | None:
    """The parent who is named last in front of a place; of `istri saya` the wife."""
    named = _people(segment)
    if not named:
        return None
    at, who = named[-1]
    if who == _SPEAKER and len(named) > 1 and named[-2][0] == at - 1:
        who = named[-2][1]
    if who == _SPEAKER:
        return writer
    return _OTHER.get(writer or "") if who == _SPOUSE else who


def _writer(typed: list[str]) -> str | None:
    """Who has a wife is the father, who has a husband the mother."""
    for word in typed:
        stem = next((stem for stem in ("istri", "suami") if word.startswith(stem)), None)
        if stem is not None:
            return "ayah" if stem == "istri" else "ibu"
    return None


def _people(typed: list[str]) -> list[tuple[int, str]]:
    relations = [(hit.end - 1, _PARENTS[Relation(hit.value)]) for hit in book("people", "relation").found(typed) if hit.value in _PARENTS]
    others = [(hit.end - 1, name) for name in (_SPEAKER, _SPOUSE) for hit in _books()[name].found(typed)]
    return sorted(dict([*others, *relations]).items())


@cache
def _books() -> dict[str, Phrasebook[str]]:
    names = ("card", _SPEAKER, _SPOUSE, "not_of_card", "not_here", "away")
    return {name: Phrasebook({name: phrases("domicile", name)}) for name in names}
