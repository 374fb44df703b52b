"""The sentences from which moments are learnt can be filled, name the moments of the standard, and hold none of the held-out ones."""

import re
from pathlib import Path
from typing import Any

import yaml

from actions.sensitive import moments
from bench.moments import patterns, unseen

ROOT = Path(__file__).parents[2]
PARENTS = {"orang_tua_meninggal": {"ibu_meninggal", "ayah_meninggal"}}


def load(name: str) -> Any:
    return yaml.safe_load((ROOT / "data" / "moments" / name).read_text(encoding="utf-8"))


def test_every_moment_is_taught_and_every_list_is_there_and_used() -> None:
    assert set(load("phrases.yml")) == set(moments())
    assert {name for pattern in patterns() for name in re.findall(r"\{(\w+)\}", pattern)} | {"beside"} == set(load("lists.yml"))


def test_the_held_out_sentences_are_of_every_moment_and_not_made_by_a_pattern() -> None:
    held = unseen()
    assert {name for _, moment in held if moment != "none" for name in PARENTS.get(moment, {moment})} == set(moments())
    assert sum(moment != "none" for _, moment in held) >= 100
    assert sum(moment == "none" for _, moment in held) >= 140
