"""Carries out what the error table says about a send that failed, at once or by a later status."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from bot.contacts import repository as contacts
from bot.graph.errors import RetryPolicy, policy_of
from bot.outbox import repository
from bot.outbox.models import Number, Sending, State, Upload
from storage.jobs import growing, pause

log = structlog.get_logger()

RETRY = growing(first=2, longest=600)
SLOW_PAIR = growing(first=4, factor=4, longest=4096)
"""Meta's own advice for 131056: 4^X seconds."""

ATTEMPTS_MOST = 15
"""With the waits between them, Graph has two hours to accept a message before later ones pass it."""

ATTEMPTS_HELD = 5
"""What is not understood, or our own mistake, keeps later messages waiting for half a minute only."""

SLOWLY = timedelta(minutes=10)
"""A stuck send is tried again after so long, for as long as it takes."""

NO_ANSWER = "no_answer"
DOUBTS_MOST = 3
DOUBT_LONGEST = timedelta(hours=1)
"""A send whose answers are lost so often in a row, and of which no status tells, lets later messages pass; it is tried once in so long."""

PAUSE = timedelta(minutes=15)
ALARM_PROBE = timedelta(seconds=60)
"""While token or account are refused, one send is tried in so long."""


@dataclass(frozen=True)
class Failure:
    """An error of the Graph API, from the answer to a send or from a status."""

    code: int | None
    http_status: int | None
    details: str
    subcode: int | None = None
    reported_at: datetime | None = None
    """Of a status: when Meta said so."""


async def apply(session: AsyncSession, row: Sending, failure: Failure, now: datetime, number: Number | None = None) -> RetryPolicy:
    """Puts a failed send where it belongs, and returns the policy. `number` is our number's row, where the caller has locked it."""
    policy = policy_of(failure.code, failure.http_status, failure.subcode)
    row.error_code, row.error = failure.code, failure.details[:500]
    row.wamid = row.claim = None
    log.warning(
        "send_failed", sending=row.id, code=failure.code, subcode=failure.subcode, http_status=failure.http_status, policy=policy,
        attempts=row.attempts,
    )  # fmt: skip
    match policy:
        case RetryPolicy.WINDOW if row.stands_for is None:
            if await _wrote_since(session, row, failure.reported_at):
                await _again(session, row, now, now)
            else:
                await repository.hold(session, row, now)
        case RetryPolicy.ALARM | RetryPolicy.PAUSE if number is None or number.alarm_at is not None or row.attempts <= 1:
            if number is not None:
                stop(number, failure, policy, now)
            await _again(session, row, now + ALARM_PROBE, now)  # whoever came meanwhile is the next probe
        case RetryPolicy.ALARM | RetryPolicy.PAUSE:  # tried before, and others went through since: it is this message, not our account
            await set_aside(session, row, now + SLOWLY, now)
        case RetryPolicy.REFUSED if number is None or number.alarm_at is not None or row.attempts <= 1:
            if number is not None:
                stop(number, failure, policy, now)
            await _again_or_stuck(session, row, ATTEMPTS_HELD, now, ALARM_PROBE)
        case RetryPolicy.REUPLOAD if row.blob is not None and row.attempts <= 2:
            await session.execute(delete(Upload).where(Upload.blob == row.blob))
            await _again(session, row, now, now)
        case RetryPolicy.SLOW_PAIR if row.attempts < ATTEMPTS_MOST:
            await _again(session, row, now + pause(SLOW_PAIR, row.attempts), now)
        case RetryPolicy.RETRY | RetryPolicy.SLOW_PAIR:
            await _again_or_stuck(session, row, ATTEMPTS_MOST, now)
        case RetryPolicy.GIVE_UP:
            await give_up(session, row, now)
        case _:
            await _mistaken(session, row, failure, policy, number, now)
    return policy


async def _mistaken(
    session: AsyncSession, row: Sending, failure: Failure, policy: RetryPolicy, number: Number | None, now: datetime
) -> None:
    """Our own mistake, or not understood. Of a form it is the form: its question goes out in words."""
    if repository.INSTEAD in row.body and (policy is RetryPolicy.WORDS or row.attempts >= ATTEMPTS_HELD):
        log.error("form_refused", sending=row.id, code=failure.code)
        await repository.without_form(session, row, number, failure.code, now)
    else:
        await _again_or_stuck(session, row, ATTEMPTS_HELD, now)


async def doubt(session: AsyncSession, row: Sending, first_wait: timedelta, now: datetime) -> None:
    """Nobody knows whether Meta has it: a status may tell, each time for longer, because each time the person may read it once more."""
    if row.error != NO_ANSWER:
        row.error, row.attempts = NO_ANSWER, 1
    row.claim = None
    if row.attempts >= DOUBTS_MOST:
        await set_aside(session, row, now + DOUBT_LONGEST, now)
        return
    row.next_try_at = now + first_wait * row.attempts
    await repository.change(session, row, State.UNSURE, now)


async def hold_up(session: AsyncSession, row: Sending, cause: str, now: datetime) -> None:
    """Our own fault, before Meta was asked: tried a few times, then later messages pass."""
    row.claim, row.error_code, row.error = None, None, cause
    await _again_or_stuck(session, row, ATTEMPTS_HELD, now)


async def give_up(session: AsyncSession, row: Sending, now: datetime) -> None:
    """Ends a send that can't reach its person; what must never fall waits for somebody of the office."""
    if must_arrive(row):
        await set_aside(session, row, None, now)
    else:
        row.next_try_at = None
        await repository.change(session, row, State.FAILED, now)


def must_arrive(row: Sending) -> bool:
    """Whether a send must never fall: a file (receipt, form, issued PDF), what the office tells, and the template that stands for it."""
    return row.blob is not None or row.notice_id is not None or row.stands_for is not None


def stop(number: Number, failure: Failure, policy: RetryPolicy, now: datetime) -> None:
    """Stops all sending for a while, with an alarm that `readyz` shows."""
    number.paused_until = now + (PAUSE if policy is RetryPolicy.PAUSE else ALARM_PROBE)
    number.alarm_code, number.alarm, number.alarm_at = failure.code, failure.details[:300], number.alarm_at or now
    log.error("sending_stopped", code=failure.code, subcode=failure.subcode, http_status=failure.http_status, policy=policy)


async def resume(session: AsyncSession, number: Number, now: datetime) -> None:
    """A send went through: the alarm ends, and what got stuck meanwhile goes out now. What is in doubt keeps its longer wait."""
    log.info("sending_resumed", code=number.alarm_code)
    number.paused_until = number.alarm_code = number.alarm = number.alarm_at = None
    await repository.hurry_stuck(session, now, now + SLOWLY)


async def set_aside(session: AsyncSession, row: Sending, at: datetime | None, now: datetime) -> None:
    """Lets later messages pass this one, with an alarm; it is tried again at `at`, or waits for a person."""
    row.next_try_at = at
    log.error("send_stuck", sending=row.id, code=row.error_code, attempts=row.attempts, tried_again=at is not None)
    await repository.change(session, row, State.STUCK, now)


async def _again_or_stuck(session: AsyncSession, row: Sending, most: int, now: datetime, wait: timedelta | None = None) -> None:
    if row.attempts < most:
        await _again(session, row, now + (wait or pause(RETRY, row.attempts)), now)
    else:
        await set_aside(session, row, now + SLOWLY, now)


async def _again(session: AsyncSession, row: Sending, at: datetime, now: datetime) -> None:
    row.next_try_at = at
    await repository.change(session, row, State.QUEUED, now)


async def _wrote_since(session: AsyncSession, row: Sending, moment: datetime | None) -> bool:
    """Whether the person has written after Meta found the window closed: what people say is taken in before what became of sends."""
    contact = await contacts.find(session, row.contact_id) if moment is not None else None
    return contact is not None and contact.last_inbound_at is not None and moment is not None and contact.last_inbound_at > moment
