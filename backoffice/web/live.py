"""Tells open pages that something changed: at once within this process, within seconds from another one."""

import asyncio
from collections.abc import AsyncIterator


class Live:
    """A wake-up call to everybody who listens. It says only that something changed; who hears it looks for themselves."""

    def __init__(self) -> None:
        self._changed = asyncio.Condition()
        self._count = 0

    async def tell(self) -> None:
        """Wakes all listeners."""
        async with self._changed:
            self._count += 1
            self._changed.notify_all()

    async def listen(self, patience: float) -> AsyncIterator[bool]:
        """Yields True for each change (several at once count as one), False when nothing changed for `patience` seconds."""
        seen = self._count
        while True:
            try:
                async with asyncio.timeout(patience), self._changed:
                    await self._changed.wait_for(lambda: self._count != seen)  # noqa: B023 (read at once)
                seen = self._count
                yield True
            except TimeoutError:
                yield False
