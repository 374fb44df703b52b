"""Keeps processes running: each that ends is started again by itself, sooner or later by how often it ended, and the others go on.

A library for this (supervisor, circus) brings its own configuration language, and its processes' settings would lie in its file.
"""

import asyncio
import contextlib
import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 30.0
"""Seconds before the next start: doubled at each end that comes soon, so that a process that can't run does not take the machine."""

SETTLED = 60.0
"""A process that ran so long is taken for healthy: its next end is a first one."""

STOP_WITHIN = 20.0
"""Seconds that a process gets to finish what it does; the bot lets begun work end."""


@dataclass(frozen=True)
class Program:
    """What is kept running."""

    name: str
    command: list[str]
    environment: dict[str, str]


class Supervisor:
    """Runs programs until `stop`. `say` is told each start and end in one line; pauses are in seconds."""

    def __init__(
        self,
        programs: list[Program],
        folder: Path,
        say: Callable[[str], None],
        first_pause: float = FIRST_PAUSE,
        stop_within: float = STOP_WITHIN,
    ) -> None:
        self._programs, self._folder, self._say = programs, folder, say
        self._first_pause, self._stop_within = first_pause, stop_within
        self._stopping = asyncio.Event()

    async def run(self) -> None:
        """Starts all, and returns when all have ended after a SIGINT, a SIGTERM or `stop`."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self.stop)
        await asyncio.gather(*(self._keep(program) for program in self._programs))

    def stop(self) -> None:
        """Ends all processes, the polite way first."""
        self._stopping.set()

    async def _keep(self, program: Program) -> None:
        pause = self._first_pause
        while not self._stopping.is_set():
            began = time.monotonic()
            # A session of its own: Ctrl-C reaches the supervisor alone, and what a process leaves behind can be ended with it.
            process = await asyncio.create_subprocess_exec(
                *program.command, cwd=self._folder, env=program.environment, start_new_session=True
            )
            self._say(f"{program.name} started (process {process.pid})")
            await self._until_ended(process)
            _kill_group(process.pid)
            if self._stopping.is_set():
                return
            ran = time.monotonic() - began
            pause = self._first_pause if ran >= SETTLED else pause
            self._say(f"{program.name} ended with {process.returncode} after {ran:.0f} s; it is started again in {pause:.0f} s")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    async def _until_ended(self, process: asyncio.subprocess.Process) -> None:
        ended, told = asyncio.create_task(process.wait()), asyncio.create_task(self._stopping.wait())
        await asyncio.wait({ended, told}, return_when=asyncio.FIRST_COMPLETED)
        told.cancel()
        if not ended.done():
            process.terminate()
            done, _ = await asyncio.wait({ended}, timeout=self._stop_within)
            if not done:
                _kill_group(process.pid)
        await ended


def _kill_group(leader: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)
