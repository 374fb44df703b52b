"""Tells the back office what became of its notices, again until it has heard."""

from dataclasses import dataclass
from datetime import timedelta

import structlog

from bot.dialogue.turn import moment
from bot.notices import repository
from bot.notices.backoffice import BackofficeClient, BackofficeFault
from bot.notices.models import Notice
from bot.waiting import Backoff
from standard.clock import Clock
from storage.database import Database

log = structlog.get_logger()

RETRY = Backoff(first=2, factor=2, longest=300)
LEASE = timedelta(seconds=30)
UNKNOWN = 404
"""The notice is none of the back office's: reminders come from the intake, and nobody waits to hear of them."""

REFUSED_MOST = 20
"""A back office that refuses a state (4xx) so often will never take it; one that is down is told for ever."""


@dataclass(frozen=True)
class Telling:
    """One state of one notice on its way."""

    notice: str
    state: str
    at: str
    attempts: int


class Reporter:
    """Works off the notices whose state is to be told."""

    def __init__(self, database: Database, backoffice: BackofficeClient, clock: Clock) -> None:
        self._database = database
        self._backoffice = backoffice
        self._clock = clock

    async def claim(self) -> Telling | None:
        """A state to tell now."""
        now = self._clock()
        async with self._database.read() as session:
            if await repository.due(session, now) is None:
                return None
        async with self._database.write() as session:
            notice = await repository.due(session, now, now + LEASE)
            if notice is None or notice.state is None:
                return None
            return Telling(notice.id, notice.state, moment(notice.state_at or now), notice.attempts)

    async def tell(self, telling: Telling) -> None:
        """Tells one state. A newer state that came meanwhile is told next."""
        fault: BackofficeFault | None = None
        try:
            await self._backoffice.tell(telling.notice, telling.state, telling.at)
        except BackofficeFault as raised:
            fault = raised
        async with self._database.write() as session:
            notice = await session.get_one(Notice, telling.notice, with_for_update=True)
            if fault is None:
                notice.told = telling.state
            if notice.state != telling.state:
                return
            refused = fault is not None and fault.status is not None and fault.status < 500
            unknown = fault is not None and fault.status == UNKNOWN
            if fault is None or unknown or (refused and telling.attempts >= REFUSED_MOST):
                notice.next_try_at = None
            else:
                log.warning("notice_not_told", notice=notice.id, attempts=notice.attempts, why=fault.why)
                notice.attempts += 1
                notice.next_try_at = self._clock() + RETRY.after(notice.attempts)
