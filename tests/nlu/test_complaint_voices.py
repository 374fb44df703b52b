"""The complaints that are taught name known kinds, are told as texts, and are none of those by which the model is measured."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from dialogue.understanding.kinds import ANSWER, GRAVE, LATER, OTHER, PRAISE
from dialogue.understanding.stories import OPENING, PHOTO, TELLING, of_file, of_folder, of_set
from standard.complaints import categories

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "data" / "complaints"
FILES, SETS = sorted(FOLDER.glob("*.yml")), sorted((FOLDER / "sets").glob("*.yml"))
HELD_OUT = [ROOT / "bench" / f"complaint_{name}.yml" for name in ("speakers", "answers")]


def _stories(file: Path) -> list[tuple[str, tuple[str, ...]]]:
    rows: dict[str, list[Any]] = yaml.safe_load(file.read_text("utf-8"))
    return [(kind, (stated,) if isinstance(stated, str) else tuple(stated)) for kind, stories in rows.items() for stated in stories]


def test_the_grave_kinds_are_the_restricted_categories() -> None:
    assert {name for name, row in categories().items() if row.restricted} == GRAVE


@pytest.mark.parametrize("file", [*FILES, *HELD_OUT], ids=lambda file: file.stem)
def test_every_story_is_text_of_a_known_kind(file: Path) -> None:
    known = {name for name, row in categories().items() if not row.wish} | set(LATER) | {OTHER, PRAISE, ANSWER}
    for kind, stated in _stories(file):
        assert kind in known
        assert stated and all(isinstance(text, str) and text.strip() for text in stated), stated


def test_no_story_is_told_twice() -> None:
    stated = [" ".join(texts).lower() for file in FILES for _, texts in _stories(file)]
    assert sorted({text for text in stated if stated.count(text) > 1}) == []


def test_nothing_by_which_the_model_is_measured_is_taught() -> None:
    taught = {" ".join(texts).lower() for file in FILES for _, texts in _stories(file)}
    assert taught & {" ".join(texts).lower() for file in HELD_OUT for _, texts in _stories(file)} == set()


@pytest.mark.parametrize("left_out", [file.stem for file in SETS])
def test_a_set_that_is_left_out_teaches_nothing(left_out: str) -> None:
    everything, others = of_folder(), of_folder(without=left_out)
    own = of_set(FOLDER / "sets" / f"{left_out}.yml")
    assert own and len(everything) == len(others) + len(own)


def test_a_file_of_answers_that_is_left_out_teaches_nothing() -> None:
    own = of_file(FOLDER / "answers_development.yml")
    assert own and len(of_folder()) == len(of_folder(without="answers_development")) + len(own)


def test_an_answer_is_no_complaint_and_says_nothing_of_what_it_is_behind_one(tmp_path: Path) -> None:
    file = tmp_path / "answers.yml"
    file.write_text("jawaban:\n  - antara jam 1 sampai jam 2 siang\n")
    assert [(row.act, row.kind, row.later) for row in of_file(file)] == [("bukan", None, None)]


def test_a_set_teaches_its_stories_whole_their_category_and_what_its_follow_ups_mean(tmp_path: Path) -> None:
    expect = {"complaint": True, "category": "lainnya", "restricted": True, "whole": [1, 2]}
    later = [{"says": f"ini buktinya {PHOTO}", "means": "add"}]
    said = {"turns": ["halo", "saya diancam orangnya", PHOTO], "expect": expect, "later": later}
    file = tmp_path / "told.yml"
    file.write_text(yaml.safe_dump([said]))
    assert [(row.text, row.act, row.kind, row.later) for row in of_set(file)] == [
        ("saya diancam orangnya", "keluhan", "ancaman", "keluhan"),
        ("halo", "bukan", None, "bukan"),
        ("ini buktinya", None, None, "tambahan"),
    ]


def test_a_time_or_a_place_complains_of_nothing_by_itself(tmp_path: Path) -> None:
    file = tmp_path / "told.yml"
    file.write_text("pungli:\n  - [saya dimintai uang rokok di loket, tadi jam 9]\n")
    whole, first, second = of_file(file)
    assert (whole.act, first.act, second.act) == ("keluhan", "keluhan", None)
    assert second.kind is None and len(["tadi", "jam", "9"]) < min(OPENING, TELLING)
