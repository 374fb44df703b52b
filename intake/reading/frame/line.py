"""Brings a message into the one line that is read: words spelled as the lists spell them, number words as figures, ` | ` between parts."""

import re
from functools import cache

from intake.reading.numbers import with_figures
from language.distance import slips
from language.lists import either, load, phrases
from language.phrases import ENDINGS, plain, words

_DECIMAL = re.compile(r"(?<=\d),(?=\d)")
_PRICE = re.compile(r"(?<=\d),-")
_LETTER_O = re.compile(r"(?<=\d)o(?=\d|\b)|\bo(?=\d)")
_SPREAD_DATE = re.compile(r"\b(\d{1,2})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{2,4})\b")
_SPREAD_ENDING = re.compile(rf"\b([a-z]{{2,}})\s+({either('endings')})\b(?!\s+\d)")
_PIECE = re.compile(r"\d+(?:[.:/-]\d+)*|[^\W\d_]+|[?]|[👦👧]|[,;\n.!()\"“”|/:=+-]+")
_BREAK, _STOP = " , ", " . "
_ONE_MORE = re.compile(rf"\bs(?:ak?|e)({either('one_more')})\b")
_COMMA_SAID = re.compile(r"(?<= \d) koma (\d)(?= )|(?<= \d\d) koma (\d)(?= )")
_JUST_NOW = re.compile(r"\btd\b")
_TWICE = re.compile(rf"\b(?!{either('never_doubled')}2)([a-z]{{3,}})2(nya|ne|e)?\b")
_COURTESY = re.compile(r"\b(?:nuwun|nyuwun)\s+sewu\b|\bassalam\w*\b")
_CLOCK_GAP = re.compile(rf"\b({either('clock')})\s*(\d{{1,2}})[.:](\d{{2}})\b")
SHORTEST_MENDED = 4


def line_of(text: str, names: frozenset[str] = frozenset()) -> str:
    """The line with figures for number words; the words of `names` stay as they are."""
    line = _COMMA_SAID.sub(lambda found: f".{found[1] or found[2]}", with_figures(spelled_line(text, names)))
    return re.sub(r"\s+", " ", f" {line} ")


def spelled_line(text: str, names: frozenset[str] = frozenset()) -> str:
    """The line with its words as they were said; ` , ` parts what belongs together loosely, ` . ` what does not."""
    line = _JUST_NOW.sub("tadi", _COURTESY.sub(" ", plain(text)))
    line = _ONE_MORE.sub(r"1 \1", _LETTER_O.sub("0", _PRICE.sub("", line)))
    line = _SPREAD_DATE.sub(r"\1-\3-\4", _DECIMAL.sub(".", line))
    line = _TWICE.sub(lambda found: f"{found[1]} {found[1]}{found[2] or ''}", line.replace("½", " setengah ").replace("'", ""))
    line = re.sub(r"\b(\d{1,2}) (\d{1,2}) ((?:19|20)\d\d)\b", r"\1-\2-\3", re.sub(r"\b(ke|no)\s*[-.]\s*(?=\d)", r"\1 ", line))
    line = re.sub(r"\b(\d{4})/(\d{2})\b", r"\1 , \2", line)
    line = re.sub(r"(?<=[a-z])-(?=[a-z])", " ", line)
    line = re.sub(r"(?<=\d) - (?=\d)", " sampai ", line)
    line = re.sub(r"(?<=\d)(?=[a-z])|(?<=[a-z])(?=\d)", " ", line)
    pieces = [piece if not piece.isalpha() or piece in names else mended(piece) for piece in _PIECE.findall(line)]
    joined = " ".join(
        _STOP if piece[0] in ".\n!" or "\n" in piece else _BREAK if not piece[0].isalnum() and piece[0] not in "?👦👧" else piece
        for piece in pieces
    )
    return re.sub(r"\s+", " ", f" {joined} ")


@cache
def mended(word: str) -> str:
    """The word as a list spells it, where it is one letter or its vowels away from exactly one; else as it is."""
    word = re.sub(r"([^\W\d])\1{2,}", r"\1", word)
    if len(word) < SHORTEST_MENDED - 1 or word in _vocabulary() or _bare(word) in _vocabulary() or word in _common():
        return word
    bones = re.sub(r"[aiueo]", "", word)
    if bones == word or len(bones) >= 0.75 * len(word):
        whole = _skeletons().get(bones)
        if whole is not None and whole[0] == word[0]:
            return whole
    if len(word) < SHORTEST_MENDED + 1:
        return word
    near = {known for known in _by_first().get(word[0], ()) if slips(word, known, 1) == 1}
    return next(iter(near)) if len(near) == 1 else word


def _bare(word: str) -> str:
    return next((word[: -len(ending)] for ending in ENDINGS if word.endswith(ending) and len(word) - len(ending) > 2), word)


@cache
def _vocabulary() -> frozenset[str]:
    """Every word of the lists that a message is read by."""
    texts: list[str] = []
    for file in ("frame", "people", "places", "times", "dates", "numbers", "answers", "documents", "papers", "statuses", "family_card"):
        texts += _leaves(load(file))
    return frozenset(word for text in texts for word in words(text))


@cache
def _common() -> frozenset[str]:
    """Words of the language that are no slips of others."""
    base = load("spelling/base")["words"].split()
    names = [word for section in ("regencies", "cities") for name in phrases("regencies", section) for word in words(name)]
    rows = [row for section in ("seats", "districts", "villages", "hospitals") for row in phrases("regencies", section).values()]
    return frozenset([*base, *names, *(word for row in rows for text in row for word in words(text))])


@cache
def _mendable() -> frozenset[str]:
    """The words that slips are mended towards: what a birth is told with, and no names or relations."""
    rows = [load("frame")["labels"], load("people")["sex"], load("people")["helper"]["bidan_perawat"], load("people")["helper"]["dokter"]]
    rows += [
        load("numbers")["ordinals"],
        load("places")["place_kind"],
        load("dates")["months"],
        load("dates")["weekdays"],
        load("times")["parts"],
        load("times")["half"],
    ]
    return frozenset(
        word for row in rows for text in _leaves(row) for word in words(text) if word not in _common() or len(word) > SHORTEST_MENDED
    )


@cache
def _by_first() -> dict[str, tuple[str, ...]]:
    rows: dict[str, list[str]] = {}
    hours = frozenset(word for text in _leaves(load("times")["parts"]) for word in words(text))
    for word in _mendable() - hours:  # `Ending` is a name
        if len(word) > SHORTEST_MENDED:
            rows.setdefault(word[0], []).append(word)
    return {letter: tuple(found) for letter, found in rows.items()}


@cache
def _skeletons() -> dict[str, str]:
    found: dict[str, set[str]] = {}
    for word in _mendable():
        bones = re.sub(r"[aiueo]", "", word)
        if len(word) > SHORTEST_MENDED and len(bones) >= 3:
            found.setdefault(bones, set()).add(word)
    return {bones: next(iter(whole)) for bones, whole in found.items() if len(whole) == 1}


def _leaves(entry: object) -> list[str]:
    if isinstance(entry, dict):
        return [leaf for row in entry.values() for leaf in _leaves(row)]
    if isinstance(entry, list):
        return [leaf for row in entry for leaf in _leaves(row)]
    return [part for part in str(entry).split(",") if part.strip()]
