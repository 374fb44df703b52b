"""Puts together what was read from a document and which warnings of the bundle concern it. Pure."""

from dataclasses import dataclass
from typing import Any

from backoffice.cases.documents import CaseDocument
from standard.code_hosts import leads_to_the_registry

CODE = "kode_qr"
UNSURE = 0.8
"""Below this confidence a field is marked to be compared with care."""


@dataclass(frozen=True)
class Field:
    """A field that was read. `unsure`: compare it with care; `boxed`: a part of the picture shows where it stands.

    `parts` says of each entry of a list (the members of a KK) whether a part of the picture shows it, as `<name>.<place>`.
    """

    name: str
    value: Any
    unsure: bool
    boxed: bool
    parts: tuple[bool, ...] = ()


def fields_of(document: CaseDocument) -> list[Field]:
    """What was read, in the order in which it was read. Of a list its records."""
    check = document.check
    confidence, boxes = check.get("confidence") or {}, check.get("boxes") or {}
    fields = {name: _records(value) for name, value in (check.get("fields") or {}).items()}
    return [
        Field(
            name,
            value,
            isinstance(confidence.get(name), int | float) and confidence[name] < UNSURE,
            name in boxes,
            tuple(f"{name}.{place}" in boxes for place in range(len(value))) if isinstance(value, list) else (),
        )
        for name, value in fields.items()
        if name != CODE
    ]


def _records(value: Any) -> Any:
    """A field that is no single value, as its records: the members of a KK."""
    if isinstance(value, dict):
        return [value]
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else value


@dataclass(frozen=True)
class Code:
    """The address in a paper's QR code, as text; `ours`: it lies at the registry, and may be offered to be opened."""

    address: str
    ours: bool


def code_of(document: CaseDocument) -> Code | None:
    """What the QR code on a document says."""
    address = (document.check.get("fields") or {}).get(CODE)
    return Code(address, leads_to_the_registry(address)) if isinstance(address, str) and address else None


def warnings_of(bundle: dict[str, Any], item: str) -> list[str]:
    """The codes of the warnings that name this document."""
    return [str(warning.get("code")) for warning in bundle.get("warnings", ()) if item in (warning.get("items") or ())]
