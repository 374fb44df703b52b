"""Reads which parent of the child a message says died, and which lives. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from language.lists import either, phrases
from language.phrases import Hit, Phrasebook, words

BOTH = frozenset({"ayah", "ibu"})
_CLAUSE = re.compile(rf"[.,;!?\n]+|\b{either('contrast')}\b")


@dataclass(frozen=True)
class Parents:
    """What a message says of `ayah` and `ibu`: who died, of whom it is denied, who lives, and which of the two wrote it."""

    died: frozenset[str] = frozenset()
    denied: frozenset[str] = frozenset()
    live: frozenset[str] = frozenset()
    writer: str | None = None
    named: frozenset[str] = frozenset()
    """Of whom nothing is said: the answer to the question who died."""

    @property
    def who_died(self) -> str | None:
        """`ayah`, `ibu` or `keduanya`; None where the message leaves it open. Where one of the two writes, the other is meant."""
        if self.died:
            return "keduanya" if self.died == BOTH else next(iter(self.died))
        return next(iter(BOTH - {self.writer})) if self.writer else None


def read_parents(text: str) -> Parents:
    """What the message says of them. `ibu saya meninggal` is about a grandmother, `kok ibu yg meninggal?` says no such thing."""
    died: set[str] = set()
    denied: set[str] = set()
    live: set[str] = set()
    writer: str | None = None
    instead, named = False, set[str]()
    for clause in _CLAUSE.split(text.casefold()):
        typed = words(clause)
        hits = {name: book.found(typed) for name, book in _books().items()}
        for parent in hits["parent"]:
            if _of_the_writer(typed, parent, hits):
                continue
            not_so = any(no.end == parent.start for no in hits["denial"])
            not_so = not_so or any(no.end == death.start for no in hits["denial"] for death in hits["died"])
            if not not_so and any(speaker.end == parent.start for speaker in hits["speaker"]):
                writer = parent.value
            elif hits["died"]:
                (denied if not_so else died).add(parent.value)
            elif hits["lives"]:
                (died if not_so else live).add(parent.value)
            elif not_so:
                denied.add(parent.value)
            else:
                (died if instead else named).add(parent.value)  # `bukan ibunya yang meninggal, ayahnya`
        instead = bool(hits["died"] and denied)
    live |= {writer} if writer else set()
    return Parents(frozenset(died - live - denied), frozenset(denied), frozenset(live), writer, frozenset(named))


@cache
def _books() -> Mapping[str, Phrasebook[str]]:
    lists = ("died", "lives", "denial", "own", "speaker", "spouse")
    books = {name: Phrasebook({name: phrases("deaths", name)}) for name in lists}
    return books | {"parent": Phrasebook(phrases("deaths", "parent"), exact=True)}


def _of_the_writer(typed: list[str], parent: Hit[str], hits: Mapping[str, list[Hit[str]]]) -> bool:
    """Whether it is the writer's own father or mother (`ibu saya`, `bapakku`): the child's grandparent. `suami saya` is a parent."""
    if any(parent.start <= spouse.start < parent.end for spouse in hits["spouse"]):
        return False
    return typed[parent.end - 1].endswith("ku") or any(own.start == parent.end for own in hits["own"])
