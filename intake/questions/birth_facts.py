"""Reads the facts of a birth from a message through its frame: one field that was asked for, or all that are said."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from intake.reading import (
    PlaceKind,
    is_question,
    read_birthplace,
    read_date,
    read_helper,
    read_length_cm,
    read_ordinal,
    read_place_kind,
    read_sex,
    read_time,
    read_weight_gram,
)
from intake.reading.frame import Frame, Item, Sense, Who, read_frame
from intake.reading.frame.line import line_of
from intake.reading.frame.matching import found_words
from intake.reading.frame.reader import children_named
from intake.reading.frame.story import story_words
from language.lists import either, phrases
from language.phrases import plain, words
from standard.birth_form import UNKNOWN, birth_fields

SHORT_BARE = 3
"""Words of an answer in which one of another matter is none."""
LONGEST_BARE = 7
"""Words of an answer that may be read by the reader of the one field that was asked for."""


def says_unknown(text: str) -> bool:
    """Whether the person says that they don't know or remember it."""
    line = f" {plain(text)} "
    return bool(found_words(line, "forgotten")) and not any(
        found_words(line[: start + 1], "denial")[-1:] == [(start - len(word) - 1, start - 1)]
        for start, _ in found_words(line, "forgotten")
        for word in ("bukan", "dudu", "sanes")
    )


def unknown_fields() -> frozenset[str]:
    """The fields that may stay open on the form."""
    return frozenset(field.name for field in birth_fields() if field.unknown)


def facts_of(frame: Frame, wanted: Iterable[str], child: int | None = None) -> dict[str, Any]:
    """The wanted fields of a child that a frame holds for certain; what is said not to be known as `UNKNOWN`."""
    wanted = set(wanted)
    found = {name: value for name, value in frame.said(child).items() if name in wanted}
    if found.keys() == {"tanggal_lahir"} and _market_day_alone(frame):
        found = {}
    for item in frame.items:
        if (
            item.sense is Sense.UNKNOWN
            and "question" not in frame.marks
            and not any(other.field == item.field and other.sense is Sense.DOUBTED for other in frame.items)
            and item.field in wanted & unknown_fields()
            and item.field not in found
            and item.child in (None, child)
        ):
            found[item.field] = UNKNOWN
    return found


def _market_day_alone(frame: Frame) -> bool:
    """Whether the day is told by both Javanese weeks alone: one in thirty-five, proposed as a date and asked back."""
    spans = [frame.line[item.start : item.end] for item in frame.items if item.field == "tanggal_lahir" and item.sense is Sense.SAID]
    market = {word for row in phrases("dates", "pasaran").values() for word in row}
    return any(not re.search(rf"\d|{either('past_days')}", span) and set(span.split()) & market for span in spans)


def read_facts(text: str, wanted: Iterable[str], today: date, names: Sequence[str] = (), asked: str | None = None) -> dict[str, Any]:
    """Every wanted field that the message says for certain; nothing of what it denies, doubts, promises, or tells of somebody else."""
    frame = read_frame(text, today, names, asked)
    found = facts_of(frame, wanted)
    if "supposed" in frame.marks and "question" in frame.marks and len(found) < 2:
        return {}
    if says_unknown(text) and not found and not frame.items:
        found = {name: UNKNOWN for name in unknown_fields() & set(wanted)} if len(set(wanted) - unknown_fields()) == 0 else {}
    return found


def read_asked(field: str, text: str, today: date, names: Sequence[str] = ()) -> dict[str, Any]:
    """The answer to a question about one field, with whatever else is said beside it; empty where the field itself is not told."""
    frame = read_frame(text, today, names, field)
    fields = [known.name for known in birth_fields()]
    found = facts_of(frame, fields)
    named = {item.field for item in frame.items if item.sense is not Sense.NAMED or item.field != field}
    if field in unknown_fields() and not named and says_unknown(text):
        return {field: UNKNOWN}
    spoken = any(item.field == field and item.sense is not Sense.NAMED for item in frame.items)
    if field not in found and re.fullmatch(r"\W*[\d.,]+\W*", text):
        found = {}  # figures alone are an answer to what was asked, or none
        spoken = False
    if field in found or spoken or field in frame.open() or frame.marks & {"supposed", "promise", "waiting"}:
        return found
    if field in unknown_fields() and says_unknown(text):
        return {**found, field: UNKNOWN}
    first = frame.line.split(" , ")[0].split(" . ")[0] if frame.items else text
    own = read_frame(first, today, names) if frame.items else frame
    bare = None if own.items or _doubts(own, first) else _READERS[field](first, today)
    return {**found, field: bare} if bare is not None else found


def bare_answers(field: str, text: str, today: date, names: Sequence[str]) -> dict[int, Any]:
    """Of several children the bare answer of each, behind its name (`kakaknya 46, adiknya 44`), or of all (`45 semua`)."""
    line = line_of(text, frozenset(word for name in names for word in words(name)))
    named = children_named(line, list(names))
    if not named:
        rest = " ".join(word for word in line.split() if word not in _every())
        whole = bool(found_words(line, "all")) and not is_question(text)
        value = _READERS[field](rest, today) if whole and len(rest.split()) <= SHORT_BARE else None
        return {} if value is None else dict.fromkeys(range(len(names)), value)
    found: dict[int, Any] = {}
    for (start, child), end in zip(named, [*(start for start, _ in named[1:]), len(line)], strict=True):
        part = " ".join(line[start:end].replace(" , ", " ").replace(" . ", " ").split()[1:])
        value = _READERS[field](part, today) if len(part.split()) <= SHORT_BARE and not is_question(text) else None
        if value is None and field in unknown_fields() and says_unknown(part):
            value = UNKNOWN
        if value is not None:
            found[child] = value
    return found


def _every() -> frozenset[str]:
    return frozenset(word for text in (*phrases("frame", "all"), "sama") for word in words(text))


def _doubts(frame: Frame, text: str) -> bool:
    """Whether a text is no bare answer: it asks, weighs, denies, or tells a story."""
    return (
        bool(frame.marks & {"doubt"})
        or (story_words(frame.line) > 0 and len(words(text)) > SHORT_BARE)
        or is_question(text)
        or len(words(text)) > LONGEST_BARE
        or bool(found_words(frame.line, "denial"))
    )


def _iso_date(text: str, today: date) -> str | None:
    """A date; the day of the month alone is the last such day."""
    alone = re.fullmatch(r"\D{0,12}?(\d{1,2})\D{0,6}", text.strip())
    if alone and read_date(text, today) is None:
        days = (today - timedelta(days=ago) for ago in range(62))
        return next((day.isoformat() for day in days if day.day == int(alone[1])), None)
    found = read_date(text, today)
    return None if found is None else found.isoformat()


def _clock(text: str, _today: date) -> str | None:
    found = read_time(text)
    hours = [word for word in words(text) if word.isdecimal()]
    return None if found is None or (len(hours) == 1 and int(hours[0]) <= 12) else f"{found:%H:%M}"


def _place_kind(text: str, _today: date) -> str | None:
    found = read_place_kind(text)
    return None if found is None else PlaceKind(found).value


_SIBLING = re.compile(rf"\b{either('siblings')}{either('endings')}\b")
_READERS: dict[str, Callable[[str, date], Any]] = {
    "jenis_kelamin": lambda text, _: None if (sex := read_sex(text)) is None else sex.value,
    "tanggal_lahir": _iso_date,
    "pukul": _clock,
    "tempat_dilahirkan": _place_kind,
    "tempat_kelahiran": lambda text, _: read_birthplace(text),
    "kelahiran_ke": lambda text, _: None if _SIBLING.search(plain(text)) else read_ordinal(text),
    "penolong": lambda text, _: None if (helper := read_helper(text)) is None else helper.value,
    "berat": lambda text, _: read_weight_gram(text),
    "panjang": lambda text, _: read_length_cm(text),
}

__all__ = ["Item", "Who", "facts_of", "read_asked", "read_facts", "says_unknown", "unknown_fields"]
