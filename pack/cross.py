"""Holds the files of a pack against one another: a name that one file uses has to stand in the file that it comes from."""

from collections.abc import Callable, Iterator

from pack import cross_case, cross_complaints, cross_family, cross_office, known
from pack.faults import Fault
from pack.looking import Files, given, needed, twice, unknown
from pack.marked import Marked, Way
from standard.stages import COMPUTED


def faults_between(files: Files) -> list[Fault]:
    """What does not fit together, as far as the files concerned can be read."""
    return [
        fault for needed, check in CHECKS if all(name in files for name in needed) for fault in check(*(files[name] for name in needed))
    ]


def _stages(stages: Marked) -> Iterator[Fault]:
    yield from twice(stages, ("stages",), "id")
    yield from twice(stages, ("transitions",), "id")
    yield from needed(stages, ("stages",), "id", known.STAGES)
    yield from needed(stages, ("transitions",), "id", known.TRANSITIONS)
    ids = {row["id"] for row in stages.data["stages"]}
    for place, _ in enumerate(stages.data["stages"]):
        if given(stages, ("stages", place, "next")):
            yield from unknown(stages, ("stages", place, "next"), ids, "stage")
    for place, _ in enumerate(stages.data["transitions"]):
        yield from unknown(stages, ("transitions", place, "at"), ids, "stage")
        if given(stages, ("transitions", place, "to")):
            yield from unknown(stages, ("transitions", place, "to"), ids, "stage")
        if given(stages, ("transitions", place, "notice")):
            yield from unknown(stages, ("transitions", place, "notice"), known.NOTICES, "notice")


def _facts(stages: Marked) -> Iterator[Fault]:
    """A fact that is waited for has to be given by a transition, or worked out by the program."""
    stored = {fact for row in stages.data["transitions"] for fact in row.get("gives", ())}
    for place, _ in enumerate(stages.data["stages"]):
        if given(stages, ("stages", place, "done_when")):
            yield from unknown(stages, ("stages", place, "done_when"), stored, "transition that gives the fact")
    for place, _ in enumerate(stages.data["transitions"]):
        for name, allowed in (("needs", stored | COMPUTED), ("unless", stored | COMPUTED), ("clears", stored)):
            if given(stages, ("transitions", place, name)):
                yield from unknown(stages, ("transitions", place, name), allowed, "transition that gives the fact")
        for one, fact in enumerate(stages.data["transitions"][place].get("gives", ())):
            if fact in COMPUTED:
                yield stages.fault(("transitions", place, "gives", one), f"'{fact}' is worked out by the program; nothing can give it.")


def _way(stages: Marked) -> Iterator[Fault]:
    """A case gets everywhere, and on from everywhere but its end."""
    rows = {row["id"]: row for row in stages.data["stages"]}
    leads: dict[str, set[str]] = {name: {row["next"]} - {None} if "next" in row else set() for name, row in rows.items()}
    for row in stages.data["transitions"]:
        for stage in row["at"]:
            if row.get("to"):
                leads.setdefault(stage, set()).add(row["to"])
    reached, open_ = set(), [next(iter(rows))] if rows else []
    while open_:
        here = open_.pop()
        if here not in reached and here in rows:
            reached.add(here)
            open_ += leads[here]
    for place, name in enumerate(rows):
        if name not in reached:
            yield stages.fault(("stages", place, "id"), f"No case ever gets to the stage '{name}'.", "Lead to it with to: or next:.")
        if not leads[name] and rows[name]["clock"] != "ended":
            yield stages.fault(("stages", place, "id"), f"No case ever leaves the stage '{name}'.", "Lead on with next:, or end its clock.")


def _roles(roles: Marked) -> Iterator[Fault]:
    yield from twice(roles, ("roles",), "id")
    yield from needed(roles, ("roles",), "id", known.ROLES)
    above = {row["id"]: row["superior"] for row in roles.data["roles"]}
    for place, row in enumerate(roles.data["roles"]):
        yield from unknown(roles, ("roles", place, "superior"), above, "role")
        chain = [row["id"]]
        while (higher := above.get(chain[-1])) is not None and higher not in chain:
            chain.append(higher)
        if higher == row["id"]:
            yield roles.fault(
                ("roles", place, "superior"), f"{' → '.join([*chain, higher])}: nobody stands above the others.", "End it with null."
            )
    held = {permission for row in roles.data["roles"] for permission in row["permissions"]}
    for permission in ("kelola_staf", "ambil_alih", "jawab_aduan", "jawab_aduan_terbatas"):
        if permission not in held:
            yield roles.fault(("roles",), f"No role has the permission '{permission}'.", "Give it to at least one.")


def _roles_of_transitions(stages: Marked, roles: Marked) -> Iterator[Fault]:
    ids = {row["id"] for row in roles.data["roles"]}
    for place, _ in enumerate(stages.data["transitions"]):
        yield from unknown(stages, ("transitions", place, "roles"), ids, "role")


def _reasons(reasons: Marked, stages: Marked) -> Iterator[Fault]:
    used = {row.get("reason") for row in stages.data["transitions"]}
    for name, rows in reasons.data.items():
        yield from twice(reasons, (name,), "code")
        if not rows and name in used:
            yield reasons.fault((name,), f"There is no reason in '{name}', and a transition asks for one.", "Write at least one.")
        for place, row in enumerate(rows):
            if name in ("berkas", "tutup") and not row.get("sentence"):
                yield reasons.fault(
                    (name, place), f"The reason '{row['code']}' has no sentence, so the applicant would read nothing.", "Write sentence:."
                )


def _forms(requirements: Marked, f201: Marked) -> Iterator[Fault]:
    if requirements.data["form"] != f201.data["code"]:
        yield requirements.fault(
            ("form",), f"The form is {requirements.data['form']} here and {f201.data['code']} in f201.yml.", "Make them one."
        )


def _f201(f201: Marked) -> Iterator[Fault]:
    yield from twice(f201, ("sections",), "id")
    seen: dict[str, int] = {}
    for at, section in enumerate(f201.data["sections"]):
        for place, row in enumerate(section["fields"]):
            way: Way = ("sections", at, "fields", place, "id")
            if row["id"] in seen:
                yield f201.fault(way, f"The field '{row['id']}' stands there twice, first in line {seen[row['id']]}.", "Leave one of them.")
            seen.setdefault(row["id"], f201.line(way))
            if row.get("choices"):
                yield from twice(f201, ("sections", at, "fields", place, "choices"), "id")


def _birth_form(birth_form: Marked, f201: Marked) -> Iterator[Fault]:
    asked = {row["id"] for section in f201.data["sections"] if section["scope"] == "child" for row in section["fields"]}
    yield from twice(birth_form, ("fields",), "field")
    for place, row in enumerate(birth_form.data["fields"]):
        yield from unknown(birth_form, ("fields", place, "field"), asked, "child's field of f201.yml")
        if row.get("document"):
            yield from unknown(birth_form, ("fields", place, "document"), known.LETTER_FIELDS, "field of a surat kelahiran")


CHECKS: tuple[tuple[tuple[str, ...], Callable[..., Iterator[Fault]]], ...] = (
    (("standard/stages.yml",), _stages),
    (("standard/stages.yml",), _facts),
    (("standard/stages.yml",), _way),
    (("standard/roles.yml",), _roles),
    (("standard/stages.yml", "standard/roles.yml"), _roles_of_transitions),
    (("standard/return_reasons.yml", "standard/stages.yml"), _reasons),
    (("standard/requirements.yml", "standard/f201.yml"), _forms),
    (("standard/f201.yml",), _f201),
    (("standard/birth_form.yml", "standard/f201.yml"), _birth_form),
    *cross_case.CHECKS,
    *cross_complaints.CHECKS,
    *cross_family.CHECKS,
    *cross_office.CHECKS,
)
"""Each check with the files that it reads."""
