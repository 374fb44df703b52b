"""Opens the word lists of `data/language/`, which an office may extend, as phrase books."""

import re
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


@cache
def either(*sections: str) -> str:
    """A pattern for any word of these sections of `words.yml`, the longest first, as one group that is not captured.

    It begins and ends nowhere of itself: what stands before and behind it in a pattern says whether endings may follow.
    """
    texts = {text for section in sections for text in phrases("words", section)}
    return f"(?:{'|'.join(_pattern(text) for text in sorted(texts, key=lambda text: (-len(text), text)))})"


def _pattern(text: str) -> str:
    return re.escape(text).replace(r"\ ", r"\s+").replace(r"\*", r"\w*")


def _split(entry: Any) -> Any:
    if isinstance(entry, dict):
        return {key: _split(value) for key, value in entry.items()}
    return [phrase.strip() for phrase in str(entry).split(",") if phrase.strip()]
