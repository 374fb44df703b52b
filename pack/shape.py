"""Holds one file against its schema, and tells what pydantic found in words of whoever writes the file."""

import types
from collections.abc import Iterator
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from pack.faults import Fault, one_of
from pack.marked import Marked, Way


def faults_of_shape(file: Marked, model: type[BaseModel]) -> list[Fault]:
    """What in the file is not of the shape that its model says."""
    try:
        model.model_validate(file.data)
    except ValidationError as error:
        return [_told(file, model, found) for found in error.errors(include_url=False)]
    return []


def _told(file: Marked, model: type[BaseModel], found: ErrorDetails) -> Fault:
    way, kind, given = _way(file.data, found["loc"]), found["type"], found.get("input")
    name = str(found["loc"][-1]) if found["loc"] else ""
    of_key = name == "[key]" or kind == "extra_forbidden"
    line = file.key_line(way) if of_key else file.line(way)
    context = found.get("ctx", {})
    place = ".".join(str(part) for part in way if not isinstance(part, int))
    at = f"{place}: " if place else ""
    if kind == "pack":
        line = file.line((*way, context["at"])) if context.get("at") else line
        return Fault(file.file, line, at + str(context["sentence"]), str(context["allowed"]))
    if kind == "missing":
        return Fault(file.file, line, f"{at}'{name}' is missing here.", f"Write {name}: below it.")
    if kind == "extra_forbidden":
        return Fault(file.file, line, f"There is no '{name}' here.", one_of(_fields(model, way[:-1]), name))
    shown = (
        "nothing" if given is None else f"'{given}'" if isinstance(given, str | int | float) else f"a {_WORDS.get(type(given), 'value')}"
    )
    wanted = _WANTED.get(kind, "").format_map(context)
    if wanted:
        return Fault(file.file, line, f"{at}{shown} stands here.", f"Allowed: {wanted}.")
    return Fault(file.file, line, f"{at}{shown}: {found['msg']}.")


_WORDS: dict[type, str] = {dict: "mapping", list: "list"}
_WANTED = {
    "string_type": "a text (a number, a date, yes and no in quotes)",
    "bool_type": "true or false",
    "int_type": "a whole number without quotes",
    "list_type": "a list, [a, b]",
    "dict_type": "names with a value each, name: value",
    "model_type": "names with a value each, name: value",
    "too_short": "a longer list",
    "too_long": "a shorter list",
    "string_too_short": "a text that is not empty",
    "string_too_long": "a shorter text",
    "string_pattern_mismatch": "what the pattern {pattern} says",
    "less_than_equal": "at most {le}",
    "less_than": "less than {lt}",
    "greater_than_equal": "at least {ge}",
    "greater_than": "more than {gt}",
    "literal_error": "{expected}",
    "float_type": "a number without quotes",
}


def _way(data: Any, loc: tuple[str | int, ...]) -> Way:
    """Where the fault is in the file; what pydantic adds about its own types falls away."""
    way: list[str | int] = []
    for part in loc:
        if isinstance(data, dict) and (key := _key(data, part)) is not None:
            data = data[key]
            way.append(key)
        elif isinstance(data, list) and isinstance(part, int) and part < len(data):
            data = data[part]
            way.append(part)
        else:
            break
    return tuple(way)


def _key(data: dict[Any, Any], part: str | int) -> Any:
    return next((key for key in data if key == part or str(key) == str(part)), None)


def _fields(model: type[BaseModel], way: Way) -> list[str]:
    """The names that a mapping may have at that place."""
    here = model
    for part in way:
        field = here.model_fields.get(str(part)) or here.model_fields.get("root")
        if field is not None:  # else a key of a mapping, whose values are what `here` is already
            here = next(_models(field.annotation), here)
    return list(here.model_fields)


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and not isinstance(annotation, types.GenericAlias) and issubclass(annotation, BaseModel):
        yield annotation
    elif get_origin(annotation) is Annotated:
        yield from _models(get_args(annotation)[0])
    else:
        for part in get_args(annotation):
            yield from _models(part)
