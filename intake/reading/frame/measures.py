"""Finds weights and lengths in a line, with and without their units."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

from intake.reading.frame.items import Item, Sense
from intake.reading.frame.matching import Hidden, any_of, found_words
from intake.reading.numbers import read_length_cm, read_weight_gram
from language.lists import either, phrases

_NUMBER = r"\d{1,5}(?:[.]\d{1,3})?"
_CROSSED = re.compile(
    rf" {either('weight')}\w* (?:badan |lahir )?(?P<length>[345]\d) ,? ?(?:dan |lan )?{either('length')}\w*"
    r" (?:badan |lahir )?(?P<weight>[1-5]\d{3}) "
)
_KILO, _ONS, _GRAM = either("kilos"), either("hectograms"), either("grams")
_MORE = rf"(?:{either('more', 'less')}|koma)"
_HALF = either("half")
_TOLD = re.compile(rf"\d{{2}}|\d\.\d|\d {_MORE}")
"""A bare figure that can be a measure."""
_WEIGHT = re.compile(
    rf" (?P<span>{_NUMBER} (?:{_KILO}|{_ONS}|{_GRAM})(?:(?: {_MORE})? {_NUMBER} (?:{_ONS}|{_GRAM})(?: {_HALF})?"
    rf"|(?<=(?:kg|lo))(?: {_MORE})? (?:\d|\d{{3}})(?![\d.]| {either('no_grams')})(?= )| {_HALF})*)(?= )"
)
_LENGTH = re.compile(rf" (?P<span>{_NUMBER} (?:cm|mm|senti\w*|centi\w*|mili\w*)|(?:setengah|separo|0\.5) meter|{_NUMBER} meter)(?= )")


@cache
def _labelled(field: str) -> re.Pattern[str]:
    return re.compile(
        rf" {any_of(phrases('frame', 'labels')[field])}(?: (?::|\w+))?"
        rf" (?P<span>{_NUMBER}(?: {_MORE} {_NUMBER}| {_HALF})?)(?= )"
    )


def find_measures(hidden: Hidden, today: date) -> Iterator[Item]:
    """Weight and length: with a unit, behind their name, or as the two bare figures that only they can be."""
    for found in list(_RANGE.finditer(hidden.left)):
        first = float(re.match(_NUMBER, found["span"])[0])  # type: ignore[index]
        length = (found["unit"] or "").startswith(("cm", "senti")) or (not found["unit"] and 30 <= first <= 60)
        yield _measure(hidden, "panjang" if length else "berat", None, found.start("span"), found.end("span"))
    for found in list(_CROSSED.finditer(hidden.left)):
        yield _measure(hidden, "panjang", read_length_cm(found["length"]), found.start("length"), found.end("length"))
        yield _measure(hidden, "berat", read_weight_gram(found["weight"]), found.start("weight"), found.end("weight"))
    for field, pattern, read in (("berat", _WEIGHT, read_weight_gram), ("panjang", _LENGTH, read_length_cm)):
        for found in list(pattern.finditer(hidden.left)):
            span, start, end = found["span"], found.start("span"), found.end("span")
            yield _measure(hidden, field, read(_joined(span)), start, end)
    for field, read in (("berat", read_weight_gram), ("panjang", read_length_cm)):
        for found in list(_labelled(field).finditer(hidden.left)):
            start, end = found.start("span"), found.end("span")
            value = read(_joined(found["span"])) if _TOLD.match(found["span"]) else None
            other = {"berat": ("panjang", read_length_cm), "panjang": ("berat", read_weight_gram)}[field]
            if value is None and (swapped := other[1](found["span"])) is not None and found_words(hidden.line, "swapped"):
                yield _measure(hidden, other[0], swapped, start, end)
                continue
            yield _measure(hidden, field, value, start, end)
    yield from _bare(hidden)


_ROUGHLY = re.compile(rf" (?:{either('more', 'less')}|lewat)(?: {either('a_little')})? (?:$|[,.]|{either('address', 'agreeing')})")


def _measure(hidden: Hidden, field: str, value: Any, start: int, end: int) -> Item:
    """The measure that was found; `3 kilo lebih` is none that can be written."""
    value = None if _ROUGHLY.match(hidden.line[end:]) else value
    hidden.take(start, end)
    whole = int(value) if isinstance(value, float) and value == int(value) else value
    return Item(field, whole, start, end, Sense.SAID if value is not None else Sense.DOUBTED)


def _joined(span: str) -> str:
    span = re.sub(rf"(\d) ons {either('half')}\b", r"\1.5 ons", span)
    return re.sub(r"\b(\d+) koma (\d)", r"\1.\2", re.sub(r"punjule?", "lebih", span))


_RANGE = re.compile(
    rf" (?P<span>{_NUMBER}(?: {_KILO}| cm)? {either('or', 'until')} {_NUMBER}(?: (?P<unit>{_KILO}"
    rf"|{_ONS}|{_GRAM}|cm|senti))?)(?= )"
)
_FOUR = re.compile(r" (?P<weight>(?:[1-5]\d{3}|[1-5]\.\d{3}))(?:(?: [,.])? (?P<length>[345]\d(?:\.\d)?))?(?= (?!\w*(?:bulan|tahun)))")
_KILOS = re.compile(r" (?P<weight>[1-5]\.\d{1,2})(?= )")


def _bare(hidden: Hidden) -> Iterator[Item]:
    """`3350 51`, `3400/50`: four figures that are no year, two behind them; `2,7` where no weight was said."""
    for found in list(_FOUR.finditer(hidden.left)):
        weight = read_weight_gram(found["weight"])
        if weight is None or 1900 <= weight <= 2030:
            continue
        yield _measure(hidden, "berat", weight, found.start("weight"), found.end("weight"))
        if found["length"]:
            yield _measure(hidden, "panjang", read_length_cm(found["length"]), found.start("length"), found.end("length"))
    for found in list(_KILOS.finditer(hidden.left)):
        yield _measure(hidden, "berat", read_weight_gram(found["weight"]), found.start("weight"), found.end("weight"))
    if hidden.left != hidden.line:
        for found in list(re.finditer(r" (?P<length>[45]\d(?:\.\d)?)(?= (?:$|[,.]|\w*_))", hidden.left)):
            yield _measure(hidden, "panjang", read_length_cm(found["length"]), found.start("length"), found.end("length"))


# -- the rank among the mother's births
