"""The release stands in one place, every command line tells it, and the changelog says what each one asks of whoever updates."""

import re
import subprocess
import sys

import pytest

from runtime.release import RELEASE
from runtime.settings import ROOT

CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
RELEASES = dict(re.findall(r"(?ms)^## (\S+)[^\n]*\n(.*?)(?=^## |\Z)", CHANGELOG))


@pytest.mark.parametrize("room", ["bot", "actions", "backoffice", "backup"])
def test_every_command_line_tells_the_release(room: str) -> None:
    done = subprocess.run([sys.executable, "-m", room, "--version"], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, done.stdout) == (0, f"Landa Mewa {RELEASE}\n"), done.stderr


def test_the_newest_release_of_the_changelog_is_the_one_that_runs() -> None:
    assert next(name for name in RELEASES if name != "Unreleased") == RELEASE


def test_each_release_but_the_first_says_what_to_do_and_the_way_back() -> None:
    *later, first = (name for name in RELEASES if name != "Unreleased")
    assert first == "0.1.0" and later
    for name in later:
        assert "### To be done at the update" in RELEASES[name] and "### The way back" in RELEASES[name], name
