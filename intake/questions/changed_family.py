"""What a message changes of the papers, the address, the number of children, who reports, the KK and the KTPs, and what changed places."""

import re
from functools import cache
from typing import Any

from intake.drafts.model import Draft
from intake.questions.changed_facts import POSTED
from intake.questions.changed_keys import FACTS, NAMES, OF_PARENT, Changes, Key, exchange, stored_value
from intake.questions.papers import CONDITIONS, papers_told
from intake.questions.reporter import denies_relation, reporter_corrected
from intake.questions.statuses import statuses_told
from intake.reading import (
    read_address,
    read_count,
)
from intake.reading.family_card import read_family_card_said
from intake.reading.frame import Frame
from intake.reading.frame.matching import any_of, found_words
from language.lists import either, phrases
from standard.requirements import FamilyCard, Reporter


@cache
def _no_twins() -> re.Pattern[str]:
    return re.compile(rf" (?:{any_of(phrases('frame', 'denial'))}|{any_of(phrases('frame', 'not_after_all'))}) (?:\w+ )?kembar")


def change_papers(text: str, draft: Draft, changes: Changes) -> None:
    for item, has in papers_told(text).items():
        name = CONDITIONS[item]
        if getattr(draft.known, name) is not has:
            changes.values[Key(name)] = has


_SENT = re.compile(rf"(?is)\b{either('delivery')}\b(.*)$")


def change_address(text: str, frame: Frame, draft: Draft, changes: Changes) -> None:
    found = _SENT.search(text)
    if found is None or " ? " in frame.line:
        return
    rest = found[1]
    if re.search(rf"(?i)\b{either('as_in_kk')}\s+(?:di\s+)?kk\b", text) and not re.search(
        rf"(?i)\b{either('not_it', 'dont')}\s(?:\w+\s){{0,2}}?(?:alamat\s)?(?:di\s)?kk\b", text
    ):
        changes.values |= {Key("alamat_kia"): "kk"} if stored_value(draft, Key("alamat_kia")) != "kk" else {}
        return
    begin = re.search(rf"(?i)\b{either('streets')}\b", rest)
    address = read_address(rest[begin.start() :].strip(" .")) if begin else None
    if address is not None:
        changes.values[Key("alamat_kia")] = address.text


def change_children(text: str, frame: Frame, draft: Draft, changes: Changes) -> None:
    denied = _no_twins().search(frame.line)
    count = read_count(text.split(",")[0]) if re.search(r" kembar\w* ", frame.line) and not denied else None
    if (count is not None and 1 < count != len(draft.children)) or (denied and len(draft.children) > 1):
        changes.ask.append(Key("jumlah_anak"))


def change_family(text: str, frame: Frame, draft: Draft, changes: Changes) -> None:
    """How the parents stand in the KK, and what their KTPs say, where that is told anew."""
    stated: dict[str, Any] = {}
    if re.search(r" kk\w* ", frame.line) and not POSTED.search(frame.line) and (card := read_family_card_said(text)) is not None:
        stated["hubungan_kk"] = FamilyCard(card)
    stated |= {f"status_ktp_{parent}": status for parent, status in statuses_told(text, draft).items()}
    for name, value in stated.items():
        if getattr(draft.known, name) not in (None, value):
            changes.values[Key(name)] = value


_SLIP = re.compile(rf" {either('wrong', 'sorry')} ")


def change_reporter(text: str, frame: Frame, draft: Draft, changes: Changes) -> None:
    """`Saya bukan ibunya, saya neneknya`, `eh maaf ini ayahnya`: who reports, where it is taken back and said anew by the writer."""
    stored = draft.conditions.pelapor
    if stored is None or not (_SLIP.search(frame.line) or denies_relation(text)):
        return
    stated = reporter_corrected(text)
    if stated is None:
        return
    now = (Reporter(stated), None) if stated in (Reporter.AYAH.value, Reporter.IBU.value) else (Reporter.LAIN, stated)
    if now != (stored, draft.hubungan_pelapor):
        changes.values[Key("pelapor")] = now


def change_places(frame: Frame, draft: Draft, changes: Changes) -> None:
    """Two values that changed places: two names, the parents' births, or the same measure of twins."""
    if "swapped" not in frame.marks:
        return
    named = {item.field for item in frame.items}
    names = [Key(name, 0 if name == "nama_anak" else None) for name in NAMES if name in named]
    both = _both_parents(frame.line)
    if both and named & {"nama_ibu", "nama_ayah", "nama_anak"}:
        names = [Key("nama_ibu"), Key("nama_ayah")]
    if len(names) == 2 and all(key.child is None or len(draft.children) == 1 for key in names):
        exchange(draft, changes, *names)
        return
    for name, stored in OF_PARENT.items() if both else ():
        if name in named:
            exchange(draft, changes, Key(f"ibu_{stored}"), Key(f"ayah_{stored}"))
    for name in named & FACTS if len(draft.children) == 2 and not both else ():
        exchange(draft, changes, Key(name, 0), Key(name, 1))


def _both_parents(line: str) -> bool:
    return all(found_words(line, who, "persons") or pattern.search(line) for who, pattern in _PARENT_WORDS)


_PARENT_WORDS = (("mother", re.compile(r" (?:ibu|istri)\w* ")), ("father", re.compile(rf" {either('father')}\w* ")))
