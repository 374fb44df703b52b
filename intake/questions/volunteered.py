"""Takes what is told before it is asked for: how many children, their names and facts of the birth, beside another question. Pure."""

import re
from dataclasses import dataclass, field
from typing import Any

from intake.drafts.learning import note_facts
from intake.drafts.model import Child, Draft, DraftState
from intake.questions.answers import A_COUNT, store_children
from intake.questions.birth_facts import facts_of, read_facts
from intake.questions.child_names import ChildName, store_child_name
from intake.questions.children_told import count_told
from intake.questions.names_told import name_told, names_told
from intake.questions.question import Said
from intake.reading import is_question, weighs
from intake.reading.frame import read_frame
from language.lists import either
from language.phrases import plain
from standard.birth_form import birth_fields

LONGEST = 1000
"""Characters of a message that is looked at: nobody tells the facts of a birth in more, and each is read several times."""

ENOUGH = 2
"""From as many facts in one message on, it tells of the birth, whatever else was asked."""

SURE = frozenset({"jenis_kelamin", "berat", "panjang", "kelahiran_ke"})
"""Of these one alone tells of the birth: nobody says them of anything else."""

_OF_A_BIRTH = re.compile(rf"\b{either('birth_signs')}\b")
"""An hour and a place alone may be those of a promise (`jam 7 saya foto di rumah`)."""
_WITH = re.compile(rf"\b{either('helped_by')}\b")
_PAPER_FROM = re.compile(rf"\b{either('letters')}(?:\s\w+){{0,3}}\s(?:{either('from')}|tanda tangan\w*|bidan\w*)\b")
_HELPED = re.compile(rf"\b\w*{either('help')}\w*")
_BORN_AT = re.compile(rf"\b{either('births')}\s(?:{either('at')}|d)\b")


@dataclass(frozen=True)
class Told:
    """What a message told by the way: how many children, and by the place of each its name with its remarks, and its facts."""

    count: int | None = None
    names: dict[int, ChildName] = field(default_factory=dict)
    facts: dict[int, dict[str, Any]] = field(default_factory=dict)
    again: bool = False
    """Whether nothing else was told than what is known already, be it the same or not."""

    def __bool__(self) -> bool:
        return self.count is not None or bool(self.names) or any(self.facts.values())


def volunteered(said: Said, draft: Draft, *, bare: bool = False, named: bool = True) -> Told:
    """What the message tells beside what was asked, nothing that is known already.

    `bare`: nothing but a name may be one, too; `named`: without it an only child's name is left to the question that is open.
    """
    if draft.state is not DraftState.OPEN or len(said.text) > LONGEST or is_question(said.text) or weighs(said.text):
        return Told()
    counted = None if draft.conditions.jumlah_anak is not None else count_told(said, draft)
    count = counted or draft.conditions.jumlah_anak or 1
    if count > 1 or len(draft.children) > 1:
        return _of_several(said, draft, count, counted)
    child = draft.children[0] if draft.children else Child()
    name = name_told(said, bare=bare) if named and child.nama is None else None
    facts = _facts(said, name)
    anew = {name: fact for name, fact in facts.items() if name not in child.fields}
    return Told(counted, {} if name is None else {0: name}, {0: anew} if anew else {}, again=bool(facts) and not anew)


def _facts(said: Said, name: ChildName | None) -> dict[str, Any]:
    """The facts of an only child, where the message clearly tells of its birth."""
    rest = said.text if name is None else _without(said.text, name[0])
    facts = read_facts(rest, [field.name for field in birth_fields()], said.today)
    frame = read_frame(rest, said.today)
    if any(item.field == "kelahiran_ke" and A_COUNT.fullmatch(frame.line[item.start : item.end]) for item in frame.items):
        facts.pop("kelahiran_ke", None)
    if "penolong" in facts and _PAPER_FROM.search(plain(said.text)) and not _HELPED.search(plain(said.text)):
        del facts["penolong"]  # `surat lahir dr rsud`: where the paper comes from
    if name is not None:
        return facts
    stated = len(facts) >= ENOUGH or "tanggal_lahir" in facts
    helped = "penolong" in facts and _WITH.search(plain(said.text)) is not None
    housed = "tempat_dilahirkan" in facts and _BORN_AT.search(plain(said.text)) is not None
    alone = (bool(facts.keys() & SURE) or helped or housed) and not frame.marks & {"promise", "waiting", "supposed"}
    return facts if (stated or alone) and _OF_A_BIRTH.search(plain(said.text)) else {}


def _of_several(said: Said, draft: Draft, count: int, counted: int | None) -> Told:
    """The names of twins where the message tells them apart, and what each of them is behind its name; facts of all alike."""
    children = [*draft.children, *(Child() for _ in range(count))][:count]
    names = {at: name for at, name in names_told(said, count).items() if children[at].nama is None}
    called = [names[at][0] if at in names else children[at].nama or "" for at in range(count)]
    frame = read_frame(said.text, said.today, called if all(called) else ())
    if not all(called):
        sex = facts_of(frame, ["jenis_kelamin"]) if "all" in frame.marks else {}
        return Told(counted, names, {at: sex for at, child in enumerate(children) if sex.keys() - child.fields.keys()})
    fields = [field.name for field in birth_fields()]
    facts = {
        at: {name: fact for name, fact in facts_of(frame, fields, at).items() if name not in child.fields}
        for at, child in enumerate(children)
    }
    apart = any(item.child is not None for item in frame.items) or "all" in frame.marks
    return Told(counted, names, facts if apart else {})


def tells_of_birth(text: str) -> bool:
    """Whether a birth or a child is named, so that a day is the day of a birth."""
    return _OF_A_BIRTH.search(plain(text)) is not None


def store_early(draft: Draft, told: Told) -> None:
    """Keeps it; a name is spelled back when its turn comes."""
    if told.count is not None:
        store_children(draft, 0, told.count)
    if not draft.children:
        draft.children.append(Child())
    for at, name in told.names.items():
        store_child_name(draft, at, name)
    for at, facts in told.facts.items():
        note_facts(draft, at, facts, "chat")


def _without(text: str, name: str) -> str:
    """The text without the words of a name that was read in it."""
    line = " ".join(text.split())
    at = line.upper().find(name)
    return line if at < 0 else f"{line[:at]} {line[at + len(name) :]}"
