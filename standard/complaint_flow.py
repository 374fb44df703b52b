"""Says how a complaint goes: its states, what leads from one to another, and who is over one that is late (`complaints.yml`)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from standard import facts


class By(StrEnum):
    """Who does an act: the desk, the citizen in the chat, or the clock."""

    DESK = "desk"
    CITIZEN = "citizen"
    CLOCK = "clock"


@dataclass(frozen=True)
class State:
    """One row: `open` while the desk has it, `reopens` while the citizen may take it up again."""

    id: str
    open: bool
    reopens: bool


@dataclass(frozen=True)
class Act:
    """One row. `reason`: the desk has to say why; `tells`: the citizen is told, once for each complaint."""

    id: str
    sources: frozenset[str]
    to: str
    by: By
    reason: bool
    tells: bool


class NotNow(Exception):
    """The act does not lead on from the state that the complaint is in."""


@cache
def states() -> dict[str, State]:
    """Every state by id, in the order of the way."""
    rows = facts.load("complaints")["flow"]["states"]
    return {row["id"]: State(row["id"], row.get("open", False), row.get("reopens", False)) for row in rows}


@cache
def acts() -> dict[str, Act]:
    """Every act by id."""
    return {
        row["id"]: Act(row["id"], frozenset(row["from"]), row["to"], By(row["by"]), row.get("reason", False), row.get("tells", False))
        for row in facts.load("complaints")["flow"]["acts"]
    }


def after(state: str, act: str) -> str:
    """The state behind an act. Raises NotNow where it does not lead on from here."""
    row = acts()[act]
    if state not in row.sources:
        raise NotNow(act)
    return row.to


def open_states() -> frozenset[str]:
    """The states in which the desk has the complaint."""
    return frozenset(row.id for row in states().values() if row.open)


def reopening_states() -> frozenset[str]:
    """The states out of which the citizen may take it up again."""
    return frozenset(row.id for row in states().values() if row.reopens)


def ladder() -> tuple[str, ...]:
    """The roles over a complaint, from the desk upward."""
    return tuple(facts.load("complaints")["escalation"])


def step_of(held: Iterable[str]) -> int:
    """How far up the ladder somebody with these roles stands; 0 at its foot, or beside it."""
    roles = set(held)
    return max((step for step, role in enumerate(ladder()) if role in roles), default=0)


@dataclass(frozen=True)
class Restriction:
    """Who reads restricted complaints, which words name those whom Inspektorat reads about, and the days for deciding on a doubt."""

    integrity_officers: tuple[str, ...]
    reader_role: str
    heads: tuple[str, ...]
    doubt_days: int


@cache
def restriction() -> Restriction:
    """The rules of restricted complaints."""
    row = facts.load("complaints")["restriction"]
    return Restriction(tuple(row["integrity_officers"]), row["reader_role"], tuple(row["heads"]), row["doubt_days"])
