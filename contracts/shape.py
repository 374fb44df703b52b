"""The base of every model of a contract, the values that several of them hold, and what is said of a body that does not fit."""

import copy
from typing import Annotated, Any, get_origin

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails


class Shape(BaseModel):
    """Fields that a newer sender adds are ignored, not refused. An error never quotes what was sent."""

    model_config = ConfigDict(extra="ignore", frozen=True, use_enum_values=True, hide_input_in_errors=True)

    def body(self) -> dict[str, Any]:
        """The JSON object, with every field."""
        return self.model_dump(mode="json")


Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""A blob's name: the hash of its plain bytes."""
Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.:=-]{1,64}$")]
CaseNumber = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,4}-[0-9]{6}-[0-9A-Z]{4}$")]
ComplaintNumber = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,4}-[0-9]{6}-[0-9A-Z]{4}$")]


class Contact(Shape):
    """Who writes: our own id, and what is known of the person."""

    id: Annotated[str, Field(min_length=1, max_length=80)]
    phone: Annotated[str, Field(max_length=32)] | None = None
    name: Annotated[str, Field(max_length=200)] | None = None


class ErrorText(Shape):
    """`code` is for programs, `message` for people."""

    code: str
    message: str


class Error(Shape):
    """Every answer from 400 on."""

    error: ErrorText


def as_far_as_readable(shape: type[Shape], kept: Any) -> dict[str, Any]:
    """A kept JSON object without what does not fit its shape, as an older program or another hand left it, and with defaults instead.

    For pages, which show the rest; what comes in is refused instead.
    """
    data = copy.deepcopy(kept) if isinstance(kept, dict) else {}
    while True:
        try:
            return shape.model_validate(data).body()
        except ValidationError as error:
            odd = {_place_of(fault, data) for fault in error.errors(include_input=False, include_url=False, include_context=False)} - {()}
            if not odd:
                return {**_defaults(shape), **data}
            for place in sorted(odd, key=lambda parts: [(isinstance(part, str), part) for part in parts], reverse=True):
                _remove(data, place)


Place = tuple[int | str, ...]


def _place_of(fault: ErrorDetails, data: Any) -> Place:
    """Where in the data what does not fit stands: the value, or the object that lacks a part. Empty for the object as a whole."""
    place: list[int | str] = []
    for part in fault["loc"]:  # the names of a union's types come at its end
        if not (part in data if isinstance(data, dict) else isinstance(data, list) and isinstance(part, int) and part < len(data)):
            break
        place.append(part)
        data = data[part]
    return tuple(place)


def _remove(data: Any, place: Place) -> None:
    *way, last = place
    for part in way:
        data = data[part]
    del data[last]


def _defaults(shape: type[Shape]) -> dict[str, Any]:
    """What stands for a part that is not there: its default; for an object that has none, the same of its own parts; else None."""
    return {name: _default(field) for name, field in shape.model_fields.items()}


def _default(field: FieldInfo) -> Any:
    if not field.is_required():
        return field.get_default(call_default_factory=True)
    if get_origin(field.annotation) is list:
        return []
    return _defaults(field.annotation) if isinstance(field.annotation, type) and issubclass(field.annotation, Shape) else None


def wrong_fields(error: ValidationError) -> list[str]:
    """Which fields of a body are wrong or missing, in its order, never with their values; `body` where it is no such object at all."""
    found = (".".join(map(str, fault["loc"])) or "body" for fault in error.errors(include_input=False, include_url=False))
    return list(dict.fromkeys(found))
