"""Reads off a case's events what reports count: each stay at a stage, the outcome, each document returned. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

ARRIVALS = frozenset({"bundel_masuk", "berkas_masuk"})


class Event(Protocol):
    """What of an event the figures depend on."""

    sequence: int
    at: datetime
    kind: str
    staff_id: str | None
    data: dict[str, Any]


@dataclass(frozen=True)
class Visit:
    """A stay at a stage, ended by the event `sequence`."""

    sequence: int
    stage: str
    since: datetime
    until: datetime
    staff_id: str | None


@dataclass(frozen=True)
class Outcome:
    """The end of a case: `issued` or closed without. `begin` is when its last needed document had come, `due` its deadline then."""

    sequence: int
    issued: bool
    begin: datetime
    at: datetime
    due: datetime | None


@dataclass(frozen=True)
class Return:
    """A document asked for again by the event `sequence`."""

    sequence: int
    item: str
    reason: str
    at: datetime
    staff_id: str | None


@dataclass
class Figures:
    """All that one case adds to the reports."""

    visits: list[Visit] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    returns: list[Return] = field(default_factory=list)


def figures_of(events: Iterable[Event]) -> Figures:
    """What the events of one case, in order, add to the reports. A case has one outcome: the first."""
    figures = Figures()
    stage, since, begin, due = "", None, None, None
    wrong: dict[str, tuple[str, str]] = {}
    for event in events:
        data = event.data
        begin = event.at if event.kind in ARRIVALS or begin is None else begin
        if event.kind == "dokumen_salah":
            wrong[data["submission"]] = (data["item"], data["reason"])
        elif event.kind == "dokumen_benar":
            wrong.pop(data["submission"], None)
        elif event.kind == "kembalikan_berkas":
            figures.returns += [Return(event.sequence, item, reason, event.at, event.staff_id) for item, reason in wrong.values()]
            wrong = {}
        if (data.get("delivered") or event.kind == "tolak") and not figures.outcomes:
            figures.outcomes.append(Outcome(event.sequence, bool(data.get("delivered")), begin, event.at, due))
        if "deadline" in data:
            due = datetime.fromisoformat(data["deadline"]) if data["deadline"] else None
        if "to" in data:
            if stage and since is not None:
                figures.visits.append(Visit(event.sequence, stage, since, event.at, event.staff_id))
            stage, since = data["to"], event.at
    return figures
