"""Tells open pages that something changed: at once from the processes that can be woken, within seconds from others."""

import asyncio
from collections.abc import AsyncIterator, Callable

PAGES = "pages"
"""The name under which open pages are woken."""


class Live:
    """A wake-up call to everybody who listens. It says only that something changed; who hears it looks for themselves."""

    def __init__(self) -> None:
        self._changed = asyncio.Event()
        self._count = 0
        self._wake_all: Callable[[], None] = self.wake

    def wake_all_by(self, wake_all: Callable[[], None]) -> None:
        """From now on a change is told to the pages of every process, and to whoever else `wake_all` wakes."""
        self._wake_all = wake_all

    async def tell(self) -> None:
        """Something changed, and is committed."""
        self._wake_all()

    def wake(self) -> None:
        """Wakes the listeners of this process."""
        self._count += 1
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()

    async def listen(self, patience: float) -> AsyncIterator[bool]:
        """Yields True for each change (several at once count as one), False when nothing changed for `patience` seconds."""
        seen = self._count
        while True:
            try:
                async with asyncio.timeout(patience):
                    while self._count == seen:
                        await self._changed.wait()
                seen = self._count
                yield True
            except TimeoutError:
                yield False
