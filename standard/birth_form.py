"""Knows how the chat asks for the child's part of F-2.01: the order, what a document gives, and what may stay unknown (domain page, 3)."""

from dataclasses import dataclass
from functools import cache

from standard import facts

UNKNOWN = "tidak_tahu"
"""What is kept where the applicant said that a field is not known."""


@dataclass(frozen=True)
class BirthField:
    """One field of a child, as `standard.f201` names it; `document`: the surat kelahiran's field that may fill it."""

    name: str
    unknown: bool = False
    document: str | None = None


@cache
def parents_asked() -> tuple[str, ...]:
    """Of whom place and day of birth are asked where no document gives them."""
    return tuple(facts.load("birth_form")["parents"])


@cache
def birth_fields() -> tuple[BirthField, ...]:
    """The fields in the order in which they are asked."""
    rows = facts.load("birth_form")["fields"]
    return tuple(BirthField(row["field"], row.get("unknown", False), row.get("document")) for row in rows)
