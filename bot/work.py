"""Runs work that waits in the database: a worker claims one job at a time and does it, as many side by side as it has hands."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

import structlog

log = structlog.get_logger()

Job = TypeVar("Job")

IDLE_SECONDS = 0.5
"""How often a worker looks for what another process left, or what has become due; a bell within the process wakes it at once."""

PAUSE_AFTER_FAULT = 1.0


class Worker(Generic[Job]):
    """`claim` takes the next due job, or None; `work` does it. Neither may end the worker by raising: a fault is logged, and it goes on."""

    def __init__(
        self,
        name: str,
        claim: Callable[[], Awaitable[Job | None]],
        work: Callable[[Job], Awaitable[None]],
        hands: int = 1,
        idle: float = IDLE_SECONDS,
    ) -> None:
        self.name = name
        self._claim = claim
        self._work = work
        self._hands = hands
        self._idle = idle
        self._bell = asyncio.Event()
        self._claiming = asyncio.Lock()
        self._stopping = False
        self._tasks: list[asyncio.Task[None]] = []

    def ring(self) -> None:
        """There may be something to do now."""
        self._bell.set()

    def start(self) -> None:
        """Sets the hands to work in the running event loop."""
        self._tasks = [asyncio.create_task(self._run(), name=f"{self.name}-{n}") for n in range(self._hands)]

    async def stop(self, grace: float) -> None:
        """Takes no new job, waits up to `grace` seconds for those begun, then abandons them: their leases run out and others do them."""
        self._stopping = True
        self._bell.set()
        if self._tasks:
            _, unfinished = await asyncio.wait(self._tasks, timeout=grace)
            for task in unfinished:
                task.cancel()
            await asyncio.gather(*unfinished, return_exceptions=True)

    async def drain(self) -> bool:
        """Does all that is due, one job after another, and says whether there was anything. Faults are raised: this is for tests."""
        did = False
        while (job := await self._claim()) is not None:
            await self._work(job)
            did = True
        return did

    async def _run(self) -> None:
        while not self._stopping:
            try:
                async with self._claiming:
                    job = await self._next()
                if job is not None:
                    await self._work(job)
            except Exception:
                log.exception("worker_fault", worker=self.name)
                await asyncio.sleep(PAUSE_AFTER_FAULT)

    async def _next(self) -> Job | None:
        while not self._stopping:
            self._bell.clear()
            if (job := await self._claim()) is not None:
                return job
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._bell.wait(), self._idle)
        return None
