"""The check from a shell prints the contract's object for every file and leaves with the contract's status."""

import json
from pathlib import Path

import pytest

from documents.__main__ import main
from tests.documents import corpus

KEYS = ["file", "verdict", "kind", "kind_confidence", "reasons", "fields", "confidence", "quality", "seconds"]


def test_each_file_is_answered_with_one_object_on_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = next(picture for picture in corpus.committed() if picture.kind == "ktp" and picture.stratum == "good")
    empty = tmp_path / "kosong.jpg"
    empty.write_bytes(b"")
    assert main(["check", str(good.path), str(empty), "--expect", "ktp", "--json"]) == 0
    first, second = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert [key for key in first if key in KEYS] == KEYS
    assert first["verdict"] == "ok"
    assert first["fields"]["nik"] == good.truth["fields"]["nik"]
    assert (second["file"], second["verdict"], second["reasons"]) == (str(empty), "retake", ["FILE_DAMAGED"])


@pytest.mark.parametrize("arguments", [[], ["check"], ["check", "no-such-file.jpg"], ["check", __file__, "--expect", "paspor"]])
def test_a_usage_error_leaves_with_two(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == 2
