"""Opens the word lists of `data/standard/reading.yml` as phrase books."""

from functools import cache
from typing import Any

from intake.reading.phrases import Phrasebook
from standard import facts


def phrases(*path: str) -> Any:
    """One entry of the word lists: the phrases of a leaf, or a dict of them for a section."""
    return _split(_entry(path))


@cache
def book(section: str) -> Phrasebook[Any]:
    """The phrase book of a section whose keys are the values."""
    return Phrasebook(phrases(section))


def _entry(path: tuple[str, ...]) -> Any:
    entry = facts.load("reading")
    for key in path:
        entry = entry[key]
    return entry


def _split(entry: Any) -> Any:
    if isinstance(entry, dict):
        return {key: _split(value) for key, value in entry.items()}
    return [phrase.strip() for phrase in str(entry).split(",") if phrase.strip()]
