"""Says of each moment in which a form is the wrong answer what the officer should mind (domain page, 2 and 8; `sensitive.yml`)."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from standard import facts

FLAG = "peka:"
"""How a bundle's flag begins that names such a moment."""


@dataclass(frozen=True)
class Moment:
    """One row, as the officer reads it: `label` names the moment, `mind` says how to meet the family."""

    id: str
    label: str
    mind: str


@cache
def moments() -> dict[str, Moment]:
    """Every moment by id."""
    return {row["id"]: Moment(row["id"], row["label"], row["mind"]) for row in facts.load("sensitive")["moments"]}


def moments_of(flags: Iterable[str]) -> list[Moment]:
    """The moments that the flags of a bundle name, each once, in the order of the table. Unknown ones (of another table) are left out."""
    named = {flag.removeprefix(FLAG) for flag in flags if flag.startswith(FLAG)}
    return [moment for moment in moments().values() if moment.id in named]
