"""Holds what a family is asked against the forms and papers: each paper in its place, each field known, each moment learnt."""

from collections.abc import Callable, Iterator

from pack import known
from pack.faults import Fault, one_of
from pack.looking import needed, twice
from pack.marked import Marked

WITNESSES = ("ktp_saksi_1", "ktp_saksi_2")


def _items(requirements: Marked) -> Iterator[Fault]:
    yield from twice(requirements, ("items",), "item")
    yield from needed(requirements, ("items",), "item", known.ALWAYS_ASKED)
    rows = {row["item"]: (place, row) for place, row in enumerate(requirements.data["items"])}
    for item, (place, row) in rows.items():
        if item in known.ITEM_CONDITION:
            name, value = known.ITEM_CONDITION[item]
            for group, conditions in enumerate(row["when"]):
                if conditions.get(name) is not value:
                    yield requirements.fault(
                        ("items", place, "when", group), f"{item} is asked of families that can't have it, or need not.",
                        f"Write {name}: {str(value).lower()} into the row.",
                    )  # fmt: skip
        if item.startswith("sptjm_") and not row.get("form"):
            yield requirements.fault(("items", place, "item"), f"{item} is a form of the office, and has no code.", "Write form: F-2.03.")
    first, second = (rows.get(item) for item in WITNESSES)
    if (first is None) != (second is None) or (first and second and first[1]["when"] != second[1]["when"]):
        place = (second or first or (0, {}))[0]
        yield requirements.fault(
            ("items", place, "when"), "The two witnesses are not asked for under the same conditions.", "Allowed: the same when for both."
        )


def _asked(birth_form: Marked, f201: Marked) -> Iterator[Fault]:
    """What the form can't be without is asked, and no two questions are answered by one field of the letter."""
    yield from twice(birth_form, ("fields",), "document")
    fields = [row for section in f201.data["sections"] if section["scope"] == "child" for row in section["fields"]]
    asked = {row["field"] for row in birth_form.data["fields"]}
    for row in fields:
        if row["required"] and row["id"] not in asked | known.ASKED_APART:
            yield birth_form.fault(
                ("fields",), f"'{row['id']}' is required on the form (f201.yml) and is never asked.", "Write a row for it."
            )


def _compared(same: Marked, f201: Marked) -> Iterator[Fault]:
    for scope in ("child", "bundle"):
        fields = {row["id"] for section in f201.data["sections"] if section["scope"] == scope for row in section["fields"]}
        for field, rows in same.data[scope].items():
            if field not in fields:
                line = same.key_line((scope, field))
                yield Fault(same.file, line, f"There is no field '{field}' of the {scope} in f201.yml.", one_of(sorted(fields), field))
            for place, row in enumerate(rows):
                if row["field"] not in known.PAPER_FIELDS:
                    yield same.fault(
                        (scope, field, place, "field"), f"Nothing named '{row['field']}' is read off papers.",
                        one_of(sorted(known.PAPER_FIELDS), row["field"]),
                    )  # fmt: skip


def _moments(sensitive: Marked) -> Iterator[Fault]:
    yield from twice(sensitive, ("moments",), "id")
    yield from twice(sensitive, ("moments",), "label")
    yield from needed(sensitive, ("moments",), "id", known.MOMENTS)
    for place, row in enumerate(sensitive.data["moments"]):
        if row["id"] not in known.LEARNT_MOMENTS:
            yield sensitive.fault(
                ("moments", place, "id"), f"The moment '{row['id']}' is never recognised: nothing was learnt of it.",
                one_of(sorted(known.LEARNT_MOMENTS), row["id"]),
            )  # fmt: skip


CHECKS: tuple[tuple[tuple[str, ...], Callable[..., Iterator[Fault]]], ...] = (
    (("standard/requirements.yml",), _items),
    (("standard/birth_form.yml", "standard/f201.yml"), _asked),
    (("standard/same_fields.yml", "standard/f201.yml"), _compared),
    (("standard/sensitive.yml",), _moments),
)
