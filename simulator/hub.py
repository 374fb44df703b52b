"""Hands what happens to every page (and waiting test) that listens."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

Event = tuple[str, dict[str, Any]]
CLOSED: Event = ("closed", {})


class Hub:
    """One queue per listener; a listener that falls a thousand events behind is sent away and comes back."""

    def __init__(self) -> None:
        self._queues: set[asyncio.Queue[Event]] = set()

    def publish(self, name: str, data: dict[str, Any]) -> None:
        """Gives an event to all who listen now."""
        for queue in tuple(self._queues):
            if queue.full():
                self._queues.discard(queue)
                queue.get_nowait()
                queue.put_nowait(CLOSED)
            else:
                queue.put_nowait((name, data))

    @contextmanager
    def listen(self) -> Iterator[asyncio.Queue[Event]]:
        """A queue of events from now on, until the block ends."""
        queue: asyncio.Queue[Event] = asyncio.Queue(maxsize=1000)
        self._queues.add(queue)
        try:
            yield queue
        finally:
            self._queues.discard(queue)

    def close(self) -> None:
        """Sends every listener away, so that the server can stop."""
        for queue in tuple(self._queues):
            if not queue.full():
                queue.put_nowait(CLOSED)
