"""Asks which is right where the birth letter says otherwise than what was told: the letter, what was told, or a third value. Pure."""

import re
from typing import Any

from intake.drafts.birth_letters import differing, set_aside
from intake.drafts.learning import note_facts
from intake.drafts.model import Draft
from intake.questions.birth_facts import read_asked, read_facts
from intake.questions.child_names import read_child_name, store_child_name
from intake.questions.question import NOTHING, Reading, Said
from intake.reading import is_question
from intake.reading.frame.line import spelled_line
from intake.reading.frame.matching import found_words
from language.lists import either
from language.phrases import plain
from standard.kinds import Item

LETTER, TOLD, APART = "surat", "saya", "satu"
_SIDES = {
    LETTER: re.compile(rf"\b{either('letter_said')}\b"),
    TOLD: re.compile(rf"\b(?:{either('self')}|dalem|{either('done_by')}?{either('write')}\w*|tulisan\w*|jawaban\w*)\b"),
}
_OTHER = {LETTER: TOLD, TOLD: LETTER}


def asked_about(draft: Draft, child: int) -> dict[str, tuple[Any, Any]]:
    """What is asked about now: all that differs, or the first of it where one after another was wished for."""
    found = differing(draft, child)
    return dict(list(found.items())[:1]) if _apart(child) in draft.asked_back else found


def read_side(said: Said, draft: Draft, child: int) -> Reading[dict[str, Any] | str]:
    """The right values by field, or `APART`: they are asked about one by one."""
    found = asked_about(draft, child)
    if said.choice == APART:
        return APART
    side = said.choice or _side(said.text)
    if said.choice is None and not is_question(said.text):
        stated = _stated(said, draft, child, found)
        if stated:
            return stated
    return {name: pair[side == LETTER] for name, pair in found.items()} if side in _SIDES else NOTHING


def store_side(draft: Draft, child: int, value: dict[str, Any] | str) -> None:
    """Keeps each value; where it is not the letter's, that the applicant was asked."""
    if isinstance(value, str):
        draft.asked_back[_apart(child)] = APART
        return
    for name, fact in value.items():
        _told_before, printed = differing(draft, child).get(name, (None, None))
        mine = draft.children[child]
        if fact != printed:
            set_aside(draft, child, name)
        if name == "nama_anak":
            if fact == printed:
                mine.nama, mine.confirmed = fact, True
            elif fact != mine.nama:
                store_child_name(draft, child, (fact, ()))
            continue
        mine.fields.pop(name, None), mine.sources.pop(name, None)
        note_facts(draft, child, {name: fact}, Item.SURAT_KELAHIRAN.value if fact == printed else "chat")


def _stated(said: Said, draft: Draft, child: int, found: dict[str, tuple[Any, Any]]) -> dict[str, Any]:
    """The values that are named outright."""
    facts = [name for name in found if name != "nama_anak"]
    stated = read_facts(said.text, facts, said.today)
    if not stated and len(found) == 1 and facts:
        stated = {name: value for name, value in read_asked(facts[0], said.text, said.today).items() if name in found}
    if not stated and "nama_anak" in found and _side(said.text) is None:
        name = read_child_name(said, draft, child)
        stated = {"nama_anak": name[0]} if isinstance(name, tuple) else {}
    return stated


def _side(text: str) -> str | None:
    """Which side is named as right: `yang di surat`, `sing tak tulis`; the other where it is called wrong."""
    line = plain(text)
    named = [side for side, words in _SIDES.items() if words.search(line)]
    if len(named) != 1:
        return None
    wrong = any(found_words(spelled_line(text), kind) for kind in ("wrong", "denial"))
    return _OTHER[named[0]] if wrong else named[0]


def _apart(child: int) -> str:
    return f"beda_surat:{child}"
