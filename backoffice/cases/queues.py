"""Lists cases: each tab of the queue by role, its count, and what a search finds, page by page."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, Select, func, literal, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.actor import Actor
from backoffice.cases.filters import Filter
from backoffice.cases.finding import keys_found
from backoffice.cases.models import Case, CaseTask
from backoffice.cases.search import Query
from backoffice.cases.service import NEVER
from backoffice.staff.models import Staff
from standard import stages
from standard.deadlines import warn_window
from storage.model import Moment

PAGE = 40
COUNTED_TO = 999
"""Counts stop here: nobody reads more, and the database needn't count a million rows."""

NOTHING = Filter({})
"""Neither narrowed nor sorted otherwise than a tab is by itself."""

TABS = ("tugas", "saya", "mendesak", "berjalan", "menunggu", "selesai")


LISTED = (
    Case.id, Case.number, Case.child_name, Case.kecamatan, Case.submitted_at, Case.stage, Case.stage_since, Case.deadline,
    Case.delivered_at, Case.taken_by, Case.taken_until, Staff.name.label("holder_name"),
    Case.facts, Case.bundle["flags"].label("flags"), Case.bundle["warnings_count"].as_integer().label("warnings"),
)  # fmt: skip
"""What a list shows of a case. Its bundle is not among it: forty of them would be read for nothing."""


@dataclass(frozen=True)
class Listing:
    """One page of a list: rows of LISTED. `next` is the cursor of the page after it, None at the end."""

    cases: Sequence[Row[*tuple[Any, ...]]]
    next: str | None


class Queues:
    """The lists of cases that one person works from."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime) -> None:
        self._session, self._actor, self._now = session, actor, now

    def tabs(self) -> list[str]:
        """The tabs that mean something to this person."""
        works = any(row.task and row.roles & self._actor.roles for row in stages.transitions().values())
        mine = {"tugas": works, "mendesak": works, "saya": self._actor.takes_cases}
        return [tab for tab in TABS if mine.get(tab, True)]

    async def page(self, tab: str, cursor: str | None, wanted: Filter = NOTHING) -> Listing:
        """One page of a tab, sorted as the filter wants: at first the most urgent, of what is done the latest."""
        columns, descending = self._order(tab, wanted)
        query = self._keys(tab, wanted, columns)
        if cursor and (place := read_cursor(cursor, *[read_moment if isinstance(column.type, Moment) else str for column in columns])):
            key, here = tuple_(*columns, self._id(tab)), tuple_(*map(literal, place, [*(c.type for c in columns), Case.id.type]))
            query = query.where(key < here if descending else key > here)

        def ordered(keys: Iterable[Any]) -> list[Any]:
            return [key.desc() if descending else key for key in keys]

        found_keys = query.order_by(*ordered([*columns, self._id(tab)])).limit(PAGE + 1).subquery()
        names = [found_keys.c[f"key_{place}"] for place in range(len(columns))]
        rows = _listed().add_columns(*names).join(found_keys, Case.id == found_keys.c.id).order_by(*ordered([*names, found_keys.c.id]))
        found = (await self._session.execute(rows)).all()
        shown = found[:PAGE]
        following = write_cursor(*shown[-1][len(LISTED) :], shown[-1].id) if len(found) > PAGE else None
        return Listing(shown, following)

    async def first(self, tab: str, count: int) -> list[int]:
        """The ids of the most urgent cases of a tab."""
        columns, _ = self._order(tab, NOTHING)
        return list(await self._session.scalars(self._keys(tab, NOTHING, columns).order_by(*columns, self._id(tab)).limit(count)))

    async def counts(self, wanted: Filter = NOTHING) -> dict[str, int]:
        """How many each tab holds of what is wanted there, at most COUNTED_TO + 1: all in one question to the database."""
        tabs = self.tabs()
        row = (await self._session.execute(select(*[_count(self._keys(tab, wanted)) for tab in tabs]))).one()
        return dict(zip(tabs, row, strict=True))

    async def count(self, tab: str) -> int:
        """How many one tab holds, at most COUNTED_TO + 1; none where it means nothing to this person."""
        return await self._session.scalar(select(_count(self._keys(tab, NOTHING)))) or 0 if tab in self.tabs() else 0

    async def holders(self) -> dict[str, str]:
        """The names of those who have a case in hand now, by id. Asked person by person, of the index: cases are many, staff are few."""
        held = select(Case.id).where(Case.taken_by == Staff.id, Case.taken_until > self._now).limit(1).scalar_subquery()
        query = select(Staff.id, Staff.name).where(held.is_not(None)).order_by(Staff.name)
        return {row.id: row.name for row in await self._session.execute(query)}

    async def search(self, query: Query, cursor: str | None) -> Listing:
        """Cases that a search finds, the newest first."""
        place = read_cursor(f"~{cursor or ''}", str)
        found = await keys_found(self._session, query, place[1] if place else None)
        keys = found.limit(PAGE + 1).subquery()
        rows = (await self._session.execute(_listed().join(keys, Case.id == keys.c.id).order_by(Case.id.desc()))).all()
        return Listing(rows[:PAGE], str(rows[PAGE - 1].id) if len(rows) > PAGE else None)

    def _keys(self, tab: str, wanted: Filter, columns: Sequence[Any] = ()) -> Select[Any]:
        """The ids of a tab's cases, with what they are sorted by. A case that waits for two of one's roles is there once."""
        key = self._id(tab)
        query = select(key.label("id"), *[column.label(f"key_{place}") for place, column in enumerate(columns)])
        match tab:
            case "saya":
                query = query.where(Case.taken_by == self._actor.id, Case.taken_until > self._now)
            case "menunggu":
                query = query.where(Case.stage == "dikembalikan")
            case "selesai":
                query = query.where(Case.delivered_at.is_not(None))
            case _:
                query = query.distinct()
                if tab != "berjalan":
                    query = query.where(CaseTask.role.in_(self._actor.roles))
                if tab == "mendesak":
                    query = query.where(CaseTask.due_at <= self._now + warn_window())
                if wanted.needs_case(tab):
                    query = query.join(Case, Case.id == CaseTask.case_id)
        return query.where(*wanted.conditions(tab, self._actor.id, self._now))

    @staticmethod
    def _id(tab: str) -> Any:
        return Case.id if tab in ("saya", "menunggu", "selesai") else CaseTask.case_id

    @staticmethod
    def _order(tab: str, wanted: Filter) -> tuple[tuple[Any, ...], bool]:
        """What a tab is sorted by before the id, and whether downwards."""
        due = func.coalesce(Case.deadline, literal(NEVER, Case.deadline.type)) if tab == "saya" else CaseTask.due_at
        urgent = due if tab in ("saya", "tugas", "mendesak", "berjalan") else Case.stage_since
        return {
            "sisa": ((due,), False),
            "masuk": ((Case.submitted_at,), False),
            "terbaru": ((Case.submitted_at,), True),
            "kecamatan": ((Case.kecamatan, urgent), False),
            "lama": ((Case.stage_since,), False),
            "terakhir": ((Case.delivered_at,), True),
            "pertama": ((Case.delivered_at,), False),
        }[wanted.sort(tab)]


def _listed() -> Select[Any]:
    return select(*LISTED).outerjoin(Staff, Staff.id == Case.taken_by)


def _count(keys: Select[Any]) -> Any:
    return select(func.count()).select_from(keys.limit(COUNTED_TO + 1).subquery()).scalar_subquery()


def write_cursor(*keys: datetime | str | int) -> str:
    """A place in a list, as it stands in an address: what it is sorted by, then the id."""
    return "~".join(key.isoformat().replace("+00:00", "Z") if isinstance(key, datetime) else str(key) for key in keys)


def read_cursor(text: str, *kinds: Callable[[str], Any], key: Callable[[str], Any] | None = None) -> tuple[Any, ...] | None:
    """The place that a cursor names: a moment (or what `kinds` reads), then the id (or what `key` reads); None where it is none."""
    parts = text.split("~")
    try:
        return tuple(read(part) for read, part in zip((*(kinds or (read_moment,)), key or read_id), parts, strict=True))
    except (ValueError, OverflowError):
        return None


def read_moment(text: str) -> datetime:
    """An aware moment. Raises ValueError or OverflowError."""
    if (moment := datetime.fromisoformat(text)).tzinfo is None:
        raise ValueError("a naive datetime has no moment")
    return moment.astimezone(UTC)


def read_id(text: str) -> int:
    """A number that can be a row's. Raises ValueError."""
    if not 0 <= (key := int(text)) < 2**63:
        raise ValueError("beyond every table")
    return key
