"""Gives the photo benchmark the committed pictures that another hand than the specimens' drew: the world, not the corpus."""

import json
from collections.abc import Iterator
from pathlib import Path

from simulator.specimen.photograph import Photo

FOLDER = Path("tests/documents/another_hand/pictures")


def photos() -> Iterator[tuple[str, Photo]]:
    """Every picture with its truth, under its file's name."""
    for number, line in enumerate((FOLDER / "truth.jsonl").read_text("utf-8").splitlines()):
        truth = json.loads(line)
        yield truth["file"], Photo((FOLDER / truth["file"]).read_bytes(), truth | {"seed": "another hand", "index": number})
