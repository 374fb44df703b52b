"""Reads `data/documents/labels.yml`: how each document prints the labels of its fields."""

from functools import cache

import yaml

from documents.thresholds import DATA

Labels = dict[str, tuple[str, ...]]
"""Key of a field → the ways its label is printed."""


def labels_of(kind: str) -> Labels:
    """Key of a field → the ways in which that kind of document prints its label."""
    return {key: tuple(ways) for key, ways in _table()[kind].items()}


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    with (DATA / "labels.yml").open(encoding="utf-8") as file:
        table: dict[str, dict[str, list[str]]] = yaml.safe_load(file)
    return table
