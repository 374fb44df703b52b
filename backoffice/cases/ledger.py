"""Writes and checks the append-only events of a case: each covers the one before it by its hash."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.actor import Actor
from backoffice.cases.models import Case, CaseEvent
from backoffice.cases.state import NOTHING, CaseState, apply

GENESIS = "0" * 64
"""The hash before the first event of a case."""


def record(
    session: AsyncSession,
    case: Case,
    kind: str,
    actor: Actor,
    at: datetime,
    data: dict[str, Any],
    *,
    private: Mapping[str, Any] = NOTHING,
    role: str | None = None,
    key: str | None = None,
    bump: bool = False,
) -> CaseEvent:
    """Appends one event to a case whose row the caller holds locked, and brings the row up to date. `bump` counts the case's version up.

    `private` is what belongs to `data` and is kept beside it (`cases.values`): it changes the row and stands in no event.
    """
    event = CaseEvent(
        case_id=case.id,
        sequence=case.events + 1,
        at=at,
        kind=kind,
        staff_id=actor.id,
        staff_name=actor.name,
        role=role or min(actor.roles),
        version=case.version + int(bump),
        key=key,
        data=data,
    )
    event.hash = hash_of(case.head_hash, case.number, event)
    session.add(event)
    case.events, case.head_hash = event.sequence, event.hash
    _write(case, apply(state_of(case), event, private))
    return event


def state_of(case: Case) -> CaseState:
    """The derived part of a row."""
    return CaseState(
        case.stage,
        case.stage_since,
        frozenset(case.facts),
        frozenset(case.told),
        case.version,
        case.deadline,
        case.delivered_at,
        tuple(sorted(case.kia.items())),
        tuple(sorted(case.siak.items())),
    )


def hash_of(previous: str, number: str, event: CaseEvent) -> str:
    """SHA-256 over the hash before, the case's number and all of the event, written in one canonical way."""
    content = [
        previous,
        number,
        event.sequence,
        event.at.isoformat(),
        event.kind,
        event.staff_id,
        event.staff_name,
        event.role,
        event.version,
        event.key,
        event.data,
    ]
    return hashlib.sha256(json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()).hexdigest()


def first_broken(case: Case, events: Iterable[CaseEvent]) -> int | None:
    """The sequence of the first event that was changed, is missing or was added by another hand; None when the chain is whole."""
    previous, expected = GENESIS, 1
    for event in events:
        if event.sequence != expected or event.hash != hash_of(previous, case.number, event):
            return expected
        previous, expected = event.hash, expected + 1
    return None if previous == case.head_hash else expected


def _write(case: Case, state: CaseState) -> None:
    case.stage, case.stage_since = state.stage, state.stage_since or case.stage_since
    case.facts, case.told = sorted(state.facts), sorted(state.told)
    case.version, case.deadline, case.delivered_at = state.version, state.deadline, state.delivered_at
    case.kia, case.siak = dict(state.kia), dict(state.siak)
