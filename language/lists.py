"""Opens the word lists of `data/language/`, which an office may extend, as phrase books."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from language.phrases import Phrasebook

LISTS = Path(__file__).resolve().parent.parent / "data" / "language"


@cache
def load(file: str) -> Any:
    """The content of `data/language/<file>.yml`. Raises FileNotFoundError when there is no such file."""
    return yaml.safe_load((LISTS / f"{file}.yml").read_text(encoding="utf-8"))


@cache
def phrases(file: str, section: str) -> Any:
    """A section of `data/language/<file>.yml`: a list of phrases, or a dict of such lists by value. Not to be changed."""
    return _split(load(file)[section])


@cache
def word_set(file: str, section: str) -> frozenset[str]:
    """The phrases of a section that is a plain list, for looking words up."""
    return frozenset(phrases(file, section))


@cache
def book(file: str, section: str) -> Phrasebook[Any]:
    """The phrase book of a section whose keys are the values."""
    return Phrasebook(phrases(file, section))


def _split(entry: Any) -> Any:
    if isinstance(entry, dict):
        return {key: _split(value) for key, value in entry.items()}
    return [phrase.strip() for phrase in str(entry).split(",") if phrase.strip()]
