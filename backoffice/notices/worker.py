"""Empties the outbox into the bot and the mail server: one after another for each contact, tried again later while they are away."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta

import httpx
import structlog
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.api.schemas import write_moment
from backoffice.delivery.mail import MAILTO, MailDown, MailNotSet, MailRefused, MailServer, send_mail
from backoffice.notices.models import Notice, NoticeState
from backoffice.services import Services
from storage.blobs import BlobError

log = structlog.get_logger()

BATCH = 20
FIRST_PAUSE = timedelta(seconds=2)
LONGEST_PAUSE = timedelta(minutes=5)
REFUSED = frozenset({400, 404, 422})
"""Answers that won't change by asking again: the notice needs a person."""


@dataclass(frozen=True)
class Outcome:
    """What came of one try: `queued` is to be tried again."""

    state: NoticeState
    problem: str | None = None


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
        by_mail = notice.contact.startswith(MAILTO)
        outcome = await (self._mail(notice) if by_mail else self._hand_over(notice))
        async with self.services.database.write() as session:
            row = await session.get(Notice, notice_id, with_for_update=True)
            if row is not None and row.state == NoticeState.QUEUED:
                _settle(row, outcome, self.services.clock())
        log.info("notice_tried", notice=notice_id, state=outcome.state, problem=outcome.problem)

    async def _hand_over(self, notice: Notice) -> Outcome:
        token = self.services.settings.service_token.get_secret_value()
        try:
            answer = await self.http.post(
                f"{self.services.settings.bot_url}/internal/notices",
                json=as_contract(notice),
                headers={"Authorization": f"Bearer {token}"},
                timeout=15,
            )
        except httpx.HTTPError as error:
            return Outcome(NoticeState.QUEUED, type(error).__name__)
        if answer.is_success:
            return Outcome(NoticeState.HANDED_OVER)
        state = NoticeState.FAILED if answer.status_code in REFUSED else NoticeState.QUEUED
        return Outcome(state, f"HTTP {answer.status_code}")

    async def _mail(self, notice: Notice) -> Outcome:
        try:
            settings = self.services.settings
            await send_mail(MailServer.read(settings.smtp_url), notice, self.services.blobs, settings.public_url)
        except MailDown:
            return Outcome(NoticeState.QUEUED, "mail_down")
        except (MailNotSet, MailRefused, BlobError) as error:
            return Outcome(NoticeState.FAILED, type(error).__name__)
        return Outcome(NoticeState.SENT)


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


def _settle(notice: Notice, outcome: Outcome, now: datetime) -> None:
    notice.attempts += 1
    notice.problem = outcome.problem
    if outcome.state != NoticeState.QUEUED:
        notice.state, notice.state_at = outcome.state, now
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
