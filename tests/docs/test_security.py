"""Every test that docs/security.md names is there, and its ASVS table holds every requirement of levels 1 and 2 once."""

import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs/security.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", TEXT)
LEVEL_2 = (Path(__file__).parent / "asvs_level_2.txt").read_text().split()
"""The numbers of ASVS 4.0.3 that level 1 or 2 asks for."""
LINES = re.findall(r"^\| (\d+\.\d+\.\d+) \| [12] \| [^|]+ \| (yes|in part|no|n/a) \| ([^|]+) \|$", TEXT, re.MULTILINE)


def test_every_proof_that_is_named_is_there():
    assert len(NAMED) > 150
    missing = [f"{file}::{name}" for file, name in NAMED if not (ROOT / file).exists() or not re.search(rf"def {name}\b", _code(file))]
    assert not missing


def test_the_table_has_a_line_for_every_requirement_and_no_other():
    assert len(LEVEL_2) == 259
    assert [number for number, _, _ in LINES] == LEVEL_2


def test_every_line_says_what_proves_it_or_why_it_is_not_so():
    assert [number for number, _, why in LINES if len(why.strip()) < 4] == []
    proved = [number for number, state, why in LINES if state == "yes" and "`tests/" in why]
    assert len(proved) > 110, "the others name where it is seen"


def test_the_sum_above_the_table_is_that_of_its_lines():
    sums = Counter(state for _, state, _ in LINES)
    assert f"{sums['yes']} yes, {sums['in part']} in part, {sums['no']} no, {sums['n/a']} not applicable" in TEXT


def _code(file: str) -> str:
    return (ROOT / file).read_text(encoding="utf-8")
