"""Empties the outbox into the bot: one notice after another for each contact, tried again later while the bot is away."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta

import httpx
import structlog
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.api.schemas import write_moment
from backoffice.notices.models import Notice, NoticeState
from backoffice.services import Services

log = structlog.get_logger()

BATCH = 20
FIRST_PAUSE = timedelta(seconds=2)
LONGEST_PAUSE = timedelta(minutes=5)
REFUSED = frozenset({400, 404, 422})
"""Answers that won't change by asking again: the notice needs a person."""


@dataclass
class NoticeWorker:
    """Posts what is due. Several processes may run one each: on PostgreSQL rows in work are skipped, and the bot takes each id once."""

    services: Services
    http: httpx.AsyncClient

    async def run(self, pause: float = 1.0) -> None:
        """Works until cancelled."""
        while True:
            try:
                worked = await self.work_once()
            except Exception:
                log.exception("notices_failed")
                worked = 0
            if not worked:
                await asyncio.sleep(pause)

    async def work_once(self) -> int:
        """Tries every notice that is due now, and returns how many those were."""
        async with self.services.database.read() as session:
            due = await _due(session, self.services.clock())
        for notice_id in due:
            await self._post(notice_id)
        if due:
            await self.services.live.tell()
        return len(due)

    async def _post(self, notice_id: str) -> None:
        async with self.services.database.read() as session:
            notice = await session.get(Notice, notice_id)
        if notice is None or notice.state != NoticeState.QUEUED:
            return
        token = self.services.settings.service_token.get_secret_value()
        try:
            answer = await self.http.post(
                f"{self.services.settings.bot_url}/internal/notices",
                json=as_contract(notice),
                headers={"Authorization": f"Bearer {token}"},
                timeout=15,
            )
            status, problem = answer.status_code, None if answer.is_success else f"HTTP {answer.status_code}"
        except httpx.HTTPError as error:
            status, problem = 0, type(error).__name__
        async with self.services.database.write() as session:
            row = await session.get(Notice, notice_id, with_for_update=True)
            if row is not None and row.state == NoticeState.QUEUED:
                _settle(row, status, problem, self.services.clock())
        log.info("notice_posted", notice=notice_id, status=status)


async def _due(session: AsyncSession, now: datetime) -> list[str]:
    """The oldest waiting notice of each contact, where its time has come: nobody reads of the delivery before the approval."""
    oldest = (
        select(Notice.contact, func.min(Notice.at).label("at"))
        .where(Notice.state == NoticeState.QUEUED)
        .group_by(Notice.contact)
        .subquery()
    )
    query = (
        select(Notice.id)
        .join(oldest, (Notice.contact == oldest.c.contact) & (Notice.at == oldest.c.at))
        .where(Notice.state == NoticeState.QUEUED, Notice.next_try_at <= now)
        .order_by(Notice.at)
        .limit(BATCH)
    )
    return list(await session.scalars(query))


def _settle(notice: Notice, status: int, problem: str | None, now: datetime) -> None:
    notice.attempts += 1
    notice.problem = problem
    if problem is None:
        notice.state, notice.state_at = NoticeState.HANDED_OVER, now
    elif status in REFUSED:
        notice.state, notice.state_at = NoticeState.FAILED, now
    else:
        notice.next_try_at = now + min(FIRST_PAUSE * 2 ** min(notice.attempts - 1, 10), LONGEST_PAUSE)


def as_contract(notice: Notice) -> dict[str, object]:
    """A notice as docs/contracts.md writes it."""
    return {
        "id": notice.id,
        "contact": notice.contact,
        "kind": notice.kind,
        "number": notice.number,
        "at": write_moment(notice.at),
        "data": notice.data,
        "attachments": notice.attachments,
    }
