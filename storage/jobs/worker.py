"""Works in the background: claims one job after another and does it, as many side by side as it may."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

import structlog

from storage.database import may_pass

log = structlog.get_logger()

Job = TypeVar("Job")

IDLE_SECONDS = 0.5
"""How often a worker looks for what has become due, or what nobody woke it for."""

PAUSE_AFTER_FAULT = 1.0


class Worker(Generic[Job]):
    """`claim` takes the next due job, or None; `work` does it. Neither may end the worker by raising: a fault is logged, and it goes on."""

    def __init__(
        self,
        name: str,
        claim: Callable[[], Awaitable[Job | None]],
        work: Callable[[Job], Awaitable[None]],
        concurrency: int = 1,
        idle: float = IDLE_SECONDS,
    ) -> None:
        self.name, self.claim, self.work = name, claim, work
        self._concurrency, self._idle = concurrency, idle
        self._woken = asyncio.Event()
        self._claiming = asyncio.Lock()
        self._stopping = False
        self._tasks: list[asyncio.Task[None]] = []

    def wake(self) -> None:
        """There may be something to do now."""
        self._woken.set()

    def start(self) -> None:
        """Begins to work in the running event loop."""
        self._tasks = [asyncio.create_task(self._run(), name=f"{self.name}-{n}") for n in range(self._concurrency)]

    async def stop(self, grace: float) -> None:
        """Takes no new job, waits up to `grace` seconds for those begun, then abandons them: their leases run out and others do them."""
        self._stopping = True
        self._woken.set()
        if self._tasks:
            _, unfinished = await asyncio.wait(self._tasks, timeout=grace)
            for task in unfinished:
                task.cancel()
            await asyncio.gather(*unfinished, return_exceptions=True)

    async def drain(self) -> int:
        """Does all that is due, one job after another, and says how many those were. Faults are raised: this is for tests."""
        count = 0
        while (job := await self.claim()) is not None:
            await self.work(job)
            count += 1
        return count

    async def _run(self) -> None:
        while not self._stopping:
            try:
                async with self._claiming:
                    job = await self._next()
                if job is not None:
                    await self.work(job)
            except Exception as error:
                if may_pass(error):  # the database is away, as readiness tells: a trace a second tells nobody more
                    log.warning("worker_waits", worker=self.name, cause=type(error).__name__)
                else:
                    log.exception("worker_fault", worker=self.name)
                await asyncio.sleep(PAUSE_AFTER_FAULT)

    async def _next(self) -> Job | None:
        while not self._stopping:
            self._woken.clear()
            if (job := await self.claim()) is not None:
                return job
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), self._idle)
        return None
