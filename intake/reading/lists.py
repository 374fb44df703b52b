"""Opens the word lists of `data/standard/reading/` as phrase books."""

from functools import cache
from typing import Any

from intake.reading.phrases import Phrasebook
from standard import facts


def phrases(file: str, section: str) -> Any:
    """A section of `data/standard/reading/<file>.yml`: a list of phrases, or a dict of such lists by value."""
    return phrases_of(f"reading/{file}", section)


def phrases_of(file: str, section: str) -> Any:
    """The same of any file of `data/standard/`."""
    return _split(facts.load(file)[section])


@cache
def book(file: str, section: str) -> Phrasebook[Any]:
    """The phrase book of a section whose keys are the values."""
    return Phrasebook(phrases(file, section))


def _split(entry: Any) -> Any:
    if isinstance(entry, dict):
        return {key: _split(value) for key, value in entry.items()}
    return [phrase.strip() for phrase in str(entry).split(",") if phrase.strip()]
