"""Puts together, for the pages, what was declared and what each paper of a case says of the same thing."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from backoffice.cases.values import Change
from backoffice.web.formats import write_iso_date
from standard import agreement, f201
from standard.f201 import FieldType

UNSURE = 0.8
"""Below this confidence a field is marked to be compared with care."""


@dataclass(frozen=True)
class PaperRead:
    """Of a document what is compared: its place, what was decided of it, its pages, and what was read (`check`)."""

    item: str
    submission: str
    state: str
    pages: list[Any]
    check: Mapping[str, Any]


class Document(Protocol):
    """A document as it is kept, or a `PaperRead` of it."""

    @property
    def item(self) -> Any: ...

    @property
    def submission(self) -> Any: ...

    @property
    def check(self) -> Any: ...


@dataclass(frozen=True)
class Reading:
    """What one paper says; `boxed`: a part of its picture shows it; `unsure`: the reader was not certain."""

    item: str
    submission: str
    box: str
    value: str
    agrees: bool
    boxed: bool
    unsure: bool


@dataclass(frozen=True)
class Compared:
    """One row of a page. `first` is what was declared before an officer put it right, `proposed` what a correction is offered first."""

    key: str
    label: str
    child: int | None
    type: FieldType
    declared: str | None
    first: str | None
    readings: tuple[Reading, ...]
    papers: frozenset[str]
    differs: bool
    """A paper says otherwise, and no officer has said yet which is right."""

    def write(self, value: str) -> str:
        """A value as people read it: one form for each kind, whatever paper it stands on."""
        return write_value(self.key, value)

    @property
    def choices(self) -> tuple[str, ...]:
        """What the form offers for it; empty where it is written freely."""
        return tuple(choice.label for choice in f201.form().field(self.key.rpartition(".")[2]).choices)

    @property
    def proposed(self) -> str:
        """What a paper says that does not agree, else what is declared."""
        other = next((reading.value for reading in self.readings if not reading.agrees), None)
        return other or self.declared or ""


def write_value(key: str, value: str) -> str:
    """A value of that row as people read it."""
    field = f201.form().field(key.rpartition(".")[2])
    plain = agreement.normal(value, field.type)
    match field.type:
        case FieldType.CHOICE:
            return next((choice.label for choice in field.choices if choice.id in (plain, value)), value)
        case FieldType.DATE:
            return write_iso_date(value)
        case FieldType.TIME if len(plain) == 4:
            return f"{plain[:2]}.{plain[2:]}"
        case FieldType.DECIMAL | FieldType.INTEGER:
            return plain.replace(".", ",")
    return value


def compare(
    bundle: Mapping[str, Any], documents: Iterable[Document], changes: Mapping[str, list[tuple[int, Change]]], settled: Collection[str] = ()
) -> list[Compared]:
    """Every row of a case. `changes` are the values before and after so far (`cases.values`), `settled` the keys decided."""
    held = {document.submission: document for document in documents}
    papers = [agreement.Paper(row.item, row.submission, _fields(row)) for row in held.values()]
    return [
        Compared(
            row.key,
            row.label,
            row.child,
            row.type,
            row.declared,
            changes[row.key][0][1][0] if changes.get(row.key) else None,
            tuple(_reading(held[reading.submission], reading) for reading in row.readings),
            row.papers,
            row.differs and row.key not in settled,
        )
        for row in agreement.rows(bundle, papers)
    ]


def _fields(document: Document) -> Mapping[str, Any]:
    fields = document.check.get("fields")
    return fields if isinstance(fields, dict) else {}


def _reading(document: Document, reading: agreement.Reading) -> Reading:
    confidence = (document.check.get("confidence") or {}).get(reading.box)
    unsure = isinstance(confidence, int | float) and confidence < UNSURE
    boxed = reading.box in (document.check.get("boxes") or {})
    return Reading(reading.item, reading.submission, reading.box, reading.value, reading.agrees, boxed, unsure)
