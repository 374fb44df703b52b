"""Compares what was read with what is printed on documents, forgiving the reader's usual misreadings (`narna`, `alarnat`, `nlk`)."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

_NOT_WORD = re.compile(r"[^A-Z0-9]")
_LOOKS = str.maketrans({"0": "O", "1": "I", "L": "I", "|": "I", "5": "S", "8": "B", "6": "G", "2": "Z", "V": "U"})
"""Characters that a reader takes for one another, each written as one of its look-alikes before comparing."""


@lru_cache(maxsize=4096)
def skeleton(text: str) -> str:
    """A text as bare capitals with look-alikes made equal: `Tempat/Tgl Lahir` and `TernpatTgI Lahir` are almost the same."""
    plain = unicodedata.normalize("NFKC", text).upper().replace("RN", "M")
    return _NOT_WORD.sub("", plain.translate(_LOOKS))


LONG_PHRASE = 12
"""From this many letters on a phrase has to be more alike: `AKTA PERKAWINAN` is not `STATUS PERKAWINAN`."""


@cache
def _whole(phrase: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![A-Za-z]){re.escape(phrase)}(?![A-Za-z])", re.IGNORECASE)


def holds(text: str, phrase: str) -> bool:
    """Whether a line holds a phrase. Short phrases have to be there exactly and as words of their own."""
    wanted, found = skeleton(phrase), skeleton(text)
    if len(wanted) < 7:
        return _whole(phrase).search(text) is not None or found == wanted
    likeness = 90.0 if len(wanted) >= LONG_PHRASE else 84.0
    if len(found) < len(wanted) - 2:
        return False
    return fuzz.partial_ratio(wanted, found) >= likeness if len(found) >= len(wanted) else fuzz.ratio(wanted, found) >= likeness


def found_at(text: str, phrase: str) -> int:
    """How many letters and digits stand in a line before the phrase that it holds."""
    alignment = fuzz.partial_ratio_alignment(skeleton(phrase), skeleton(text))
    return alignment.dest_start if alignment and len(skeleton(text)) >= len(skeleton(phrase)) else 0


_NUMBERED = re.compile(r"\W*n[o0]", re.IGNORECASE)
NOISE = 3
"""Letters that may be read before a title, of the emblem beside it."""


def begins(text: str, phrase: str) -> bool:
    """Whether a line is a phrase, or goes on after it: a line that only speaks of it (`No. Kartu Keluarga : …`) does not begin with it."""
    return holds(text, phrase) and found_at(text, phrase) <= NOISE and not _NUMBERED.match(text)


@dataclass(frozen=True)
class Split:
    """A line taken apart: which label it begins with, how well, and where in the text its value begins."""

    label: str
    likeness: float
    start: int
    parted: bool = False
    """Whether a colon stands between the label and its value."""


_TRANSLATION = re.compile(r"\s*/\s{0,4}[A-Za-z ]{3,12}(?=\s{0,4}[:;]|$)")
"""The second language of a label: `Jam / Time`."""
PER_LETTER = 0.01
"""What a letter more is worth in a label: `Nama lengkap dan alias` with a misread letter is better than `Nama lengkap`."""
_SEPARATORS = " :;.,=-_)*"


def split_label(text: str, labels: dict[str, tuple[str, ...]], least: float = 0.74) -> Split | None:
    """The label that a line begins with, out of {key: spellings}, or None. The value begins after it and its colon."""
    if not text or text[0] in ":;":
        return None
    if number := _NUMBER_BEFORE.match(text):
        split = split_label(text[number.end() :], labels, least)
        return split and replace(split, start=split.start + number.end())
    bones = list(_bones(text))
    found = "".join(bone for _, bone in bones)
    best: Split | None = None
    for key, spellings in labels.items():
        for spelling in spellings:
            split = _begins(text, bones, found, key, spelling, least)
            if split and (best is None or (split.likeness, split.start) > (best.likeness, best.start)):
                best = split
    return best


_NUMBER_BEFORE = re.compile(r"(?:(?<!\s)\s+)?\(?(?:\d{1,2}|[a-j])\s?[.)]\s*(?=[A-Za-z])")
"""A row's number before its label."""


def _bones(text: str) -> Iterator[tuple[int, str]]:
    """The letters of a text's skeleton, each with the place of the last character that it stands for."""
    place = 0
    while place < len(text):
        wide = 2 if text[place : place + 2].lower() == "rn" else 1
        if bone := skeleton(text[place : place + wide]):
            yield place + wide - 1, bone
        place += wide


def whole_label(text: str, labels: dict[str, tuple[str, ...]], least: float = 0.74) -> Split | None:
    """The label that a whole line is, though its last letters were misread (`Nama tbu`) and a shorter label begins it."""
    bones = skeleton(_NUMBER_BEFORE.sub("", text))
    ranked = (
        (Levenshtein.normalized_similarity(skeleton(spelling), bones), key) for key, spellings in labels.items() for spelling in spellings
    )
    likeness, key = max(ranked)
    return Split(key, likeness, len(text)) if likeness >= least else None


def _begins(text: str, bones: list[tuple[int, str]], found: str, key: str, spelling: str, least: float) -> Split | None:
    wanted = skeleton(spelling)
    length = len(wanted)
    slack = 0 if length <= 3 else 1 if length <= 5 else max(2, length // 5)
    best: Split | None = None
    for end in range(max(1, length - slack), min(len(found), length + slack) + 1):
        likeness = Levenshtein.normalized_similarity(wanted, found[:end])
        if likeness < max(least, 0.99 if length <= 3 else 0.0) or (best and likeness + length * PER_LETTER <= best.likeness):
            continue
        place = last = bones[end - 1][0] + 1
        if _ends_there(text, place):
            if second := _TRANSLATION.match(text, place):
                place = second.end()
            while place < len(text) and text[place] in _SEPARATORS:
                place += 1
            best = Split(key, likeness + length * PER_LETTER, place, any(sign in ":;" for sign in text[last:place]))
    return best


def _ends_there(text: str, place: int) -> bool:
    """Whether a word may end here: at the end, before a sign or figure, or where small letters turn into capitals."""
    if place >= len(text) or not text[place].isalpha():
        return True
    return text[place - 1].islower() and text[place].isupper()
