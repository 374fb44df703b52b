"""Every test that docs/security.md names is there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
NAMED = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", (ROOT / "docs/security.md").read_text(encoding="utf-8"))


def test_every_proof_that_is_named_is_there():
    assert len(NAMED) > 20
    missing = [f"{file}::{name}" for file, name in NAMED if not re.search(rf"def {name}\b", (ROOT / file).read_text(encoding="utf-8"))]
    assert not missing
