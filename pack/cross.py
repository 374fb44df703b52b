"""Holds the files of a pack against one another: a name that one file uses has to stand in the file that it comes from."""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from pack import known
from pack.faults import Fault, one_of
from pack.marked import Marked, Way
from standard.stages import COMPUTED

Files = Mapping[str, Marked]
"""The files of a pack by name, those alone whose shape is right."""


def faults_between(files: Files) -> list[Fault]:
    """What does not fit together, as far as the files concerned can be read."""
    return [
        fault for needed, check in CHECKS if all(name in files for name in needed) for fault in check(*(files[name] for name in needed))
    ]


def _twice(file: Marked, way: Way, name: str) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    for place, row in enumerate(_at(file, way)):
        line = file.line((*way, place, name))
        if row[name] in seen:
            yield Fault(
                file.file, line, f"'{row[name]}' stands there twice, first in line {seen[row[name]]}; one of the two would vanish.",
                "Give one of them another name.",
            )  # fmt: skip
        seen.setdefault(row[name], line)


def _needed(file: Marked, way: Way, name: str, wanted: Collection[str]) -> Iterator[Fault]:
    """Rows that the program names."""
    there = {row[name] for row in _at(file, way)}
    for lacking in sorted(set(wanted) - there):
        yield file.fault(way, f"'{lacking}' is missing here: the program names it.", one_of(sorted(there), lacking))


def _unknown(file: Marked, way: Way, allowed: Collection[str], what: str) -> Iterator[Fault]:
    """Names at `way` (one, or a list of them) that stand nowhere."""
    given = _at(file, way)
    places = [((*way, place), one) for place, one in enumerate(given)] if isinstance(given, list) else [(way, given)]
    for place, one in places:
        if one is not None and one not in allowed:
            yield file.fault(place, f"There is no {what} '{one}'.", one_of(sorted(allowed), one))


def _at(file: Marked, way: Way) -> Any:
    """What stands there; None where nothing does."""
    here: Any = file.data
    for part in way:
        here = here.get(part) if isinstance(here, dict) else here[part]
        if here is None:
            return None
    return here


def _given(file: Marked, way: Way) -> bool:
    return _at(file, way) is not None


def _stages(stages: Marked) -> Iterator[Fault]:
    yield from _twice(stages, ("stages",), "id")
    yield from _twice(stages, ("transitions",), "id")
    yield from _needed(stages, ("stages",), "id", known.STAGES)
    yield from _needed(stages, ("transitions",), "id", known.TRANSITIONS)
    ids = {row["id"] for row in stages.data["stages"]}
    for place, _ in enumerate(stages.data["stages"]):
        if _given(stages, ("stages", place, "next")):
            yield from _unknown(stages, ("stages", place, "next"), ids, "stage")
    for place, _ in enumerate(stages.data["transitions"]):
        yield from _unknown(stages, ("transitions", place, "at"), ids, "stage")
        if _given(stages, ("transitions", place, "to")):
            yield from _unknown(stages, ("transitions", place, "to"), ids, "stage")
        if _given(stages, ("transitions", place, "notice")):
            yield from _unknown(stages, ("transitions", place, "notice"), known.NOTICES, "notice")


def _facts(stages: Marked) -> Iterator[Fault]:
    """A fact that is waited for has to be given by a transition, or worked out by the program."""
    stored = {fact for row in stages.data["transitions"] for fact in row.get("gives", ())}
    for place, _ in enumerate(stages.data["stages"]):
        if _given(stages, ("stages", place, "done_when")):
            yield from _unknown(stages, ("stages", place, "done_when"), stored, "transition that gives the fact")
    for place, _ in enumerate(stages.data["transitions"]):
        for name, allowed in (("needs", stored | COMPUTED), ("unless", stored | COMPUTED), ("clears", stored)):
            if _given(stages, ("transitions", place, name)):
                yield from _unknown(stages, ("transitions", place, name), allowed, "transition that gives the fact")
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
    yield from _twice(roles, ("roles",), "id")
    yield from _needed(roles, ("roles",), "id", known.ROLES)
    above = {row["id"]: row["superior"] for row in roles.data["roles"]}
    for place, row in enumerate(roles.data["roles"]):
        yield from _unknown(roles, ("roles", place, "superior"), above, "role")
        chain = [row["id"]]
        while (higher := above.get(chain[-1])) is not None and higher not in chain:
            chain.append(higher)
        if higher == row["id"]:
            yield roles.fault(
                ("roles", place, "superior"), f"{' → '.join([*chain, higher])}: nobody stands above the others.", "End it with null."
            )
    held = {permission for row in roles.data["roles"] for permission in row["permissions"]}
    for needed in ("kelola_staf", "ambil_alih", "jawab_aduan", "jawab_aduan_terbatas"):
        if needed not in held:
            yield roles.fault(("roles",), f"No role has the permission '{needed}'.", "Give it to at least one.")


def _roles_of_transitions(stages: Marked, roles: Marked) -> Iterator[Fault]:
    ids = {row["id"] for row in roles.data["roles"]}
    for place, _ in enumerate(stages.data["transitions"]):
        yield from _unknown(stages, ("transitions", place, "roles"), ids, "role")


def _reasons(reasons: Marked, stages: Marked) -> Iterator[Fault]:
    used = {row.get("reason") for row in stages.data["transitions"]}
    for name, rows in reasons.data.items():
        yield from _twice(reasons, (name,), "code")
        if not rows and name in used:
            yield reasons.fault((name,), f"There is no reason in '{name}', and a transition asks for one.", "Write at least one.")
        for place, row in enumerate(rows):
            if name in ("berkas", "tutup") and not row.get("sentence"):
                yield reasons.fault(
                    (name, place), f"The reason '{row['code']}' has no sentence, so the applicant would read nothing.", "Write sentence:."
                )


def _complaints(complaints: Marked) -> Iterator[Fault]:
    yield from _twice(complaints, ("categories",), "id")
    yield from _needed(complaints, ("categories",), "id", known.CATEGORIES)


def _sensitive(sensitive: Marked) -> Iterator[Fault]:
    yield from _twice(sensitive, ("moments",), "id")
    yield from _needed(sensitive, ("moments",), "id", known.MOMENTS)


def _requirements(requirements: Marked) -> Iterator[Fault]:
    yield from _twice(requirements, ("items",), "item")


def _forms(requirements: Marked, f201: Marked) -> Iterator[Fault]:
    if requirements.data["form"] != f201.data["code"]:
        yield requirements.fault(
            ("form",), f"The form is {requirements.data['form']} here and {f201.data['code']} in f201.yml.", "Make them one."
        )


def _f201(f201: Marked) -> Iterator[Fault]:
    yield from _twice(f201, ("sections",), "id")
    seen: dict[str, int] = {}
    for at, section in enumerate(f201.data["sections"]):
        for place, row in enumerate(section["fields"]):
            way: Way = ("sections", at, "fields", place, "id")
            if row["id"] in seen:
                yield f201.fault(way, f"The field '{row['id']}' stands there twice, first in line {seen[row['id']]}.", "Leave one of them.")
            seen.setdefault(row["id"], f201.line(way))
            if row.get("choices"):
                yield from _twice(f201, ("sections", at, "fields", place, "choices"), "id")


def _birth_form(birth_form: Marked, f201: Marked) -> Iterator[Fault]:
    asked = {row["id"] for section in f201.data["sections"] if section["scope"] == "child" for row in section["fields"]}
    yield from _twice(birth_form, ("fields",), "field")
    for place, row in enumerate(birth_form.data["fields"]):
        yield from _unknown(birth_form, ("fields", place, "field"), asked, "child's field of f201.yml")
        if row.get("document"):
            yield from _unknown(birth_form, ("fields", place, "document"), known.LETTER_FIELDS, "field of a surat kelahiran")


def _places(places: Marked, office: Marked) -> Iterator[Fault]:
    code, name = office.data["kode_wilayah"], office.data["wilayah"].upper()
    names = {one.strip() for one in places.data["kabupaten"].split(",")}
    if name not in names:
        yield places.fault(
            ("kabupaten",), f"The office's own {name} (office.yml, wilayah) is missing here.", f"Write {name} into the list."
        )
    for district in places.data["kecamatan"]:
        if not district.startswith(f"{code}."):
            yield Fault(
                places.file, places.key_line(("kecamatan", district)),
                f"The kecamatan {district} lies outside {code}, the office's region (office.yml, kode_wilayah).", f"Allowed: {code}.…",
            )  # fmt: skip
    for town in places.data["towns"]:
        if town not in names:
            yield Fault(
                places.file,
                places.key_line(("towns", town)),
                f"There is no kabupaten '{town}' in the list.",
                one_of(sorted(names), town)[:160],
            )


CHECKS: tuple[tuple[tuple[str, ...], Callable[..., Iterator[Fault]]], ...] = (
    (("standard/stages.yml",), _stages),
    (("standard/stages.yml",), _facts),
    (("standard/stages.yml",), _way),
    (("standard/roles.yml",), _roles),
    (("standard/stages.yml", "standard/roles.yml"), _roles_of_transitions),
    (("standard/return_reasons.yml", "standard/stages.yml"), _reasons),
    (("standard/complaints.yml",), _complaints),
    (("standard/sensitive.yml",), _sensitive),
    (("standard/requirements.yml",), _requirements),
    (("standard/requirements.yml", "standard/f201.yml"), _forms),
    (("standard/f201.yml",), _f201),
    (("standard/birth_form.yml", "standard/f201.yml"), _birth_form),
    (("standard/places.yml", "standard/office.yml"), _places),
)
"""Each check with the files that it reads."""
