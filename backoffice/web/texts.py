"""Reads the one catalogue of what staff read, `texts*.id.yml`, and fills its sentences."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent
PARTS = ("texts.id.yml", "texts.case.id.yml", "texts.administration.id.yml")
"""The daily work's sentences, what a case is made of, and the rooms around: people, audit, monitor, reports, the desk."""


@cache
def catalogue() -> dict[str, str]:
    """Every sentence by its key, `queue.title`."""
    pairs = [pair for part in PARTS for pair in _flat("", yaml.safe_load((FOLDER / part).read_text(encoding="utf-8")))]
    if len(sentences := dict(pairs)) < len(pairs):
        raise ValueError("a key of the catalogue stands there twice")
    return sentences


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
