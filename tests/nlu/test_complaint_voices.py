"""The complaints that are taught name known kinds, are told as texts, and are none of those by which the model is measured."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from dialogue.understanding.kinds import ACTS, GRAVE, OTHER, PRAISE
from dialogue.understanding.stories import OPENING, TELLING, of_file
from standard.complaints import categories

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "data" / "complaints").glob("*.yml"))
HELD_OUT = ROOT / "bench" / "complaint_speakers.yml"


def _stories(file: Path) -> list[tuple[str, tuple[str, ...]]]:
    rows: dict[str, list[Any]] = yaml.safe_load(file.read_text("utf-8"))
    return [(kind, (stated,) if isinstance(stated, str) else tuple(stated)) for kind, stories in rows.items() for stated in stories]


def test_the_grave_kinds_are_the_restricted_categories() -> None:
    assert {name for name, row in categories().items() if row.restricted} == GRAVE


@pytest.mark.parametrize("file", [*FILES, HELD_OUT], ids=lambda file: file.stem)
def test_every_story_is_text_of_a_known_kind(file: Path) -> None:
    known = {name for name, row in categories().items() if not row.wish} | set(ACTS) | {OTHER, PRAISE}
    for kind, stated in _stories(file):
        assert kind in known
        assert stated and all(isinstance(text, str) and text.strip() for text in stated), stated


def test_no_story_is_told_twice() -> None:
    stated = [" ".join(texts).lower() for file in FILES for _, texts in _stories(file)]
    assert sorted({text for text in stated if stated.count(text) > 1}) == []


def test_nothing_by_which_the_model_is_measured_is_taught() -> None:
    taught = {" ".join(texts).lower() for file in FILES for _, texts in _stories(file)}
    measured = {" ".join(texts).lower() for _, texts in _stories(HELD_OUT)}
    for name in ("complaints.yml", "complaints_second.yml"):
        for story in yaml.safe_load((ROOT / "bench" / name).read_text("utf-8")):
            if story["expect"]["complaint"]:
                measured.add(" ".join(story["turns"]).lower())
    assert taught & measured == set()


def test_a_time_or_a_place_complains_of_nothing_by_itself(tmp_path: Path) -> None:
    file = tmp_path / "told.yml"
    file.write_text("pungli:\n  - [saya dimintai uang rokok di loket, tadi jam 9]\n")
    whole, first, second = of_file(file)
    assert (whole.act, first.act, second.act) == ("keluhan", "keluhan", None)
    assert second.kind is None and len(["tadi", "jam", "9"]) < min(OPENING, TELLING)
