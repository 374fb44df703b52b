"""A process that runs goes on with the pack that it was started with, whatever becomes of the files."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from standard.place import ROOT, SHIPPED
from tests.packs import BLORA

BREAK = """
for file in Path(os.environ["OFFICE"]).rglob("*.yml"):
    file.write_text("broken: [")
from standard import deadlines, facts, requirements, roles, stages
from pack.schema import FILES
assert roles.roles() and stages.stages() and deadlines.office_calendar().hours
for name in FILES:
    if name.startswith("standard/"):
        assert facts.load(name.removeprefix("standard/").removesuffix(".yml"))
"""
BACKOFFICE = """
from backoffice.app import create_app
from backoffice.settings import Settings
from backoffice.web.texts import text
import base64
token = "token-of-the-tests-only"
create_app(Settings(_env_file=None, blob_key=base64.b64encode(b"k" * 32).decode(), actions_backoffice_token=token,
                    bot_backoffice_token=token, backoffice_bot_token=token, session_secret=token,
                    landa_mewa_var=os.environ["OFFICE"]))
exec(BREAK)
assert text("site.name") == "Landa Mewa" and text("nav.queue")
"""
ACTIONS = """
from actions.catalogue import Catalogue
from runtime.responses import RESPONSES, read_responses
from standard.place import office_folder
catalogue = Catalogue(read_responses(RESPONSES, office_folder()))
exec(BREAK)
assert "5" in catalogue.text("tanpa_nama", waktu="5")
"""


@pytest.mark.parametrize("process", [BACKOFFICE, ACTIONS], ids=["backoffice", "actions"])
def test_what_breaks_after_the_start_is_not_read(process: str, tmp_path: Path) -> None:
    office = tmp_path / "office"
    shutil.copytree(BLORA, office)
    for folder in ("responses", "staff"):
        shutil.copytree(SHIPPED / folder, office / folder, ignore=shutil.ignore_patterns("*.md"))
    code = f"import os\nfrom pathlib import Path\nBREAK = {BREAK!r}\nfrom pack.check import require_whole\nrequire_whole()\n{process}"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env={**os.environ, "OFFICE": str(office)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
