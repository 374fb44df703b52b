"""Empties the outbox into the bot and the mail server: one after another for each contact, tried again later while they are away.

What a process had taken when it died is sent again by another. The bot takes each id once. An e-mail goes out again with the same
Message-ID, by which mail programs know it again; that happens only when the process died between the server's 250 and the note.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import httpx
import structlog
from sqlalchemy import ColumnElement, and_, exists, or_
from sqlalchemy.orm import aliased

from backoffice.notices.mail import MAILS, MailDown, MailNotSet, MailRefused, MailServer, send_mail
from backoffice.notices.models import Notice, NoticeState
from backoffice.services import Services
from contracts import notice as contract
from storage.blobs import BlobError
from storage.jobs import Queue, growing
from storage.jobs.queue import release

log = structlog.get_logger()

RETRY = growing(first=2, longest=300)
REFUSED = frozenset({400, 404, 422})
"""Answers that won't change by asking again: the notice needs a person."""

earlier = aliased(Notice)
OLDEST = ~exists().where(
    earlier.contact == Notice.contact,
    earlier.state == NoticeState.QUEUED,
    or_(earlier.at < Notice.at, and_(earlier.at == Notice.at, earlier.id < Notice.id)),
)
"""The oldest waiting notice of its contact: nobody reads of the delivery before the approval."""

BY_MAIL = Notice.kind.startswith(MAILS)


Attached = Callable[[Services, Notice], Awaitable[bool | None]]


@dataclass(frozen=True)
class Outcome:
    """What came of one try: `queued` is to be tried again."""

    state: NoticeState
    problem: str | None = None


class NoticeSender:
    """Sends what is due, by two queues over the one outbox: a mail server that is slow holds up no chat."""

    def __init__(self, services: Services, http: httpx.AsyncClient, attached: Attached) -> None:
        """`attached`: whether akta and KK may hang on a mail that brings them; None while that is not known yet."""
        self._services, self._http, self._attached = services, http, attached
        self.to_bot, self.to_mail = self._queue(~BY_MAIL), self._queue(BY_MAIL)

    def _queue(self, way: ColumnElement[bool]) -> Queue[Notice]:
        waiting = Notice.state == NoticeState.QUEUED
        return Queue(self._services.database, Notice, Notice.next_try_at, self._services.clock, waiting, OLDEST, way)

    async def hand_over(self, notice: Notice) -> None:
        """Posts one notice to the bot."""
        await self._note(self.to_bot, notice, await self._post(notice))

    async def mail(self, notice: Notice) -> None:
        """Sends one notice by e-mail."""
        await self._note(self.to_mail, notice, await self._mail(notice))

    async def _post(self, notice: Notice) -> Outcome:
        try:
            answer = await self._http.post(
                f"{self._services.settings.bot_url}/internal/notices",
                json=as_contract(notice),
                headers={"Authorization": self._services.settings.backoffice_bot_token.authorization},
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
            settings = self._services.settings
            attached = await self._attached(self._services, notice)
            if attached is None:
                return Outcome(NoticeState.QUEUED, "waits_for_chat")
            await send_mail(MailServer.read(settings.smtp_url), notice, self._services.blobs, settings, attached)
        except MailDown:
            return Outcome(NoticeState.QUEUED, "mail_down")
        except (MailNotSet, MailRefused, BlobError) as error:
            return Outcome(NoticeState.FAILED, type(error).__name__)
        return Outcome(NoticeState.SENT)

    async def _note(self, queue: Queue[Notice], notice: Notice, outcome: Outcome) -> None:
        async with self._services.database.write() as session:
            row = await queue.hold(session, notice)
            if row is None:
                return
            row.problem = outcome.problem
            if row.state == NoticeState.QUEUED and outcome.state == NoticeState.QUEUED:
                queue.retry(row, RETRY)
            else:
                if row.state == NoticeState.QUEUED:  # else the bot has told more of it by now
                    row.state, row.state_at = outcome.state, self._services.clock()
                release(row)
        log.info("notice_tried", notice=notice.id, state=outcome.state, problem=outcome.problem)
        await self._services.live.tell()


def as_contract(notice: Notice) -> dict[str, Any]:
    """A notice as docs/contracts.md writes it; its data were held to their kind's shape when it was written down."""
    row = {name: getattr(notice, name) for name in ("id", "contact", "kind", "number", "at", "data", "attachments")}
    return contract.Notice.model_validate(row).model_dump(mode="json", exclude_unset=True)
