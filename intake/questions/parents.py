"""Reads the parents' names where they are asked for, of the other parent, too, and where and when they were born if it is said beside."""

import re
from collections.abc import Callable, Mapping

from intake.drafts.model import Draft
from intake.questions.names_weighed import weighed
from intake.questions.parent_births import read_births, store_births
from intake.questions.question import NOTHING, Reading, Said
from intake.reading import read_name
from intake.reading.names import without_patronym
from language.lists import either
from standard.names import without_titles

_MOTHER = rf"(?:nama |jeneng\w* |asma\w* |nami\w* )?(?:{either('mother')}|mak){either('endings')}?"
_FATHER = rf"(?:nama |jeneng\w* |asma\w* |nami\w* )?(?:{either('father')}|pak|rama){either('endings')}?"
_LED = re.compile(rf"(?i)(?<![^\W_])(?:(?P<nama_ibu>{_MOTHER})|(?P<nama_ayah>{_FATHER}))(?![^\W_]) {{0,3}}[:=]?")
_BIRTH = re.compile(rf"(?i)[,;\n] {{0,3}}(?:{either('born', 'born_label')}|asal)")
_JOINING = (" dan", " lan", " sama", " karo", " kaliyan", " kalih", " terus", " trus")
NAMES = ("nama_ibu", "nama_ayah")


def read_parent(field: str) -> Callable[[Said, Draft, int], Reading[Mapping[str, str]]]:
    """A reader of one parent's name (`nama_ibu` or `nama_ayah`), with what else is said of both."""

    def read(said: Said, draft: Draft, child: int) -> Reading[Mapping[str, str]]:
        own = _names_of_both(said.text)
        if field in own:
            return own
        births, rest = read_births(f"{field.removeprefix('nama_')} {said.text}", draft, said.today) if _tells_a_day(said.text) else ({}, "")
        stated = _BIRTH.split(said.text)[0] if births else said.text
        name = weighed(stated, field) or (read_name(rest) if births else None)
        return NOTHING if name is None else {**births, field: _official(name.official)}

    return read


def store_parent(draft: Draft, child: int, value: Mapping[str, str]) -> None:
    """Keeps the names, and the births under their own keys."""
    for field in NAMES:
        if field in value:
            setattr(draft, field, value[field])
    store_births(draft, child, {name: stated for name, stated in value.items() if name not in NAMES})


def _official(name: str) -> str:
    return without_titles(without_patronym(name))


def _tells_a_day(text: str) -> bool:
    return any(letter.isdigit() for letter in text)


def _names_of_both(text: str) -> dict[str, str]:
    """`Ibunya Eka Damayanti, bapaknya Purwanto`: each behind the word for the parent; nothing where only one is named."""
    marks = list(_LED.finditer(text))
    found: dict[str, str] = {}
    if {mark.lastgroup for mark in marks} != set(NAMES) or len(marks) != len(NAMES) or "?" in text:
        return {}
    for mark, end in zip(marks, [*(mark.start() for mark in marks[1:]), len(text)], strict=True):
        part = text[mark.end() : end].strip(" ,.;\n")
        part = part.rsplit(" ", 1)[0] if part.lower().endswith(_JOINING) else part
        name = read_name(part.strip(" ,.;\n"))
        if name is None:
            return {}
        found[str(mark.lastgroup)] = _official(name.official)
    return found
