"""Reads counts, ranks, weights and lengths, in figures and in the number words of Indonesian and Javanese."""

import re
from functools import cache

from intake.reading.lists import phrases
from intake.reading.phrases import Phrasebook, plain, words

MOST_CHILDREN = 5
HIGHEST_RANK = 20
WEIGHTS_GRAM = range(300, 7001)
LENGTHS_CM = (20.0, 70.0)
"""What a newborn can weigh and measure, with room for the smallest and the largest known; outside, a figure means something else."""

_FIGURE = r"(\d+(?:[.,]\d+)?)"


@cache
def _book() -> Phrasebook[int]:
    return Phrasebook(phrases("numbers"))


@cache
def _position_filler() -> frozenset[str]:
    return frozenset(phrases("position_filler"))


@cache
def _ordinals() -> Phrasebook[int]:
    return Phrasebook(phrases("ordinals"))


def number_of(typed: list[str]) -> int | None:
    """Words as one whole number from 0 to 99 (`tiga puluh satu`, `selawe`, `31`), or None where they are anything else."""
    if len(typed) == 1 and typed[0].isdecimal() and len(typed[0]) <= 6:
        return int(typed[0])
    hits = _book().found(typed)
    if not hits or sum(hit.end - hit.start for hit in hits) != len(typed):
        return None
    values = [hit.value for hit in hits]
    if len(values) == 1:
        return values[0]
    tens, units = values[0], values[1:]
    return tens + units[0] if len(units) == 1 and tens >= 20 and tens % 10 == 0 and 0 < units[0] < 10 else None


def read_position(text: str) -> int | None:
    """The place in a numbered list that the text names: `2`, `no. 2`, `yang kedua`, `kalih`, `2️⃣`, or None."""
    typed = [word for word in words(text) if word not in _position_filler()]
    if not 0 < len(typed) <= 3:
        return None
    ranks = _ordinals().found(typed)
    return ranks[0].value if ranks and ranks[0].end == len(typed) else number_of(typed)


def read_count(text: str) -> int | None:
    """How many children were born: `satu`, `setunggal`, `kembar` (two), `kembar tiga`, `ora kembar` (one), or None."""
    typed = words(text)
    numbers = _numbers_in(typed)
    twins = any(word.startswith(("kembar", "kmbar", "dampit")) for word in typed)
    alone = any(word in ("tunggal", "ontang", "anting") for word in typed)
    denied = any(word in phrases("denial") for word in typed)
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
    """A newborn's weight in grams: `3,1 kg`, `3100 gr`, `3 kilo 2 ons`, `3.1`, `telung kilo setengah`, or None."""
    line = _figures(text)
    grams: float | None = None
    kilo = re.search(_FIGURE + r"\s*(?:kg|kgs|kilo\w*|kilogram)\b", line)
    hecto = re.search(_FIGURE + r"\s*(?:ons|on|hg)\b", line)
    gram = re.search(r"(\d+(?:[.,]\d{1,3})?)\s*(?:gr|grm|gram|g|grem)\b", line)
    if kilo:
        grams = 1000 * _decimal(kilo[1])
        rest = line[kilo.end() :]
        more = re.match(r"\s*" + _FIGURE + r"\s*$", rest)
        grams += 500 if re.search(r"\b(?:setengah|tengah|separo|separuh)\b", rest) else 0
        grams += 100 * float(more[1]) if more and "." not in more[1] and "," not in more[1] and int(more[1]) < 10 else 0
    if hecto:
        grams = (grams or 0) + (-1 if "kurang" in line else 1) * 100 * _decimal(hecto[1])
    if gram:
        grams = (grams or 0) + float(re.sub(r"[.,](?=\d{3}$)", "", gram[1]).replace(",", "."))
    bare = re.fullmatch(r"\D*" + _FIGURE + r"\D*", line)
    if grams is None and bare:
        value = _decimal(bare[1])
        grams = 1000 * value if value < 10 else float(re.sub(r"[.,]", "", bare[1]))
    return round(grams) if grams is not None and round(grams) in WEIGHTS_GRAM else None


def read_length_cm(text: str) -> float | None:
    """A newborn's length in centimetres: `49`, `49 cm`, `49,5`, `seket`, or None."""
    line = _figures(text)
    found = re.fullmatch(r"\D*" + _FIGURE + r"\D*", line)
    if not found or re.search(r"\b(?:kg|kilo|gram|gr|ons)\b", line):
        return None
    length = _decimal(found[1]) * (100 if re.search(r"\d\s*(?:m|meter)\b", line) else 1)
    return length if LENGTHS_CM[0] <= length <= LENGTHS_CM[1] else None


def _decimal(figure: str) -> float:
    return float(figure.replace(",", "."))


def _numbers_in(typed: list[str]) -> list[int]:
    """The different numbers among the words, figures and number words alike."""
    numbers = [int(word) for word in typed if word.isdecimal() and len(word) <= 6] + [hit.value for hit in _book().found(typed)]
    return list(dict.fromkeys(numbers))


def _figures(text: str) -> str:
    """The text with its number words written as figures (`telung kilo` becomes `3 kilo`)."""
    line = re.sub(r"(?<=\d)(?=[a-z])", " ", plain(text))
    parts = re.findall(r"\d+(?:[.,]\d+)?|[^\W\d_]+", line)
    written: list[str] = []
    start = 0
    while start < len(parts):
        end = next((end for end in range(min(len(parts), start + 3), start, -1) if number_of(parts[start:end]) is not None), None)
        written.append(str(number_of(parts[start:end])) if end and parts[start].isalpha() else parts[start])
        start = end if end and parts[start].isalpha() else start + 1
    return " ".join(written)
