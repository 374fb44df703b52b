"""Holds the way of a case against who works on it: each task is somebody's and leads on, and who may do what fits together."""

from collections.abc import Callable, Iterator

from pack import known
from pack.faults import Fault
from pack.looking import given, twice
from pack.marked import Marked
from standard.stages import CaseClock


def _labels(stages: Marked) -> Iterator[Fault]:
    yield from twice(stages, ("stages",), "label")


def _tasks(stages: Marked) -> Iterator[Fault]:
    """What a stage waits for: a task that neither leads on nor gives anything is asked of somebody for nothing."""
    waits = {row["id"]: set(row.get("done_when", ())) for row in stages.data["stages"]}
    tasks = [row for row in stages.data["transitions"] if row.get("task")]
    wanted = {fact for row in tasks for fact in row.get("needs", ())}.union(*waits.values())
    for place, row in enumerate(stages.data["transitions"]):
        if row.get("task") and not row.get("to") and not set(row.get("gives", ())) & wanted:
            yield stages.fault(
                ("transitions", place, "id"), f"{row['id']} is a task, and nothing waits for what it gives.",
                f"Put it into done_when of {row['at'][0]}, or lead on with to:.",
            )  # fmt: skip
        for pair in known.NEVER_TOGETHER:
            if pair <= set(row.get("needs", ())):
                yield stages.fault(
                    ("transitions", place, "needs"), f"{' and '.join(sorted(pair))} never hold together.", "Leave one of them."
                )


def _clocks(stages: Marked) -> Iterator[Fault]:
    """The 24 hours don't begin again by themselves once they are over."""
    clocks = {row["id"]: row["clock"] for row in stages.data["stages"]}
    for place, row in enumerate(stages.data["stages"]):
        if row["clock"] == CaseClock.ENDED and clocks.get(row.get("next")) == CaseClock.RUNNING:
            yield stages.fault(
                ("stages", place, "clock"), f"The clock is ended at {row['id']} and runs again at {row['next']}, which follows.",
                "Allowed: running or stopped here, or ended there, too.",
            )  # fmt: skip


def _doers(stages: Marked) -> Iterator[Fault]:
    for place, row in enumerate(stages.data["transitions"]):
        if not row["roles"] and row["id"] not in known.SYSTEM:
            yield stages.fault(("transitions", place, "roles"), f"Nobody may do {row['id']}.", "Name at least one role.")
        wanted = known.REASON_LISTS.get(row["id"])
        if wanted and row.get("reason") and row["reason"] != wanted:
            yield stages.fault(
                ("transitions", place, "reason"), f"The reasons of {row['id']} are those of '{wanted}', not '{row['reason']}'.",
                f"Write reason: {wanted}.",
            )  # fmt: skip


def _role_labels(roles: Marked) -> Iterator[Fault]:
    yield from twice(roles, ("roles",), "label")


def _rights(roles: Marked) -> Iterator[Fault]:
    """Permissions that are of no use, or dangerous, without or with another."""
    for place, row in enumerate(roles.data["roles"]):
        held, way = set(row["permissions"]), ("roles", place, "permissions")
        for one, other in (("jawab_aduan", "pengaduan"), ("jawab_aduan_terbatas", "aduan_terbatas")):
            if one in held and other not in held:
                yield roles.fault(way, f"{row['id']} may answer complaints ({one}) that it does not see.", f"Write {other} beside it.")
        if "kelola_staf" in held and (len(held) > 1 or not row.get("alone") or not row.get("guarded")):
            yield roles.fault(
                way, f"{row['id']} looks after accounts (kelola_staf) and could give itself what else it may do.",
                "Allowed: kelola_staf alone, with guarded: true and alone: true.",
            )  # fmt: skip


def _working(stages: Marked, roles: Marked) -> Iterator[Fault]:
    """Who does something in a case sees it; who signs is guarded; who works on tasks takes the case first."""
    rows = {row["id"]: (place, row) for place, row in enumerate(roles.data["roles"])}
    told: set[tuple[str, str]] = set()
    for row in stages.data["transitions"]:
        for role in row["roles"]:
            if role not in rows:
                continue
            place, held = rows[role]
            if "lihat_permohonan" not in held["permissions"] and (role, "sees") not in told:
                told.add((role, "sees"))
                yield roles.fault(
                    ("roles", place, "permissions"), f"{role} does something in a case ({row['id']}) and may not see it.",
                    "Write lihat_permohonan.",
                )  # fmt: skip
            if row.get("track") and not held.get("guarded") and (role, "guarded") not in told:
                told.add((role, "guarded"))
                yield roles.fault(
                    ("roles", place, "id"), f"{role} signs what leaves the house ({row['id']}) and needs no second factor.",
                    "Write guarded: true.",
                )  # fmt: skip
            alone = row["roles"] == [role]
            if row.get("task") and not row.get("track") and alone and not held["takes"] and (role, "takes") not in told:
                told.add((role, "takes"))
                yield roles.fault(
                    ("roles", place, "takes"), f"{role} works on cases ({row['id']}) without taking one: two would do the same.",
                    "Write takes: true.",
                )  # fmt: skip


def _reason_labels(reasons: Marked) -> Iterator[Fault]:
    for name in reasons.data:
        if given(reasons, (name,)):
            yield from twice(reasons, (name,), "label")


CHECKS: tuple[tuple[tuple[str, ...], Callable[..., Iterator[Fault]]], ...] = (
    (("standard/stages.yml",), _labels),
    (("standard/stages.yml",), _tasks),
    (("standard/stages.yml",), _clocks),
    (("standard/stages.yml",), _doers),
    (("standard/roles.yml",), _role_labels),
    (("standard/roles.yml",), _rights),
    (("standard/stages.yml", "standard/roles.yml"), _working),
    (("standard/return_reasons.yml",), _reason_labels),
)
