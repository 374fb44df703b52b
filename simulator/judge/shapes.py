"""Small shapes of JSON with Meta's limits: each looks at a value and yields what Meta would object to."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

INVALID, MISSING, VALUE = 100, 131008, 131009
"""The codes of a malformed, an absent and an out-of-range parameter."""


@dataclass(frozen=True)
class Objection:
    """One thing that is wrong with a request: Meta's code, where in the body, and Meta's sentence."""

    code: int
    path: str
    details: str


class Shape(Protocol):
    """Anything that can look at one JSON value."""

    def look(self, value: Any, path: str) -> Iterator[Objection]:
        """Yields an objection for each fault of `value`, which stands at `path`."""
        ...


@dataclass(frozen=True)
class Text:
    """A string of `low` to `high` characters (blank does not count as text), perhaps of a given pattern."""

    high: int
    low: int = 1
    pattern: str | None = None
    code: int = VALUE

    def look(self, value: Any, path: str) -> Iterator[Objection]:
        if not isinstance(value, str):
            yield Objection(INVALID, path, f"Param {path} must be a string.")
        elif not self.low <= len(value) <= self.high or (self.low and not value.strip()):
            yield Objection(self.code, path, f"{path} length invalid. Min length: {self.low}, Max length: {self.high}")
        elif self.pattern and not re.fullmatch(self.pattern, value, re.DOTALL):
            yield Objection(self.code, path, f"Param {path} is not of the expected form.")


@dataclass(frozen=True)
class Choice:
    """One of a few values."""

    values: tuple[Any, ...]
    code: int = VALUE

    def look(self, value: Any, path: str) -> Iterator[Objection]:
        if value not in self.values or isinstance(value, bool) != isinstance(self.values[0], bool):
            yield Objection(self.code, path, f"Param {path} must be one of {', '.join(map(str, self.values))}.")


@dataclass(frozen=True)
class Number:
    """A number within bounds."""

    low: float
    high: float

    def look(self, value: Any, path: str) -> Iterator[Objection]:
        if isinstance(value, bool) or not isinstance(value, int | float):
            yield Objection(INVALID, path, f"Param {path} must be a number.")
        elif not self.low <= value <= self.high:
            yield Objection(VALUE, path, f"Param {path} must be between {self.low:g} and {self.high:g}.")


@dataclass(frozen=True)
class Anything:
    """A value that this simulator does not look into."""

    def look(self, value: Any, path: str) -> Iterator[Objection]:
        yield from ()


@dataclass(frozen=True)
class Several:
    """A list of `low` to `high` items of one shape, in which each of the `unique` members may occur once."""

    item: Shape
    high: int
    low: int = 1
    unique: tuple[Callable[[Any], Any], ...] = ()

    def look(self, value: Any, path: str) -> Iterator[Objection]:
        if not isinstance(value, list):
            yield Objection(INVALID, path, f"Param {path} must be an array.")
            return
        if not self.low <= len(value) <= self.high:
            yield Objection(VALUE, path, f"{path} count invalid. Min: {self.low}, Max allowed: {self.high}")
        for position, item in enumerate(value):
            yield from self.item.look(item, f"{path}[{position}]")
        for member in self.unique:
            seen = [found for item in value if isinstance(item, dict) and (found := member(item)) is not None]
            if len(set(map(str, seen))) != len(seen):
                yield Objection(VALUE, path, f"Duplicated values in {path}; ids and titles must be unique.")


@dataclass(frozen=True)
class Record:
    """An object with needed and optional members and no others, plus checks over the whole of it."""

    needed: Mapping[str, Shape] = field(default_factory=dict)
    optional: Mapping[str, Shape] = field(default_factory=dict)
    checks: tuple[Callable[[dict[str, Any], str], Iterator[Objection]], ...] = ()

    def look(self, value: Any, path: str) -> Iterator[Objection]:
        if not isinstance(value, dict):
            yield Objection(INVALID, path, f"Param {path} must be a JSON object.")
            return
        dot = f"{path}." if path else ""
        for name, shape in self.needed.items():
            if value.get(name) is None:
                yield Objection(MISSING, dot + name, f"The parameter {dot}{name} is required.")
            else:
                yield from shape.look(value[name], dot + name)
        for name, shape in self.optional.items():
            if value.get(name) is not None:
                yield from shape.look(value[name], dot + name)
        for name in value.keys() - self.needed.keys() - self.optional.keys():
            yield Objection(INVALID, dot + name, f'Unexpected key "{name}" on param "{path or "body"}".')
        for check in self.checks:
            yield from check(value, path)


@dataclass(frozen=True)
class ByMember:
    """An object whose shape is chosen by one of its members, as `type` does in most of Meta's bodies."""

    member: str
    shapes: Mapping[str, Shape]
    code: int = INVALID

    def look(self, value: Any, path: str) -> Iterator[Objection]:
        if not isinstance(value, dict):
            yield Objection(INVALID, path, f"Param {path} must be a JSON object.")
            return
        chosen = value.get(self.member)
        if chosen is None:
            yield Objection(MISSING, f"{path}.{self.member}", f"The parameter {path}.{self.member} is required.")
        elif not isinstance(chosen, str) or chosen not in self.shapes:
            yield Objection(self.code, f"{path}.{self.member}", f"Param {path}.{self.member} must be one of {', '.join(self.shapes)}.")
        else:
            yield from self.shapes[chosen].look(value, path)
