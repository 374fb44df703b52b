"""Which names a message changes: behind their word, or as another spelling of one that stands there."""

import re

from rapidfuzz import fuzz

from intake.drafts.model import Draft
from intake.questions.changed_keys import NAMES, Changes, Key, is_called_right, stored_value, writing_parent
from intake.questions.name_edits import edited_name
from intake.reading import (
    read_name,
)
from intake.reading.frame import Frame, Item
from intake.reading.frame.matching import found_words
from language.lists import either, load
from language.phrases import ENDINGS, words

ALIKE = 60
"""How alike a new spelling and the stored name are at least, in hundredths."""


def _denied_at(text: str, stored: str) -> int | None:
    """Where a stored name is denied (`bukan Supriyadi`)."""
    lower = text.lower()
    found = (lower.find(f"{word} {stored.lower()}") for word in ("bukan", "dudu", "sanes", "bkn")) if stored else ()
    return next((at for at in found if at >= 0), None)


_HOW = re.compile(rf"(?is)\b{either('instead')}\b(?:\s*:)?\s+(.+)$")
_NOT_BUT = re.compile(rf"(?is){either('not_it')}\s[^,;.]{{1,80}}?(?:,|\s{either('contrast')}\b)(.+)$")
_NOT = re.compile(rf"(?i)\s(?:{either('not_it')}|ora)\s")
"""Behind a new name: what it is not."""


def change_names(text: str, frame: Frame, draft: Draft, changes: Changes) -> None:
    """A name that is told anew, behind its label or as another spelling of the one that stands there."""
    named = [item for item in frame.items if item.field in NAMES]
    if not named and not _edited(text, draft, changes):
        _denied_names(text, draft, changes)
    behind_of = {label: _behind_label(text, label) for label in {_label(frame, item) for item in named}}
    tried: set[tuple[Key, str]] = set()
    for item in named:
        if found_words(frame.line[max(item.start - 25, 0) : item.start], "sibling", "persons"):
            continue
        key = Key(item.field) if item.field != "nama_anak" else Key(item.field, 0 if len(draft.children) == 1 else item.child)
        if item.field == "nama_anak" and (
            re.match(rf" {either('self')} ", frame.line[item.end :]) or _MY_NAME.fullmatch(frame.line[item.start : item.end].strip())
        ):
            if (writer := writing_parent(draft)) is None:
                continue
            key = Key(f"nama_{writer}")
        elif item.field == "nama_anak" and (owner := _owner_before(frame, item)) is not None:
            key = Key(f"nama_{owner}")
        if key.field == "nama_anak" and key.child is None:
            continue
        stored = str(stored_value(draft, key) or "")
        behind = behind_of[_label(frame, item)]
        later = {_label(frame, other) for other in named if other.start > item.start}
        rest = max((len(behind_of[label]) for label in later if len(behind_of[label]) < len(behind)), default=0)
        behind = behind[: len(behind) - rest]
        if (key, behind) in tried:
            continue
        tried.add((key, behind))
        new = edited_name(behind, stored) or _new_name(behind, stored) or (_plain_name(behind) if key.child is None else None)
        if new is not None and new != stored:
            changes.values[key] = new
        elif new is None and frame.marks & {"wrong", "instead", "withdraw"} and not is_called_right(frame, item):
            changes.ask.append(key)


_MY_NAME = re.compile(rf"{either('name')}ku")


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


def _label(frame: Frame, item: Item) -> tuple[str, ...]:
    return tuple(frame.line[item.start : item.end].split())


def _behind_label(text: str, label: tuple[str, ...]) -> str:
    """What was typed behind the words that name a field."""
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
    part = re.split(rf"(?i)[.;\n]|,?\s{either('the_rest')}\b", rest.strip(" :,"))[0]
    stated = [found[1] for pattern in (_NOT_BUT, _HOW) if (found := pattern.search(part))]
    stated += [part[: found.start()] for found in _NOT.finditer(part) if part[: found.start()].strip()][:1]
    tries = [*stated, *(one.split(",")[0] for one in stated), part, *part.split(",")]
    common = frozenset(load("spelling/base")["words"].split())
    for attempt in tries:
        bare = re.sub(rf"(?i)^(?:{either('self', 'endings', 'in_full')}|itu)\s+", "", attempt.strip(" ,:"))
        bare = re.sub(rf"(?i)\s{either('spelled_as', 'agreeing', 'address', 'not_it')}\b.*$", "", bare)
        name = read_name(bare)
        if name is None:
            continue
        typed = words(name.official)
        strange = [word for word in typed if word not in common]
        alike = fuzz.ratio(name.official, stored) if stored else 0
        if alike >= ALIKE or (attempt in stated and 2 * len(strange) >= len(typed) > 1):
            return name.official
    return None


def _plain_name(rest: str) -> str | None:
    """What follows a parent's label, where none of its words is one of the language."""
    name = read_name(re.split(r"[,.;\n]", rest.strip(" :,"))[0])
    common = frozenset(load("spelling/base")["words"].split())
    return name.official if name is not None and all(word not in common for word in words(name.official)) else None
