"""Shares the workers fairly: of those who wait, whoever has lately cost the least comes next, however many files the others sent.

A share is whoever the caller says a file is of (a contact). What a file costs is the time that it held a worker; one that cost a worker
its life, or could not be opened, costs more, so that who sends such files waits behind those who don't.
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from typing import Generic, TypeVar

HALF_LIFE = 60.0
"""Seconds after which half of what somebody has cost is forgotten."""
FAILED_TIMES = 4.0
"""A file that failed costs so many times its seconds, and not less than FAILED_LEAST."""
FAILED_LEAST = 2.0
MOST_SHARES = 10_000
"""Of whom something is remembered at a time; beyond, what is as good as forgotten goes."""

Thing = TypeVar("Thing")


class FairShares(Generic[Thing]):
    """Things (workers) that are lent to whoever waits. Of one share they go in the order of asking."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._idle: list[Thing] = []
        self._waiting: dict[str, deque[asyncio.Future[Thing]]] = {}
        self._spent: dict[str, tuple[float, float]] = {}

    def give(self, thing: Thing) -> None:
        """Something is free: it goes to whoever waits and has cost the least, or stays idle."""
        while self._waiting:
            share = min(self._waiting, key=self.spent)  # of equals the one that has waited longest, as a dict keeps its order
            waiting = self._waiting[share]
            asked = waiting.popleft()
            self._waiting.pop(share)
            if waiting:
                self._waiting[share] = waiting  # behind those who wait for their first
            if not asked.done():
                asked.set_result(thing)
                return
        self._idle.append(thing)

    async def take(self, share: str) -> Thing:
        """The thing that was used last, or the next that is given to this share. Whoever gives up waiting loses nothing for others."""
        if self._idle:
            return self._idle.pop()
        asked: asyncio.Future[Thing] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(share, deque()).append(asked)
        try:
            return await asked
        except asyncio.CancelledError:
            if asked.done() and not asked.cancelled():
                self.give(asked.result())
            raise

    def waiting(self, share: str) -> int:
        """How many of this share wait."""
        return len(self._waiting.get(share, ()))

    def spent(self, share: str) -> float:
        """The seconds that this share has lately cost."""
        seconds, at = self._spent.get(share, (0.0, 0.0))
        return float(seconds * 0.5 ** ((self._clock() - at) / HALF_LIFE))

    def charge(self, share: str, seconds: float, *, failed: bool = False) -> None:
        """Notes what a file cost."""
        cost = max(FAILED_LEAST, FAILED_TIMES * seconds) if failed else seconds
        self._spent[share] = (self.spent(share) + cost, self._clock())
        if len(self._spent) > MOST_SHARES:
            self._spent = {name: spent for name, spent in self._spent.items() if self.spent(name) > 0.1}
