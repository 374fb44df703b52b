"""The record of processing (UU 27/2022 Ps 31) says of every rule of the retention table what that says."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
TABLE: dict[str, Any] = yaml.safe_load((ROOT / "data/privacy/retention.yml").read_text(encoding="utf-8"))
RECORD = (ROOT / "docs/privacy/rekaman-pemrosesan.md").read_text(encoding="utf-8")
ROWS = {
    row[1].strip("` "): row for line in RECORD.splitlines() if re.match(r"\| `\w+` \|", line) and len(row := line.split("|")) == 7
}  # fmt: skip


def tables_of(rule: str) -> set[str]:
    return {name for room in ("bot", "intake", "backoffice") for name, rules in TABLE[room].items() if rule in rules}


def test_every_rule_has_its_row_and_no_row_is_of_none() -> None:
    assert list(ROWS) == list(TABLE["rules"])


@pytest.mark.parametrize("rule", sorted(TABLE["rules"]))
def test_a_row_names_the_tables_the_time_and_what_a_wish_does(rule: str) -> None:
    _, _, _, tables, kept, wish, _ = ROWS[rule]
    assert set(re.findall(r"`(\w+)`", tables)) == tables_of(rule)
    said = str(TABLE["rules"][rule]["kept"])
    names = re.findall(r"[A-Z_]{8,}|draft_days", said)
    assert set(re.findall(r"\d+", said)) <= set(re.findall(r"\d+", kept)) and all(name in kept for name in names), said
    assert wish.strip() == ("ya" if TABLE["rules"][rule]["wish"] else "tidak")


def test_the_assessment_and_the_record_are_linked_from_the_page_on_security() -> None:
    page = (ROOT / "docs/security.md").read_text(encoding="utf-8")
    assert all(f"privacy/{name}.md" in page for name in ("rekaman-pemrosesan", "penilaian-dampak"))
