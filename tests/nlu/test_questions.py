"""The patterns from which questions are learnt can be filled, and the held-out sentences are of every kind and are none of them."""

import re
from pathlib import Path
from typing import Any

import yaml

from bench.moments import NONE
from bench.questions import unseen

TAUGHT = Path(__file__).parents[2] / "data" / "questions"
MOST_ASKED = ("kk_hilang", "kia_apa", "kk_lama", "beda_agama", "ktp_hilang", "ambil_sendiri", "kk_satu", "resmi", "domisili_lain")


def load(name: str) -> Any:
    return yaml.safe_load((TAUGHT / name).read_text(encoding="utf-8"))


def test_every_list_is_there_and_used() -> None:
    patterns = [pattern for rows in load("phrases.yml").values() for pattern in rows] + load("look_alikes.yml")
    assert {name for pattern in patterns for name in re.findall(r"\{(\w+)\}", pattern)} | {"beside"} == set(load("lists.yml"))


def test_no_pattern_stands_under_two_questions() -> None:
    rows = [pattern for patterns in load("phrases.yml").values() for pattern in patterns]
    assert len(rows) == len(set(rows))


def test_the_held_out_sentences_are_of_questions_that_are_taught_ten_of_each_most_asked() -> None:
    held = unseen()
    labels = [label for _, label in held if label != NONE]
    assert set(labels) <= set(load("phrases.yml"))
    assert min(labels.count(label) for label in MOST_ASKED) >= 10
    assert sum(label == NONE for _, label in held) >= 30


def test_no_held_out_sentence_is_a_pattern() -> None:
    patterns = {pattern.lower().strip("?") for rows in load("phrases.yml").values() for pattern in rows}
    assert [text for text, label in unseen() if label != NONE and text.lower().strip("?") in patterns] == []
