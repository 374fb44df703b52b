"""Carries out what the error table says about a send that failed, at once or by a later status."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from bot.graph.errors import Remedy, remedy_of
from bot.outbox import repository
from bot.outbox.models import Number, Sending, State, Upload
from bot.waiting import Backoff

log = structlog.get_logger()

RETRY = Backoff(first=2, factor=2, longest=600)
SLOW_PAIR = Backoff(first=4, factor=4, longest=4096)
"""Meta's own advice for 131056: 4^X seconds."""

ATTEMPTS_MOST = 15
"""With the waits between them, Graph has two hours to accept a message."""

PAUSE = timedelta(minutes=15)
ALARM_PROBE = timedelta(seconds=60)
"""While token or account are refused, one send is tried in so long."""


@dataclass(frozen=True)
class Failure:
    """An error of the Graph API, from the answer to a send or from a status."""

    code: int | None
    http_status: int | None
    details: str


async def apply(session: AsyncSession, row: Sending, failure: Failure, now: datetime, number: Number | None = None) -> Remedy:
    """Puts a failed send where it belongs, and returns the remedy. `number` is our number's row, where the caller has locked it."""
    remedy = remedy_of(failure.code, failure.http_status)
    row.error_code, row.error = failure.code, failure.details[:500]
    row.wamid = row.claim = None
    log.warning("send_failed", sending=row.id, code=failure.code, http_status=failure.http_status, remedy=remedy, attempts=row.attempts)
    match remedy:
        case Remedy.WINDOW if row.stands_for is None:
            await repository.hold(session, row, now)
        case Remedy.ALARM | Remedy.PAUSE:
            if number is not None:
                stop(number, failure, remedy, now)
            row.attempts -= 1  # not this message's fault
            await _again(session, row, now, now)
        case Remedy.REUPLOAD if row.blob is not None and row.attempts <= 2:
            await session.execute(delete(Upload).where(Upload.blob == row.blob))
            await _again(session, row, now, now)
        case Remedy.RETRY | Remedy.SLOW_PAIR if row.attempts < ATTEMPTS_MOST:
            backoff = SLOW_PAIR if remedy is Remedy.SLOW_PAIR else RETRY
            await _again(session, row, now + backoff.after(row.attempts), now)
        case _:
            row.next_try_at = None
            await repository.change(session, row, State.FAILED, now)
    return remedy


def stop(number: Number, failure: Failure, remedy: Remedy, now: datetime) -> None:
    """Stops all sending for a while, with an alarm that `readyz` shows."""
    number.paused_until = now + (PAUSE if remedy is Remedy.PAUSE else ALARM_PROBE)
    number.alarm_code, number.alarm, number.alarm_at = failure.code, failure.details[:300], number.alarm_at or now
    log.error("sending_stopped", code=failure.code, remedy=remedy)


async def _again(session: AsyncSession, row: Sending, at: datetime, now: datetime) -> None:
    row.next_try_at = at
    await repository.change(session, row, State.QUEUED, now)
