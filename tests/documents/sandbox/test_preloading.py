"""A confined process needs no module and no table that was not loaded before, whatever file comes."""

import subprocess
import sys
from pathlib import Path

import pytest

from documents.sandbox.pool import ROOT, bare_environment
from tests.documents import hostile

WATCHED = """
import sys
from pathlib import Path
CHOSEN = ("ktp-good-0", "kk-good-0", "kk_pdf", "surat_nikah-good-0")
files = [path.read_bytes() for path in sorted(Path(sys.argv[1]).iterdir()) if path.stat().st_size < 100_000]
sheets = [path.read_bytes() for path in sorted(Path("tests/documents/corpus").iterdir()) if path.name.startswith(CHOSEN)]
from documents.sandbox import opening_worker, preloading, worker
from standard.kinds import Kind
preloading.load_decoders()
{load}
seen = set()
def watch(event, arguments):
    if event == "import" or event == "open" and "TiffImagePlugin" not in str(arguments[0]):
        seen.add((event, str(arguments[0])))
sys.addaudithook(watch)
for data in {files}:
    {work}
sys.stdout.write(repr(seen))
"""
PARTS = {
    "reading": (
        "from documents.reader import Reader; reader = Reader(); reader.warm(); preloading.load_tables()",
        "sheets",
        "reader.check(data, expect=Kind.KTP); reader.read_all(data, Kind.KK)",
    ),
    "opening": (
        "import io",
        "files + sheets",
        """for head in ({"round": "picture", "stamp": "x", "longest": 900}, {"round": "pdf_page", "index": 0, "longest": 900},
                     {"round": "examine", "roots": []}):
        opening_worker._opened(dict(head), data, io.BytesIO())""",
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("part", sorted(PARTS))
def test_no_file_makes_a_worker_open_anything_more(part: str, tmp_path: Path) -> None:
    hostile.write(tmp_path)
    load, files, work = PARTS[part]
    code = WATCHED.format(load=load, files=files, work=work)
    run = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=False, cwd=ROOT, env=bare_environment()
    )
    assert run.stdout == "set()", run.stderr[-2000:]
