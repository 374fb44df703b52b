"""What a list of cases is narrowed to and sorted by: read from an address, written into one, and put into a query."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, literal, or_, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from backoffice.cases.features import FEATURES, KIND
from backoffice.cases.models import Case, CaseTask, CaseTerm
from backoffice.cases.place import ELSEWHERE
from standard import facts, stages
from standard.clock import office_zone, read_day
from standard.deadlines import warn_window

CLOCKS = ("lewat", "hampir", "masih")
HOLDERS = FREE, HELD, MINE = "bebas", "dipegang", "saya"
DAYS = ("mulai", "sampai", "kirim_mulai", "kirim_sampai")

WORK = ("tahap", "kecamatan", "ciri", "waktu", "pemegang", "mulai", "sampai")
MEANT = {
    "tugas": WORK,
    "mendesak": WORK,
    "berjalan": WORK,
    "saya": ("tahap", "kecamatan", "ciri", "mulai", "sampai"),
    "menunggu": ("kecamatan", "ciri", "mulai", "sampai"),
    "selesai": ("kecamatan", "ciri", "kirim_mulai", "kirim_sampai"),
}
"""Which filters mean something in which tab; a link to a tab carries only these, so its count is that of the list it opens.
Days are those of the arrival; of what is done, those of the sending: by these it is sorted, so that a million cases stay a short range."""

SORTS = {
    "tugas": ("sisa", "masuk", "terbaru", "kecamatan", "lama"),
    "mendesak": ("sisa", "masuk", "terbaru", "kecamatan", "lama"),
    "berjalan": ("sisa", "masuk", "terbaru", "kecamatan", "lama"),
    "saya": ("sisa", "masuk", "terbaru", "kecamatan", "lama"),
    "menunggu": ("lama", "masuk", "terbaru", "kecamatan"),
    "selesai": ("terakhir", "pertama"),
}
"""How each tab can be sorted; the first is how it is when nobody chose."""


@dataclass(frozen=True)
class Filter:
    """What was chosen, by the names of the address; empty where nothing was. `urut` is a row of SORTS."""

    chosen: Mapping[str, str]
    urut: str = ""

    def of(self, tab: str) -> "Filter":
        """What of it means something in a tab."""
        return Filter({name: self.chosen[name] for name in MEANT[tab] if name in self.chosen}, self.urut if self.urut in SORTS[tab] else "")

    def sort(self, tab: str) -> str:
        """The sorting of a tab: the one chosen, or the tab's own."""
        return self.urut if self.urut in SORTS[tab] else SORTS[tab][0]

    def address(self, tab: str) -> dict[str, str]:
        """The address of a tab with what of it means something there."""
        here = self.of(tab)
        return {"tab": tab, **here.chosen} | ({"urut": here.urut} if here.urut else {})

    def without(self, name: str) -> "Filter":
        """The same with one filter taken out."""
        return replace(self, chosen={kept: value for kept, value in self.chosen.items() if kept != name})

    def conditions(self, tab: str, actor_id: str | None, now: datetime) -> list[ColumnElement[bool]]:
        """What a row must fulfil; of CaseTask alone where nothing but the clock was chosen (`needs_case`)."""
        chosen = self.of(tab).chosen
        return [_CONDITIONS[name](value, actor_id, now) for name, value in chosen.items()]

    def needs_case(self, tab: str) -> bool:
        """Whether the condition or the sorting asks for more than the row of a task holds."""
        return self.sort(tab) != "sisa" or bool(self.of(tab).chosen.keys() - {"waktu"})


def places() -> list[str]:
    """The kecamatan to choose from, by name."""
    return [*sorted(facts.load("places")["kecamatan"].values()), ELSEWHERE]


def read_filter(given: Mapping[str, str]) -> Filter:
    """What an address chooses; what is none of the choices is left out. A holder may be anybody, by the id of staff."""
    known: dict[str, Collection[str]] = {"tahap": stages.stages(), "kecamatan": places(), "ciri": FEATURES, "waktu": CLOCKS}
    chosen = {name: given[name] for name, choices in known.items() if given.get(name) in choices}
    if holder := given.get("pemegang", "")[:40]:
        chosen["pemegang"] = holder
    return Filter(chosen | {name: given[name] for name in DAYS if _day(given.get(name))}, given.get("urut", ""))


def _holder(value: str, actor_id: str | None, now: datetime) -> ColumnElement[bool]:
    held = and_(Case.taken_by.is_not(None), Case.taken_until > now)
    if value in (FREE, HELD):
        return held if value == HELD else or_(Case.taken_by.is_(None), Case.taken_until.is_(None), Case.taken_until <= now)
    return and_(Case.taken_by == (actor_id if value == MINE else value), Case.taken_until > now)


def _clock(value: str, _actor_id: str | None, now: datetime) -> ColumnElement[bool]:
    near = now + warn_window()
    return {
        "lewat": CaseTask.due_at <= now,
        "hampir": and_(CaseTask.due_at > now, CaseTask.due_at <= near),
        "masih": CaseTask.due_at > near,
    }[value]


def _feature(value: str, _actor_id: str | None, _now: datetime) -> ColumnElement[bool]:
    """Written into the statement itself: a feature that nearly all cases have wants another plan than a rare one."""
    kind, term = (literal(word, literal_execute=True) for word in (KIND, value))
    return _Checked(Case.id).in_(select(CaseTerm.case_id).where(CaseTerm.kind == kind, CaseTerm.term == term))


class _Checked(FunctionElement[Any]):
    """A column that SQLite compares row by row and doesn't go by: it can't tell rare features from common ones. PostgreSQL can."""

    inherit_cache = True


@compiles(_Checked)
def _plain(element: Any, compiler: Any, **options: Any) -> str:
    return str(compiler.process(element.clauses, **options))


@compiles(_Checked, "sqlite")
def _with_plus(element: Any, compiler: Any, **options: Any) -> str:
    return f"+{compiler.process(element.clauses, **options)}"


def _from(column: Any) -> Any:
    return lambda value, _actor_id, _now: column >= _midnight(value)


def _up_to(column: Any) -> Any:
    return lambda value, _actor_id, _now: column < _midnight(value, 1)


_CONDITIONS: dict[str, Any] = {
    "tahap": lambda value, _actor_id, _now: Case.stage == value,
    "kecamatan": lambda value, _actor_id, _now: Case.kecamatan == value,
    "ciri": _feature,
    "waktu": _clock,
    "pemegang": _holder,
    "mulai": _from(Case.submitted_at),
    "sampai": _up_to(Case.submitted_at),
    "kirim_mulai": _from(Case.delivered_at),
    "kirim_sampai": _up_to(Case.delivered_at),
}


def _midnight(day: str, later: int = 0) -> datetime:
    return datetime.combine(date.fromisoformat(day) + timedelta(days=later), time(), office_zone())


def _day(given: str | None) -> bool:
    return read_day(given) is not None
