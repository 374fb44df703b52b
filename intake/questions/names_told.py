"""Reads the children's names in a message that nobody asked for them: announced, before the facts of a birth, or joined of twins. Pure."""

import re
from datetime import date

from intake.questions.child_names import ChildName, read_only_name, tells_of_birth
from intake.questions.question import Said
from intake.reading import read_name
from intake.reading.frame import read_frame
from intake.reading.name_tagger import tagged_names
from intake.reading.several_names import read_names
from language.lists import either
from language.name_tags import person_of
from language.phrases import plain, words
from standard.names import Severity, judge_name, official_name

CERTAIN = 0.9
"""How sure the tagger is at least of a name that no word announces."""
JOINED = 0.6
"""The same of one of several that stand side by side."""
LONGEST_MESSAGE = 300
"""Characters within which a name is looked for."""
SHORTEST, LONGEST = 2, 6
"""Words of such a name."""

_NAMED = re.compile(
    rf"(?:{either('child')}\w*\s+"
    rf"(?:(?:{either('self', 'ordinals', 'last_born', 'sexes_said', 'counts')}|kami|mbarep|ke\s?\d|\d)\s+){{0,3}})?"
    rf"{either('name')}\w*\s+(?!{either('others_named')})"
    r"|(?:dijeneng|dinama|diparingi\s+asm)\w*\s"
)
_OTHERWISE = re.compile(rf" {either('not_this_name')} | {either('of_somebody')} $")
"""What makes an announced name that of somebody else, or none."""
_PARTS = re.compile(rf"[,;\n]|\.\s|\s(?:{either('born')}|dan|lan)\w*\s")
_JOINT = re.compile(rf"(?i)\s{either('joins_names')}\s|\s?[,;&+\n]\s?")
"""What stands between the names of twins."""
_SEX = re.compile(rf"(?i)\s{either('sexes_said')}\W{{0,3}}$")


def name_told(said: Said, *, bare: bool = False) -> ChildName | None:
    """The only child's name: in the part that announces one, before the facts of its birth, or, where `bare`, all of the message."""
    for part in _PARTS.split(said.text[:LONGEST_MESSAGE]):
        line = part.strip()
        begins = (found.end() for found in re.finditer(r"(?:^|\s)(?=\S)", line))
        announced = next((begin for begin in begins if _NAMED.match(plain(line[begin:]).strip())), None)
        if announced is not None and _OTHERWISE.search(f" {plain(line[:announced])} "):
            return None
        if announced is not None:
            name = read_only_name(Said(line[announced:], said.today))
            return name if isinstance(name, tuple) else None
    first, comma, rest = said.text.strip().partition(",")
    if comma and read_frame(rest, said.today).items:
        return _alone(first, said.today)
    return _alone(said.text, said.today) if bare else None


def names_told(said: Said, count: int) -> dict[int, ChildName]:
    """The names of several children by their place, from 0: told apart by their order, or as many as there are, side by side."""
    text = said.text[:LONGEST_MESSAGE]
    ruled = {at: name for at, name in read_names(text, count).items() if _joined(name.typed) == name.official}
    stated = {at: name.official for at, name in ruled.items()}
    if not stated:
        parts = [_joined(part) for part in _JOINT.split(text)]
        names = [name for name in parts if name is not None]
        stated = dict(enumerate(names)) if len(names) == count == len(set(names)) else {}
    judged = {at: (name, judge_name(name)) for at, name in stated.items()}
    if any(finding.severity is Severity.STOP for _, found in judged.values() for finding in found):
        return {}
    return {at: (name, tuple(finding.problem.value for finding in found)) for at, (name, found) in judged.items()}


def _joined(part: str) -> str | None:
    asked = tagged_names(part.strip(), "nama_anak", several=True).asked
    whole = len(asked) == 1 and asked[0].sure >= JOINED and SHORTEST <= len(asked[0].text.split()) <= LONGEST
    return official_name(asked[0].text) if whole and person_of(words(asked[0].text)[0]) is None else None


def _alone(text: str, today: date) -> ChildName | None:
    """A text that is nothing but a name, with the sex behind it at most, whoever it may be of: it is spelled back later."""
    line = _SEX.sub("", text.strip(" .,!"))
    typed = words(line)
    if not SHORTEST <= len(typed) <= LONGEST or any(letter.isdigit() for letter in line) or person_of(typed[0]) is not None:
        return None
    asked = tagged_names(line, "nama_anak").asked
    sure = len(asked) == 1 and asked[0].sure >= CERTAIN and words(asked[0].text) == typed
    if not sure or read_name(line) is None or tells_of_birth(Said(line, today)):
        return None
    official = official_name(line)
    findings = judge_name(official)
    stops = any(finding.severity is Severity.STOP for finding in findings)
    return None if stops else (official, tuple(finding.problem.value for finding in findings))
