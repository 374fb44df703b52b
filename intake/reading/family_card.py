"""Reads how the parents stand in the KK: on a card of their own, on their parents' card, or not together."""

import re
from functools import cache

from intake.reading.frame.line import spelled_line
from intake.reading.frame.matching import any_of, found_words
from language.lists import either, phrases

APART, WITH_PARENTS, OWN = "tidak", "anak_menantu", "kepala_istri"


def read_family_card_said(text: str) -> str | None:
    """`kepala_istri`, `anak_menantu` or `tidak`; None where the message leaves it open (`satu kk`), asks, or says that it changes."""
    line = spelled_line(text)
    for found in list(_of("now").finditer(line))[-1:]:
        line = line[found.end() :] if _stated(line[found.end() :]) else line
    if " ? " in line or _of("open").search(line) or found_words(line, "supposed"):
        return None
    return _stated(line)


def _stated(line: str) -> str | None:
    outside = any(_denied(line, hit.start()) for hit in _of("inside").finditer(line))
    if outside or any(not _denied(line, hit.start()) for hit in _of("apart").finditer(line)):
        return APART
    if any(not _denied(line, hit.start()) for hit in _of("with_parents").finditer(line)):
        return WITH_PARENTS
    return OWN if _of("own").search(line) or _HUSBAND_HEADS.search(line) else None


_HUSBAND_HEADS = re.compile(
    rf" (?:{either('father')}|bojo|semah)(?!ku)\w*(?! {either('another_family')})(?: [^\W\d_]+){{0,3}} kepala {either('households')} "
)


def _denied(line: str, at: int) -> bool:
    return any(end <= at + 1 and not line[end : at + 1].strip() for _, end in found_words(line, "denial"))


@cache
def _of(section: str) -> re.Pattern[str]:
    return re.compile(rf" {any_of(phrases('family_card', section))}(?= )")
