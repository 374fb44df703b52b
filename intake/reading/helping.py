"""Hears that somebody helps several families: a midwife or a village with babies of different parents."""

import re

from intake.reading.numbers import with_figures
from language.lists import either
from language.phrases import plain

_BABIES = rf"{either('babies_helped')}(?:{either('endings')})?"
_FAMILIES, _OTHER = either("families"), either("another")
_SEVERAL = re.compile(
    rf"\b{_BABIES}(?: \w+){{0,3}} (?:[2-9]|1\d|{_OTHER}) {_FAMILIES}\b"
    rf"|\b{_BABIES}(?: \w+){{0,3}} {_FAMILIES}\w{{0,4}} (?:{either('which')} )?{_OTHER}\b"
    rf"|\b{_FAMILIES} {_OTHER}\b.{{0,40}}\b{either('one_phone')}\w{{0,3}}\b"
    rf"|\b(?:{either('several')}|[2-9]) (?:bayi|anak)? ?{either('people_helped')}\b"
)
_OF_ONE = re.compile(r"\bkembar|\bbersaudara\b|\bkk\w* (?:ikut|melu)\b|\bikut (?:kk|keluarga)\b")


def of_several_families(text: str) -> bool:
    """Whether the writer wants to register babies of different families (`3 bayi dari 3 keluarga, bisa lewat hp saya?`)."""
    line = re.sub(r"[,;]", " ", with_figures(plain(text)))
    line = re.sub(r"\s+", " ", line)
    return _SEVERAL.search(line) is not None and _OF_ONE.search(line) is None
