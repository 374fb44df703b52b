"""Tells the back office what became of its notices, again until it has heard."""

import structlog

from bot.notices.backoffice import BackofficeClient, BackofficeFault
from bot.notices.models import Notice
from contracts.notice import NoticeReport
from standard.clock import Clock
from storage.database import Database
from storage.jobs import Queue, growing
from storage.jobs.queue import release

log = structlog.get_logger()

RETRY = growing(first=2, longest=300)
UNKNOWN = 404
"""The notice is none of the back office's: reminders come from the intake, and nobody waits to hear of them."""

REFUSED_MOST = 20
"""A back office that refuses a state (4xx) so often will never take it; one that is down is told for ever."""


class Reporter:
    """Works off the notices whose state is to be told."""

    def __init__(self, database: Database, backoffice: BackofficeClient, clock: Clock) -> None:
        self.jobs = Queue(database, Notice, Notice.next_try_at, clock, Notice.state.is_not(None))
        self._database, self._backoffice = database, backoffice

    async def tell(self, notice: Notice) -> None:
        """Tells one state. A newer state that came meanwhile is told next."""
        assert notice.state is not None and notice.state_at is not None, "a notice is due when it has come to a state"
        fault: BackofficeFault | None = None
        try:
            await self._backoffice.tell(notice.id, NoticeReport.model_validate({"state": notice.state, "at": notice.state_at}))
        except BackofficeFault as raised:
            fault = raised
        async with self._database.write() as session:
            row = await self.jobs.hold(session, notice)
            if row is None:
                return
            if fault is None:
                row.acknowledged = notice.state
            if row.state != notice.state:
                release(row)
                return
            refused = fault is not None and fault.status is not None and fault.status < 500
            unknown = fault is not None and fault.status == UNKNOWN
            if fault is None or unknown or (refused and notice.attempts >= REFUSED_MOST):
                row.next_try_at = None
                release(row)
            else:
                log.warning("notice_not_told", notice=row.id, attempts=row.attempts, why=fault.why)
                self.jobs.retry(row, RETRY)
