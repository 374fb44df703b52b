"""Which facts of a birth a message changes: of a child, or of where and when a parent was born."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from intake.drafts.model import Draft
from intake.questions.changed_keys import (
    GROWN,
    OF_PARENT,
    OPEN_ALLOWED,
    PARENTS,
    Changes,
    Key,
    is_called_right,
    key_of,
    stored_value,
    writing_parent,
)
from intake.reading import (
    read_length_cm,
    read_time,
    read_weight_gram,
)
from intake.reading.frame import Frame, Item, Sense, Who
from intake.reading.frame.matching import found_words
from language.lists import either
from standard.birth_form import UNKNOWN


def change_facts(frame: Frame, draft: Draft, changes: Changes) -> None:
    wrong = frame.marks & {"wrong", "instead", "withdraw"}
    for item in frame.items:
        key = key_of(item, draft)
        if (
            item.sense is Sense.NAMED
            and any(one.field == item.field and one.who in PARENTS for one in frame.items)
            and item.who is Who.CHILD
        ):
            continue
        if key is not None and item.field in OF_PARENT and _of_the_writer(frame, item):
            key = None if (parent := writing_parent(draft)) is None else Key(f"{parent}_{OF_PARENT[item.field]}")
        if key is None or item.field in frame.several or not _of_the_birth(frame, item):
            continue
        stored = stored_value(draft, key)
        if key.child is None and item.sense is Sense.SAID and not re.search(r"(?:19|20)\d\d|[/.-]\d\d$", frame.line[item.start : item.end]):
            item = _in_the_year_of(item, stored)
        if item.field == "tanggal_lahir" and key.child is not None and item.value and str(item.value) < f"{draft.created_at.year - GROWN}":
            continue
        item = _with_figure(frame, _with_hour_near(frame, item, stored))
        if item.sense is Sense.SAID and item.value is not None and not is_only_a_part(frame, item):
            if item.value != stored and not _affirmed(frame, item):
                changes.values[key] = item.value
        elif item.sense in (Sense.UNKNOWN, Sense.WITHDRAWN):
            changes.values |= {key: UNKNOWN} if item.field in OPEN_ALLOWED and stored != UNKNOWN else {}
            changes.ask += [] if item.field in OPEN_ALLOWED else [key]
        elif (
            (item.sense is Sense.DENIED and item.value == stored and not _said_elsewhere(frame, item))
            or (item.sense is Sense.DOUBTED and wrong)
            or (item.sense is Sense.NAMED and wrong and not is_called_right(frame, item))
        ):
            changes.ask.append(key)
    changes.ask += [key for name in frame.several if (key := Key(name, 0 if len(draft.children) == 1 else None)).child is not None]


def _of_the_writer(frame: Frame, item: Item) -> bool:
    """Whether `tanggal lahir saya` stands in front of a value, in its sentence, and no child between."""
    begin = max((found.end() for found in re.finditer(r" \. ", frame.line[: item.start + 1])), default=0)
    part = frame.line[max(begin - 1, 0) : item.start + 1]
    spoken = list(SPEAKERS.finditer(part))
    return bool(spoken) and not found_words(part[spoken[-1].end() - 1 :], "child", "persons")


def _in_the_year_of(item: Item, stored: Any) -> Item:
    """A parent's day and month without a year: that of the date that stands there."""
    try:
        made = date.fromisoformat(str(item.value)).replace(year=date.fromisoformat(str(stored)).year)
    except ValueError:
        return item
    return replace(item, value=made.isoformat())


_NOT_BEFORE = re.compile(rf" {either('not_it')} (?:{either('clock')} )?$")


def _with_hour_near(frame: Frame, item: Item, stored: Any) -> Item:
    """An hour of twelve as the hour that is meant; one that is only denied says nothing."""
    if item.field != "pukul" or item.sense is not Sense.DOUBTED:
        return item
    if _NOT_BEFORE.search(frame.line[: item.start]):
        return replace(item, sense=Sense.DENIED)
    hour = _hour_near(frame, item, stored)
    return item if hour is None else replace(item, value=hour, sense=Sense.SAID)


def _with_figure(frame: Frame, item: Item) -> Item:
    """`Panjangnya yang belum, 47,5`: the one figure that is left belongs to the measure that is named as wrong."""
    if item.sense is not Sense.NAMED or item.field not in _MEASURES or len(frame.unread) != 1 or is_called_right(frame, item):
        return item
    value = _MEASURES[item.field](frame.unread[0])
    whole = int(value) if value is not None and value == int(value) else value
    return item if value is None else replace(item, value=whole, sense=Sense.SAID)


_MEASURES: dict[str, Callable[[str], float | None]] = {"berat": read_weight_gram, "panjang": read_length_cm}


def _hour_near(frame: Frame, item: Item, stored: Any) -> str | None:
    """`Jam setengah dua` as a correction: of morning and afternoon the one that is nearer to the hour that stands there."""
    stated = read_time(frame.line[item.start : item.end])
    if (
        stated is None
        or stated.hour > HALF_DAY
        or not isinstance(stored, str)
        or ":" not in stored
        or _NOT_BEFORE.search(frame.line[: item.start])
    ):
        return None
    was = int(stored[:2]) * 60 + int(stored[3:])
    minutes = (stated.hour % HALF_DAY) * 60 + stated.minute
    near = min((minutes, minutes + HALF_DAY * 60), key=lambda one: abs(one - was))
    return f"{near // 60:02d}:{near % 60:02d}" if abs(near - was) <= NEAR_MINUTES else None


HALF_DAY = 12
NEAR_MINUTES = 4 * 60
"""So far from the hour that stands there a corrected one is still the same part of the day."""


def _of_a_parent(frame: Frame, name: str) -> bool:
    return any(item.field == name and item.who in PARENTS for item in frame.items)


def _said_elsewhere(frame: Frame, item: Item) -> bool:
    return any(other.field == item.field and other.sense is Sense.SAID for other in frame.items)


_BIRTH = re.compile(rf" {either('births', 'born_or_helped')} ")
POSTED = re.compile(rf" {either('delivery', 'couriers')}\w* ")
_ELSEWHERE = frozenset({"tempat_dilahirkan", "tempat_kelahiran", "penolong"})
"""What is named in stories of other things, too."""
_TURNED = re.compile(rf" {either('not_it', 'not')} ")
_LONE = 4
"""Words of a part of a sentence that is nothing but the value."""


def _of_the_birth(frame: Frame, item: Item) -> bool:
    """Whether a place or helper is said of the birth: by its words, as the opposite of another, or alone."""
    if item.field not in _ELSEWHERE:
        return True
    if POSTED.search(frame.line):
        return False
    begin = max((found.end() for found in re.finditer(r" [,.?] ", frame.line[: item.start + 1])), default=1)
    stop = re.search(r" [,.?] ", frame.line[item.end :])
    part = frame.line[begin - 1 : item.end + stop.start() + 1 if stop else len(frame.line)]
    near = frame.line[max(begin - 40, 0) : item.end]
    turned = _TURNED.search(near) or _TURNED.search(part) or found_words(part, "instead")
    return bool(_BIRTH.search(part) or turned or len(part.split()) <= _LONE)


SPEAKERS = re.compile(rf" {either('born_label')}\w*(?: lahir| lair)? {either('self')} ")


def _affirmed(frame: Frame, item: Item) -> bool:
    """Whether the value is called right, or the word before says that it was."""
    return re.match(rf"(?: {either('that')})? (?:{either('already')} )?{either('right')} ", frame.line[item.end :] or " ") is not None


def is_only_a_part(frame: Frame, item: Item) -> bool:
    span = frame.line[item.start : item.end]
    return item.field == "tanggal_lahir" and re.fullmatch(r"(?:[a-z]+ )?\d{1,2}", span) is not None
