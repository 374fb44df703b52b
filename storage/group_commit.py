"""Commits together what comes at the same time: writing to the disk takes as long for one as for many."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from storage.database import Database

Thing = TypeVar("Thing")

TOGETHER_MOST = 100


class GroupCommit(Generic[Thing]):
    """Nobody waits for company: what comes while a transaction is under way, or waits for its turn, goes into the next one.

    `write` puts down several things in their order. Where they fail together each is tried alone, so that one spoils no other.
    """

    def __init__(self, database: Database, write: Callable[[AsyncSession, Sequence[Thing]], Awaitable[None]]) -> None:
        self._database, self._write = database, write
        self._waiting: list[tuple[Thing, asyncio.Future[None]]] = []
        self._working: asyncio.Task[None] | None = None

    async def add(self, thing: Thing) -> None:
        """Returns once it is committed. Raises what the database raises."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((thing, done))
        if self._working is None or self._working.done():
            self._working = asyncio.create_task(self._work())
        await done

    async def _work(self) -> None:
        while self._waiting:
            taken: list[tuple[Thing, asyncio.Future[None]]] = []
            try:
                async with self._database.write() as session:
                    taken, self._waiting = self._waiting[:TOGETHER_MOST], self._waiting[TOGETHER_MOST:]
                    await self._write(session, [thing for thing, _ in taken])
            except Exception as error:
                if not taken:  # no transaction could be begun
                    taken, self._waiting = self._waiting, []
                    _end(taken, error)
                else:
                    await self._one_by_one(taken)
            else:
                _end(taken, None)

    async def _one_by_one(self, taken: Sequence[tuple[Thing, asyncio.Future[None]]]) -> None:
        for thing, done in taken:
            try:
                async with self._database.write() as session:
                    await self._write(session, [thing])
            except Exception as error:
                _end([(thing, done)], error)
            else:
                _end([(thing, done)], None)


def _end(taken: Sequence[tuple[Thing, asyncio.Future[None]]], error: Exception | None) -> None:
    for _, done in taken:
        if done.done():  # whoever waited has gone
            continue
        if error is None:
            done.set_result(None)
        else:
            done.set_exception(error)
