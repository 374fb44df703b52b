"""Reads where and when a parent was born (F-2.01, data orang tua), and says what of it neither a document nor the chat has given yet. Pure.

It is asked for along with the child's facts, at no further message. Only of a parent whose NIK nobody read is it a question of its own:
with the NIK the officer finds it in SIAK.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from intake.drafts.family_card import same_person
from intake.drafts.learning import parent_called, parents_of
from intake.drafts.model import Draft
from intake.questions.birth_facts import says_unknown
from intake.questions.parent_births_in_text import births_by_person
from intake.questions.question import NOTHING, Reading, Said
from intake.reading import read_birthplace, read_date
from language.lists import either
from language.phrases import plain, words
from standard.birth_form import UNKNOWN, parents_asked
from standard.kinds import Item, Kind
from standard.requirements import Reporter

FIELDS = ("tempat_lahir", "tanggal_lahir")
YOUNGEST = 12
"""Years: a day later than so long ago is the child's, not a parent's."""

_GAP = r"(?:\s*[-/.]\s*|[^\S ]* \s*)"
"""A mark or a space between the parts of a date; written so that a run of spaces is gone through once."""
_DATES = re.compile(rf"(?<![\d-])\d{{1,2}}{_GAP}(?:\d{{1,2}}|[a-z]{{3,10}}){_GAP}(?:\d{{4}}|\d{{2}})(?!\d)|(?<!\d)\d{{8}}(?!\d)")
_CALLED = {
    Reporter.IBU: rf"bojo(?:ku)? wedok|semah (?:kulo )?estri|{either('mother', 'wife_said')}",
    Reporter.AYAH: rf"bojo(?:ku)? lanang|semah (?:kulo )?(?:jaler|kakung)|{either('father')}|pak?e",
}
_OWN = either("self")


_LEADS = re.compile(
    rf"\b(?:(?:{'|'.join([*_CALLED.values(), _OWN])}){either('endings')}?"
    rf"|{either('born_label', 'at', 'and')}|lahir\w*|lair\w*|miyos)\b|[:,.]"
)
"""Words that lead to a place or a day of birth."""


def births_known(draft: Draft, parent: str) -> dict[str, Any]:
    """What is known of that parent's birth: their own card, wherever it lies, before what was told."""
    stated = {name: draft.parent_births.get(f"{parent}_{name}", UNKNOWN) for name in FIELDS}
    card = _card(draft, parent)
    return {name: value for name in FIELDS if (value := card.get(name) or stated[name]) != UNKNOWN}


def births_wanted(draft: Draft) -> tuple[str, ...]:
    """What may be asked for: `ibu_tempat_lahir`, … of each recorded parent, where nothing is known of it."""
    recorded = [parent for parent in parents_asked() if parent == Reporter.IBU or not draft.known.mother_alone]
    names = [f"{parent}_{name}" for parent in recorded for name in FIELDS if name not in births_known(draft, parent)]
    return tuple(name for name in names if name not in draft.parent_births)


def births_needed(draft: Draft) -> tuple[str, ...]:
    """What has to be asked for: of a parent whom the officer can't look up."""
    return tuple(name for name in births_wanted(draft) if not _can_be_looked_up(draft, parent_of(name)))


def parent_of(name: str) -> str:
    """`ibu` of `ibu_tempat_lahir`."""
    return name.partition("_")[0]


def read_births(text: str, draft: Draft, today: date) -> tuple[dict[str, str], str]:
    """The wanted births that a message tells, and the rest of the message: `ibu lahir Blora 12 Mei 1995, bapak Rembang 3-2-1990`.

    Whose birth it is says the word or the name in front of it; without either, the parents come in the order in which they are asked.
    """
    wanted = births_wanted(draft)
    stated = {name: value for name, value in births_by_person(text, draft, today).items() if name in wanted}
    if len(stated) > 1 and any(name.endswith("tanggal_lahir") for name in stated):
        return stated, _without_days(text, today)
    line, rest, behind = plain(text), "", 0
    found: dict[str, str] = {}
    for match, day in _grown_up_days(line, today):
        before = line[behind : match.start()]
        parent, start = _whose(before, draft, line)
        if parent is None:
            start = _last_part(before)
            left = list(dict.fromkeys(parent_of(name) for name in wanted if name not in found))
            parent = left[0] if len(left) == 1 or (left and len(list(_grown_up_days(line, today))) > 1) else None
        if parent is None:
            continue
        here = {f"{parent}_tempat_lahir": _place(before[start:]), f"{parent}_tanggal_lahir": day.isoformat()}
        found |= {name: value for name, value in here.items() if value is not None and name in wanted}
        rest, behind = rest + before[:start] + " ", match.end()
    return found, rest + line[behind:] if found else text


def _without_days(text: str, today: date) -> str:
    """The parts of a message in which no grown-up's day stands."""
    parts = re.split(r"(?<=[,;\n])|(?<=\. )", plain(text))
    return "".join(part for part in parts if not list(_grown_up_days(part, today)))


def read_needed_births(said: Said, draft: Draft, child: int) -> Reading[dict[str, str]]:
    """The answer to the question itself: place and day, one of the two where only that is missing, or that it is not known."""
    needed = births_needed(draft)
    found, _ = read_births(said.text, draft, said.today)
    if not found and says_unknown(said.text):
        return dict.fromkeys(needed, UNKNOWN)
    only_places = all(name.endswith("tempat_lahir") for name in needed)
    if not found and only_places and (place := read_birthplace(said.text)) is not None:
        found = dict.fromkeys(needed, place)
    return found or NOTHING


def store_births(draft: Draft, child: int, value: Mapping[str, Any]) -> None:
    """Keeps what was told."""
    draft.parent_births.update(value)


def _card(draft: Draft, parent: str) -> Mapping[str, Any]:
    """The fields of that parent's KTP, in its place or waiting."""
    people = parents_of(draft).people[Reporter(parent)]
    cards = [document for document in draft.documents if document.kind is Kind.KTP and not document.double]
    placed = "ktp_pelapor" if draft.conditions.pelapor == parent else f"ktp_{parent}"
    own = next((card.fields for card in cards if card.item == placed), None)
    waiting = (card.fields for card in cards if card.item is None and any(same_person(card.fields, person) for person in people))
    return own if own is not None else next(waiting, {})


def _can_be_looked_up(draft: Draft, parent: str) -> bool:
    """Whether the parent's NIK was read, or may yet be: the KK's rows are read last."""
    kk = draft.document(Item.KK)
    if kk is not None and not kk.complete:
        return True
    return bool(_card(draft, parent).get("nik")) or any(person.get("nik") for person in parents_of(draft).people[Reporter(parent)])


def _grown_up_days(line: str, today: date) -> Iterator[tuple[re.Match[str], date]]:
    for match in _DATES.finditer(line):
        day = read_date(match[0], today)
        if day is not None and day.year <= today.year - YOUNGEST:
            yield match, day


def _whose(before: str, draft: Draft, line: str) -> tuple[str | None, int]:
    """The parent who is named last, and where."""
    hits = [(match.start(), parent.value) for parent, signs in _CALLED.items() for match in _word(signs).finditer(before)]
    for parent in _CALLED:
        first = words(parent_called(draft, parent.value) or "")[:1]
        hits += [(match.start(), parent.value) for name in first if len(name) > 2 for match in _word(re.escape(name)).finditer(before)]
    speaker = _speaker(line, draft)
    if speaker is not None:
        called = [match.span() for signs in _CALLED.values() for match in _word(signs).finditer(before)]
        own = [match.start() for match in _word(_OWN).finditer(before) if not any(one <= match.start() < other for one, other in called)]
        hits += [(at, speaker.value) for at in own]
    at, parent_found = max(hits, default=(0, None))
    return parent_found, at


def _speaker(line: str, draft: Draft) -> Reporter | None:
    """Which parent writes: the husband or wife of the one who is called so, else the one who reports."""
    if re.search(r"\b(?:istri|bojo(?:ku)? wedok|semah (?:kulo )?estri)", line):
        return Reporter.AYAH
    if re.search(r"\b(?:suami|bojo(?:ku)? lanang|semah (?:kulo )?(?:jaler|kakung))", line):
        return Reporter.IBU
    return draft.conditions.pelapor if draft.conditions.pelapor in _CALLED else None


@lru_cache(maxsize=256)
def _word(signs: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{signs}){either('endings')}?\b")


def _last_part(before: str) -> int:
    """Where the last part in front of a day begins: the place stands in it."""
    return max((match.end() for match in re.finditer(r"[;,\n]", before.rstrip(" ,"))), default=0)


def _place(part: str) -> str | None:
    """The place in front of a day, without the words that lead to both."""
    bare = _LEADS.sub(" ", part)
    return read_birthplace(bare) or next((place for word in words(bare)[::-1] if len(word) > 3 and (place := read_birthplace(word))), None)
