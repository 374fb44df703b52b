"""Lays a bundle out as the reporting form F-2.01: its sections in the printed order, for operator, printer and case page. Pure."""

import re
from dataclasses import dataclass
from typing import Any

from standard import agreement, f201
from standard.f201 import FieldType, Scope


@dataclass(frozen=True)
class Line:
    """One line of the form. `value` is as people read it, `copy` as it is typed into SIAK; both empty where nothing is known."""

    id: str
    label: str
    value: str
    copy: str
    source: str | None
    required: bool


@dataclass(frozen=True)
class Block:
    """One section; a child's carries that child's number from 1, else 0."""

    id: str
    label: str
    child: int
    lines: tuple[Line, ...]


def sheet(bundle: dict[str, Any]) -> list[Block]:
    """All blocks of the form, those of a child once for each child, and last what was answered beyond the form."""
    form, children = f201.form(), bundle.get("anak") or [{}]
    answers = {**_of_contact(bundle), **(bundle.get("answers") or {})}
    known = {field.id for field in form.fields}
    blocks = []
    for section in form.sections:
        if section.scope is Scope.BUNDLE:
            blocks.append(Block(section.id, section.label, 0, tuple(_line(field, answers.get(field.id)) for field in section.fields)))
            continue
        for index, child in enumerate(children):
            lines = tuple(_line(field, {"value": child.get(field.id), "source": None}) for field in section.fields)
            blocks.append(Block(section.id, section.label, index + 1 if len(children) > 1 else 0, lines))
    more = tuple(_other(name, answer) for name, answer in answers.items() if name not in known)
    return [*blocks, Block("lainnya", "Keterangan lain", 0, more)] if more else blocks


def _of_contact(bundle: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The reporter's phone is the one that they write from, where they named no other."""
    phone = (bundle.get("contact") or {}).get("phone")
    return {"pelapor_hp": {"value": phone, "source": "chat"}} if phone else {}


def _line(field: f201.Field, answer: dict[str, Any] | None) -> Line:
    given = (answer or {}).get("value")
    raw = field.value if given in (None, "") else given
    written = "" if raw in (None, "", "tidak_tahu") else str(raw)
    shown = write_siak(field, written)
    return Line(field.id, field.label, shown, shown, (answer or {}).get("source"), field.required)


def write_siak(field: f201.Field, value: str) -> str:
    """A value as it is typed into SIAK, whatever paper or message it came from: one form for each kind."""
    plain = agreement.normal(value, field.type)
    match field.type:
        case FieldType.CHOICE:
            return next((choice.label for choice in field.choices if choice.id in (plain, value)), value)
        case FieldType.DATE if re.fullmatch(r"\d{4}-\d{2}-\d{2}", plain):
            return f"{plain[8:]}-{plain[5:7]}-{plain[:4]}"
        case FieldType.TIME if len(plain) == 4:
            return f"{plain[:2]}:{plain[2:]}"
        case FieldType.DECIMAL | FieldType.INTEGER:
            return plain.replace(".", ",")
    return value


def write_siak_of(key: str, value: str) -> str:
    """The same by the key of a row (`standard.agreement.Row`)."""
    return write_siak(f201.form().field(key.rpartition(".")[2]), value)


def _other(name: str, answer: dict[str, Any]) -> Line:
    value = "" if answer.get("value") is None else str(answer["value"])
    return Line(name, name.replace("_", " ").capitalize(), value, value, answer.get("source"), False)
