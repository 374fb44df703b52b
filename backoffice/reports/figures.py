"""Reads off a case's events what reports count: each stay at a stage, the outcome, each document returned. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Protocol

ARRIVALS = frozenset({"bundel_masuk", "berkas_masuk"})

Wrong = dict[str, tuple[str, str]]
"""By submission the item and the reason of a document that was found wrong."""

UNDONE = "diurungkan"
"""An act taken back within seconds (`cases.undoing`): it ended no stay, and what it left goes on since its `since`."""


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
    """What the events of one case, in order, add to the reports. A case has one outcome: the first.

    None while its papers wait for the applicant; then it is again the moment of the sending that says whether it was in time.
    """
    figures = Figures()
    stage, since, begin, due, moved = "", None, None, None, 0
    wrong: Wrong = {}
    former: Wrong = {}
    sent: Outcome | None = None
    for event in events:
        data = event.data
        begin = event.at if event.kind in ARRIVALS or begin is None else begin
        wrong, former = _wrong_after(event, wrong, former)
        if event.kind == "kembalikan_berkas":
            figures.returns += [Return(event.sequence, item, reason, event.at, event.staff_id) for item, reason in wrong.values()]
            wrong = {}
        if data.get("delivered") is False:
            sent, figures.outcomes = next(iter(figures.outcomes), None), []
        elif (data.get("delivered") or event.kind == "tolak") and not figures.outcomes:
            outcome = Outcome(event.sequence, bool(data.get("delivered")), begin, event.at, due)
            figures.outcomes.append(replace(sent, sequence=event.sequence) if sent else outcome)
        if "deadline" in data:
            due = datetime.fromisoformat(data["deadline"]) if data["deadline"] else None
        if event.kind == UNDONE:
            if "to" in data:
                figures.visits = [visit for visit in figures.visits if visit.sequence != moved]
                stage, since = data["to"], datetime.fromisoformat(data["since"])
        elif "to" in data:
            if stage and since is not None:
                figures.visits.append(Visit(event.sequence, stage, since, event.at, event.staff_id))
            stage, since, moved = data["to"], event.at, event.sequence
    return figures


def _wrong_after(event: Event, wrong: Wrong, former: Wrong) -> tuple[Wrong, Wrong]:
    """The documents that are wrong after the event, and those that were before the last decision on one."""
    match event.kind, event.data:
        case "dokumen_salah", {"submission": submission, "item": item, "reason": reason}:
            return {**wrong, submission: (item, reason)}, wrong
        case "dokumen_benar", {"submission": submission}:
            return {key: found for key, found in wrong.items() if key != submission}, wrong
        case "diurungkan", {"submission": _}:
            return former, former
    return wrong, former
