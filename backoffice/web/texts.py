"""Reads the one catalogue of what staff read, the files of `staff/` in the office's pack, and fills its sentences."""

from functools import cache
from typing import Any

import yaml

from standard.facts import filled, office_facts
from standard.place import SHIPPED, office_folder, path_of


@cache
def catalogue() -> dict[str, str]:
    """Every sentence by its key, `queue.title`, the office's own facts filled in."""
    office = office_folder()
    files = [path_of(f"staff/{file.name}", office) for file in sorted((SHIPPED / "staff").glob("*.yml"))]
    pairs = [pair for file in files for pair in _flat("", yaml.safe_load(file.read_text(encoding="utf-8")))]
    if len(sentences := dict(pairs)) < len(pairs):
        raise ValueError("a key of the catalogue stands there twice")
    return {key: str(filled(sentence, office_facts())) for key, sentence in sentences.items()}


def text(key: str, **values: Any) -> str:
    """The sentence of that key, its placeholders filled. Raises KeyError: a page never shows a key."""
    sentence = catalogue()[key]
    return sentence.format(**values) if values else sentence


def label(group: str, code: str) -> str:
    """The label of a code that another room names (a flag, a field); one that the catalogue does not have is shown as words."""
    return catalogue().get(f"{group}.{code}") or code.replace("_", " ").capitalize()


def _flat(prefix: str, branch: dict[str, Any]) -> list[tuple[str, str]]:
    pairs = []
    for key, value in branch.items():
        name = f"{prefix}.{key}" if prefix else str(key)
        pairs += _flat(name, value) if isinstance(value, dict) else [(name, str(value))]
    return pairs
