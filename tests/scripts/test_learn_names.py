"""The name tagger that is shipped is the one that its annotated messages make."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from intake.reading.name_tagger import MODEL, tagged_names
from language.name_tags import ASKED, KEYS
from scripts import train
from scripts.learn_names import MESSAGES, annotated, labels_of

MADE_ELSEWHERE = 0.05
"""How far a weight may be off that another processor's arithmetic made."""


def _messages() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = yaml.safe_load(MESSAGES.read_text("utf-8"))
    return rows


def test_every_name_stands_in_its_message() -> None:
    rows = _messages()
    assert len(rows) > 800
    for row in rows:
        labels = set(labels_of(row)) - {"O"}
        assert labels == {label for label, _ in row["names"]} and labels <= {ASKED, *KEYS}, row["text"]


def test_the_shipped_model_is_learnt_from_the_shipped_messages(tmp_path: Path) -> None:
    made = tmp_path / "tagger.json"
    command = [train.RASA[0], "-m", "scripts.learn_names", "--model", str(made)]
    subprocess.run(command, cwd=train.ROOT, env=train.dialogue_environment(), check=True, capture_output=True)
    new, kept = (json.loads(path.read_text("utf-8")) for path in (made, MODEL))
    assert new["labels"] == kept["labels"]
    shared = new["weights"].keys() & kept["weights"].keys()
    assert len(shared) > 0.9 * len(kept["weights"])
    off = [abs(weight - kept["weights"][name].get(at, 0)) for name in shared for at, weight in new["weights"][name].items()]
    assert sum(off) / len(off) < MADE_ELSEWHERE


def test_the_model_knows_what_it_learnt() -> None:
    rows = [row for row in _messages() if row["names"] and row["question"] == "nama_ibu"]
    right = sum(
        [[name.key, name.text] for name in tagged_names(row["text"], row["question"], several=row.get("several", False)).names]
        == row["names"]
        for row in rows
    )
    assert right > 0.8 * len(rows)


@pytest.mark.parametrize(
    ("text", "values", "names"),
    [
        (
            "jenenge Tegar Prakosa, bapake Sumanto",
            {"nama_anak": "TEGAR PRAKOSA", "nama_ayah": "SUMANTO"},
            [["asked", "Tegar Prakosa"], ["nama_ayah", "Sumanto"]],
        ),
        ("belum ada nama", {}, []),
    ],
)
def test_a_message_is_annotated_by_what_a_clerk_wrote(text: str, values: dict[str, str], names: list[list[str]]) -> None:
    rows = annotated({"question": "nama_anak", "says": text, "expect": {"values": values}})
    assert [row["names"] for row in rows] == [names]


def test_a_name_that_is_put_together_teaches_nothing() -> None:
    assert (
        annotated({"question": "nama_anak", "says": "M. Tegar, M nya Muhammad", "expect": {"values": {"nama_anak": "MUHAMMAD TEGAR"}}})
        == []
    )
