"""Reads a yes, a no, a "not yet", or one of offered choices, in the light of a question that was just asked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache

from rapidfuzz import fuzz

from intake.reading.numbers import read_position
from language.lists import book, either, phrases
from language.phrases import Phrasebook, plain, words


class Answer(Enum):
    """What an answer to a yes-or-no question says. `NOT_YET` (`dereng wonten`) keeps the matter open: it is no refusal."""

    YES = "yes"
    NO = "no"
    NOT_YET = "not_yet"


@dataclass(frozen=True)
class Choice:
    """One offered answer: its id, its label as the person reads it, and other words that people use for it."""

    id: str
    title: str
    words: tuple[str, ...] = ()


_LONGEST_ANSWER = 8
"""Words in an answer. Whoever writes more is telling something, and the dialogue has to understand it."""
_MOST_OTHER_WORDS = 0
_SURE = 86
_MARGIN = 6
_CLAUSE = re.compile(r"[.,;!\n]+")
_NEW_CLAUSE = re.compile(rf"(?i)[.,;!\n]+|\b{either('contrast')}\b")
_ANSWER_IDS = {Answer.YES: ("ya", "punya", "ada", "setuju"), Answer.NO: ("tidak",), Answer.NOT_YET: ("belum",)}


def read_yes_no(text: str) -> Answer | None:
    """A short answer, or None where the text is a question, weighs ("ada tapi …"), or speaks of something else."""
    if "?" in text:
        return None
    stripped = text.strip()
    if stripped and set(stripped) <= set("-–—xX") and len(stripped) <= 3:
        return Answer.NO
    whole = _read_answer(words(text))
    if whole is not None or _open_again(words(text)):
        return whole
    first, *rest = (clause for clause in map(words, _CLAUSE.split(text)) if clause) if words(text) else [[]]
    leading = _read_answer(first) if rest else None
    return leading if leading is not None and not _contradicted(leading, rest) else None


def read_both(text: str) -> bool | None:
    """Whether the person has both of two papers or neither (`mboten gadhah kalih-kalihe`, `ada semua`); None where it does not say so.

    `belum semua` and `mboten sedaya` say "not all", and leave it open which.
    """
    for clause in map(words, _CLAUSE.split(text)):
        wholes = book("answers", "both").found(clause)
        hits = [hit for hit in _grammar().found(clause) if hit.value in ("yes", "no", "not_yet")]
        if not wholes or not hits or len(clause) > _LONGEST_ANSWER * 2:
            continue
        denials = [hit for hit in hits if hit.value != "yes"]
        not_all = any(hit.end - hit.start == 1 and hit.end == whole.start for hit in denials for whole in wholes if whole.value == "all")
        return None if not_all else not denials
    return None


def read_choice(text: str, choices: Sequence[Choice]) -> str | None:
    """The id of the choice that the text means, or None where it means none or could mean several.

    Taken, in this order: the id or label itself, its place in the row (`2`, `nomor 2`, `yang kedua`, `kalih`), own words for it, whatever
    `read_yes_no` takes where choices are called `ya`, `tidak` or `belum`, a label with slips.
    """
    typed = words(text)
    if not typed or len(typed) > _LONGEST_ANSWER * 2 or "?" in text:
        return None
    joined = _unjoined(text)
    exact = {choice.id for choice in choices if joined in map(_unjoined, (choice.title, choice.id, *choice.words))}
    if exact:
        return exact.pop() if len(exact) == 1 else None
    position = read_position(text)
    if position is not None:
        return choices[position - 1].id if 1 <= position <= len(choices) else None
    named = {choice.id for choice in choices if _says(choice, typed)}
    affirmed = _affirmed(text, choices)
    if len(affirmed) == 1:
        return affirmed.pop()
    return _answered(text, choices) or (None if named else _nearest(plain(text), choices))


@cache
def _grammar() -> Phrasebook[str]:
    """Everything that may stand in a short answer, by its part."""
    taken: set[tuple[str, ...]] = set()
    parts: dict[str, list[str]] = {}
    for part in ("idle", "not_yet", "no", "yes", "but", "topic", "filler"):
        parts[part] = [phrase for phrase in phrases("answers", part) if tuple(words(phrase)) not in taken]
        taken.update(tuple(words(phrase)) for phrase in phrases("answers", part))
    return Phrasebook(parts)


def _read_answer(typed: list[str]) -> Answer | None:
    if not 0 < len(typed) <= _LONGEST_ANSWER:
        return None
    hits = _grammar().found(typed)
    parts = [hit.value for hit in hits]
    others = len(typed) - sum(hit.end - hit.start for hit in hits)
    if others > _MOST_OTHER_WORDS or "idle" in parts or "but" in parts:
        return None
    return next((answer for answer in (Answer.NOT_YET, Answer.NO, Answer.YES) if answer.value in parts), None)


def _open_again(typed: list[str]) -> bool:
    return any(hit.value in ("but", "idle") for hit in _grammar().found(typed))


def _contradicted(leading: Answer, rest: list[list[str]]) -> bool:
    parts = {hit.value for clause in rest for hit in _grammar().found(clause)}
    return leading is Answer.YES and bool(parts & {"no", "not_yet"})


def _affirmed(text: str, choices: Sequence[Choice]) -> set[str]:
    """The choices named outside of a denial (`dudu menantu, suami istri`); of two phrases over the same words the longer counts."""
    named: set[str] = set()
    denied: set[str] = set()
    for clause in map(words, _NEW_CLAUSE.split(text)):
        hits = _labels(tuple((choice.id, (choice.title, *choice.words)) for choice in choices)).found(clause)
        covered = {at for hit in hits for at in range(hit.start, hit.end)}
        denies = any(hit.value in ("no", "not_yet") and not covered & {*range(hit.start, hit.end)} for hit in _grammar().found(clause))
        (denied if denies else named).update(hit.value for hit in hits)
    return named - denied


@lru_cache(maxsize=256)
def _labels(choices: tuple[tuple[str, tuple[str, ...]], ...]) -> Phrasebook[str]:
    """What names each choice; a phrase that two of them have names neither."""
    owners: dict[tuple[str, ...], set[str]] = {}
    for name, texts in choices:
        for text in filter(words, texts):
            owners.setdefault(tuple(words(text)), set()).add(name)
    return Phrasebook({name: [" ".join(key) for key, named in owners.items() if named == {name}] for name, _ in choices})


def _unjoined(text: str) -> list[str]:
    """The words without those that only join them: a label says `Anak & menantu`, a person `anak dan menantu`."""
    return [word for word in words(text) if word not in phrases("answers", "joining")]


def _says(choice: Choice, typed: list[str]) -> bool:
    return bool(Phrasebook({choice.id: [phrase for phrase in (choice.title, *choice.words) if words(phrase)]}).found(typed))


def _answered(text: str, choices: Sequence[Choice]) -> str | None:
    answer = read_yes_no(text)
    ids = [choice.id for choice in choices]
    return next((name for name in _ANSWER_IDS.get(answer, ()) if name in ids), None) if answer is not None else None


def _nearest(text: str, choices: Sequence[Choice]) -> str | None:
    scores = sorted(((_likeness(text, choice), choice.id) for choice in choices), reverse=True)
    best = scores[0] if scores else (0.0, "")
    second = scores[1][0] if len(scores) > 1 else 0.0
    return best[1] if best[0] >= _SURE and best[0] - second >= _MARGIN else None


def _likeness(text: str, choice: Choice) -> float:
    labels = [plain(label) for label in (choice.title, *choice.words)]
    return max(max(fuzz.ratio(text, label), fuzz.token_sort_ratio(text, label)) for label in labels)
