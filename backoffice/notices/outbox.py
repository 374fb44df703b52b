"""Puts what the applicant is told into the outbox, in the same transaction as the act that they are told of."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.notices.mail import MAILTO
from backoffice.notices.models import Notice, NoticeState
from contracts.notice import data_of


class Outbox:
    """Notices as docs/contracts.md names them."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self._session, self._now = session, now

    def add(
        self,
        kind: str,
        contact: str,
        number: str,
        data: dict[str, Any],
        case_id: int | None = None,
        attachments: list[dict[str, str]] | None = None,
    ) -> Notice:
        """One notice more; the worker posts it after the commit. Raises ValidationError, KeyError for data or a kind of no contract."""
        data = data if contact.startswith(MAILTO) else data_of(kind, data)
        notice = Notice(
            id=str(uuid.uuid4()),
            case_id=case_id,
            contact=contact,
            kind=kind,
            number=number,
            at=self._now,
            data=data,
            attachments=attachments or [],
            state=NoticeState.QUEUED,
            state_at=self._now,
            next_try_at=self._now,
        )
        self._session.add(notice)
        return notice


def try_again(notice: Notice, now: datetime) -> None:
    """One that failed waits once more, as if it were new."""
    notice.state, notice.state_at, notice.next_try_at, notice.attempts, notice.problem = NoticeState.QUEUED, now, now, 0, None
