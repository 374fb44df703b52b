"""Reads the frame of a message: finders take what is certain first (dates, hours, measures), and what they leave is read by words."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from intake.reading.frame.finders import FINDERS
from intake.reading.frame.items import Frame, Item, Sense, Who
from intake.reading.frame.line import line_of
from intake.reading.frame.matching import LAST_NIGHT, Hidden, found_words, part_of
from intake.reading.frame.story import of_the_birth
from language.lists import either, phrases
from language.phrases import words

MARKS = ("instead", "wrong", "swapped", "right", "promise", "supposed", "all", "same", "waiting", "forgotten", "withdraw", "doubt")
_PERSONS = {"mother": Who.MOTHER, "father": Who.FATHER, "child": Who.CHILD, "sibling": Who.OTHER, "today": Who.OTHER, "other": Who.OTHER}
OF_PARENTS = frozenset({"tanggal_lahir", "tempat_kelahiran"})
"""What is kept of a parent, too."""
SINGLE = frozenset(
    {"penolong", "tempat_dilahirkan", "jenis_kelamin", "tempat_kelahiran", "kelahiran_ke", "tanggal_lahir", "pukul", "berat", "panjang"}
)
DENIED_REACH = 3
"""Words between a denial and what it denies (`ora neng RS`, `bukan di blora`)."""


MOST = 60
"""Values in one message from which on nobody wrote it to be read: it is left unread. Working out whom they concern takes the square."""


def read_frame(text: str, today: date, names: Iterable[str] = (), asked: str | None = None) -> Frame:
    """The frame of a message; `names` are those of several children, by which their values are told apart; `asked` is the open field."""
    names = list(names)
    line = line_of(text, frozenset(word for name in names for word in words(name)))
    hidden = Hidden(line)
    items: list[Item] = []
    for finder in FINDERS:
        items += finder(hidden, today)
    items.sort(key=lambda item: item.start)
    marks = {name for name in MARKS if found_words(line, name)}
    marks |= {"question"} if " ? " in line else set()
    if len(items) > MOST:
        return Frame(line, (), frozenset(marks), (line,), frozenset())
    items = _with_persons(_after_the_night(items, today), line, names, hidden.siblings)
    items = [_grown(item, today) for item in _with_sense(items, line)]
    items += _labels(items, line)[:MOST]
    items = of_the_birth(_by_the_night(items, line), line, asked, frozenset(word for name in names for word in words(name)))
    items = _instead(items, line)
    several = _several(items)
    return Frame(line, tuple(items), frozenset(marks), tuple(hidden.unread()), several)


def _with_persons(items: list[Item], line: str, names: list[str], siblings: list[tuple[int, int]]) -> list[Item]:
    """Whom each value concerns: the person named last before it, up to the end of the sentence; a comma ends a sibling or a plan."""
    persons = [(start, end, who) for section, who in _PERSONS.items() for start, end in found_words(line, section, "persons")]
    persons += [(start, end, Who.OTHER) for start, end in siblings]
    parents = [end for _, end, who in persons if who in (Who.MOTHER, Who.FATHER)]
    persons = [
        row
        for row in persons
        if not (row[2] is Who.CHILD and line[row[0] :].startswith(("lahir", "lair")) and _right_behind(line, parents, row[0]))
    ]
    children = children_named(line, names)
    taken = [(item.start, item.end) for item in items]
    persons = [row for row in persons if not any(one <= row[0] and row[1] <= other for one, other in taken)]
    read = []
    for item in items:
        ahead = [(start, end, who) for start, end, who in persons if end <= item.start + 1 and not _parted(line, end, item.start, who)]
        who = max(ahead, key=lambda row: (row[0], row[1] - row[0]))[2] if ahead else Who.CHILD
        behind = [(start, child) for start, child in children if start <= item.start and " . " not in line[start : item.start]]
        child = max(behind)[1] if behind else None
        part = part_of(line, item.start)
        apart = bool(behind) and max(behind)[0] < part[0] - 1
        if apart and (found_words(f" {line[part[0] : part[1]]} ", "all") or (item.field in _TOGETHER and found_words(line, "all"))):
            child = None  # `semua di RSUD; Nadia jam 8, Nadin jam 9, dokter`
        if who in (Who.MOTHER, Who.FATHER) and (child is not None or item.field not in OF_PARENTS):
            who = Who.OTHER if item.field in ("berat", "panjang", "kelahiran_ke", "pukul") and child is None else Who.CHILD
        read.append(replace(item, who=Who.CHILD if child is not None and who is Who.OTHER else who, child=child))
    return read


_TOGETHER = frozenset({"penolong", "tempat_dilahirkan", "tempat_kelahiran"})
"""What twins mostly share."""


GROWN = 12
"""Years: a day longer ago is no newborn's."""


def _grown(item: Item, today: date) -> Item:
    """A day of birth of so long ago belongs to whoever writes or is spoken of, not to the child."""
    old = item.field == "tanggal_lahir" and item.who is Who.CHILD and item.value and str(item.value) < f"{today.year - GROWN}"
    return replace(item, who=Who.OTHER) if old else item


def _right_behind(line: str, ends: list[int], start: int) -> bool:
    """`Istri saya lahirnya …`: the birth is hers."""
    return any(end <= start and line[end:start].strip() in ("", "saya", "kulo", "kula", "e", "ne", "nya") for end in ends)


def _after_the_night(items: list[Item], today: date) -> list[Item]:
    """`Tadi malam` is yesterday before midnight and today after it: the hour tells."""
    hour = next((item.value for item in items if item.field == "pukul" and item.sense is Sense.SAID), None)
    day = None if hour is None else today if hour < "12:00" else today - timedelta(days=1)
    if day is None:
        return [replace(item, value=None, sense=Sense.DOUBTED) if item.value == LAST_NIGHT else item for item in items]
    return [replace(item, value=day.isoformat()) if item.value == LAST_NIGHT else item for item in items]


_MIDNIGHT = re.compile(rf"(?<! setengah)(?<! tengah)(?<! separo) 12 {either('eve', 'night')} ")
_EVE = re.compile(rf" {either('eve')} (?P<day>\w+) ")


def _by_the_night(items: list[Item], line: str) -> list[Item]:
    """Twelve at night belongs to two days, and `malem Jumat` is Thursday's: hour and date are asked unless they agree."""
    midnight = _MIDNIGHT.search(line) is not None and any(item.field == "pukul" and item.value == "00:00" for item in items)
    weekdays = {text: int(number) for number, row in phrases("dates", "weekdays").items() for text in row}
    eves = {weekdays[found["day"]] for found in _EVE.finditer(line) if found["day"] in weekdays}
    read = []
    for item in items:
        doubted = midnight and ((item.field == "pukul" and item.value == "00:00") or item.field == "tanggal_lahir")
        if item.field == "tanggal_lahir" and eves and item.value and item.who is Who.CHILD:
            doubted |= any((date.fromisoformat(str(item.value)).weekday() + 1) % 7 != eve for eve in eves)
        if item.field == "pukul" and eves and item.value and not re.search(r"\d[.:]\d\d", line[item.start : item.end]):
            doubted |= not _parts_named(line[item.start : item.end])
        read.append(replace(item, value=None, sense=Sense.DOUBTED) if doubted and item.sense is Sense.SAID else item)
    return read


def _parts_named(span: str) -> bool:
    return any(f" {text} " in f" {span} " for row in phrases("times", "parts").values() for text in row)


def _parted(line: str, end: int, start: int, who: Who) -> bool:
    between = line[end - 1 : start + 1]
    return " . " in between or (who is not Who.CHILD and " , " in between)


_ELDER = re.compile(
    rf" (?:{either('elder_said')}|{either('which')} (?:lahir|lair) {either('first')}"
    rf"|{either('which')} {either('came')} {either('first')})(?= )"
)
_YOUNGER = re.compile(rf" (?:{either('younger_said')}|{either('which')} (?:lahir|lair) {either('later')})(?= )")
"""Which of two twins is meant without a name."""


@cache
def _forms(word: str) -> frozenset[str]:
    return frozenset(word + ending for ending in ("", "ne", "e", "nya"))


def children_named(line: str, names: list[str]) -> list[tuple[int, int]]:
    """Where each of several children is named by a word of its name that no other has."""
    own = [set(words(name)) for name in names]
    found: list[tuple[int, int]] = []
    if len(names) == 2:
        for pattern, at in ((_ELDER, 0), (_YOUNGER, 1)):
            found += [(match.start(), at) for match in pattern.finditer(line)]
    for at, mine in enumerate(own):
        others = {word for other, theirs in enumerate(own) if other != at for word in theirs}
        for word in mine - others:
            found += [(match.start(), at) for match in re.finditer(r" [^\W\d_]+(?= )", line) if match[0][1:] in _forms(word)]
    return sorted(found)


def _with_sense(items: list[Item], line: str) -> list[Item]:
    """Denied where a denial stands right in front, doubted where the same part of the sentence weighs it."""
    denials = found_words(line, "denial")
    turned = [(found.start(), found.end()) for found in re.finditer(rf" {either('contrast')}(?= )", line)]
    doubts = found_words(line, "doubt")
    forgotten = found_words(line, "forgotten")
    read = []
    for item in items:
        sense = item.sense
        turns = [start for start, _ in turned if start < item.start]
        ahead = [
            end
            for start, end in denials
            if end <= item.start + 1 and not any(start < turn for turn in turns) and len(line[end : item.start].split()) < DENIED_REACH
        ]
        if (
            sense is Sense.SAID
            and ahead
            and not re.search(r" [,.?] ", line[ahead[-1] - 1 : item.start + 1])
            and not _other_between(items, ahead[-1], item)
        ):
            sense = Sense.DENIED
        if sense is Sense.SAID and any(_doubts(line, span, item, items) for span in doubts):
            sense = Sense.DOUBTED
        if sense is Sense.SAID and (_guessed(line, item) or any(_right_before(line, span, item) for span in forgotten)):
            sense = Sense.DOUBTED
        read.append(replace(item, sense=sense))
    return _turned(read)


def _doubts(line: str, span: tuple[int, int], item: Item, items: list[Item]) -> bool:
    """Whether a word of doubt weighs this value: the one behind the word, or the one before it where none stands behind."""
    if not _beside(line, span, item):
        return False
    behind = any(other.start >= span[1] - 1 and _beside(line, span, other) for other in items)
    return item.start >= span[1] - 1 or not behind or _between_two(line, span)


def _between_two(line: str, span: tuple[int, int]) -> bool:
    """`Senin atau Selasa`, `20 sampai 21`: the word joins two values, and weighs both."""
    return line[span[0] : span[1]].strip() in (
        "atau",
        "utawa",
        "utawi",
        "apa",
        "opo",
        "nopo",
        "po",
        "apakah",
        "sampai",
        "sampe",
        "tekan",
        "nganti",
    )


def _guessed(line: str, item: Item) -> bool:
    """`Kalau bukan X ya Y`: one of two, and nobody knows which."""
    begin = part_of(line, item.start)[0]
    return re.search(rf" {either('if')} {either('not', 'not_it')} ", f" {line[begin : item.start + 1]}") is not None


def _right_before(line: str, span: tuple[int, int], item: Item) -> bool:
    return span[1] <= item.start + 1 and not line[span[1] : item.start].strip()


def _turned(items: list[Item]) -> list[Item]:
    """`Bukan perempuan` says which of two it is, where nothing else does."""
    sexes = [item for item in items if item.field == "jenis_kelamin"]
    if len(sexes) != 1 or sexes[0].sense is not Sense.DENIED:
        return items
    turned = replace(sexes[0], value={"L": "P", "P": "L"}[sexes[0].value], sense=Sense.SAID)
    return [turned if item is sexes[0] else item for item in items]


def _other_between(items: list[Item], start: int, item: Item) -> bool:
    return any(start <= other.start < item.start for other in items if other is not item)


def _beside(line: str, span: tuple[int, int], item: Item) -> bool:
    """Whether words stand in the same part of the sentence, no other value between."""
    start, end = (span[1], item.start) if span[1] <= item.start + 1 else (item.end, span[0])
    between = line[start:end]
    return not re.search(r"[,.?]", between) and len(between.split()) <= 3 and not re.search(r"\d", between)


def _labels(items: list[Item], line: str) -> list[Item]:
    """Fields that are named: with "I don't know" beside, unknown; taken back; else named without a value."""
    forgotten, withdrawn = found_words(line, "forgotten"), found_words(line, "withdraw")
    taken = [(item.start, item.end) for item in items]
    hits = [(start, end, field) for field in phrases("frame", "labels") for start, end in found_words(line, field, "labels")]
    found: list[Item] = []
    for start, end, field in sorted(hits, key=lambda hit: hit[0] - hit[1]):
        if any(one < end and start < other for one, other in taken):
            continue
        taken.append((start, end))
        part = part_of(line, start)
        sense = Sense.NAMED
        if any(part[0] <= at < part[1] for at, _ in forgotten):
            sense = Sense.UNKNOWN
        if any(part[0] <= at < part[1] for at, _ in withdrawn):
            sense = Sense.WITHDRAWN
        if sense is Sense.NAMED and any(item.field == field and part[0] <= item.start < part[1] + 40 for item in items):
            continue
        found.append(Item(field, None, start, end, sense, _owner_behind(line, end)))
    return found


def _owner_behind(line: str, end: int) -> Who:
    """Whose field is named: `tanggal lahir ibunya`, `tgl lahir bapake`."""
    for who in ("mother", "father"):
        if any(
            end <= start + 1 and len(line[end:start].split()) <= 1 and "," not in line[end:start]
            for start, _ in found_words(line, who, "persons")
        ):
            return _PERSONS[who]
    return Who.CHILD


def _instead(items: list[Item], line: str) -> list[Item]:
    """Of two values of one field, the one behind `eh`, `ding`, `harusnya` replaces the one before."""
    turns = [start for start, _ in found_words(line, "instead")]
    kept = []
    for item in items:
        if _TWO_SOURCES.search(line):
            kept.append(item)
            continue
        same = [other for other in items if other.field == item.field and other.who is item.who and other.child == item.child]
        later = [other for other in same if other.start > item.start and other.sense is Sense.SAID]
        replaced = item.sense is Sense.SAID and any(item.start < turn <= other.start + 1 for other in later for turn in turns)
        kept.append(replace(item, sense=Sense.DENIED) if replaced else item)
    return kept


_TWO_SOURCES = re.compile(rf" {either('said')}\w* (?:[^ ]+ ){{1,12}}?{either('written')} ")
"""What was said and what is written: nobody can tell which holds."""


def _several(items: list[Item]) -> frozenset[str]:
    """Fields with two different values of one child."""
    values: dict[tuple[str, int | None], set[str]] = {}
    for item in items:
        if item.who is Who.CHILD and item.sense is Sense.SAID and item.field in SINGLE:
            values.setdefault((item.field, item.child), set()).add(str(item.value))
    return frozenset(field for (field, _), found in values.items() if len(found) > 1)
