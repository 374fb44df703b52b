"""Tests that the texts of the chat are read whole, or that whoever changed one is told what is wrong."""

from pathlib import Path

import pytest

from runtime.responses import ResponsesWrong, read_responses
from scripts import train

TEXT = "responses:\n  utter_a:\n  - text: Selamat pagi\n"


def test_all_files_of_the_folder_make_one_catalogue(tmp_path: Path) -> None:
    (tmp_path / "one.yml").write_text(TEXT)
    (tmp_path / "two.yml").write_text(TEXT.replace("utter_a", "utter_b"))
    assert list(read_responses(tmp_path)) == ["utter_a", "utter_b"]


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"one.yml": TEXT, "two.yml": TEXT}, "utter_a"),
        ({"one.yml": "responses: [\n"}, "one.yml"),
        ({"one.yml": "utter_a:\n- text: x\n"}, "no `responses:`"),
        ({"one.yml": "responses:\n  utter_a:\n  - teks: x\n"}, "utter_a"),
        ({"one.yml": b"\xff\xfe"}, "one.yml"),
        ({}, "no texts"),
    ],
)
def test_what_can_not_be_read_is_named(tmp_path: Path, files: dict[str, str | bytes], told: str) -> None:
    for name, content in files.items():
        (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(ResponsesWrong, match=told):
        read_responses(tmp_path)


def test_a_changed_text_asks_for_no_training() -> None:
    learnt_from = {str(file.relative_to(train.ROOT)) for file in train.sources()}
    assert "data/nlu/percakapan.yml" in learnt_from
    assert not {name for name in learnt_from if name.startswith("data/responses")}
