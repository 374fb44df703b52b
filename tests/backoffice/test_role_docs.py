"""Every role has its page for the first day, and every picture on it is there and small."""

import re
from pathlib import Path

import pytest

from standard import roles

FOLDER = Path("docs/peran")
LARGEST = 150_000


@pytest.mark.parametrize("role", roles.roles().values(), ids=lambda role: role.id)
def test_each_role_has_its_page_under_its_own_title(role):
    page = (FOLDER / f"{role.id}.md").read_text(encoding="utf-8")
    assert page.startswith(f"# {role.label}") and f"({role.id}.md)" in (FOLDER / "README.md").read_text(encoding="utf-8")
    assert len(page) > 600 and "![" in page


def test_every_picture_is_there_small_and_used():
    named = {name for page in FOLDER.glob("*.md") for name in re.findall(r"\]\(img/([^)]+)\)", page.read_text(encoding="utf-8"))}
    held = {path.name: path.stat().st_size for path in (FOLDER / "img").iterdir()}
    assert named == set(held) and max(held.values()) < LARGEST
