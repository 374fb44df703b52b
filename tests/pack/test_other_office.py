"""A pack of an office that does not exist shows that nothing of Blora is in code: chats, pages, PDFs, numbers, clocks."""

import os
import re
import subprocess
import sys

from standard.place import ROOT
from tests.packs import WANAKERTA


def test_nothing_of_blora_is_read_at_another_office() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", "tests/other_office"],
        cwd=ROOT, env={**os.environ, "TEST_OFFICE": str(WANAKERTA)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-6000:]
    assert re.search(r"\d+ passed", done.stdout) and "skipped" not in done.stdout
