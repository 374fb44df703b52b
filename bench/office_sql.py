"""Finds out which SQL a page needs, and times it: the statements of one request, replayed on a bare connection."""

import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
import httpx
from sanic import Sanic
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.app import create_app
from backoffice.services import Services
from backoffice.settings import Settings
from backoffice.staff.cookies import SESSION
from storage.database import Database
from tests.backoffice.office import lifespan

LATER = 1_000_000
"""How much further in a case's events a replayed one is put: the real page has taken the next place by then."""

Statement = tuple[str, Any, bool]
"""The SQL, its parameters, and whether these are many rows."""


class Rehearsal(Database):
    """A database in which nothing that is written stays: every statement is sent, and then taken back."""

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        async with self._writers() as session:
            yield session
            await session.flush()
            session.expunge_all()  # the page still reads its rows
            await session.rollback()


class Listener:
    """The application once more, in this process, on the same database; it notes what each request asks of it."""

    def __init__(self, settings: Settings) -> None:
        services = Services.open(settings)
        self._database = Rehearsal.open(settings.backoffice_database_url, services.database.keyring)
        services.database = self._database
        Sanic.test_mode = True
        self._app = create_app(settings, services, background=False)
        self._heard: list[Statement] = []
        event.listen(self._database.engine.sync_engine, "before_cursor_execute", self._hear)

    def _hear(self, _connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool) -> None:
        if statement.startswith("BEGIN"):
            return
        many = isinstance(parameters, list)
        if statement.startswith("INSERT INTO case_events (case_id, sequence,") and not many:
            width = statement[: statement.index(")")].count(",") + 1  # several rows at once stand one after another
            parameters = tuple(value + LATER if place % width == 1 else value for place, value in enumerate(parameters))
        self._heard.append((statement, parameters, many))

    @asynccontextmanager
    async def ready(self) -> AsyncIterator["Listener"]:
        async with lifespan(self._app):
            yield self

    async def statements(self, path: str, token: str | None) -> list[Statement]:
        """What that page asks of the database, for the staff with that session."""
        cookies = {SESSION: token} if token else {}
        async with httpx.AsyncClient(transport=httpx.ASGITransport(self._app), base_url="http://127.0.0.1", cookies=cookies) as client:
            self._heard = []
            answer = await client.get(path, follow_redirects=True)
        assert answer.status_code == 200, (path, answer.status_code)
        return self._heard


class Bare:
    """One connection with nothing around it."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._postgres: Any = None
        self._sqlite: sqlite3.Connection | None = None
        if url.startswith("sqlite"):
            self._sqlite = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)

    async def time(self, statements: list[Statement]) -> float:
        """Seconds for all of them, one after another, in one transaction that is taken back."""
        if self._sqlite is not None:
            began = time.perf_counter()
            self._sqlite.execute("BEGIN IMMEDIATE")
            for sql, parameters, many in statements:
                if many:
                    self._sqlite.executemany(sql, parameters)
                else:
                    self._sqlite.execute(sql, parameters).fetchall()
            self._sqlite.execute("ROLLBACK")
            return time.perf_counter() - began
        if self._postgres is None:
            self._postgres = await asyncpg.connect(self._url)
        began = time.perf_counter()
        transaction = self._postgres.transaction()
        await transaction.start()
        for sql, parameters, many in statements:
            await (self._postgres.executemany(sql, parameters) if many else self._postgres.fetch(sql, *parameters))
        await transaction.rollback()
        return time.perf_counter() - began

    async def close(self) -> None:
        if self._postgres is not None:
            await self._postgres.close()
        if self._sqlite is not None:
            self._sqlite.close()
