"""Reads counts, ranks, weights and lengths, in figures and in the number words of Indonesian and Javanese."""

import re
from bisect import bisect_left
from functools import cache
from itertools import pairwise

from language.lists import either, phrases
from language.phrases import Phrasebook, plain, words

MOST_CHILDREN = 5
HIGHEST_RANK = 20
WEIGHTS_GRAM = range(300, 7001)
LENGTHS_CM = (20.0, 70.0)
"""What a newborn can weigh and measure, with room for the smallest and the largest known; outside, a figure means something else."""

_FIGURE = r"(\d{1,5}(?:[.,]\d{1,3})?)"
_UNITS = tuple(
    (re.compile(rf"(?<!\d){_FIGURE}\s*(?:{unit})\b"), grams)
    for unit, grams in ((either("kilos"), 1000), (either("hectograms"), 100), (either("grams"), 1))
)
_HECTOGRAMS = re.compile(rf"\s*(?:{either('more')}\s*)?(?:(\d|\d{{3}})(?![\d.,]|\s*{either('grams', 'hectograms')}\b)|setengah\b)")
"""What follows the kilos without a unit: `2 kilo 9`, `3 kilo 350`, `3 kilo setengah`."""
_CENTIMETRES = {"m": 100, "meter": 100, "mm": 0.1, "mili": 0.1}
_LENGTH = re.compile(rf"\D*?{_FIGURE}\s*(?P<unit>{either('length_units')})\b\D*")
_BARE = re.compile(rf"\D*?{_FIGURE}(?:\s+(?:{either('address', 'agreeing', 'a_little', 'more', 'less')}|an|lebihan))*\W*")


def number_of(typed: list[str]) -> int | None:
    """Words as one whole number (`tiga puluh satu`, `selawe`, `31`, `dua ribu dua puluh enam`), or None where they are anything else."""
    if len(typed) == 1 and typed[0].isdecimal() and len(typed[0]) <= 6:
        return int(typed[0])
    hits = _book().found(typed)
    if not hits or sum(hit.end - hit.start for hit in hits) != len(typed):
        return None
    thousands, rest = 0, 0
    for multiplies, value in (hit.value for hit in hits):
        if multiplies and value == 1000:
            thousands, rest = max(rest, 1) * 1000, 0
        elif multiplies:
            rest = max(rest, 1) * value
        elif value == 1000 and not thousands and not rest:
            thousands = 1000
        elif rest and (rest % 10 or (value >= 10 and rest % 100) or value == 0):
            return None
        else:
            rest += value
    return thousands + rest


def with_figures(line: str) -> str:
    """A plain line with its number words written as figures: `telung kilo` becomes `3 kilo`, `tiga februari` `3 februari`."""
    found = list(re.finditer(r"[^\W\d_]+", line))
    strange = [place for place, word in enumerate(found) if not _book().knows(word[0])]  # no number reaches over one of these
    written, taken, start = [], 0, 0
    while start < len(found):
        furthest = min(start + 8, strange[at] if (at := bisect_left(strange, start)) < len(strange) else len(found))
        end = next((end for end in range(min(len(found), furthest), start, -1) if _number_at(line, found[start:end]) is not None), None)
        if end is not None:
            written += [line[taken : found[start].start()], str(_number_at(line, found[start:end]))]
            taken = found[end - 1].end()
        start = end if end is not None else start + 1
    return "".join([*written, line[taken:]])


def _number_at(line: str, found: list[re.Match[str]]) -> int | None:
    """The number of words that stand side by side."""
    if any(line[one.end() : two.start()].strip(" -") for one, two in pairwise(found)):
        return None
    return number_of([match[0] for match in found])


@cache
def _book() -> Phrasebook[tuple[bool, int]]:
    """Number words; `True` marks those that multiply what stands before (`ratus`, `ribu`)."""
    rows = {(False, int(value)): texts for value, texts in phrases("numbers", "numbers").items()}
    return Phrasebook(rows | {(True, int(value)): texts for value, texts in phrases("numbers", "multipliers").items()}, exact=True)


@cache
def _position_filler() -> frozenset[str]:
    return frozenset(phrases("numbers", "position_filler"))


@cache
def _ordinals() -> Phrasebook[int]:
    return Phrasebook({int(rank): texts for rank, texts in phrases("numbers", "ordinals").items()})


def read_position(text: str) -> int | None:
    """The place in a numbered list that the text names: `2`, `no. 2`, `yang kedua`, `kalih`, `2️⃣`, or None."""
    typed = [word for word in words(text) if word not in _position_filler()]
    if not 0 < len(typed) <= 3:
        return None
    ranks = _ordinals().found(typed)
    return ranks[0].value if ranks and ranks[0].end == len(typed) else number_of(typed)


ALONE = ("tunggal", "ontang", "anting")
PARENTS = ("ibu", "ibuk", "tua", "bapak", "mama")
"""`Ibu tunggal` says something of the mother, not of how many were born."""


def read_count(text: str) -> int | None:
    """How many children were born: `satu`, `setunggal`, `kembar` (two), `kembar tiga`, `ora kembar` (one), or None."""
    typed = words(text)
    numbers = _numbers_in(typed)
    twins = any(word.startswith(("kembar", "kmbar", "dampit")) for word in typed)
    alone = any(word in ALONE and before not in PARENTS for before, word in zip(["", *typed], typed, strict=False))
    denied = any(word in phrases("numbers", "denial") for word in typed)
    if len(numbers) == 1 and not denied and 1 <= numbers[0] <= MOST_CHILDREN and len(typed) <= 8:
        return numbers[0] if not twins or numbers[0] > 1 else None
    if twins and not numbers:
        return 1 if denied else 2
    return 1 if alone and not numbers and not denied else None


def read_ordinal(text: str) -> int | None:
    """Which child of its mother it is (F-2.01, "kelahiran ke"): `anak kedua`, `ke-3`, `mbarep`, `kaping kalih`, `nomer loro`, or None."""
    typed = words(text)
    if len(typed) > 10:
        return None
    ranks = {hit.value for hit in _ordinals().found(typed)} or set(_numbers_in(typed))
    return ranks.pop() if len(ranks) == 1 and 1 <= min(ranks) <= HIGHEST_RANK else None


def read_weight_gram(text: str) -> int | None:
    """A newborn's weight in grams: `3,1 kg`, `3100 gr`, `3 kilo 2 ons`, `3.1`, `telung kilo setengah`, or None.

    Without a unit a figure below ten is kilograms, a larger one grams. Figures that are left over (`3 atau 4 kg`) leave it open.
    """
    line = _measured(text)
    grams = _grams(line)
    if grams is None and (bare := _BARE.fullmatch(line)):
        value = _decimal(bare[1])
        grams = 1000 * value if value < 10 else float(re.sub(r"[.,]", "", bare[1]))
    return round(grams) if grams is not None and round(grams) in WEIGHTS_GRAM else None


def read_length_cm(text: str) -> float | None:
    """A newborn's length in centimetres: `49`, `49 cm`, `49,5`, `seket`, or None."""
    line = _measured(text)
    found = _LENGTH.fullmatch(line) or _BARE.fullmatch(line)
    if found is None:
        return None
    length = round(_decimal(found[1]) * _CENTIMETRES.get(found.groupdict().get("unit") or "", 1), 1)
    return length if LENGTHS_CM[0] <= length <= LENGTHS_CM[1] else None


def _grams(line: str) -> float | None:
    """The sum of what stands with a unit, where no figure is left without one."""
    total, rest = 0.0, line
    for unit, grams in _UNITS:
        measured = unit.search(rest)
        if measured is None:
            continue
        value = float(re.sub(r"[.,](?=\d{3}$)", "", measured[1]).replace(",", ".")) if grams == 1 else _decimal(measured[1])
        less = re.search(rf"\b{either('less')}\s*$", rest[: measured.start()]) is not None and total > 0
        total += -grams * value if less else grams * value
        rest = f"{rest[: measured.start()]} {rest[measured.end() :]}"
        tail = _HECTOGRAMS.match(rest, measured.start()) if grams == 1000 else None
        if tail is not None:
            figure = tail[1] or "5"
            total += int(figure) * (100 if len(figure) == 1 else 1)
            rest = rest[: tail.start()] + rest[tail.end() :]
    return total if total and not re.search(r"\d", rest) else None


def _decimal(figure: str) -> float:
    return float(figure.replace(",", "."))


def _numbers_in(typed: list[str]) -> list[int]:
    """The different numbers among the words: figures, number words, and those with `ke` before (`kesebelas`)."""
    figures = [int(word) for word in typed if word.isdecimal() and len(word) <= 6]
    ranks = [number for word in typed if word.startswith("ke") and (number := number_of([word[2:]])) is not None]
    return list(dict.fromkeys([*figures, *(hit.value[1] for hit in _book().found(typed)), *ranks]))


def _measured(text: str) -> str:
    """The text with figures for number words and halves, and figures apart from their unit: `3½kg` becomes `3,5 kg`."""
    spaced = re.sub(r"(?<=\d)(?=[^\W\d_])", " ", plain(text.replace("½", " setengah ")))
    line = re.sub(r"(\d)\s+(?:koma|titik)\s+(\d)(?:\s+(\d)(?!\d))?", r"\1,\2\3", with_figures(spaced))
    line = re.sub(rf"(?<![\d,.])(\d+)\s*(?:{either('half')}|1\s*/\s*2)\b", r"\1,5", line)
    return re.sub(r"\b(?:setengah|separo) (?=meter|m\b)", "0,5 ", line).strip()
