"""Shows the person that we are at it: blue ticks at once, and the typing indicator for as long as a turn takes."""

import asyncio
from collections.abc import Sequence

import structlog

from bot.graph.client import GraphClient, GraphFault

log = structlog.get_logger()

TYPING_EVERY = 20.0
"""Seconds; WhatsApp takes the indicator away after 25 (contract, 1.7)."""


class Presence:
    """Best effort only: that a tick is missing never holds up a turn."""

    def __init__(self, graph: GraphClient, typing_every: float = TYPING_EVERY) -> None:
        self._graph = graph
        self._every = typing_every

    async def show(self, wamids: Sequence[str], *, first: bool) -> None:
        """Marks the last message, and so all before it, as read and shows typing until cancelled. Without messages it does nothing.

        A turn that is tried again shows nothing at once: its ticks are blue already.
        """
        if not wamids:
            return
        if not first:
            await asyncio.sleep(self._every)
        while True:
            try:
                await self._graph.mark_read(wamids[-1], typing=True)
            except GraphFault as fault:
                log.info("presence_not_shown", code=fault.code)
                return
            await asyncio.sleep(self._every)
