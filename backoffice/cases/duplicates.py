"""Finds cases that may be about the same child: same name and date, same mother within a pregnancy, same birth letter. A person decides."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.cases.models import Case, CaseEvent, CaseTerm
from contracts.bundle import Bundle, Child
from standard.clock import read_day
from standard.kinds import Item
from standard.numbers import digits_of, read_nik

SAME_BIRTH_DAYS = 5
"""Dates of one birth may differ by as much, through slips and readings."""

PREGNANCY_DAYS = 270
"""Two births of one mother lie further apart, but for twins."""

AT_MOST = 200
"""Further ones are not looked for."""

LETTERS = (Item.SURAT_KELAHIRAN, Item.SPTJM_KELAHIRAN)
KINDS = ("anak", "ibu", "gambar", "surat")
DECIDED = "bukan_ganda"


@dataclass(frozen=True)
class Duplicate:
    """Another case and why it may be about the same child: codes `anak`, `ibu`, `gambar`, `surat`."""

    case: Case
    reasons: tuple[str, ...]


def duplicate_terms(bundle: Bundle) -> Iterator[tuple[str, str]]:
    """What a bundle is compared by: children's names, the mother's NIK, the pictures and numbers of its birth letters."""
    for child in bundle.anak:
        if name := _name(child):
            yield "anak", f"{name} {child.tanggal_lahir or ''}".strip()
    stated = bundle.answers.get("ibu_nik")
    mother = digits_of(str(stated.value or "")) if stated else None
    if mother is not None and read_nik(mother):
        yield "ibu", mother
    for document in bundle.documents:
        if document.item in LETTERS:
            yield from (("gambar", page.blob) for page in document.pages)
            number = document.check.fields.get("nomor")
            if number:
                yield "surat", str(number).upper()[:120]


async def find_duplicates(session: AsyncSession, case: Case) -> list[Duplicate]:
    """The cases that may be about the same child and of which nobody has said that they are not."""
    mine = (await session.execute(select(CaseTerm.kind, CaseTerm.term).where(CaseTerm.case_id == case.id, CaseTerm.kind.in_(KINDS)))).all()
    if not mine:
        return []
    alike = or_(*[(CaseTerm.kind == kind) & _alike(kind, term) for kind, term in mine])
    shared = select(CaseTerm.case_id, CaseTerm.kind).where(alike, CaseTerm.case_id != case.id).limit(AT_MOST)
    kinds: dict[int, set[str]] = {}
    for other, kind in await session.execute(shared):
        kinds.setdefault(other, set()).add(kind)
    if not kinds:
        return []
    others = await session.scalars(select(Case).where(Case.id.in_(kinds), Case.stage != "ditolak").order_by(Case.id.desc()))
    decided = await _decided(session, case, kinds)
    found = [Duplicate(other, _reasons(case, other, kinds[other.id])) for other in others if other.number not in decided]
    return [duplicate for duplicate in found if duplicate.reasons]


def _alike(kind: str, term: str) -> ColumnElement[bool]:
    """Equal; of a child's name the dates near its own, too: each is a short range of the index, however common the name."""
    name, _, written = term.rpartition(" ")
    born, near = read_day(written), timedelta(days=SAME_BIRTH_DAYS)
    if kind != "anak" or born is None:
        return CaseTerm.term == term
    return (CaseTerm.term == name) | CaseTerm.term.between(f"{name} {born - near}", f"{name} {born + near}")


def _reasons(case: Case, other: Case, kinds: set[str]) -> tuple[str, ...]:
    apart = _days_apart(case.bundle, other.bundle)
    near = {"anak": apart is None or apart <= SAME_BIRTH_DAYS, "ibu": apart is None or apart < PREGNANCY_DAYS}
    return tuple(kind for kind in KINDS if kind in kinds and near.get(kind, True))


def _days_apart(one: dict[str, Any], other: dict[str, Any]) -> int | None:
    """The least distance between births of the two bundles, None where a date is not known."""
    pairs = [(first, second) for first in _births(one) for second in _births(other)]
    return min((abs((first - second).days) for first, second in pairs), default=None)


def _births(bundle: dict[str, Any]) -> list[date]:
    days = (read_day(child.get("tanggal_lahir")) for child in bundle.get("anak") or ())
    return [day for day in days if day is not None]


async def _decided(session: AsyncSession, case: Case, others: Iterable[int]) -> set[str]:
    """The numbers of the other cases of which somebody has said, on either side, that they are not about the same child."""
    query = select(CaseEvent).where(CaseEvent.case_id.in_([case.id, *others]), CaseEvent.kind == DECIDED)
    said = list(await session.scalars(query))
    numbers = {event.data["other"] for event in said if event.case_id == case.id}
    about_this = [event.case_id for event in said if event.data["other"] == case.number]
    if about_this:
        numbers |= set(await session.scalars(select(Case.number).where(Case.id.in_(about_this))))
    return numbers


def _name(child: Child) -> str:
    return " ".join((child.nama or "").upper().split())[:100]
