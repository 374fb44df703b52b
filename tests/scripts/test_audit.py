"""The check of the packages' known faults: what is found in a folder of advisories, and what passes."""

from pathlib import Path

import pytest
import yaml

from scripts import audit

ADVISORY = """
id: PYSEC-2026-1
aliases: [CVE-2026-1]
details: |
  It falls over.
  More.
affected:
- package: {ecosystem: PyPI, name: Some_Package}
  ranges:
  - type: ECOSYSTEM
    events: [{introduced: '0'}, {fixed: 1.4.2}, {introduced: '2.0'}, {fixed: 2.0.3}]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One advisory, and one that was taken back."""
    (tmp_path / "vulns").mkdir()
    (tmp_path / "vulns" / "one.yaml").write_text(ADVISORY)
    (tmp_path / "vulns" / "two.yaml").write_text(ADVISORY.replace("2026-1", "2026-2") + "withdrawn: 2026-02-01\n")
    return tmp_path


@pytest.mark.parametrize(
    ("version", "mended"), [("1.4.1", "1.4.2"), ("1.4.2", None), ("1.9", None), ("2.0", "2.0.3"), ("2.0.2", "2.0.3"), ("2.0.3", None)]
)
def test_a_version_is_affected_from_where_the_fault_came_in_until_it_was_mended(folder: Path, version: str, mended: str | None) -> None:
    found = audit.found_in(folder, {"ours": {"some-package": version}})
    assert [entry.fixed for entry in found] == ([mended] if mended else [])


def test_an_advisory_passes_with_a_reason_under_any_of_its_ids_and_fails_without(folder: Path) -> None:
    found = audit.found_in(folder, {"ours": {"some-package": "1.0"}, "dialogue": {"other": "1.0"}})
    known, unknown = audit.report(found, {"CVE-2026-1": "We do not use it."})
    assert len(known) == 1 and "We do not use it." in known[0] and not unknown
    known, unknown = audit.report(found, {})
    assert not known and "PYSEC-2026-1" in unknown[0] and "It falls over." in unknown[0]


def test_an_empty_folder_is_no_pass(tmp_path: Path) -> None:
    with pytest.raises(audit.AuditNotDone, match="advisory-database"):
        list(audit.advisories(tmp_path))


def test_every_package_of_both_lock_files_is_looked_up() -> None:
    for lock in audit.LOCKS.values():
        text = lock.read_text(encoding="utf-8")
        assert len(audit.pinned(lock)) == sum("==" in line and not line.startswith((" ", "#")) for line in text.splitlines()) > 100


def test_each_explained_package_is_pinned_at_the_version_that_the_explanation_speaks_of() -> None:
    rows = yaml.safe_load(audit.EXPLAINED.read_text(encoding="utf-8"))
    pinned = audit.pinned(audit.LOCKS["dialogue"])
    named = [name.split() for row in rows for name in row["packages"]]
    assert [name for name, version in named if pinned.get(name) != version] == [], "an update: look at its advisories anew"
