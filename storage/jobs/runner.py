"""Holds all background work of one process together: its workers, its housekeeping, and what wakes them."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

import structlog

from storage.database import Database
from storage.jobs.queue import Backlog, Queue
from storage.jobs.schedule import Schedule, Scheduled
from storage.jobs.wakeups import WakeUps
from storage.jobs.worker import Worker
from storage.points import restored_to

log = structlog.get_logger()

HOUSEKEEPING = "housekeeping"
HOUSEKEEPING_LOOKS = 5.0
"""Seconds between two looks whether something of the schedule is due."""

STANDSTILL_LOOKS = 2.0
"""Seconds between two looks whether a restored service is reconciled."""

LATE = timedelta(minutes=5)
"""Work that has been due for so long needs a person's look."""


class Jobs:
    """The jobs of one service in this process. `schedule` is the service's table of housekeeping, `name` the service's."""

    def __init__(self, name: str, database: Database, schedule: type[Scheduled], clock: Callable[[], datetime]) -> None:
        self.workers: dict[str, Worker[Any]] = {}
        self._queues: dict[str, Queue[Any]] = {}
        self._wakeups = WakeUps(database, f"jobs_{name}")
        self._schedule = Schedule(database, schedule, clock)
        self._clock = clock
        self._name, self._database = name, database
        self._beginning: asyncio.Task[None] | None = None
        self._stopping = asyncio.Event()

    def add(self, name: str, queue: Queue[Any], work: Callable[[Any], Awaitable[None]], concurrency: int = 1) -> None:
        """A worker over a table: each job is leased for as long as its work takes."""
        self.add_worker(Worker(name, queue.claim, queue.doing(work), concurrency), queue)

    def add_worker(self, worker: Worker[Any], queue: Queue[Any] | None = None) -> None:
        """A worker with a claim of its own; `queue` is the table that it claims from, where that is one."""
        if queue is not None:
            self._queues[worker.name] = queue
        self.workers[worker.name] = worker
        self._wakeups.subscribe(worker.name, worker.wake)

    def subscribe(self, name: str, wake: Callable[[], None]) -> None:
        """`wake` is called when somebody notifies that name, which is no worker's."""
        self._wakeups.subscribe(name, wake)

    def every(self, period: timedelta, name: str, work: Callable[[], Awaitable[Any]]) -> None:
        """Housekeeping: at once, and then every so often, in one process at a time."""
        self._schedule.every(period, name, work)
        if HOUSEKEEPING not in self.workers:
            self.add_worker(Worker(HOUSEKEEPING, self._schedule.claim, self._schedule.work, concurrency=2, idle=HOUSEKEEPING_LOOKS))

    def notify(self, *names: str) -> None:
        """Wakes these workers, or all, in every process; called after the commit that made the work."""
        self._wakeups.notify(*names)

    def start(self) -> None:
        """Begins to work in the running event loop; after a restore only when the service is reconciled (`storage.points`)."""
        self._beginning = asyncio.create_task(self._begin(), name=f"{self._name}-jobs")

    async def _begin(self) -> None:
        while not self._stopping.is_set():
            if not await self._stands_still():
                self._wakeups.start()
                for worker in self.workers.values():
                    worker.start()
                return
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), STANDSTILL_LOOKS)

    async def _stands_still(self) -> bool:
        try:
            return await restored_to(self._database, self._name) is not None
        except Exception as error:  # a database that is away: it may be a restored one when it answers
            log.warning("jobs.not_begun", cause=type(error).__name__)
            return True

    async def stop(self, grace: float = 10.0) -> None:
        """Takes nothing new, and gives what was begun `grace` seconds to end."""
        self._stopping.set()
        if self._beginning is not None:  # never cancelled: SQLite's driver may then wait for ever for a connection that it has closed
            await asyncio.wait({self._beginning}, timeout=grace)
        await asyncio.gather(*(worker.stop(grace) for worker in self.workers.values()))
        await self._wakeups.stop()

    async def backlogs(self) -> dict[str, Backlog]:
        """How much waits, for each worker over a table."""
        return {name: await queue.backlog() for name, queue in self._queues.items()}

    async def late(self, after: timedelta = LATE) -> dict[str, str]:
        """The workers whose oldest job has been due for longer than `after`, each with a sentence for the operator."""
        now = self._clock()
        if (point := await restored_to(self._database, self._name)) is not None:
            return {"restored": f"all work stands still since a restore to {point:%Y-%m-%d %H:%M} UTC: make reconcile"}
        return {
            name: f"{backlog.jobs} jobs wait, the oldest for {round((now - backlog.oldest).total_seconds())} s"
            for name, backlog in (await self.backlogs()).items()
            if backlog.oldest is not None and now - backlog.oldest > after
        }
