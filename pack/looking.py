"""What the checks between the files of a pack share: looking up what stands at a place, and telling what is there twice or nowhere."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from pack.faults import Fault, one_of
from pack.marked import Marked, Way

Files = Mapping[str, Marked]
"""The files of a pack by name, those alone whose shape is right."""


def twice(file: Marked, way: Way, name: str) -> Iterator[Fault]:
    """Rows of a list whose `name` another one has, too. Rows without it are passed over."""
    seen: dict[str, int] = {}
    for place, row in enumerate(at(file, way)):
        if row.get(name) is None:
            continue
        line = file.line((*way, place, name))
        if row[name] in seen:
            lost = "one of the two would vanish" if name != "label" else "nobody could tell them apart"
            yield Fault(
                file.file, line, f"'{row[name]}' stands there twice, first in line {seen[row[name]]}; {lost}.",
                "Give one of them another name.",
            )  # fmt: skip
        seen.setdefault(row[name], line)


def needed(file: Marked, way: Way, name: str, wanted: Collection[str]) -> Iterator[Fault]:
    """Rows that the program names."""
    there = {row[name] for row in at(file, way)}
    for lacking in sorted(set(wanted) - there):
        yield file.fault(way, f"'{lacking}' is missing here: the program names it.", one_of(sorted(there), lacking))


def unknown(file: Marked, way: Way, allowed: Collection[str], what: str) -> Iterator[Fault]:
    """Names at `way` (one, or a list of them) that stand nowhere."""
    there = at(file, way)
    places = [((*way, place), one) for place, one in enumerate(there)] if isinstance(there, list) else [(way, there)]
    for place, one in places:
        if one is not None and one not in allowed:
            yield file.fault(place, f"There is no {what} '{one}'.", one_of(sorted(allowed), one))


def at(file: Marked, way: Way) -> Any:
    """What stands there; None where nothing does."""
    here: Any = file.data
    for part in way:
        here = here.get(part) if isinstance(here, dict) else here[part]
        if here is None:
            return None
    return here


def given(file: Marked, way: Way) -> bool:
    """Whether anything stands there."""
    return at(file, way) is not None
