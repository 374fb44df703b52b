"""Limits the time of one turn: its processor time, in which the process serves nobody else, and its time by the clock.

The patterns are linear and texts are bounded, so no turn comes near; this is for what nobody thought of. Threads would not help (a
regular expression holds the interpreter), and a pool of processes would carry every draft to and fro for work of milliseconds. So the
turn stays where it is, and the kernel's timer of processor time interrupts it, within a regular expression, too.
"""

import asyncio
import signal
import threading
import types
from collections.abc import Coroutine, Generator
from typing import Any, TypeVar

import structlog

log = structlog.get_logger()

T = TypeVar("T")

PROCESSOR_SECONDS = 5.0
"""The longest text of the hostile ones takes 0.9 s."""
CLOCK_SECONDS = 240.0
"""An album is checked within a turn. The bot waits half as long, asks again, and gets the answer that was made meanwhile."""


class TookTooLong(Exception):
    """The turn was stopped; `limit` says by which limit."""

    def __init__(self, limit: str) -> None:
        super().__init__(limit)
        self.limit = limit


_stepping = False
"""Whether a step of a turn runs right now: only then the timer may interrupt."""


def watch() -> None:
    """Lets the timer interrupt turns of this process. Only a process's main thread can be interrupted."""
    if threading.current_thread() is not threading.main_thread():
        log.warning("turn.processor_time_unlimited")
        return
    signal.signal(signal.SIGVTALRM, _interrupt)


async def within(turn: Coroutine[Any, Any, T], processor: float | None = None, clock: float | None = None) -> T:
    """The turn's result. Raises TookTooLong where it used more; what it had not written by then is not written."""
    try:
        async with asyncio.timeout(clock or CLOCK_SECONDS) as limit:
            return await _metered(turn, processor or PROCESSOR_SECONDS)
    except TimeoutError:
        if limit.expired():
            raise TookTooLong("clock") from None
        raise


@types.coroutine
def _metered(turn: Coroutine[Any, Any, T], seconds: float) -> Generator[Any, Any, T]:
    """Runs the turn step by step and counts the processor time of its own steps only."""
    resume, value, left = turn.send, None, seconds
    try:
        while True:
            try:
                waited_for, left = _step(resume, value, left)
            except StopIteration as end:
                return end.value  # type: ignore[no-any-return]
            try:
                resume, value = turn.send, (yield waited_for)
            except BaseException as error:
                resume, value = turn.throw, error
    finally:
        turn.close()


def _step(resume: Any, value: Any, left: float) -> tuple[Any, float]:
    """One step, and how much time is left after it. The timer comes again each second, should somebody swallow its error."""
    global _stepping
    if signal.getsignal(signal.SIGVTALRM) is not _interrupt:
        return resume(value), left  # nobody watches: the kernel's own answer to the timer would be to end the process
    try:
        _stepping = True
        signal.setitimer(signal.ITIMER_VIRTUAL, max(left, 0.001), 1.0)
        waited_for = resume(value)
    finally:
        try:
            _stepping = False
        finally:  # even where the timer interrupts just here
            left, _ = signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return waited_for, left


def _interrupt(number: int, frame: Any) -> None:
    if _stepping:
        raise TookTooLong("processor")
