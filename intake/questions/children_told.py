"""Reads how many children a message tells of though something else was asked: `kembar`, `anak siji`, `bayinya dua`. Pure."""

import re

from intake.drafts.model import Draft
from intake.questions.answers import MOST_CHILDREN, read_children
from intake.questions.question import Said
from intake.reading import is_question
from intake.reading.frame import read_frame
from intake.reading.frame.matching import found_words
from language.lists import either


def twins_aside(said: Said, draft: Draft) -> int | None:
    """How many children a message tells of by `kembar`, though something else was asked; not of a brother or sister."""
    frame = read_frame(said.text, said.today)
    line, sexes = frame.line, [item.value for item in frame.items if item.field == "jenis_kelamin"]
    if (
        not (_TWINS.search(line) if len(set(sexes)) > 1 or "all" in frame.marks else _BORN_TWINS.search(line))
        or found_words(line, "denial")
        or found_words(line, "sibling", "persons")
        or is_question(said.text)
    ):
        return None
    count = read_children(said, draft, 0)
    return count if isinstance(count, int) and count > 1 else None


_TWINS = re.compile(rf" {either('twins')}\w* ")


_BORN_TWINS = re.compile(
    rf" {either('child', 'born', 'grandchild')}\w*(?: (?:{either('self')}|kami|ku))?(?: itu| niki)? {either('twins')}\w* "
)

_COUNTED = re.compile(
    rf" {either('child')}(?:{either('endings')})?(?: {either('little_said')}){{0,3}} (?P<behind>[1-{MOST_CHILDREN}])(?: |$)"
    rf"(?!{either('no_count')})"
    rf"| (?<!ke )(?<!kaping )(?<!nomer )(?<!no )(?P<ahead>[1-{MOST_CHILDREN}]) (?:orang )?{either('child')}(?:{either('endings')})? "
)
_OF_OTHERS = re.compile(rf" {either('of_others')} ")
"""`3 bayi dari 3 keluarga`, `sudah punya dua anak`: not how many were born here."""


def count_told(said: Said, draft: Draft) -> int | None:
    """How many children the message says were born, by the way: `bapake, anak siji, lanang`; not which of them it is (`anak ke 2`)."""
    twins = twins_aside(said, draft)
    if twins is not None or is_question(said.text):
        return twins
    line = read_frame(said.text, said.today).line
    found = _COUNTED.search(line)
    if found is None or _OF_OTHERS.search(line) or found_words(line, "denial") or found_words(line, "sibling", "persons"):
        return None
    return int(found["behind"] or found["ahead"])
