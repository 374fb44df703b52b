"""Finds every regular expression of the code and how it is used: kept in a module, made from data, or written in a call."""

import ast
import functools
import gc
import importlib
import inspect
import pkgutil
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

ROOMS = ("standard", "storage", "language", "documents", "intake", "actions", "bot", "backoffice", "dialogue.understanding", "simulator")
USES = frozenset({"search", "match", "fullmatch", "findall", "finditer", "sub", "subn", "split"})
RASAS = frozenset({"rasa", "sklearn", "scipy"})
"""Packages of the other Python; what needs them is read, not imported."""


@dataclass
class Found:
    """The patterns with their uses and a place where each stands; and the calls whose pattern nobody can see before they run."""

    uses: dict[re.Pattern[Any], set[str]] = field(default_factory=lambda: defaultdict(set))
    places: dict[re.Pattern[Any], str] = field(default_factory=dict)
    unseen: list[str] = field(default_factory=list)
    made: set[str] = field(default_factory=set)
    """Functions that make a pattern at each call and keep it nowhere."""


def every_pattern() -> Found:
    """Those of all rooms. Whatever makes patterns from data must have run before: they are found where they are kept."""
    found = Found()
    for name in _modules():
        module = _imported(name)
        if module is None or not module.__file__:
            continue
        tree = ast.parse(inspect.getsource(module))
        found.made |= {f"{name}.{function}" for function in _makers(tree)}
        loose = set(_used(tree, module, found))
        for pattern in _kept(module):
            found.places.setdefault(pattern, name)
            if not found.uses[pattern]:
                found.uses[pattern] |= loose or {"search", "fullmatch"}
    return found


def _modules() -> Iterator[str]:
    for room in ROOMS:
        top = _imported(room)
        if top is None:
            continue
        yield room
        for info in pkgutil.walk_packages(top.__path__, f"{room}."):
            if "migrations" not in info.name and not info.name.endswith("__main__"):
                yield info.name


def _imported(name: str) -> ModuleType | None:
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if name.partition(".")[0] == (error.name or "").partition(".")[0] or (error.name or "").partition(".")[0] in RASAS:
            return None
        raise


def _used(tree: ast.AST, module: ModuleType, found: Found) -> Iterator[str]:
    """Notes each use of a pattern that can be named; yields the uses of those that can't (`pattern.search` in a loop)."""
    for call in ast.walk(tree):
        if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)):
            continue
        base, use = call.func.value, call.func.attr
        if isinstance(base, ast.Name) and base.id == "re" and use in USES:
            _inline(call, use, module, found)
        elif use in USES:
            named = list(_named(base, module))
            for pattern in named:
                found.uses[pattern].add(use)
                found.places[pattern] = f"{module.__name__}:{call.lineno}"
            if not named and not isinstance(base, ast.Constant | ast.JoinedStr) and use != "split":
                yield use


def _makers(tree: ast.AST) -> Iterator[str]:
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef) and not any("cache" in ast.unparse(decorator) for decorator in function.decorator_list):
            yield from {
                function.name for call in ast.walk(function) if isinstance(call, ast.Call) and ast.unparse(call.func) == "re.compile"
            }


def _named(base: ast.expr, module: ModuleType) -> Iterator[re.Pattern[Any]]:
    """The patterns that an expression may stand for: a name, a row of a table, what a cached function gave."""
    if isinstance(base, ast.Call | ast.Subscript):
        holder = _value(base.func if isinstance(base, ast.Call) else base.value, module)
        if isinstance(holder, dict | list | tuple | functools._lru_cache_wrapper):
            yield from _within([holder], module)
    elif isinstance(pattern := _value(base, module), re.Pattern):
        yield pattern


def _inline(call: ast.Call, use: str, module: ModuleType, found: Found) -> None:
    text = _value(call.args[0], module)
    flags = next((_value(word.value, module) for word in call.keywords if word.arg == "flags"), None)
    flags = _value(call.args[2], module) if flags is None and use not in {"sub", "subn", "split"} and len(call.args) > 2 else flags
    if isinstance(text, str | bytes):
        pattern = re.compile(text, flags or 0)
    elif isinstance(text, re.Pattern):
        pattern = text
    else:
        found.unseen.append(f"{module.__name__}:{call.lineno}")
        return
    found.uses[pattern].add(use)
    found.places[pattern] = f"{module.__name__}:{call.lineno}"


def _value(node: ast.expr, module: ModuleType) -> Any:
    """What an expression of the module's own names stands for, or None; of calls only `either`, which puts a word list into a pattern."""
    calls = [part for part in ast.walk(node) if isinstance(part, ast.Call)]
    if any(ast.unparse(call.func) != "either" for call in calls) or any(
        isinstance(part, ast.Lambda | ast.Await) for part in ast.walk(node)
    ):
        return None
    try:
        return eval(compile(ast.Expression(node), "<pattern>", "eval"), vars(module))
    except Exception:
        return None


def _kept(module: ModuleType) -> Iterator[re.Pattern[Any]]:
    """Patterns that the module keeps: in its names, in tables and objects there, in what its cached functions gave."""
    return _within([value for name, value in vars(module).items() if not name.startswith("__")], module)


def _within(waiting: list[Any], module: ModuleType) -> Iterator[re.Pattern[Any]]:
    seen: set[int] = set()
    while waiting:
        value = waiting.pop()
        if id(value) in seen:
            continue
        seen.add(id(value))
        if isinstance(value, re.Pattern):
            yield value
        elif isinstance(value, dict | list | tuple | set | frozenset | functools._lru_cache_wrapper) or (
            type(value).__module__ == module.__name__ and not isinstance(value, type)
        ):
            waiting += gc.get_referents(value)
