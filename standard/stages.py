"""Says how a case goes through the office: its stages, and who may take it from one to the next (Seed B, SOP table; `stages.yml`)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, ClassVar

from standard import facts


class CaseClock(StrEnum):
    """Whether the 24 hours of Seed C count while a case stands at a stage."""

    RUNNING = "running"
    STOPPED = "stopped"
    ENDED = "ended"


HOLD = "ditahan_pemohon"
"""The applicant wants the case to wait: no task of it is done until an officer has looked (`lanjutkan_proses`)."""

NOT_HELD = "tidak_ditahan"
"""What a held case lacks for each of its tasks."""

COMPUTED = frozenset(
    {"semua_diperiksa", "ada_yang_salah", "semua_benar", "perbaikan_lengkap", "draf_lengkap", "final_lengkap", "final_sesuai"}
    | {"final_diragukan", "nik_lengkap", "alamat_kia"}
)
"""Facts of a case that the back office works out from its documents and products; transitions may need them, and none gives them."""


@dataclass(frozen=True)
class Stage:
    """One row of `stages.yml`, stages. `status` is what the applicant reads; `minutes` the SOP's target, None where it has none."""

    id: str
    label: str
    status: str
    tell: bool
    clock: CaseClock
    steps: tuple[int, ...]
    minutes: int | None
    done_when: frozenset[str]
    next: str | None


@dataclass(frozen=True)
class Transition:
    """One row of `stages.yml`, transitions: who (`roles`) may do it, where (`at`), and what it does."""

    id: str
    label: str
    past: str
    roles: frozenset[str]
    at: frozenset[str]
    needs: frozenset[str]
    unless: frozenset[str]
    gives: frozenset[str]
    clears: frozenset[str]
    to: str | None
    track: str | None
    task: bool
    reason: str | None
    notice: str | None
    about: str | None
    sees: str | None
    second_person: bool
    once_ready: bool


@dataclass(frozen=True)
class Step:
    """What a permitted transition leads to. `entered` names each stage that was entered on the way, in order; empty where it stays."""

    transition: Transition
    stage: str
    facts: frozenset[str]
    entered: tuple[str, ...]


class Refused(Exception):
    """A transition is not permitted. `status` is the HTTP status, `text` the key of the sentence that the person reads."""

    status: ClassVar[int] = 409
    text: ClassVar[str]

    def __init__(self, transition: str, missing: frozenset[str] = frozenset()) -> None:
        super().__init__(transition)
        self.transition = transition
        self.missing = missing


class UnknownTransition(Refused):
    status = 404
    text = "unknown_transition"


class WrongRole(Refused):
    status = 403
    text = "wrong_role"


class WrongStage(Refused):
    text = "wrong_stage"


class NotReady(Refused):
    """Facts are `missing` that the transition needs."""

    text = "not_ready"


class AlreadyDone(Refused):
    text = "already_done"


SYSTEM = "sistem"
"""The role in which the program itself acts: rows of the table without roles."""


@cache
def stages() -> dict[str, Stage]:
    """Every stage by id, in the order of the way."""
    return {row["id"]: _stage(row) for row in facts.load("stages")["stages"]}


@cache
def transitions() -> dict[str, Transition]:
    """Every transition by id."""
    return {row["id"]: _transition(row) for row in facts.load("stages")["transitions"]}


def first_stage() -> str:
    """Where a case begins."""
    return next(iter(stages()))


def take(transition_id: str, stage: str, facts: frozenset[str], roles: Iterable[str]) -> Step:
    """What the transition does to a case at `stage` of which `facts` hold, for somebody in `roles`. Pure; raises a Refused."""
    row = transitions().get(transition_id)
    if row is None:
        raise UnknownTransition(transition_id)
    if not _may(row, roles):
        raise WrongRole(transition_id)
    if stage not in row.at:
        raise WrongStage(transition_id)
    if row.unless & facts:
        raise AlreadyDone(transition_id)
    if lacking := _lacking(row, facts):
        raise NotReady(transition_id, lacking)
    after = (facts - row.clears) | row.gives
    entered = []
    if row.to is not None and row.to != stage:
        entered.append(row.to)
    here = row.to or stage
    while (further := _following(here, after)) is not None:
        entered.append(further)
        here = further
    return Step(row, here, after, tuple(entered))


def offered(stage: str, facts: frozenset[str], roles: Iterable[str]) -> list[tuple[Transition, frozenset[str]]]:
    """What somebody in `roles` finds to do at `stage`, each with the facts that it still lacks (none: it can be done now)."""
    held = frozenset(roles)
    return [
        (row, _lacking(row, facts))
        for row in transitions().values()
        if row.roles and _may(row, held) and stage in row.at and not (row.unless & facts)
    ]


def takes_back_nothing(row: Transition, facts: frozenset[str]) -> bool:
    """Whether a transition only takes something back, and that is not there: nobody finds it among the buttons, but it opens the case."""
    return bool(row.needs) and row.needs <= row.clears and not (row.needs & facts)


def waiting_for(stage: str, facts: frozenset[str]) -> frozenset[str]:
    """The roles in whose queue a case stands: of the tasks that its stage waits for, of some only once all that they need is there."""
    tasks = [row for row in transitions().values() if row.task and stage in row.at and not (row.unless & facts)]
    return frozenset(role for row in tasks if not row.once_ready or row.needs <= facts for role in row.roles)


def _lacking(row: Transition, facts: frozenset[str]) -> frozenset[str]:
    return row.needs - facts | (frozenset({NOT_HELD}) if row.task and HOLD in facts else frozenset())


def _may(row: Transition, roles: Iterable[str]) -> bool:
    return bool(row.roles & frozenset(roles)) if row.roles else SYSTEM in roles


def _following(stage: str, facts: frozenset[str]) -> str | None:
    row = stages()[stage]
    return row.next if row.done_when and row.done_when <= facts else None


def _stage(row: dict[str, Any]) -> Stage:
    return Stage(
        id=row["id"],
        label=row["label"],
        status=row["status"],
        tell=row.get("tell", False),
        clock=CaseClock(row["clock"]),
        steps=tuple(row["steps"]),
        minutes=row["minutes"],
        done_when=frozenset(row.get("done_when", ())),
        next=row.get("next"),
    )


def _transition(row: dict[str, Any]) -> Transition:
    return Transition(
        id=row["id"],
        label=row["label"],
        past=row["past"],
        roles=frozenset(row["roles"]),
        at=frozenset(row["at"]),
        needs=frozenset(row.get("needs", ())),
        unless=frozenset(row.get("unless", ())),
        gives=frozenset(row.get("gives", ())),
        clears=frozenset(row.get("clears", ())),
        to=row.get("to"),
        track=row.get("track"),
        task=row.get("task", False),
        reason=row.get("reason"),
        notice=row.get("notice"),
        about=row.get("about"),
        sees=row.get("sees"),
        second_person=row.get("second_person", False),
        once_ready=row.get("once_ready", False),
    )
