"""Derives the state of a case from its events. Pure: replaying all events of a case gives its row again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol


class Event(Protocol):
    """What of an event the state depends on: its moment, the version it led to, and its effects."""

    sequence: int
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


NOTHING: Mapping[str, Any] = {}
NOTHING_BESIDE: Mapping[int, Mapping[str, Any]] = {}


def apply(state: CaseState, event: Event, private: Mapping[str, Any] = NOTHING) -> CaseState:
    """The state after one more event, with what is kept beside it (`cases.values`).

    Effects in its `data`, each optional: `to` (with `since` where the stay goes on that an act had ended), `gives`,
    `clears`, `told`, `deadline`, `delivered` (false: sent, but not yet in the applicant's hands), `kia`, `siak`.
    """
    data = event.data
    after = replace(
        state,
        facts=(state.facts - frozenset(data.get("clears", ()))) | frozenset(data.get("gives", ())),
        told=state.told | frozenset(data.get("told", ())),
        version=event.version,
        kia=_merged(state.kia, {**data.get("kia", {}), **private.get("kia", {})}),
        siak=_merged(state.siak, {**data.get("siak", {}), **private.get("siak", {})}),
    )
    if "to" in data:
        since = datetime.fromisoformat(data["since"]) if "since" in data else event.at
        after = replace(after, stage=data["to"], stage_since=since)
    if "deadline" in data:
        after = replace(after, deadline=datetime.fromisoformat(data["deadline"]) if data["deadline"] else None)
    if "delivered" in data:
        after = replace(after, delivered_at=event.at if data["delivered"] else None)
    return after


def replay(events: Iterable[Event], private: Mapping[int, Mapping[str, Any]] = NOTHING_BESIDE) -> CaseState:
    """The state after all events, in their order, with what is kept beside each by its sequence."""
    state = CaseState()
    for event in events:
        state = apply(state, event, private.get(event.sequence, NOTHING))
    return state


def _merged(before: tuple[tuple[str, Any], ...], change: dict[str, Any]) -> tuple[tuple[str, Any], ...]:
    return tuple(sorted({**dict(before), **change}.items())) if change else before
