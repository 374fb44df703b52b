"""Holds what `complaints.yml` says against itself and the roles: the flow leads on, and whoever is named there exists and may do it."""

from collections.abc import Callable, Iterator

from pack import known
from pack.faults import Fault, one_of
from pack.looking import needed, twice, unknown
from pack.marked import Marked


def _names(complaints: Marked) -> Iterator[Fault]:
    for part in ("categories", "channels", "answers"):
        yield from twice(complaints, (part,), "id")
        yield from twice(complaints, (part,), "label")
    yield from needed(complaints, ("categories",), "id", known.CATEGORIES)
    categories = {row["id"] for row in complaints.data["categories"]}
    for place, _ in enumerate(complaints.data["answers"]):
        yield from unknown(complaints, ("answers", place, "for"), categories, "category")


def _flow(complaints: Marked) -> Iterator[Fault]:
    """The states and acts that the program knows, each leading from and to a state; who is at the desk can leave it."""
    for part, wanted in (("states", known.COMPLAINT_STATES), ("acts", known.COMPLAINT_ACTS)):
        yield from twice(complaints, ("flow", part), "id")
        yield from needed(complaints, ("flow", part), "id", wanted)
    rows = complaints.data["flow"]["states"]
    states = {row["id"] for row in rows}
    for place, _ in enumerate(complaints.data["flow"]["acts"]):
        for name in ("from", "to"):
            yield from unknown(complaints, ("flow", "acts", place, name), states, "state")
    leads = {state: {act["to"] for act in complaints.data["flow"]["acts"] if state in act["from"]} for state in states}
    for place, row in enumerate(rows):
        if row.get("open") and not leads[row["id"]]:
            yield complaints.fault(
                ("flow", "states", place, "id"), f"No complaint ever leaves the state '{row['id']}'.", "Name it in an act's from:."
            )
    if rows and not rows[0].get("open"):
        yield complaints.fault(
            ("flow", "states", 0, "id"), f"The first state, '{rows[0]['id']}', is not open, so the desk would see no new complaint.",
            "Write open: true.",
        )  # fmt: skip


def _people(complaints: Marked, roles: Marked) -> Iterator[Fault]:
    rows = {row["id"]: set(row["permissions"]) for row in roles.data["roles"]}
    yield from unknown(complaints, ("escalation",), rows, "role")
    way = ("restriction", "reader_role")
    reader = complaints.data["restriction"]["reader_role"]
    readers = sorted(role for role, held in rows.items() if held >= {"aduan_terbatas", "jawab_aduan_terbatas"})
    if reader not in readers:
        why = "may not read and answer restricted complaints" if reader in rows else "is no role"
        yield complaints.fault(way, f"'{reader}' {why}.", one_of(readers, reader))


CHECKS: tuple[tuple[tuple[str, ...], Callable[..., Iterator[Fault]]], ...] = (
    (("standard/complaints.yml",), _names),
    (("standard/complaints.yml",), _flow),
    (("standard/complaints.yml", "standard/roles.yml"), _people),
)
