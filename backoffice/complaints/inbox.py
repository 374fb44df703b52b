"""Lists complaints for the desk: new, mine, due, restricted, ended; the urgent and the soonest due first, page by page."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.actor import Actor
from backoffice.complaints.models import Complaint, ComplaintState
from backoffice.complaints.sight import visible_to
from standard.complaint_flow import step_of
from standard.deadlines import office_calendar
from standard.roles import Permission

PAGE = 50
TABS = ("baru", "saya", "menunggu", "jatuh_tempo", "naik", "terbuka", "terbatas", "selesai")

is_open: ColumnElement[bool] = Complaint.closed_at.is_(None)
"""As the index of the open ones says it."""


def due_of(complaint: Complaint) -> datetime:
    """By when the desk must act next: the first reply, then the answer."""
    return complaint.answer_due if complaint.first_reply_at else complaint.first_reply_due


@dataclass(frozen=True)
class Page:
    """One page of a tab, and the cursor of the next, None at the end."""

    complaints: list[Complaint]
    next: str | None


class Inbox:
    """The complaints that one person may see (`sight.py`)."""

    def __init__(self, session: AsyncSession, actor: Actor, now: datetime) -> None:
        self._session, self._actor, self._now = session, actor, now

    def tabs(self) -> list[str]:
        """The tabs that mean something to this person."""
        answers = self._actor.may(Permission.ANSWER_COMPLAINTS) or self._actor.may(Permission.ANSWER_RESTRICTED_COMPLAINTS)
        shown = {"saya": answers, "terbatas": self._actor.may(Permission.RESTRICTED_COMPLAINTS), "naik": step_of(self._actor.roles) > 0}
        return [tab for tab in TABS if shown.get(tab, True)]

    async def counts(self) -> dict[str, int]:
        """How many each tab holds, in one question over the open ones; the ended ones are not counted."""
        every = [tab for tab in self.tabs() if tab != "selesai"]
        narrowed = self._narrowed()
        columns = [func.count().filter(narrowed[tab]) if tab in narrowed else func.count() for tab in every]
        query = select(*columns).where(is_open, visible_to(self._actor))
        found = (await self._session.execute(query.select_from(Complaint))).one()
        return dict(zip(every, found, strict=True))

    async def page(self, tab: str, cursor: str | None) -> Page:
        """One page of a tab."""
        query = self._of(tab)
        place = _read(cursor)
        if tab == "selesai":
            if place:
                closed = Complaint.closed_at
                query = query.where((closed < place[1]) | ((closed == place[1]) & (Complaint.id < place[2])))
            query = query.order_by(Complaint.closed_at.desc(), Complaint.id.desc())
        else:
            if place:
                same, later = (
                    Complaint.urgent.is_(place[0]),
                    (Complaint.next_due > place[1]) | ((Complaint.next_due == place[1]) & (Complaint.id > place[2])),
                )
                query = query.where((same & later) | Complaint.urgent.is_(False) if place[0] else same & later)
            query = query.order_by(Complaint.urgent.desc(), Complaint.next_due, Complaint.id)
        rows = list(await self._session.scalars(query.limit(PAGE + 1)))
        shown = rows[:PAGE]
        return Page(shown, _write(shown[-1], tab) if len(rows) > PAGE else None)

    def _of(self, tab: str) -> Select[Any]:
        query = select(Complaint).where(visible_to(self._actor))
        if tab == "selesai":
            return query.where(Complaint.closed_at.is_not(None))
        query, narrowed = query.where(is_open), self._narrowed()
        return query.where(narrowed[tab]) if tab in narrowed else query

    def _narrowed(self) -> dict[str, ColumnElement[bool]]:
        """What an open complaint must fulfil to stand in a tab."""
        soon = office_calendar().add_working_days(self._now, 1)
        return {
            "baru": Complaint.state == ComplaintState.NEW,
            "saya": (Complaint.assigned_to == self._actor.id) | (Complaint.restricted & (Complaint.reader_id == self._actor.id)),
            "menunggu": Complaint.state == ComplaintState.WAITING,
            "naik": Complaint.level >= max(step_of(self._actor.roles), 1),
            "jatuh_tempo": Complaint.next_due <= soon,
            "terbatas": Complaint.restricted.is_(True),
        }


def _write(complaint: Complaint, tab: str) -> str:
    moment = complaint.closed_at if tab == "selesai" else due_of(complaint)
    return f"{int(complaint.urgent)}~{(moment or complaint.created_at).isoformat()}~{complaint.id}".replace("+00:00", "Z")


def _read(cursor: str | None) -> tuple[bool, datetime, str] | None:
    urgent, _, rest = (cursor or "").partition("~")
    moment, _, key = rest.partition("~")
    try:
        return urgent == "1", datetime.fromisoformat(moment), key
    except ValueError:
        return None
