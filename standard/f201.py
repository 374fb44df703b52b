"""The reporting form F-2.01 as data: its sections and fields in the printed order (Permendagri 109/2019; `data/standard/f201.yml`)."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from standard import facts


class FieldType(StrEnum):
    """How a field's value is written: `date` ISO 8601, `time` HH:MM, `decimal` a number with a point, the rest as text or whole number."""

    TEXT = "text"
    NIK = "nik"
    NO_KK = "no_kk"
    DATE = "date"
    TIME = "time"
    INTEGER = "integer"
    DECIMAL = "decimal"
    CHOICE = "choice"
    PHONE = "phone"
    EMAIL = "email"


class Scope(StrEnum):
    """Whether a section is filled in once for the bundle or once for each child."""

    BUNDLE = "bundle"
    CHILD = "child"


@dataclass(frozen=True)
class FormChoice:
    """One box to tick."""

    id: str
    label: str


@dataclass(frozen=True)
class Field:
    """One line of the form. `value` stands where the office's own region or the usual case answers it."""

    id: str
    label: str
    section: str
    scope: Scope
    type: FieldType
    required: bool
    choices: tuple[FormChoice, ...] = ()
    value: str | None = None


@dataclass(frozen=True)
class Section:
    """One block of the form."""

    id: str
    label: str
    scope: Scope
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Form:
    """One edition of the form."""

    code: str
    edition: str
    title: str
    law: str
    report: str
    sections: tuple[Section, ...]

    @property
    def fields(self) -> tuple[Field, ...]:
        """Every line, in the printed order."""
        return tuple(field for section in self.sections for field in section.fields)

    def field(self, field_id: str) -> Field:
        """The line of that id. Raises KeyError where the edition has none."""
        for field in self.fields:
            if field.id == field_id:
                return field
        raise KeyError(field_id)

    def missing(self, filled: set[str], scope: Scope) -> list[Field]:
        """The required lines of a scope that are neither filled nor answered by the form itself."""
        return [f for f in self.fields if f.scope is scope and f.required and f.value is None and f.id not in filled]


@cache
def form(name: str = "f201") -> Form:
    """The edition in `data/standard/<name>.yml`. Raises FileNotFoundError, KeyError or ValueError where the data are not such a form."""
    raw = facts.load(name)
    sections = tuple(_section(section) for section in raw["sections"])
    read = Form(raw["code"], raw["edition"], raw["title"], raw["law"], raw["report"], sections)
    ids = [field.id for field in read.fields]
    if len(ids) != len(set(ids)):
        raise ValueError("a field of the form is there twice")
    return read


def _section(raw: dict[str, object]) -> Section:
    scope = Scope(str(raw["scope"]))
    section_id = str(raw["id"])
    fields = raw["fields"]
    if not isinstance(fields, list):
        raise ValueError(f"section {section_id} has no fields")
    return Section(section_id, str(raw["label"]), scope, tuple(_field(field, section_id, scope) for field in fields))


def _field(raw: dict[str, object], section: str, scope: Scope) -> Field:
    choices = raw.get("choices", [])
    boxes = tuple(FormChoice(box["id"], box["label"]) for box in choices) if isinstance(choices, list) else ()
    kind = FieldType(str(raw["type"]))
    if (kind is FieldType.CHOICE) != bool(boxes):
        raise ValueError(f"field {raw['id']}: choices belong to the type choice, and only to it")
    value = raw.get("value")
    required = raw["required"] is True
    return Field(str(raw["id"]), str(raw["label"]), section, scope, kind, required, boxes, None if value is None else str(value))
