"""Reads `data/documents/wording.yml`: the words of printed papers that are looked for inside sentences."""

from functools import cache

import yaml

from documents.thresholds import DATA


def either(section: str) -> str:
    """A pattern for any of a section's words, in their order, as one group that is not captured. Raises KeyError without such a section."""
    return f"(?:{'|'.join(wording(section))})"


def wording(section: str) -> tuple[str, ...]:
    """The words of a section, each a pattern."""
    return tuple(_table()[section])


@cache
def _table() -> dict[str, list[str]]:
    with (DATA / "wording.yml").open(encoding="utf-8") as file:
        table: dict[str, list[str]] = yaml.safe_load(file)
    return table
