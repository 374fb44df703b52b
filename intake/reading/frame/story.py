"""Tells a value of the birth from one in a story of other things (`antri dari jam 7 pagi`), by the words that stand beside it."""

import re
from dataclasses import replace
from functools import cache

from intake.reading.frame.items import Item, Sense, Who
from intake.reading.frame.matching import found_words, part_of
from language.lists import either, phrases
from language.phrases import words

STORY = 2
"""Words of a part of a sentence that belong to nothing, from which on it tells of something else unless it speaks of a birth."""
_TAIL = 3
"""Words behind a house or a helper that may be its name (`RS Mardi Rahayu`, `bidan Siti`)."""


def of_the_birth(items: list[Item], line: str, asked: str | None, names: frozenset[str] = frozenset()) -> list[Item]:
    """A value in a sentence of other things (`antri dari jam 7 pagi`) is nobody's: its part must speak of a birth, or of nothing else."""
    spans = [(item.start, item.end + (_tail(line, item.end) if _has_name(item) else 0)) for item in items]
    story = not found_words(line, "births") and len(_left(line, 0, len(line), spans)) > LONG_STORY
    read = []
    for item in items:
        start, end = part_of(line, item.start)
        part = f" {line[start:end]} "
        labelled = item.field not in _OWN_WORD and found_words(part, item.field, "labels")
        spoken = found_words(part, "births") or labelled
        if _UNBORN.search(part):
            read.append(replace(item, who=Who.OTHER))
            continue
        if item.sense is Sense.SAID and item.who is Who.CHILD and not spoken:
            most = 0 if _is_offset(item, line) or line[end : end + 2].startswith("?") else 1 if item.field in _ELSEWHERE else STORY
            most += ASKED if _is_asked(item, asked) else 0
            elsewhere = (story and not _is_asked(item, asked)) or len(
                [word for word in _left(line, start, end, spans) if word not in names]
            ) > most
            read.append(replace(item, who=Who.OTHER) if elsewhere else item)
        else:
            read.append(item)
    return read


def _is_asked(item: Item, asked: str | None) -> bool:
    return asked in (item.field, EVERY_FACT)


EVERY_FACT = "data_kelahiran"
"""The question that asks for all of them at once."""
_UNBORN = re.compile(rf" {either('not_yet')} {either('born')} ")


def _left(line: str, start: int, end: int, spans: list[tuple[int, int]]) -> list[str]:
    """The words that belong to no value and say something of their own."""
    found = ((match[0], start + match.start()) for match in re.finditer(r"[^\W\d_]+", line[start:end]))
    return [word for word, at in found if word not in _light() and not any(one <= at < other for one, other in spans)]


def story_words(line: str) -> int:
    """How many words of a line without values say something of their own."""
    return len(_left(line, 0, len(line), []))


def _is_offset(item: Item, line: str) -> bool:
    """A day told by `kemarin` or a weekday alone: it may be the day of anything."""
    return item.field == "tanggal_lahir" and not any(letter.isdigit() for letter in line[item.start : item.end])


ASKED = 2
"""So many more may stand beside a value that was asked for."""
LONG_STORY = 6
"""Words of a whole message that belong to nothing, from which on it tells of something else."""
_ELSEWHERE = frozenset({"tempat_dilahirkan", "tempat_kelahiran", "penolong", "kelahiran_ke"})
_OWN_WORD = frozenset({"pukul", "tanggal_lahir"})
"""Their label (`jam`, `tgl`) is a part of every such value, whatever it is of."""


def _has_name(item: Item) -> bool:
    """Whether a name may stand behind it: of a hospital, a helper, a town; a house has none."""
    return item.field in ("penolong", "tempat_kelahiran") or (item.field == "tempat_dilahirkan" and item.value not in ("rumah", "lainnya"))


def _tail(line: str, end: int) -> int:
    found = re.match(rf"(?: [^\W\d_]+){{0,{_TAIL}}}", line[end:])
    return found.end() if found else 0


@cache
def _light() -> frozenset[str]:
    """Words that say nothing of their own beside a value."""
    texts: list[str] = [*phrases("answers", "filler"), *phrases("dates", "beside"), *phrases("frame", "light")]
    for section in (
        "denial",
        "instead",
        "wrong",
        "right",
        "doubt",
        "all",
        "same",
        "forgotten",
        "promise",
        "waiting",
        "supposed",
        "withdraw",
    ):
        texts += phrases("frame", section)
    for row in (*phrases("frame", "persons").values(), *phrases("frame", "labels").values(), *phrases("times", "parts").values()):
        texts += row
    return frozenset(word for text in texts for word in words(text))
