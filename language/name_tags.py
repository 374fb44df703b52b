"""What the name tagger sees of a message: its words, and what is known of each. Read by the Python that trains and by the one that tags."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from language.lists import either, load, phrases
from language.phrases import plain

ASKED = "asked"
"""The label of a name that the open question asks for; another name bears its key."""
OUTSIDE = "O"
"""The label of every other word."""
KEYS = ("nama_anak", "nama_ibu", "nama_ayah")
ASKS_FOR = {"nama_anak": KEYS[0], "nama_anak_benar": KEYS[0], "nama_anak_surat": KEYS[0], "nama_ibu": KEYS[1], "nama_ayah": KEYS[2]}
"""Whose name an open question asks for."""
STOPS = frozenset(".;\n")
"""Marks that end a sentence, and a name with it."""
FAR = 6
"""Words behind which a word for a person no longer speaks of a name."""
_PARTING = STOPS | {",", ":", "("}
_WORD = re.compile(r"[^\W\d_]{1,3}\.(?=[ \t]*[^\W\d_])|[^\W_]+(?:['’`´-][^\W_]+)*|[^\w\s]|\n")
_ENDING = re.compile(rf"{either('endings', 'your')}$")
_SECTIONS = ("markers", "connectors", "around", "never", "not_yet", "others", "remarks", "changing", "introduces", "slipped", "corrections")
_FRAME = ("light", "denial", "instead", "births", "all", "same", "right", "wrong")


@dataclass(frozen=True)
class Word:
    """A word or a mark, as typed, by its place in the message."""

    text: str
    start: int
    end: int

    @property
    def lettered(self) -> bool:
        """Whether it begins with a letter."""
        return self.text[0].isalpha()


@dataclass(frozen=True)
class _Seen:
    """A message, word by word: in small letters, by its shape, by the lists that hold it, whether none does, and by its part."""

    lows: list[str]
    shapes: list[str]
    lists: list[list[str]]
    strange: list[bool]
    parts: list[int]
    manner: str


def words_of(text: str) -> list[Word]:
    """The words and marks of a message; a line's end is a mark, too."""
    return [Word(found[0], found.start(), found.end()) for found in _WORD.finditer(text)]


def features_of(text: str, question: str | None, *, several: bool = False) -> list[list[str]]:
    """Of each word of `words_of(text)` its features; `question`: the id of the open one; `several`: it is about twins."""
    tokens = words_of(text)
    seen, asked = _look(tokens), ASKS_FOR.get(question or "")
    return [
        [*_own(seen, at, asked), *_around(seen, at), *_part(tokens, seen, at, asked), *_cued(tokens, seen, at, asked, several)]
        for at in range(len(tokens))
    ]


def _look(tokens: list[Word]) -> _Seen:
    lows = ["\n" if token.text == "\n" else plain(token.text).strip(".") for token in tokens]
    lists = [_lists_with(low) for low in lows]
    strange = [token.lettered and not held and person_of(low) is None for token, held, low in zip(tokens, lists, lows, strict=True)]
    parts, part = [], 0
    for token in tokens:
        part += token.text in _PARTING
        parts.append(part)
    return _Seen(lows, [_shape(token.text) for token in tokens], lists, strange, parts, _manner([t.text for t in tokens if t.lettered]))


def _manner(typed: list[str]) -> str:
    """How the message uses capitals."""
    capitals = sum(word[0].isupper() for word in typed)
    if capitals == 0:
        return "lower"
    if all(word.isupper() for word in typed):
        return "upper"
    return "title" if capitals == len(typed) else "first" if capitals == 1 else "mixed"


def _shape(text: str) -> str:
    if not any(letter.isalpha() for letter in text):
        return "9" if any(letter.isdigit() for letter in text) else text
    bare, dot = text.rstrip("."), "." if text.endswith(".") else ""
    if bare.isupper():
        return ("X" if len(bare) == 1 else "XX") + dot
    return ("Xx" if bare[0].isupper() else "xx") + dot


def _own(seen: _Seen, at: int, asked: str | None) -> list[str]:
    low, shape, strange, manner = seen.lows[at], seen.shapes[at], seen.strange[at], seen.manner
    row = ["bias", f"w={low}", f"s={shape}", f"m={manner}", f"sm={shape}|{manner}", f"suf={low[-2:]}", f"suf3={low[-3:]}", f"pre={low[:3]}"]
    row += [f"in={name}" for name in seen.lists[at]] or ["in=none"]
    return [
        *row,
        f"strange={strange}|{shape == 'Xx'}|{manner}",
        f"q={asked is not None}",
        f"qs={asked is not None}|{strange}|{shape}|{manner}",
    ]


def _around(seen: _Seen, at: int) -> list[str]:
    row = []
    for step in (-2, -1, 1, 2):
        there = at + step
        if not 0 <= there < len(seen.lows):
            row.append(f"edge{step}")
            continue
        row += [f"w{step}={seen.lows[there]}", f"s{step}={seen.shapes[there]}", f"strange{step}={seen.strange[there]}"]
        row += [f"in{step}={name}" for name in seen.lists[there]] if abs(step) == 1 else []
    if 0 < at < len(seen.lows) - 1:
        row.append(f"ss={seen.shapes[at - 1]}|{seen.shapes[at]}|{seen.shapes[at + 1]}")
    return row


def _part(tokens: list[Word], seen: _Seen, at: int, asked: str | None) -> list[str]:
    """Where the word stands, and how much of its part of the message no list knows."""
    part = seen.parts[at]
    mine = [place for place, token in enumerate(tokens) if seen.parts[place] == part and token.lettered]
    unknown = round(4 * sum(seen.strange[place] for place in mine) / len(mine)) if mine else 0
    lettered = sum(token.lettered for token in tokens)
    row = [f"part={min(part, 2)}", f"first={mine[:1] == [at]}", f"part_strange={unknown}", f"part_len={min(len(mine), 6)}"]
    return [*row, f"alone={part == 0}|{min(lettered, 6)}|{asked is not None}|{unknown}"]


def _cued(tokens: list[Word], seen: _Seen, at: int, asked: str | None, several: bool) -> list[str]:
    """The last word for a person before it: the one that is asked for, the writer, another, or none; not across a sentence's end."""
    cue, far = None, 0
    for far in range(1, min(FAR, at) + 1):
        if tokens[at - far].text in STOPS or (cue := person_of(seen.lows[at - far])) is not None:
            break
    whose = "none" if cue is None else "own" if cue == asked else cue if cue == "self" or asked is None else "others"
    row = [
        f"cue={whose}",
        f"cue={whose}|{min(far, 3)}",
        f"cue={whose}|{seen.strange[at]}|{seen.shapes[at] == 'Xx'}",
        f"cue={whose}|{several}",
    ]
    return [*row, f"who={cue}"] if cue in KEYS and cue != asked else row


@cache
def _lists() -> dict[str, frozenset[str]]:
    rows = {section: frozenset(word for phrase in phrases("names", section) for word in phrase.split()) for section in _SECTIONS}
    rows["base"] = frozenset(load("spelling/base")["words"].split())
    rows |= {name: frozenset(plain(str(load(f"spelling/{name}"))).split()) for name in ("javanese", "slang")}
    rows["light"] = frozenset(word for section in _FRAME for word in " ".join(phrases("frame", section)).split())
    return rows


def _lists_with(low: str) -> list[str]:
    stem = _ENDING.sub("", low)
    return [name for name, row in _lists().items() if low in row or (name in ("base", "javanese") and len(stem) > 2 and stem in row)]


@cache
def _persons() -> dict[str, str]:
    return {word: whose for whose, row in phrases("names", "whose").items() for word in row}


def person_of(low: str) -> str | None:
    """Whom a word means: a key, `self` or `other`."""
    return _persons().get(low) or _persons().get(_ENDING.sub("", low))
