"""Reads what a message changes of what is stored already: one value at a time, and nothing that it does not name. Pure."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import Any

from rapidfuzz import fuzz

from intake.drafts.birth_letters import set_aside
from intake.drafts.learning import parent_called
from intake.drafts.model import Draft
from intake.questions.answers import NOTHING_WRONG, statuses_told
from intake.questions.name_edits import edited_name
from intake.questions.papers import CONDITIONS, papers_told
from intake.questions.reporter import denies_relation, reporter_corrected
from intake.reading import (
    Answer,
    is_question,
    read_address,
    read_count,
    read_length_cm,
    read_name,
    read_time,
    read_weight_gram,
    read_yes_no,
)
from intake.reading.family_card import read_family_card_said
from intake.reading.frame import Frame, Item, Sense, Who, read_frame
from intake.reading.frame.matching import any_of, found_words
from language.lists import load, phrases, word_set
from language.phrases import ENDINGS, plain, words
from standard.birth_form import UNKNOWN, birth_fields
from standard.requirements import FamilyCard, Reporter

NAMES = ("nama_ibu", "nama_ayah", "nama_anak")
GROWN = 12
"""Years: whoever was born longer ago is no newborn whose date is corrected."""
ALIKE = 60
"""How alike a new spelling and the stored name are at least, in hundredths."""
_PARENTS = {Who.MOTHER: "ibu", Who.FATHER: "ayah"}
_OF_PARENT = {"tanggal_lahir": "tanggal_lahir", "tempat_kelahiran": "tempat_lahir"}
_FIELDS = frozenset(known.name for known in birth_fields())
_OPEN_ALLOWED = frozenset(known.name for known in birth_fields() if known.unknown)


@dataclass(frozen=True)
class Key:
    """What is changed: a field of a child (by its position), or of the bundle."""

    field: str
    child: int | None = None


@dataclass
class Changes:
    """What a message changes. `ask`: named as wrong, or changed in a way that can't be read."""

    values: dict[Key, Any] = field(default_factory=dict)
    ask: list[Key] = field(default_factory=list)
    agrees: bool = False
    """The message says that all is right, and nothing else."""
    disagrees: bool = False
    corrects: bool = False
    """Words of correcting stand in it (`salah`, `bukan … tapi`, `harusnya`)."""
    speaks: bool = False
    """Something weighty is in it that was not read: it is no plain yes."""


def read_changes(text: str, draft: Draft, today: date) -> Changes:
    """Every change that a message asks for, against what stands in the draft."""
    names = [child.nama or "" for child in draft.children]
    frame = read_frame(text, today, names if len(names) > 1 else ())
    changes = Changes()
    if " ? " in frame.line and not frame.marks & {"wrong", "instead", "swapped"}:
        changes.speaks = True
    _facts(frame, draft, changes)
    _parts_of_dates(frame, draft, changes)
    _names(text, frame, draft, changes)
    _papers(text, draft, changes)
    _address(text, frame, draft, changes)
    _children(text, frame, draft, changes)
    _reporter(text, frame, draft, changes)
    _family(text, frame, draft, changes)
    _swapped(frame, draft, changes)
    changes.ask = [key for key in dict.fromkeys(changes.ask) if key not in changes.values]
    if " ? " in frame.line and not frame.marks & {"wrong", "swapped"}:
        changes.ask = []  # `kalau nanti mau ganti nama, masih bisa?`
    changes.corrects = (
        Key("pelapor") in changes.values
        or bool(frame.marks & {"wrong", "instead", "swapped", "withdraw"})
        or any(one.sense is Sense.DENIED for one in frame.items)
    )
    _agreement(text, frame, changes)
    return changes


def _facts(frame: Frame, draft: Draft, changes: Changes) -> None:
    wrong = frame.marks & {"wrong", "instead", "withdraw"}
    for item in frame.items:
        key = _key(item, draft)
        if (
            item.sense is Sense.NAMED
            and any(one.field == item.field and one.who in _PARENTS for one in frame.items)
            and item.who is Who.CHILD
        ):
            continue
        if key is not None and item.field in _OF_PARENT and _of_the_writer(frame, item):
            key = None if (parent := _writer(draft)) is None else Key(f"{parent}_{_OF_PARENT[item.field]}")
        if key is None or item.field in frame.several or not _of_the_birth(frame, item):
            continue
        stored = stored_value(draft, key)
        if key.child is None and item.sense is Sense.SAID and not re.search(r"(?:19|20)\d\d|[/.-]\d\d$", frame.line[item.start : item.end]):
            item = _in_the_year_of(item, stored)
        if item.field == "tanggal_lahir" and key.child is not None and item.value and str(item.value) < f"{draft.created_at.year - GROWN}":
            continue
        item = _with_figure(frame, _with_hour_near(frame, item, stored))
        if item.sense is Sense.SAID and item.value is not None and not _only_a_part(frame, item):
            if item.value != stored and not _affirmed(frame, item):
                changes.values[key] = item.value
        elif item.sense in (Sense.UNKNOWN, Sense.WITHDRAWN):
            changes.values |= {key: UNKNOWN} if item.field in _OPEN_ALLOWED and stored != UNKNOWN else {}
            changes.ask += [] if item.field in _OPEN_ALLOWED else [key]
        elif (
            (item.sense is Sense.DENIED and item.value == stored and not _said_elsewhere(frame, item))
            or (item.sense is Sense.DOUBTED and wrong)
            or (item.sense is Sense.NAMED and wrong and not _right_beside(frame, item))
        ):
            changes.ask.append(key)
    changes.ask += [key for name in frame.several if (key := Key(name, 0 if len(draft.children) == 1 else None)).child is not None]


def _of_the_writer(frame: Frame, item: Item) -> bool:
    """Whether `tanggal lahir saya` stands in front of a value, in its sentence, and no child between."""
    begin = max((found.end() for found in re.finditer(r" \. ", frame.line[: item.start + 1])), default=0)
    part = frame.line[max(begin - 1, 0) : item.start + 1]
    spoken = list(_SPEAKERS.finditer(part))
    return bool(spoken) and not found_words(part[spoken[-1].end() - 1 :], "child", "persons")


def _writer(draft: Draft) -> str | None:
    """The parent who writes."""
    return draft.conditions.pelapor.value if draft.conditions.pelapor in ("ayah", "ibu") and draft.conditions.pelapor else None


def _in_the_year_of(item: Item, stored: Any) -> Item:
    """A parent's day and month without a year: that of the date that stands there."""
    try:
        made = date.fromisoformat(str(item.value)).replace(year=date.fromisoformat(str(stored)).year)
    except ValueError:
        return item
    return replace(item, value=made.isoformat())


_NOT_BEFORE = re.compile(r" (?:bukan|bkn|dudu|sanes) (?:jam |pukul |tabuh )?$")


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
    if item.sense is not Sense.NAMED or item.field not in _MEASURES or len(frame.unread) != 1 or _right_beside(frame, item):
        return item
    value = _MEASURES[item.field](frame.unread[0])
    whole = int(value) if value is not None and value == int(value) else value
    return item if value is None else replace(item, value=whole, sense=Sense.SAID)


_MEASURES: dict[str, Callable[[str], float | None]] = {"berat": read_weight_gram, "panjang": read_length_cm}


def _hour_near(frame: Frame, item: Item, stored: Any) -> str | None:
    """`Jam setengah dua` as a correction: of morning and afternoon the one that is nearer to the hour that stands there."""
    told = read_time(frame.line[item.start : item.end])
    if (
        told is None
        or told.hour > HALF_DAY
        or not isinstance(stored, str)
        or ":" not in stored
        or _NOT_BEFORE.search(frame.line[: item.start])
    ):
        return None
    was = int(stored[:2]) * 60 + int(stored[3:])
    minutes = (told.hour % HALF_DAY) * 60 + told.minute
    near = min((minutes, minutes + HALF_DAY * 60), key=lambda one: abs(one - was))
    return f"{near // 60:02d}:{near % 60:02d}" if abs(near - was) <= NEAR_MINUTES else None


HALF_DAY = 12
NEAR_MINUTES = 4 * 60
"""So far from the hour that stands there a corrected one is still the same part of the day."""


def _of_a_parent(frame: Frame, name: str) -> bool:
    return any(item.field == name and item.who in _PARENTS for item in frame.items)


def _said_elsewhere(frame: Frame, item: Item) -> bool:
    return any(other.field == item.field and other.sense is Sense.SAID for other in frame.items)


_BIRTH = re.compile(r" (?:lahir|lair|laire|lairipun|lahirnya|kelahiran|babaran|tempat\w*|nolong|nulung\w*|ditolong|ditulung\w*|dibantu) ")
_POSTED = re.compile(r" (?:kia|dikirim|kirim|alamat|rt|rw|kurir|diantar)\w* ")
_ELSEWHERE = frozenset({"tempat_dilahirkan", "tempat_kelahiran", "penolong"})
"""What is named in stories of other things, too."""
_TURNED = re.compile(r" (?:bukan|bkn|dudu|sanes|ora|mboten|tidak|gak) ")
_LONE = 4
"""Words of a part of a sentence that is nothing but the value."""


def _of_the_birth(frame: Frame, item: Item) -> bool:
    """Whether a place or helper is said of the birth: by its words, as the opposite of another, or alone."""
    if item.field not in _ELSEWHERE:
        return True
    if _POSTED.search(frame.line):
        return False
    begin = max((found.end() for found in re.finditer(r" [,.?] ", frame.line[: item.start + 1])), default=1)
    stop = re.search(r" [,.?] ", frame.line[item.end :])
    part = frame.line[begin - 1 : item.end + stop.start() + 1 if stop else len(frame.line)]
    near = frame.line[max(begin - 40, 0) : item.end]
    turned = _TURNED.search(near) or _TURNED.search(part) or found_words(part, "instead")
    return bool(_BIRTH.search(part) or turned or len(part.split()) <= _LONE)


_SPEAKERS = re.compile(r" (?:tgl|tanggal|tempat|ttl)\w*(?: lahir| lair)? (?:saya|kulo|kula|aku|sy) ")


def _key(item: Item, draft: Draft) -> Key | None:
    if item.who in _PARENTS and item.field in _OF_PARENT:
        return Key(f"{_PARENTS[item.who]}_{_OF_PARENT[item.field]}")
    if item.who is not Who.CHILD or item.field not in _FIELDS:
        return None
    if len(draft.children) == 1:
        return Key(item.field, 0)
    return None if item.child is None else Key(item.field, item.child)


def stored_value(draft: Draft, key: Key) -> Any:
    """What stands under a key."""
    if key.child is not None:
        child = draft.children[key.child]
        return child.nama if key.field == "nama_anak" else child.fields.get(key.field)
    if key.field in ("nama_ibu", "nama_ayah"):
        return parent_called(draft, key.field.removeprefix("nama_"))
    if key.field in CONDITIONS.values() or key.field == "jumlah_anak":
        return getattr(draft.known, key.field)
    if key.field == "pelapor" or key.field in FAMILY:
        return getattr(draft.known, key.field)
    if key.field == "alamat_kia":
        return (draft.alamat_kia or {}).get("alamat")
    return draft.parent_births.get(key.field)


def store_change(draft: Draft, key: Key, value: Any) -> None:
    """Writes one change, and nothing beside it."""
    if key.child is not None:
        child = draft.children[key.child]
        set_aside(draft, key.child, key.field)
        if key.field == "nama_anak":
            child.nama, child.confirmed = value, False
        else:
            child.fields[key.field], child.sources[key.field] = value, "chat"
    elif key.field in ("nama_ibu", "nama_ayah", "email"):
        setattr(draft, key.field, value)
    elif key.field == "pelapor":
        draft.conditions.pelapor, draft.hubungan_pelapor = value
    elif key.field in CONDITIONS.values() or key.field in FAMILY:
        setattr(draft.conditions, key.field, value)
    elif key.field == "alamat_kia":
        draft.alamat_kia = {"alamat": value, "location": None}
    else:
        draft.parent_births[key.field] = value


def _right_beside(frame: Frame, item: Item) -> bool:
    """Whether the part of the sentence says of the field that it is right."""
    stop = re.search(r" [,.?] ", frame.line[item.end :])
    part = frame.line[item.end - 1 : item.end + stop.start() + 1 if stop else len(frame.line)]
    return bool(found_words(part, "right")) and not found_words(part, "wrong")


def _affirmed(frame: Frame, item: Item) -> bool:
    """Whether the value is called right, or the word before says that it was."""
    return re.match(r"(?: itu| iku| kuwi)? (?:sudah |wis |sampun )?(?:betul|bener|benar|leres) ", frame.line[item.end :] or " ") is not None


def _only_a_part(frame: Frame, item: Item) -> bool:
    span = frame.line[item.start : item.end]
    return item.field == "tanggal_lahir" and re.fullmatch(r"(?:[a-z]+ )?\d{1,2}", span) is not None


def _parts_of_dates(frame: Frame, draft: Draft, changes: Changes) -> None:
    """`Tgl lahir bapake 17 dudu 11`, `bulannya november`, `tahune 2025`: a part of a stored date, the rest stays."""
    months = {text: int(number) for number, row in phrases("dates", "months").items() for text in row}
    denial = any_of(phrases("frame", "denial"))
    for match in re.finditer(
        r" (?:tgl|tanggal)\w*(?: \w+){0,3}? (\d{1,2})(?= (?!bulan|bln|sasi|[a-z]*ber|jan|feb|mar|apr|mei|jun|jul|agu|okt|nov|des))",
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
    if re.search(r" (?:bulan|sasi|wulan)\w* ", frame.line):
        for match in _month_names().finditer(frame.line):
            if not _denied_end().search(frame.line[: match.start() + 1]):
                number = next(number for text, number in months.items() if match[1].startswith(text))
                _replace_part(frame, draft, changes, match.start(1), month=number, denied=denial)
    for match in re.finditer(r" (?:tahun|taun|thn)\w*(?: \w+){0,2}? ((?:19|20)\d\d)(?= )", frame.line):
        _replace_part(frame, draft, changes, match.start(1), year=int(match[1]), denied=denial)


_DAY_INSTEAD = re.compile(
    r" (?:bukan|dudu|sanes|bkn) \d{1,2} (?:, |tapi |tp |nanging |ning |harusnya |sing bener |yang benar |yg bener ){1,2}"
    r"(?:tgl |tanggal )?(?P<day>\d{1,2})(?= )"
)
_YEAR_INSTEAD = re.compile(r" (?:lahir|lair)\w* (?:tahun |taun |thn )?(?P<year>(?:19|20)\d\d) (?:bukan|dudu|sanes|bkn) ")
_SHORT_YEAR = re.compile(
    r" (?:tahun|taun|thn)(?:nya|ne|e)? (?:lahir|lair)\w* (?:\w+ ){0,2}(?P<year>\d\d)(?= (?:$|[,.]|pak|bu|mas|mbak|nggih|ya))"
)
CENTURY = 30


def _century(year: int) -> int:
    """Two figures of a parent's year."""
    return year + (2000 if year <= CENTURY else 1900)


def _replace_part(frame: Frame, draft: Draft, changes: Changes, at: int, *, denied: str, **part: int) -> None:
    if (denied and _denied_end().search(frame.line[:at])) or any(
        item.field == "tanggal_lahir" and item.start <= at < item.end and not _only_a_part(frame, item) for item in frame.items
    ):
        return
    ahead = [match.group() for match in re.finditer(r" (?:ibu|istri|mbok|bapak|ayah|suami)\w*", frame.line[:at])]
    writer = _writer(draft) if _SPEAKERS.search(frame.line) else None
    whose = writer or "" if writer or not ahead else "ibu" if ahead[-1].strip().startswith(("ibu", "istri", "mbok")) else "ayah"
    key = Key(f"{whose}_tanggal_lahir") if whose else Key("tanggal_lahir", 0)
    if not whose and len(draft.children) > 1:
        return
    if any(_key(item, draft) == key and item.sense is Sense.SAID and not _only_a_part(frame, item) for item in frame.items):
        return
    stored = changes.values.get(key) or stored_value(draft, key)
    try:
        made = date.fromisoformat(str(stored)).replace(**part)
    except ValueError:
        changes.ask.append(key)
        return
    if made.isoformat() != stored:
        changes.values[key] = made.isoformat()


def _denied_at(text: str, stored: str) -> int | None:
    """Where a stored name is denied (`bukan Supriyadi`)."""
    lower = text.lower()
    found = (lower.find(f"{word} {stored.lower()}") for word in ("bukan", "dudu", "sanes", "bkn")) if stored else ()
    return next((at for at in found if at >= 0), None)


@cache
def _month_names() -> re.Pattern[str]:
    return re.compile(rf" ({any_of(text for row in phrases('dates', 'months').values() for text in row)})(?= )")


@cache
def _denied_end() -> re.Pattern[str]:
    return re.compile(rf" {any_of(phrases('frame', 'denial'))} (?:\w+ ){{0,2}}$")


@cache
def _no_twins() -> re.Pattern[str]:
    return re.compile(rf" {any_of(phrases('frame', 'denial'))} (?:\w+ )?kembar")


_HOW = re.compile(
    r"(?is)\b(?:harus\w*|hrs\w*|yang\s+benar|yg\s+benar|yg\s+bener|yang\s+betul|sing\s+bener|sing\s+leres|mest\w*|kudu\w*|ingkang\s+leres|leres\w*|jadi|menjadi|dadi|dados|diganti\w*"
    r"|gan\w*\s+jadi|tapi|nanging|ning|melainkan|maksud\w*|lengkap\w*|jenengku|pakai|pake)\b(?:\s*:)?\s+(.+)$"
)
_NOT_BUT = re.compile(r"(?is)(?:bukan|dudu|sanes|bkn)\s[^,;.]{1,80}?(?:,|\s(?:tapi|nanging|ning|melainkan|tp)\b)(.+)$")
_NOT = re.compile(r"(?i)\s(?:bukan|dudu|sanes|ora|bkn)\s")
"""Behind a new name: what it is not."""


def _names(text: str, frame: Frame, draft: Draft, changes: Changes) -> None:
    """A name that is told anew, behind its label or as another spelling of the one that stands there."""
    named = [item for item in frame.items if item.field in NAMES]
    if not named and not _edited(text, draft, changes):
        _denied_names(text, draft, changes)
    for item in named:
        if found_words(frame.line[max(item.start - 25, 0) : item.start], "sibling", "persons"):
            continue
        key = Key(item.field) if item.field != "nama_anak" else Key(item.field, 0 if len(draft.children) == 1 else item.child)
        if item.field == "nama_anak" and (
            re.match(r" (?:saya|kulo|kula|sy|aku) ", frame.line[item.end :])
            or _MY_NAME.fullmatch(frame.line[item.start : item.end].strip())
        ):
            if (writer := _writer(draft)) is None:
                continue
            key = Key(f"nama_{writer}")
        elif item.field == "nama_anak" and (owner := _owner_before(frame, item)) is not None:
            key = Key(f"nama_{owner}")
        if key.field == "nama_anak" and key.child is None:
            continue
        stored = str(stored_value(draft, key) or "")
        behind = _behind_label(text, frame, item)
        later = [len(_behind_label(text, frame, other)) for other in named if other.start > item.start]
        rest = max((length for length in later if length < len(behind)), default=0)
        behind = behind[: len(behind) - rest]
        new = edited_name(behind, stored) or _new_name(behind, stored) or (_plain_name(behind) if key.child is None else None)
        if new is not None and new != stored:
            changes.values[key] = new
        elif new is None and frame.marks & {"wrong", "instead", "withdraw"} and not _right_beside(frame, item):
            changes.ask.append(key)


_MY_NAME = re.compile(r"(?:nama|jeneng|asma|nami)ku")


def _owner_before(frame: Frame, item: Item) -> str | None:
    """`Ibuke jenenge …`: the parent who stands right in front of the word for a name."""
    for section, parent in (("mother", "ibu"), ("father", "ayah")):
        if any(
            end == item.start or frame.line[end : item.start].strip() in ENDINGS
            for _, end in _ends(frame.line, section)
            if end <= item.start
        ):
            return parent
    return None


def _ends(line: str, section: str) -> list[tuple[int, int]]:
    return [(start, end + 1) for start, end in found_words(line, section, "persons")]


def _edited(text: str, draft: Draft, changes: Changes) -> bool:
    """`Wiyoga sanes Wiyoko`: a change that fits exactly one of the names that stand there, though none is named."""
    keys = [*(Key("nama_anak", at) for at in range(len(draft.children))), Key("nama_ibu"), Key("nama_ayah")]
    fits = {key: new for key in keys if (new := edited_name(text, str(stored_value(draft, key) or ""))) is not None}
    own = [key for key in fits if key.child is not None]
    if len(fits) == 1 or len(own) == 1:  # where it fits a parent's name, too, the child's is meant: a parent's is named by its word
        key = own[0] if own else next(iter(fits))
        changes.values[key] = fits[key]
    return bool(fits)


def _denied_names(text: str, draft: Draft, changes: Changes) -> None:
    """`Bapak e sanes Supriyadi, Supriyanto`: a stored name that is denied, and the one in its place."""
    for key in (Key("nama_ibu"), Key("nama_ayah"), *(Key("nama_anak", at) for at in range(len(draft.children)))):
        stored = str(stored_value(draft, key) or "")
        at = _denied_at(text, stored)
        if at is None:
            continue
        new = _new_name(text[at:], stored) or _new_name(text[:at], stored)
        if new is not None and new != stored:
            changes.values[key] = new
        else:
            changes.ask.append(key)


def _behind_label(text: str, frame: Frame, item: Item) -> str:
    """What was typed behind the words that name the field."""
    label = frame.line[item.start : item.end].split()
    typed = list(re.finditer(r"[^\W_]+", text))
    for at in range(len(typed) - len(label) + 1):
        if all(typed[at + ahead][0].lower().startswith(word) for ahead, word in enumerate(label)):
            end = at + len(label)
            while end < len(typed) and typed[end][0].lower() in ENDINGS:
                end += 1
            return text[typed[end - 1].end() :]
    return ""


def _new_name(rest: str, stored: str) -> str | None:
    """The name in what follows a label: as it should be, not as it was."""
    part = re.split(r"(?i)[.;\n]|,?\s(?:liyane|lainnya|sisanya|yang lain|yg lain|sing liya|terus|trus|kalo|kalau)\b", rest.strip(" :,"))[0]
    told = [found[1] for pattern in (_NOT_BUT, _HOW) if (found := pattern.search(part))]
    told += [part[: found.start()] for found in _NOT.finditer(part) if part[: found.start()].strip()][:1]
    tries = [*told, *(one.split(",")[0] for one in told), part, *part.split(",")]
    common = frozenset(load("spelling/base")["words"].split())
    for attempt in tries:
        bare = re.sub(r"(?i)^(?:saya|kulo|kula|nya|ne|e|itu|lengkapnya|lengkape)\s+", "", attempt.strip(" ,:"))
        bare = re.sub(r"(?i)\s(?:ejaan|sesuai|pakai|pake|ikut|kaya|koyo|ya|nggih|pak|bu|mas|mbak|bukan|dudu|sanes)\b.*$", "", bare)
        name = read_name(bare)
        if name is None:
            continue
        typed = words(name.official)
        strange = [word for word in typed if word not in common]
        alike = fuzz.ratio(name.official, stored) if stored else 0
        if alike >= ALIKE or (attempt in told and 2 * len(strange) >= len(typed) > 1):
            return name.official
    return None


def _plain_name(rest: str) -> str | None:
    """What follows a parent's label, where none of its words is one of the language."""
    name = read_name(re.split(r"[,.;\n]", rest.strip(" :,"))[0])
    common = frozenset(load("spelling/base")["words"].split())
    return name.official if name is not None and all(word not in common for word in words(name.official)) else None


def _papers(text: str, draft: Draft, changes: Changes) -> None:
    for item, has in papers_told(text).items():
        name = CONDITIONS[item]
        if getattr(draft.known, name) is not has:
            changes.values[Key(name)] = has


_SENT = re.compile(r"(?is)\b(?:kia\w*|alamat\w*|dikirim|kirim|diantar|dikirimi)\b(.*)$")


def _address(text: str, frame: Frame, draft: Draft, changes: Changes) -> None:
    found = _SENT.search(text)
    if found is None or " ? " in frame.line:
        return
    rest = found[1]
    if re.search(r"(?i)\b(?:alamat|sesuai|ikut)\s+(?:di\s+)?kk\b", text) and not re.search(
        r"(?i)\b(?:bukan|jangan|dudu|ojo)\s(?:\w+\s){0,2}?(?:alamat\s)?(?:di\s)?kk\b", text
    ):
        changes.values |= {Key("alamat_kia"): "kk"} if stored_value(draft, Key("alamat_kia")) != "kk" else {}
        return
    begin = re.search(r"(?i)\b(?:ds|desa|dsn|dusun|dukuh|dk|jl|jln|jalan|perum|gang|kel|kelurahan)\b", rest)
    address = read_address(rest[begin.start() :].strip(" .")) if begin else None
    if address is not None:
        changes.values[Key("alamat_kia")] = address.text


def _children(text: str, frame: Frame, draft: Draft, changes: Changes) -> None:
    denied = _no_twins().search(frame.line)
    count = read_count(text.split(",")[0]) if re.search(r" kembar\w* ", frame.line) and not denied else None
    if count is not None and 1 < count != len(draft.children):
        changes.ask.append(Key("jumlah_anak"))


FAMILY = ("hubungan_kk", "status_ktp_ayah", "status_ktp_ibu")


def _family(text: str, frame: Frame, draft: Draft, changes: Changes) -> None:
    """How the parents stand in the KK, and what their KTPs say, where that is told anew."""
    told: dict[str, Any] = {}
    if re.search(r" kk\w* ", frame.line) and not _POSTED.search(frame.line) and (card := read_family_card_said(text)) is not None:
        told["hubungan_kk"] = FamilyCard(card)
    told |= {f"status_ktp_{parent}": status for parent, status in statuses_told(text, draft).items()}
    for name, value in told.items():
        if getattr(draft.known, name) not in (None, value):
            changes.values[Key(name)] = value


_SLIP = re.compile(r" (?:eh|maaf|ralat|salah pencet|salah ketik|salah tulis|keliru|kliru|kleru|klentu|lepat|ngapunten) ")


def _reporter(text: str, frame: Frame, draft: Draft, changes: Changes) -> None:
    """`Saya bukan ibunya, saya neneknya`, `eh maaf ini ayahnya`: who reports, where it is taken back and said anew by the writer."""
    stored = draft.conditions.pelapor
    if stored is None or not (_SLIP.search(frame.line) or denies_relation(text)):
        return
    told = reporter_corrected(text)
    if told is None:
        return
    now = (Reporter(told), None) if told in (Reporter.AYAH.value, Reporter.IBU.value) else (Reporter.LAIN, told)
    if now != (stored, draft.hubungan_pelapor):
        changes.values[Key("pelapor")] = now


def _swapped(frame: Frame, draft: Draft, changes: Changes) -> None:
    """Two values that changed places: two names, the parents' births, or the same measure of twins."""
    if "swapped" not in frame.marks:
        return
    named = {item.field for item in frame.items}
    names = [Key(name, 0 if name == "nama_anak" else None) for name in NAMES if name in named]
    both = _both_parents(frame.line)
    if both and named & {"nama_ibu", "nama_ayah", "nama_anak"}:
        names = [Key("nama_ibu"), Key("nama_ayah")]
    if len(names) == 2 and (len(draft.children) == 1 or names[0].child is None):
        _exchange(draft, changes, *names)
        return
    for name, stored in _OF_PARENT.items() if both else ():
        if name in named:
            _exchange(draft, changes, Key(f"ibu_{stored}"), Key(f"ayah_{stored}"))
    for name in named & _FIELDS if len(draft.children) == 2 and not both else ():
        _exchange(draft, changes, Key(name, 0), Key(name, 1))


def _both_parents(line: str) -> bool:
    return all(found_words(line, who, "persons") or pattern.search(line) for who, pattern in _PARENT_WORDS)


_PARENT_WORDS = (("mother", re.compile(r" (?:ibu|istri)\w* ")), ("father", re.compile(r" (?:bapak|bpk|ayah|suami)\w* ")))


def _exchange(draft: Draft, changes: Changes, one: Key, other: Key) -> None:
    first, second = stored_value(draft, one), stored_value(draft, other)
    if first is not None and second is not None and first != second:
        changes.values |= {one: second, other: first}
        changes.ask = [key for key in changes.ask if key not in (one, other)]


_UNRIGHT = re.compile(r" (?:belum|blm|durung|dereng|tidak|gak|ga|ora|mboten|kurang|kirang) (?:benar|betul|bener|leres|pas|cocok|sesuai) ")


@cache
def _topics() -> frozenset[str]:
    """What a yes may name where it answers another question than the summary's."""
    return frozenset(word for text in phrases("answers", "topic") for word in words(text))


def _agreement(text: str, frame: Frame, changes: Changes) -> None:
    """A yes is a yes only where nothing else was said."""
    if changes.values or changes.ask or frame.unread:
        return
    if changes.speaks and _leading_yes(plain(text), frame) is None:
        return
    told = [item for item in frame.items if item.sense is not Sense.NAMED]
    if told and all(item.sense in (Sense.SAID, Sense.DENIED) for item in told):
        changes.agrees = (
            "right" in frame.marks
            and not _UNRIGHT.search(frame.line)
            and not frame.marks & {"wrong", "instead", "question", "promise", "waiting"}
        )
        return
    bare = NOTHING_TO_CHANGE.sub("benar", NOTHING_WRONG.sub("benar", plain(text)))
    led = _leading_yes(plain(text), frame)
    answer = read_yes_no(_without_sending(bare)) or led
    speaks_of_else = led is None and set(words(text)) & (_topics() - {"data", "semua", "nama"}) and not {"right", "all"} <= frame.marks
    speaks_of_else = bool(speaks_of_else)
    changes.agrees = answer is Answer.YES and not speaks_of_else and not frame.marks & {"waiting", "promise"}
    changes.disagrees = answer in (Answer.NO, Answer.NOT_YET)


NOTHING_TO_CHANGE = re.compile(
    r"\b(?:tidak|tdk|gak|ga|ngga|nggak|ndak|ora|ra|mboten|boten)(?: (?:ada|ono|ana|wonten|usah|perlu|sah))?(?: (?:yang|yg|sing|ingkang))? "
    r"(?:dipun ?|di)?(?:ubah|rubah|owahi|ganti|gantos|perbaiki|koreksi|benerin|benahi|dandani|tambah|tambahi)\b"
)
_THEN = re.compile(r"[.!?,;\n]+")
_WEIGHTY = ("denial", "wrong", "swapped", "withdraw", "forgotten")


def _leading_yes(text: str, frame: Frame) -> Answer | None:
    """A yes in a sentence of its own, and behind it only thanks, a wish or a question: nothing that names, denies or counts."""
    first, _, rest = text.partition(next(iter(_THEN.findall(text)), "\0"))
    if not rest:
        first, rest = _before_a_wish(first)
    meant = NOTHING_TO_CHANGE.sub("benar", NOTHING_WRONG.sub("benar", first))
    if not rest.strip() or read_yes_no(_without_sending(meant)) is not Answer.YES:
        return None
    if not set(words(rest)) - word_set("answers", "wishes") - word_set("answers", "filler") - _yes_words():
        return Answer.YES
    behind = f" {' '.join(words(rest))} "
    named = any(item.sense is Sense.NAMED for item in frame.items) or re.search(r"\b\d", rest) is not None
    changing = any(found_words(behind, section) for section in _WEIGHTY) or set(words(rest)) & word_set("names", "changing")
    outright = read_yes_no(_without_sending(first)) is Answer.YES  # `bukan salah pak, cuma mau tanya …` is none
    return Answer.YES if is_question(rest) and outright and not named and not changing else None


@cache
def _yes_words() -> frozenset[str]:
    return frozenset(word for text in phrases("answers", "yes") for word in words(text))


_THANKS = re.compile(r" (?:ya allah|ya alloh|alhamdulillah|terima kasih|makasih|matur|suwun|nuwun|semoga|mugi|mugo|muga) ")


def _before_a_wish(text: str) -> tuple[str, str]:
    line = f" {text} "
    found = _THANKS.search(line)
    return (line[: found.start()].strip(), line[found.start() :]) if found else (text, "")


def _without_sending(text: str) -> str:
    """`Ya kirim`, `kirim saja pak`: to have it sent is a yes, unless the rest says otherwise (`jangan dikirim dulu`)."""
    typed = words(text)
    rest = [word for word in typed if word not in word_set("answers", "send")]
    if len(rest) == len(typed):
        return text
    return " ".join(rest) if set(rest) - word_set("answers", "filler") else "ya"


def spoken_keys(changes: Changes) -> Iterator[Key]:
    """Everything that a message changes or asks for."""
    yield from changes.values
    yield from changes.ask
