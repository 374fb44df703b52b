"""Reads a YAML file with the line of everything in it, and tells what YAML itself would pass over: a key that stands there twice."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from pack.faults import Fault

Way = tuple[str | int, ...]
"""The way to a value: keys of mappings and places in lists."""


@dataclass
class Marked:
    """The content of one file. `values` and `keys`: the line (from 1) of each value, and of each key, by its way."""

    file: Path
    data: Any = None
    values: dict[Way, int] = field(default_factory=dict)
    keys: dict[Way, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def line(self, way: Way) -> int:
        """The line of what is there, or of the nearest thing around it."""
        while way and way not in self.values:
            way = way[:-1]
        return self.values.get(way, 1)

    def key_line(self, way: Way) -> int:
        """The line of a key."""
        return self.keys.get(way) or self.line(way)

    def fault(self, way: Way, wrong: str, allowed: str = "") -> Fault:
        """A fault at the value there."""
        return Fault(self.file, self.line(way), wrong, allowed)


def read(file: Path) -> Marked:
    """The file with its lines; where it can't be read, `faults` says why and `data` is None."""
    found = Marked(file)
    try:
        text = file.read_text(encoding="utf-8")
        loader = yaml.CSafeLoader(text)
        try:
            node = loader.get_single_node()
            if node is None:
                found.faults.append(Fault(file, 1, "The file is empty."))
                return found
            _mark(node, (), found, loader)
            if not found.faults:
                found.data = loader.construct_document(node)
        finally:
            loader.dispose()
    except UnicodeDecodeError as error:
        found.faults.append(Fault(file, 1 + _lines_before(file, error.start), "The file is not written in UTF-8."))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        found.faults.append(Fault(file, mark.line + 1 if mark else 1, f"This is not YAML: {error.problem}.", "Quotes or indentation?"))
    except (yaml.YAMLError, ValueError) as error:
        found.faults.append(Fault(file, 1, f"This is not YAML: {error}."))
    except OSError as error:
        found.faults.append(Fault(file, 1, f"The file can't be read: {error.strerror}."))
    return found


def _mark(node: yaml.Node, way: Way, found: Marked, loader: yaml.CSafeLoader) -> None:
    found.values[way] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        seen: dict[Any, int] = {}
        for key_node, value_node in node.value:
            key = loader.construct_object(key_node) if isinstance(key_node, yaml.ScalarNode) else str(key_node.value)
            line = key_node.start_mark.line + 1
            if key in seen:
                found.faults.append(
                    Fault(found.file, line, f"'{key}' stands there twice, first in line {seen[key]}.", "Leave one of them.")
                )
            seen[key] = line
            found.keys[(*way, key)] = line
            _mark(value_node, (*way, key), found, loader)
    elif isinstance(node, yaml.SequenceNode):
        for place, value_node in enumerate(node.value):
            _mark(value_node, (*way, place), found, loader)


def _lines_before(file: Path, byte: int) -> int:
    return file.read_bytes()[:byte].count(b"\n")
