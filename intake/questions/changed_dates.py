"""Changes a part of a stored date: its day, month or year; the rest stays."""

import re
from datetime import date
from functools import cache

from intake.drafts.model import Draft
from intake.questions.changed_facts import SPEAKERS, is_only_a_part
from intake.questions.changed_keys import Changes, Key, key_of, stored_value, writing_parent
from intake.reading.frame import Frame, Sense
from intake.reading.frame.matching import any_of, found_words
from language.lists import either, phrases


def change_dates(frame: Frame, draft: Draft, changes: Changes) -> None:
    """`Tgl lahir bapake 17 dudu 11`, `bulannya november`, `tahune 2025`: a part of a stored date, the rest stays."""
    months = {text: int(number) for number, row in phrases("dates", "months").items() for text in row}
    denial = any_of(phrases("frame", "denial"))
    for match in re.finditer(
        rf" (?:tgl|tanggal)\w*(?: \w+){{0,3}}? (\d{{1,2}})(?= (?!{either('month', 'month_begins')}|[a-z]*ber))",
        frame.line,
    ):
        _replace_part(frame, draft, changes, match.start(1), day=int(match[1]), denied=denial)
    for match in _DAY_INSTEAD.finditer(frame.line):
        if found_words(frame.line[: match.start() + 1], "tanggal_lahir", "labels"):
            _replace_part(frame, draft, changes, match.start("day"), day=int(match["day"]), denied="")
    for match in _YEAR_INSTEAD.finditer(frame.line):
        _replace_part(frame, draft, changes, match.start("year"), year=int(match["year"]), denied="")
    for match in _SHORT_YEAR.finditer(frame.line):
        _replace_part(frame, draft, changes, match.start("year"), year=_century(int(match["year"])), denied="")
    if re.search(rf" {either('month')}\w* ", frame.line):
        for match in _month_names().finditer(frame.line):
            if not _denied_end().search(frame.line[: match.start() + 1]):
                number = next(number for text, number in months.items() if match[1].startswith(text))
                _replace_part(frame, draft, changes, match.start(1), month=number, denied=denial)
    for match in re.finditer(rf" {either('year')}\w*(?: \w+){{0,2}}? ((?:19|20)\d\d)(?= )", frame.line):
        _replace_part(frame, draft, changes, match.start(1), year=int(match[1]), denied=denial)


_DAY_INSTEAD = re.compile(
    rf" {either('not_it')} \d{{1,2}} (?:, |{either('contrast')} |{either('rather')} ){{1,2}}"
    r"(?:tgl |tanggal )?(?P<day>\d{1,2})(?= )"
)
_YEAR_INSTEAD = re.compile(rf" (?:lahir|lair)\w* (?:{either('year')} )?(?P<year>(?:19|20)\d\d) {either('not_it')} ")
_SHORT_YEAR = re.compile(
    rf" {either('year')}(?:nya|ne|e)? (?:lahir|lair)\w* (?:\w+ ){{0,2}}(?P<year>\d\d)(?= (?:$|[,.]|{either('address', 'agreeing')}))"
)
CENTURY = 30


def _century(year: int) -> int:
    """Two figures of a parent's year."""
    return year + (2000 if year <= CENTURY else 1900)


def _replace_part(frame: Frame, draft: Draft, changes: Changes, at: int, *, denied: str, **part: int) -> None:
    if (denied and _denied_end().search(frame.line[:at])) or any(
        item.field == "tanggal_lahir" and item.start <= at < item.end and not is_only_a_part(frame, item) for item in frame.items
    ):
        return
    ahead = [match.group() for match in re.finditer(rf" {either('mother', 'father')}\w*", frame.line[:at])]
    writer = writing_parent(draft) if SPEAKERS.search(frame.line) else None
    whose = writer or "" if writer or not ahead else "ibu" if re.match(rf" {either('mother')}", ahead[-1]) else "ayah"
    key = Key(f"{whose}_tanggal_lahir") if whose else Key("tanggal_lahir", 0)
    if not whose and len(draft.children) != 1:
        return
    if any(key_of(item, draft) == key and item.sense is Sense.SAID and not is_only_a_part(frame, item) for item in frame.items):
        return
    stored = changes.values.get(key) or stored_value(draft, key)
    try:
        made = date.fromisoformat(str(stored)).replace(**part)
    except ValueError:
        changes.ask.append(key)
        return
    if made.isoformat() != stored:
        changes.values[key] = made.isoformat()


@cache
def _month_names() -> re.Pattern[str]:
    return re.compile(rf" ({any_of(text for row in phrases('dates', 'months').values() for text in row)})(?= )")


@cache
def _denied_end() -> re.Pattern[str]:
    return re.compile(rf" {any_of(phrases('frame', 'denial'))} (?:\w+ ){{0,2}}$")
