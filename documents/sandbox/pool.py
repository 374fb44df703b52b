"""Keeps a few warm, confined worker processes, gives each file to one of them, and answers even when the worker dies of it.

Works under any asyncio loop. Nothing waits without end: a job has a wall-clock limit, the queue a depth.
"""

import asyncio
import contextlib
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

import structlog

from documents.model import MAX_PAGES, Check, Reason, Verdict
from documents.sandbox import wire
from documents.sandbox.figures import SECONDS, VERDICTS, WORKERS_LOST
from documents.sandbox.names import UNCONFINED
from documents.sandbox.sharing import FairShares
from standard.kinds import Kind

log = structlog.get_logger()
Answer = TypeVar("Answer")

FIRST_LIMIT = 20.0
"""Wall-clock seconds for a first answer: twice its CPU limit, for a machine that has other work."""
SECOND_LIMIT = 40.0
PAGE_LIMIT = 10.0
"""Wall-clock seconds for each further page of a file."""
START_LIMIT = 60.0
SHARES_AT_LEAST = 4
"""One share may fill a quarter of the places to wait in."""
LAST_BREATH = 1.0
"""Seconds between a worker's last word and its end, which says what it died of."""
JOBS_PER_WORKER = 200
"""A worker is replaced after as many jobs, before whatever leaks can matter."""
ROOT = Path(__file__).resolve().parents[2]


class Busy(Exception):
    """More files wait than can be answered soon; the caller should come back. Retryable."""

    status = 503
    retryable = True
    text_key = "dokumen_antri"


class NotReadyError(RuntimeError):
    """The pool was used before `start()` or after `close()`, or no worker could be started."""


class NoAnswerError(Exception):
    """No answer came back: `known` is what the log is told, `draft` what was known of the file by then, `fit` whether it goes on."""

    def __init__(self, cause: str, draft: Check | None, *, fit: bool = False, **known: str) -> None:
        super().__init__(cause)
        self.cause, self.draft, self.fit, self.known = cause, draft, fit, known


CAUSES = {"SIGXCPU": "cpu_limit", "MemoryError": "memory_limit"}
"""How a worker ended or what its code raised → the cause, where it is one of the worker's limits."""


@dataclass(eq=False)
class _Worker:
    process: asyncio.subprocess.Process
    jobs: int = 0

    async def receive(self) -> bytes:
        assert self.process.stdout is not None
        prefix = await self.process.stdout.readexactly(wire.HEAD)
        return await self.process.stdout.readexactly(wire.length(prefix))

    async def run(self, job: bytes, limit: float, read: Callable[[bytes], Answer]) -> Answer:
        """One job's answer, as `read` reads its frame. Raises NoAnswerError: the worker is of no more use, unless that says it is `fit`."""
        draft = None
        try:
            async with asyncio.timeout(limit) as deadline:
                assert self.process.stdin is not None
                self.process.stdin.write(job)
                await self.process.stdin.drain()
                body = await self.receive()
                if b'"draft": true' in body[:64]:
                    draft = wire.unpack(await self.receive())
                    more = PAGE_LIMIT * min(len(draft.pages) - 1, MAX_PAGES)
                    deadline.reschedule((deadline.when() or asyncio.get_running_loop().time()) + more)
                    body = await self.receive()
                self.jobs += 1
                return read(body)
        except TimeoutError as late:
            raise NoAnswerError("hung", draft) from late
        except wire.FailedError as failed:
            raise NoAnswerError(CAUSES.get(failed.error, "failed"), draft, fit=True, error=failed.error, at=failed.at) from failed
        except wire.GarbledFrameError as garbled:
            raise NoAnswerError("garbled", draft) from garbled
        except (asyncio.IncompleteReadError, ConnectionError) as lost:
            end = await self.end()
            raise NoAnswerError(CAUSES.get(end, "died"), draft, end=end) from lost

    async def end(self) -> str:
        """How the process ended: the signal's name, or `exit` and its status; `open` where its pipe closed but it lives on."""
        try:
            async with asyncio.timeout(LAST_BREATH):
                status = await self.process.wait()
        except TimeoutError:
            return "open"
        return signal.Signals(-status).name if status < 0 else f"exit {status}"

    async def kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        await self.process.wait()


class Pool:
    """Warm workers behind two calls. `async with Pool(workers=2) as pool: await pool.check(data)`."""

    def __init__(
        self,
        workers: int = 1,
        *,
        depth: int = 16,
        command: tuple[str, ...] = (sys.executable, "-m", "documents.sandbox.worker"),
        first_limit: float = FIRST_LIMIT,
        second_limit: float = SECOND_LIMIT,
        jobs_per_worker: int = JOBS_PER_WORKER,
        unconfined: bool = False,
    ) -> None:
        """`workers`: processes, best one per core. `depth`: files that may wait before `Busy`. `unconfined`: whether a worker serves where
        it can't be confined as `confinement.NEEDED` says. The rest serves tests."""
        self._environment = bare_environment(unconfined=unconfined)
        self._count, self._depth, self._command = workers, depth, command
        self._limits = {"first": first_limit, "second": second_limit}
        self._jobs_per_worker = jobs_per_worker
        self._shares: FairShares[_Worker] = FairShares()
        self._workers: set[_Worker] = set()
        self._starting: set[asyncio.Task[None]] = set()
        self._waiting = 0
        self._open = False

    async def __aenter__(self) -> "Pool":
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    @property
    def ready(self) -> bool:
        """Whether at least one worker is alive."""
        return self._open and any(worker.process.returncode is None for worker in self._workers)

    @property
    def process_ids(self) -> tuple[int, ...]:
        """The live workers' process ids, for whoever watches their memory."""
        return tuple(worker.process.pid for worker in self._workers if worker.process.returncode is None)

    async def start(self) -> None:
        """Starts the workers and waits till they are warm (about two seconds). Raises NotReadyError when none comes up."""
        self._open = True
        await asyncio.gather(*(self._add_worker() for _ in range(self._count)))
        if not self.ready:
            raise NotReadyError("no worker could be started")

    async def close(self) -> None:
        """Ends every worker; jobs under way are lost."""
        self._open = False
        for task in self._starting:
            task.cancel()
        await asyncio.gather(*self._starting, return_exceptions=True)
        await asyncio.gather(*(worker.kill() for worker in self._workers))
        self._workers.clear()

    async def check(self, data: bytes, expect: Kind | None = None, filename: str | None = None, *, share: str = "") -> Check:
        """The first answer for one file: verdict, kind, reasons and the fields that decide. Raises Busy, NotReadyError.

        `filename` is only for symmetry with `documents.check`: names are not believed. `share`: whose file it is (`sandbox.sharing`).
        """
        return await self._run("first", data, expect, share)

    async def read_all(self, data: bytes, kind: Kind, *, share: str = "") -> Check:
        """The second pass over a file of known kind: every field, such as the members of a KK. Raises as `check`."""
        return await self._run("second", data, kind, share)

    async def ask(self, head: dict[str, Any], data: bytes, limit: float, read: Callable[[bytes], Answer], share: str = "") -> Answer:
        """One job's answer, as `read` reads its frame. Raises Busy (also for one share alone), NotReadyError, NoAnswerError."""
        if not self._open:
            raise NotReadyError("the pool is not started")
        if self._waiting >= self._depth + self._count:
            raise Busy(f"{self._waiting} files wait")
        if share and self._shares.waiting(share) >= max(1, self._depth // SHARES_AT_LEAST):
            raise Busy("too many of one share wait")
        self._waiting += 1
        try:
            return await self._on(await self._shares.take(share), wire.frame(head, data), limit, read, share)
        except NoAnswerError as none:
            known = none.known | {"became_pixels": none.draft is not None}
            if not none.fit:
                WORKERS_LOST.labels(none.cause).inc()
            log.error("documents.no_answer", cause=none.cause, **known, round=head["round"], size=len(data))
            raise
        finally:
            self._waiting -= 1

    async def _run(self, which: str, data: bytes, expect: Kind | None, share: str) -> Check:
        begun = time.perf_counter()
        check = await self._checked(which, data, expect, share, begun)
        SECONDS.labels(which).observe(time.perf_counter() - begun)
        VERDICTS.labels(which, check.verdict.value).inc()
        return check

    async def _checked(self, which: str, data: bytes, expect: Kind | None, share: str, begun: float) -> Check:
        try:
            return await self.ask({"round": which, "expect": expect}, data, self._limits[which], wire.unpack, share)
        except NoAnswerError as none:
            draft = none.draft if which == "first" else Check(Verdict.OFFICER, expect or Kind.NONE, 0.0, (), {}, complete=False)
            return replace(verdict_without_worker(none.cause, draft), seconds=round(time.perf_counter() - begun, 3))

    async def _on(self, worker: _Worker, job: bytes, limit: float, read: Callable[[bytes], Answer], share: str) -> Answer:
        """The job on that worker, which then goes back to the idle or is replaced, also when the caller gives up waiting."""
        fit, failed, begun = False, True, time.monotonic()
        try:
            answer = await worker.run(job, limit, read)
            fit, failed = True, isinstance(answer, Check) and Reason.FILE_DAMAGED in answer.reasons
            return answer
        except NoAnswerError as none:
            fit = none.fit
            raise
        finally:
            self._shares.charge(share, time.monotonic() - begun, failed=failed)
            if fit and worker.jobs < self._jobs_per_worker:
                self._shares.give(worker)
            elif self._open:
                self._replace(worker)

    def _replace(self, worker: _Worker) -> None:
        async def swap() -> None:
            await worker.kill()
            self._workers.discard(worker)
            await self._add_worker()

        task = asyncio.create_task(swap())
        self._starting.add(task)
        task.add_done_callback(self._starting.discard)

    async def _add_worker(self) -> None:
        """Starts one worker and puts it among the idle; tries again with growing pauses, since without workers nothing is answered."""
        pause = 0.5
        while self._open:
            worker = await self._started()
            if worker is not None:
                self._workers.add(worker)
                self._shares.give(worker)
                return
            if not self._workers and pause > 2:
                return
            await asyncio.sleep(pause)
            pause = min(30.0, pause * 2)

    async def _started(self) -> _Worker | None:
        process = await asyncio.create_subprocess_exec(
            *self._command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            cwd=ROOT,
            env=self._environment,
            start_new_session=True,
        )
        worker = _Worker(process)
        try:
            async with asyncio.timeout(START_LIMIT):
                head, _ = wire.unframe(await worker.receive())
                if head.get("ready") is True:
                    return worker
        except (TimeoutError, asyncio.IncompleteReadError, wire.GarbledFrameError):
            log.exception("documents.worker_failed_to_start", end=await worker.end())
        except BaseException:
            await worker.kill()
            raise
        await worker.kill()
        return None


def bare_environment(*, unconfined: bool = False) -> dict[str, str]:
    """What a worker may know of its surroundings: no secret of the service is among it."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "VIRTUAL_ENV", "PYTHONPATH") if name in os.environ}
    return kept | {
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "OPENCV_IO_MAX_IMAGE_PIXELS": "40000000",
        "PYTHONDONTWRITEBYTECODE": "1",
        "ORT_DISABLE_TELEMETRY": "1",
        UNCONFINED: "1" if unconfined else "",
        "MALLOC_ARENA_MAX": "2",
        "MALLOC_MMAP_THRESHOLD_": "16777216",  # the largest blocks go back to the system when freed, so that memory stays flat
        "MALLOC_TRIM_THRESHOLD_": "67108864",
    }


def verdict_without_worker(cause: str, draft: Check | None) -> Check:
    """The answer for a file whose worker was lost: before it became pixels the file is at fault, afterwards an officer has to look."""
    quality = {f"worker_{cause}": 1.0}
    if draft is None:
        return Check(Verdict.RETAKE, Kind.NONE, 0.0, (Reason.FILE_DAMAGED,), {}, quality=quality)
    return replace(draft, verdict=Verdict.OFFICER, quality=draft.quality | quality)
