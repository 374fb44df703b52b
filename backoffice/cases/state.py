"""Derives the state of a case from its events. Pure: replaying all events of a case gives its row again."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol


class Event(Protocol):
    """What of an event the state depends on: its moment, the version it led to, and its effects."""

    at: datetime
    version: int
    data: dict[str, Any]


@dataclass(frozen=True)
class CaseState:
    """The derived part of a case's row."""

    stage: str = ""
    stage_since: datetime | None = None
    facts: frozenset[str] = frozenset()
    told: frozenset[str] = frozenset()
    version: int = 0
    deadline: datetime | None = None
    delivered_at: datetime | None = None
    kia: tuple[tuple[str, Any], ...] = ()
    siak: tuple[tuple[str, Any], ...] = ()


def apply(state: CaseState, event: Event) -> CaseState:
    """The state after one more event.

    Effects in its `data`, each optional: `to`, `gives`, `clears`, `told`, `deadline`, `delivered`, `kia`, `siak`.
    """
    data = event.data
    after = replace(
        state,
        facts=(state.facts - frozenset(data.get("clears", ()))) | frozenset(data.get("gives", ())),
        told=state.told | frozenset(data.get("told", ())),
        version=event.version,
        kia=_merged(state.kia, data.get("kia")),
        siak=_merged(state.siak, data.get("siak")),
    )
    if "to" in data:
        after = replace(after, stage=data["to"], stage_since=event.at)
    if "deadline" in data:
        after = replace(after, deadline=datetime.fromisoformat(data["deadline"]) if data["deadline"] else None)
    if data.get("delivered"):
        after = replace(after, delivered_at=event.at)
    return after


def replay(events: Iterable[Event]) -> CaseState:
    """The state after all events, in their order."""
    state = CaseState()
    for event in events:
        state = apply(state, event)
    return state


def _merged(before: tuple[tuple[str, Any], ...], change: dict[str, Any] | None) -> tuple[tuple[str, Any], ...]:
    return tuple(sorted({**dict(before), **change}.items())) if change else before
