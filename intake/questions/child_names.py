"""Reads the names of the children, spelled back or put right, and stores them with what an officer will look at."""

import re
from typing import Any, TypeAlias

from intake.drafts.birth_letters import letter_facts, set_aside
from intake.drafts.model import Draft
from intake.questions.answers import NOTHING_WRONG, choice_of
from intake.questions.birth_facts import read_facts, says_unknown
from intake.questions.name_edits import edited_name
from intake.questions.names_weighed import weighed, weighed_twins
from intake.questions.question import NOTHING, Problem, Reading, Said
from intake.reading import (
    Answer,
    Name,
    is_question,
    read_name,
    read_yes_no,
    weighs,
)
from intake.reading.frame.line import spelled_line
from intake.reading.frame.matching import found_words
from intake.reading.names import without_patronym
from intake.reading.several_names import read_names
from language.lists import either
from language.phrases import plain, words
from standard.birth_form import birth_fields
from standard.crosscheck import same_name
from standard.names import Severity, judge_name

ChildName: TypeAlias = tuple[str, tuple[str, ...]]

"""A name as the register writes it, and the keys of what an officer will look at."""


_NAMING = rf"{either('name')}\w*\b|(?:dijeneng|dinama|diparingi\s+asm)\w*"


_ANNOUNCED, _ANNOUNCED_FIRST = re.compile(_NAMING), re.compile(rf"(?:{either('agreeing', 'address')}[\s,]+)*+(?:{_NAMING})")


_NO_NAME = re.compile(
    rf"(?:{either('at')}\s+)?(?:bu\s+|pak\s+)?"
    rf"(?:{either('no_childs_name')}|rsu?d?|rumah\s+sakit|anak\s+(?:{either('numbered', 'ranked')}|no))\b"
)

"""How a fact of the birth begins, and no name does."""


_PATRONYM = re.compile(
    r"(?i)(?:harus\w{0,12}|yang\s+benar|sing\s+bener|mestin\w{0,12}|kudu\w{0,12}|ingkang\s+leres|bukan\s+\S+\s+tapi|jadi|ganti)(?:\s*:)?\s+(.+)"
)


def read_child_name(said: Said, draft: Draft, child: int) -> Reading[ChildName]:
    """The name as the register writes it, `(name, keys of what an officer will look at)`; a Problem where the rules forbid it."""
    if len(draft.children) <= 1:
        return read_only_name(said)
    name = read_name(said.text)
    return NOTHING if name is None or tells_of_birth(said) else _judged(name)


def read_only_name(said: Said) -> Reading[ChildName]:
    """The same of an only child."""
    name = weighed(said.text, "nama_anak")
    return NOTHING if name is None or tells_of_birth(said) else _judged(name)


def _changed_name(text: str) -> Reading[ChildName]:
    """A name that was put together from the one that stands there."""
    name = read_name(text)
    return NOTHING if name is None else _judged(name)


def _judged(name: Name) -> Reading[ChildName]:
    official = without_patronym(name.official)
    findings = judge_name(official)
    stop = next((finding for finding in findings if finding.severity is Severity.STOP), None)
    if stop is not None:
        return Problem(stop.problem.value, {"nama": official, "bagian": stop.detail})
    return official, tuple(finding.problem.value for finding in findings)


def read_children_names(said: Said, draft: Draft, child: int) -> Reading[ChildName | dict[int, ChildName]]:
    """A child's name; of twins the names of both, by their place, where the message tells them apart."""
    several = read_names(said.text, len(draft.children)) if len(draft.children) > 1 and not is_question(said.text) else {}
    if 1 < len(draft.children) != len(several):
        several = weighed_twins(said.text, len(draft.children)) or several
    named = {at: name.official for at, name in several.items() if draft.children[at].nama is None}
    findings = {at: judge_name(name) for at, name in named.items()}
    if not named or any(finding.severity is Severity.STOP for found in findings.values() for finding in found):
        return read_child_name(said, draft, child)
    return {at: (name, tuple(finding.problem.value for finding in findings[at])) for at, name in named.items()}


def store_children_names(draft: Draft, child: int, value: ChildName | dict[int, ChildName]) -> None:
    """Keeps each, to be confirmed one by one."""
    for at, name in value.items() if isinstance(value, dict) else ((child, value),):
        store_child_name(draft, at, name)


def tells_of_birth(said: Said) -> bool:
    """Whether it is a fact of the birth that comes before it is asked for (`bidan Yuni`, `3,1 kilo 49 cm`), or "I forgot"; no name."""
    if _ANNOUNCED.search(plain(said.text)) or _begins_with_name(said.text):
        return False
    if says_unknown(said.text) or _NO_NAME.match(plain(said.text)):
        return True
    return any(letter.isdigit() for letter in said.text) and bool(
        read_facts(said.text, [field.name for field in birth_fields()], said.today)
    )


def _begins_with_name(text: str) -> bool:
    """Whether two capitalised words of a name open a message that goes on in small letters (`Berkah Rejeki anak perempuan …`)."""
    found = re.match(r"((?:[A-Z][^\W\d_']*[ ]+){1,12}[A-Z][^\W\d_']*)[ ,.]+[^\W\d_A-Z]", text.strip())
    return found is not None and read_name(found[1]) is not None and not _NO_NAME.match(plain(found[1]))


def surely_name(value: Any, said: Said) -> bool:
    """Whether nothing but a name can have been meant: it is announced (`jenenge …`), or each of its words begins with a capital."""
    if isinstance(value, Problem) or is_question(said.text) or weighs(said.text):
        return False
    typed = said.text.strip(" .,!").split()
    return len(typed) > 1 and (_ANNOUNCED_FIRST.match(plain(said.text)) is not None or all(word[0].isupper() for word in typed))


def store_child_name(draft: Draft, child: int, value: ChildName) -> None:
    """Keeps the name, to be confirmed, and the marks for the officer."""
    if draft.children[child].nama not in (None, value[0]):
        set_aside(draft, child, "nama_anak")
    draft.children[child].nama, remarks = value
    draft.children[child].confirmed = False
    for remark in remarks:
        draft.flag(remark)


def read_name_right(said: Said, draft: Draft, child: int) -> Reading[ChildName | bool | None]:
    """True where the spelling is right; a corrected name where one was given; None where it is wrong without saying how."""
    old = draft.children[child].nama or ""
    others = {word for at, one in enumerate(draft.children) if at != child for word in words(one.nama or "")} - set(words(old))
    if said.choice is None and others & set(words(said.text)):
        return NOTHING  # of another child: its own turn comes
    if said.choice is None:
        if NOTHING_WRONG.search(plain(said.text)[:40]) is not None:
            return True
        stated = read_child_name(said, draft, child) if _ANNOUNCED.search(plain(said.text)) else NOTHING
        if isinstance(stated, tuple) and stated[0] != old:
            return stated
        edited = edited_name(said.text, old)
        if edited is not None and any(
            edited_name(said.text, one.nama or "") is not None for at, one in enumerate(draft.children) if at != child
        ):
            return NOTHING  # it fits the other one's name, too
        if edited is not None:
            return _changed_name(edited)
        first, *rest = re.split(r"[.,;]|\btapi\b|\btp\b", said.text.strip(), maxsplit=1)
        if (
            rest
            and read_yes_no(re.sub(rf"(?i)\b{either('name')}\w*", "", first)) is Answer.YES
            and not found_words(spelled_line(rest[0]), "wrong")
        ):
            return True
    corrected = _PATRONYM.search(said.text) if said.choice is None else None
    if corrected:
        return _changed_name(corrected[1])
    picked = choice_of(said)
    if picked == "ya":
        return True
    name = NOTHING if said.choice else read_child_name(said, draft, child)
    if isinstance(name, tuple) and same_name(name[0], old) and (picked is None or name[0] != old):
        return name if name[0] != old else True
    return NOTHING if picked is None else None


def store_name_right(draft: Draft, child: int, value: ChildName | bool | None) -> None:
    """Confirms, replaces, or clears the name."""
    if isinstance(value, tuple):
        store_child_name(draft, child, value)
    elif value is True:
        draft.children[child].confirmed = True
    elif not letter_facts(draft, child):  # else it is asked which of them is wrong
        draft.children[child].nama = None
