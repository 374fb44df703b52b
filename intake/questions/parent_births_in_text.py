"""Reads where and when each parent was born from the part of a message behind the word for that parent. Pure."""

import re
from datetime import date
from functools import cache

from intake.drafts.model import Draft
from intake.reading import read_date
from intake.reading.frame.line import line_of
from intake.reading.frame.matching import any_of, found_words
from intake.reading.gazetteer import find_places
from language.lists import either, phrases
from standard.requirements import Reporter

YOUNGEST = 12
"""Years: a day later than so long ago is the child's, not a parent's."""
_WIFE = rf"bojo(?:ku|ne)? wedok|semah (?:kulo |kula )?estri|{either('mother')}|garwo putri"
_HUSBAND = rf"bojo(?:ku|ne)? lanang|semah (?:kulo |kula )?(?:jaler|kakung)|{either('father')}|pak"
_END = rf"{either('endings')}?"
_PERSON = re.compile(
    rf" (?:(?P<ibu>(?:{_WIFE}){_END})|(?P<ayah>(?:{_HUSBAND}){_END})"
    rf"|(?P<spouse>{either('my_spouse')})"
    rf"|(?P<child>{either('child', 'younger')}{either('endings')}?)"
    rf"|(?P<own>{either('self')}))(?: {either('self', 'alone')}){{0,3}}(?= )"
)
_TURNED_ROUND = re.compile(r" (\d{4}) ([a-z]+) (?:tgl |tanggal )?(\d{1,2})(?= )")
_SPACED = re.compile(r" (\d{1,2}) (\d{1,2}) (\d{2}|\d{4})(?= )")


def births_by_person(text: str, draft: Draft, today: date) -> dict[str, str]:
    """`ibu_tempat_lahir`, `ayah_tanggal_lahir`, …: what stands behind the word for each parent; empty where none is named."""
    line = line_of(text)
    marks = [(found.start(), found.end(), _meant(found, draft, line)) for found in _PERSON.finditer(line)]
    if all(parent is None for _, _, parent in marks) or " ? " in line:
        return {}
    stated: dict[str, str] = {}
    for (_, end, parent), stop in zip(marks, [*(start for start, _, _ in marks[1:]), len(line)], strict=True):
        if parent is None:
            continue
        part = _SPACED.sub(r" \1-\2-\3", _TURNED_ROUND.sub(r" \3 \2 \1", line[end : stop + 1]))
        place, day = _place(part), _day(part, today)
        stated |= {f"{parent}_tempat_lahir": place} if place else {}
        stated |= {f"{parent}_tanggal_lahir": day} if day else {}
    if (shared := _SHARED.match(line[: marks[0][0] + 1])) and (place := _place(shared[0])):
        stated = {"ibu_tempat_lahir": place, "ayah_tempat_lahir": place, **stated}
    return stated


_SHARED = re.compile(rf" {either('both')} [^.]{{0,60}}")


def _meant(found: re.Match[str], draft: Draft, line: str) -> str | None:
    """The parent whom a word means; the writer and the writer's spouse by who reports, or by whom else the message names."""
    if found["ibu"] or found["ayah"]:
        return "ibu" if found["ibu"] else "ayah"
    if found["child"]:
        return None
    writer = draft.conditions.pelapor
    if _OF_HUSBAND.search(line):
        writer = Reporter.AYAH
    elif _OF_WIFE.search(line):
        writer = Reporter.IBU
    if writer not in (Reporter.AYAH, Reporter.IBU):
        return None
    is_mother = (writer is Reporter.IBU) == bool(found["own"])
    return "ibu" if is_mother else "ayah"


_OF_HUSBAND = re.compile(r" (?:istri(?:ku|nya)?|(?:bojo|bojoku) wedok|semah (?:kulo |kula )?estri|garwo putri) ")
_OF_WIFE = re.compile(r" (?:suami(?:ku|nya)?|(?:bojo|bojoku) lanang|semah (?:kulo |kula )?(?:jaler|kakung)|garwo kakung) ")
"""Whoever speaks of a wife is the father, whoever reported."""


def _place(part: str) -> str | None:
    named = {place.name for place in find_places(part)}
    return named.pop() if len(named) == 1 else None


def _day(part: str, today: date) -> str | None:
    """A day that is written out with its year; one that the calendar does not have is none."""
    stated = list(_with_year().finditer(part))
    if len(stated) != 1 or found_words(part, "doubt"):
        return None
    day = read_date(stated[0][0], today)
    return day.isoformat() if day is not None and day.year <= today.year - YOUNGEST else None


@cache
def _with_year() -> re.Pattern[str]:
    months = any_of(text for row in phrases("dates", "months").values() for text in row)
    return re.compile(
        rf" \d{{1,2}}(?:[-/.]\d{{1,2}}[-/.]| (?:bulan )?(?:{months}) (?:(?:{either('year')}|th) )?)(?:\d{{4}}|\d{{2}}) | \d{{8}} "
    )
