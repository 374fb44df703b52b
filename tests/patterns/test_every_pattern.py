"""No regular expression of the code takes more than its share of time, whatever text it is given."""

import itertools
import re
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from intake import reading
from intake.drafts.model import Child, Draft
from intake.questions.birth_facts import read_facts
from intake.questions.changes import read_changes
from intake.questions.delivery import without_email
from intake.questions.reporter import read_reporter_said
from intake.reading import Choice
from intake.reading.papers import read_papers_said
from language.normaliser import Normaliser
from standard.birth_form import birth_fields
from tests.patterns.found import Found, every_pattern
from tests.patterns.hostile import texts

AT = datetime(2026, 11, 30, tzinfo=UTC)
LENGTH = 4096
"""As long as a text of a person may be (`standard/typed.py`); a line of a document is shorter by far."""
NOTICEABLE = 0.004
"""Seconds of processor time for `LENGTH` characters from which on it is measured how the time grows."""
STEEP = 8.0
"""How much longer four times the text may take: 4 is linear, 16 quadratic."""

UNSEEN = {
    "documents.calibrate": "a command of ours, over a file of ours",
    "backoffice.cases.search": "a number of fixed length behind the letters that the office's pack gives",
    "standard.registration": "the same",
    "simulator.judge.shapes": "its patterns stand in the shapes of our own messages; all end in one run",
}
"""Modules with a pattern that is known only when it runs, and why that is no door."""
MADE: dict[str, tuple[tuple[re.Pattern[str], str], ...]] = {
    "documents.fields.sections.says": (),  # called while modules are imported: found in their tables
    "documents.fields.sections.heads": (),
    "backoffice.delivery.comparing._around": ((re.compile(rf"(?<![A-Z]){'[^A-Z]*'.join('SITIAMINAH')}(?![A-Z])"), "finditer"),),
    "documents.ocr.spacing.most_spaced": ((re.compile(" *".join("SITIAMINAH")), "search"),),
    "language.normaliser._greeting": ((Normaliser()._greeting, "fullmatch"),),
}
"""Functions that make a pattern at each call and keep it nowhere, with one as they make it and how they use it."""

USES: dict[str, Callable[[re.Pattern[Any], str], Any]] = {
    "search": lambda pattern, text: pattern.search(text),
    "match": lambda pattern, text: pattern.match(text),
    "fullmatch": lambda pattern, text: pattern.fullmatch(text),
    "findall": lambda pattern, text: pattern.findall(text),
    "finditer": lambda pattern, text: list(pattern.finditer(text)),
    "sub": lambda pattern, text: pattern.sub("", text),
    "subn": lambda pattern, text: pattern.subn("", text),
    "split": lambda pattern, text: pattern.split(text),
}


@pytest.fixture(scope="module")
def found() -> Found:
    """Every pattern, after the readers have made theirs from the word lists."""
    for text in ("anak saya lahir jam 3 sore tgl 4 feb 1990 di desa kamolan", "namanya siti ya pak", "3 kg 49 cm", "email a@b.id", "jam 4"):
        for name in (name for name in reading.__all__ if name.startswith("read_")):
            more: dict[str, tuple[Any, ...]] = {"read_choice": ((Choice("a", "A"),),)}
            if name in ("read_date", "read_rough_date", "read_weton"):
                more[name] = (date(2026, 11, 30),)
            getattr(reading, name)(text, *more.get(name, ()))
        read_facts(text, [field.name for field in birth_fields()], date(2026, 11, 30))
        reading.is_question(text)
        read_papers_said(text, by_sign=True)
        read_reporter_said(text)
        read_changes(
            f"{text}, nama bukan siti tapi sari, bulannya mei, kembar",
            Draft(contact="c", created_at=AT, updated_at=AT, children=[Child()]),
            AT.date(),
        )
        without_email(text)
    every = every_pattern()
    for pattern, use in itertools.chain.from_iterable(MADE.values()):
        every.uses[pattern].add(use)
        every.places[pattern] = "made at each call"
    return every


def test_each_pattern_can_be_seen_before_it_runs(found: Found) -> None:
    assert {place.partition(":")[0] for place in found.unseen} == set(UNSEEN)
    assert found.made == set(MADE)


def test_patterns_kept_in_names_tables_and_made_from_lists_are_all_found(found: Found) -> None:
    places = " ".join(found.places.values())
    for module in (
        "intake.reading.frame.finders", "intake.questions.changed_facts", "intake.questions.changed_names",
        "intake.questions.delivery", "intake.reading.times", "intake.reading.names",
        "actions.topics.corrections",
        "standard.typed", "bot.dialogue.turn", "backoffice.cases.search", "documents.fields", "language.normaliser",
    ):  # fmt: skip
        assert module in places, module
    assert len(found.uses) > 200


@pytest.mark.slow
def test_the_time_of_every_pattern_grows_no_faster_than_the_text(found: Found) -> None:
    slow = [fault for pattern, uses in found.uses.items() for fault in _faults(pattern, uses, found.places[pattern])]
    assert not slow, "\n".join(slow)


def test_a_row_of_greetings_is_read_in_a_moment() -> None:
    started = time.thread_time()
    assert Normaliser().body("pagi,bapak," * 300 + "x y") == "pagi,bapak," * 300 + "x y"
    assert time.thread_time() - started < 3


@pytest.mark.parametrize(("text", "use"), [(r"\s+x", "search"), (r"\d+kg", "finditer"), (r",\s*:?\s*$", "search")])
def test_a_weak_pattern_is_caught(text: str, use: str) -> None:
    assert list(_faults(re.compile(text), {use}, "here"))


def _faults(pattern: re.Pattern[Any], uses: set[str], place: str) -> Iterator[str]:
    """The first text for each use on which the time grows faster than the text."""
    for use in sorted(uses):
        for length in (64, 512, LENGTH):
            pairs = zip(texts(pattern, length), texts(pattern, length // 4), strict=True)
            fault = next((text for text, short in pairs if _steep(pattern, use, text, short)), None)
            if fault is not None:
                yield f"{place}: {use} of {pattern.pattern!r:.100} on {fault[:40]!r} …"
                break


def _steep(pattern: re.Pattern[Any], use: str, text: str, short: str) -> bool:
    if _seconds(pattern, use, text) < NOTICEABLE:
        return False
    return min(_seconds(pattern, use, text) for _ in range(3)) > STEEP * min(_seconds(pattern, use, short) for _ in range(5))


def _seconds(pattern: re.Pattern[Any], use: str, text: str) -> float:
    given = text if isinstance(pattern.pattern, str) else text.encode()
    started = time.thread_time()
    USES[use](pattern, given)
    return time.thread_time() - started
