"""Lists everything that staff did and looked at: the events of cases and the acts beside them as one list, page by page."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Select, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.actor import Actor
from backoffice.audit.models import AuditEvent
from backoffice.cases.models import Case, CaseEvent
from backoffice.complaints.models import Complaint
from backoffice.complaints.sight import secret, visible_to
from backoffice.staff.models import Staff
from standard.clock import office_zone
from storage.database import Database

PAGE = 60
EXPORT_PAGE = 1000
CASES, OTHER = "k", "l"
"""The two sources, as a cursor names them."""


@dataclass(frozen=True)
class Filter:
    """What is wanted; None where everything is. `act` is the kind of a case's event or an audited action; days are whole, at the office."""

    staff_id: str | None = None
    subject: str | None = None
    act: str | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Row:
    """One line. `subject` is a case's or complaint's number or a username; `event` the row behind it."""

    source: str
    id: int
    at: datetime
    kind: str
    staff_name: str | None
    role: str | None
    subject: str | None
    event: CaseEvent | AuditEvent


@dataclass(frozen=True)
class Place:
    """A place in the list, the newest first; as text `2026-11-23T02:00:00+00:00~k~17`."""

    at: datetime
    source: str
    id: int

    def __str__(self) -> str:
        return f"{self.at.isoformat()}~{self.source}~{self.id}".replace("+00:00", "Z")


def read_place(text: str | None) -> Place | None:
    """The place that a cursor names, or None where it is none."""
    at, _, rest = (text or "").partition("~")
    source, _, key = rest.partition("~")
    try:
        return Place(datetime.fromisoformat(at), source, int(key)) if source in (CASES, OTHER) else None
    except ValueError:
        return None


class Listing:
    """Pages of the list for one reader, without what was done with complaints that are kept from them. Reads only."""

    def __init__(self, session: AsyncSession, reader: Actor) -> None:
        self._session, self._reader = session, reader

    async def page(self, wanted: Filter, after: Place | None, size: int = PAGE) -> tuple[list[Row], Place | None]:
        """One page, and the place of the next, None at the end."""
        rows = sorted(
            [*await self._of_cases(wanted, after, size + 1), *await self._others(wanted, after, size + 1)],
            key=lambda row: (row.at, row.source, row.id),
            reverse=True,
        )
        last = rows[size - 1] if len(rows) > size else None
        return rows[:size], Place(last.at, last.source, last.id) if last else None

    async def _of_cases(self, wanted: Filter, after: Place | None, size: int) -> list[Row]:
        query = select(CaseEvent, Case.number).join(Case, Case.id == CaseEvent.case_id)
        if wanted.subject:
            query = query.where(Case.number == wanted.subject.upper())
        if wanted.act:
            query = query.where(CaseEvent.kind == wanted.act)
        found = await self._session.execute(_cut(query, CaseEvent, CASES, wanted, after).limit(size))
        return [Row(CASES, e.id, e.at, e.kind, e.staff_name, e.role, number, e) for e, number in found]

    async def _others(self, wanted: Filter, after: Place | None, size: int) -> list[Row]:
        query = select(AuditEvent, Staff.name).outerjoin(Staff, Staff.id == AuditEvent.staff_id)
        if wanted.subject:
            query = query.where(AuditEvent.subject.in_({wanted.subject, wanted.subject.upper(), wanted.subject.lower()}))
        if wanted.act:
            query = query.where(AuditEvent.action == wanted.act)
        hidden = select(Complaint.id).where(Complaint.number == AuditEvent.subject, ~visible_to(self._reader), secret())
        query = query.where(~hidden.exists())
        found = await self._session.execute(_cut(query, AuditEvent, OTHER, wanted, after).limit(size))
        return [Row(OTHER, e.id, e.at, e.action, name, None, e.subject, e) for e, name in found]


async def all_rows(database: Database, wanted: Filter, reader: Actor) -> AsyncIterator[list[Row]]:
    """The whole list in pieces, each read in a transaction of its own: an export of a year holds no lock."""
    after: Place | None = None
    while True:
        async with database.read() as session:
            rows, after = await Listing(session, reader).page(wanted, after, EXPORT_PAGE)
        yield rows
        if after is None:
            return


def _cut(query: Select[*tuple[Any, ...]], table: Any, source: str, wanted: Filter, after: Place | None) -> Select[*tuple[Any, ...]]:
    """Filters that both sources share, the place in the list, and its order."""
    if wanted.staff_id:
        query = query.where(table.staff_id == wanted.staff_id)
    if wanted.first:
        query = query.where(table.at >= datetime.combine(wanted.first, time(), office_zone()))
    if wanted.last:
        query = query.where(table.at < datetime.combine(wanted.last + timedelta(days=1), time(), office_zone()))
    if after and source == after.source:
        query = query.where(tuple_(table.at, table.id) < tuple_(after.at, after.id))
    elif after:
        query = query.where(table.at <= after.at if source < after.source else table.at < after.at)
    return query.order_by(table.at.desc(), table.id.desc())
