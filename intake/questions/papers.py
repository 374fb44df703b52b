"""Reads what an applicant says of having the birth letter and the marriage book, where it is asked for and where it is said by the way."""

import re
from collections.abc import Callable

from intake.drafts.model import Draft
from intake.questions.question import NOTHING, Reading, Said
from intake.reading import Answer, read_both, read_choice, read_items, read_yes_no
from language.lists import book
from language.phrases import words
from standard.kinds import Item

CONDITIONS = {Item.SURAT_KELAHIRAN: "ada_surat_kelahiran", Item.SURAT_NIKAH: "ada_surat_nikah"}
"""The condition that a paper decides."""

_CHOICES = {"keduanya": (True, True), "surat_kelahiran": (True, False), "surat_nikah": (False, True), "tidak_ada": (False, False)}
_CLAUSE = re.compile(
    r"(?i)[,;.\n]|\b(?:tapi|tp|tapii|tetapi|nanging|ning|sedang\w*|dan|lan|kaliyan|karo|sama|kalau|kalo|nek|menawi|sing|yang|yg|ingkang)\b"
)


def papers_told(text: str, *, by_sign: bool = False) -> dict[Item, bool]:
    """Each of the two papers that the text names, with whether they have it; one named without yes or no shares its neighbour's.

    `by_sign`: where the papers were asked for, `saking bidan` and `KUA` are names enough.
    """
    clauses = [(_papers_in(clause, by_sign), read_yes_no(_without_only(clause))) for clause in _CLAUSE.split(text) if clause.strip()]
    told: dict[Item, bool] = {}
    for at, (papers, own) in enumerate(clauses):
        answers = [own, *(answer for _, answer in clauses[at + 1 :]), *(answer for _, answer in reversed(clauses[:at]))]
        answer = next((one for one in answers if one is not None), None)
        told |= {paper: answer is Answer.YES for paper in papers if answer is not None}
    return told


def _without_only(clause: str) -> str:
    """`Namung wonten surat bidan` says yes; without a paper behind it `namung` would open a contradiction."""
    only = book("answers", "only")
    typed = words(clause)
    covered = {at for hit in only.found(typed) for at in range(hit.start, hit.end)}
    return " ".join(word for at, word in enumerate(typed) if at not in covered)


def _papers_in(clause: str, by_sign: bool) -> list[Item]:
    named = [Item(item) for item in read_items(clause) if item in CONDITIONS]
    signs = book("documents", "paper_signs").found(clause) if by_sign and not named else []
    return named or [Item(hit.value) for hit in signs]


def read_papers(said: Said, draft: Draft, child: int) -> Reading[tuple[bool | None, bool | None]]:
    """`(surat kelahiran, surat nikah)`, each None where the answer left it open."""
    if said.choice is not None:
        return _CHOICES[said.choice]
    told = papers_told(said.text, by_sign=True)
    both = read_both(said.text)
    if both is not None and len(set(told.values())) <= 1:
        return both, both
    if told:
        other = False if len(told) == 1 and book("answers", "only").found(said.text) and all(told.values()) else None
        return told.get(Item.SURAT_KELAHIRAN, other), told.get(Item.SURAT_NIKAH, other)
    picked = read_choice(said.text, said.choices)
    if picked is not None:
        return _CHOICES[picked]
    answer = read_yes_no(said.text)
    if answer is None:
        return NOTHING
    return (True, True) if answer is Answer.YES else (None, None)


def store_papers(draft: Draft, child: int, value: tuple[bool | None, bool | None]) -> None:
    """What was said; the rest is asked for itself."""
    draft.conditions.ada_surat_kelahiran, draft.conditions.ada_surat_nikah = value
    draft.papers_asked_apart = None in value


def read_has(item: Item) -> Callable[[Said, Draft, int], Reading[bool]]:
    """A reader of whether they have that paper. "Not yet" is a no that stays open: a paper that comes after all is taken."""

    def read(said: Said, draft: Draft, child: int) -> Reading[bool]:
        if said.choice is None:
            told = papers_told(said.text)
            if told:
                return told.get(item, NOTHING)
            answer = read_yes_no(said.text)
            if answer is not None:
                return answer is Answer.YES
        picked = said.choice or read_choice(said.text, said.choices)
        return NOTHING if picked is None else picked == "ada"

    return read


def told_aside(text: str, draft: Draft) -> dict[Item, bool]:
    """What a message says of the papers though something else was asked: a paper that they have, or one that was not spoken of yet."""
    known = {item: getattr(draft.known, name) for item, name in CONDITIONS.items()}
    return {item: has for item, has in papers_told(text).items() if known[item] is None or (has and not known[item])}
