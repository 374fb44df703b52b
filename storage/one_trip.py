"""Lets a SQLite statement run in one trip to aiosqlite's thread: the dialect's own cursor makes four (open, execute, fetch, close).

Each trip wakes a thread and the event loop again; on a busy machine that costs more than the statement.
"""

import collections
import sqlite3
from typing import Any

from sqlalchemy.dialects.sqlite.aiosqlite import AsyncAdapt_aiosqlite_connection, AsyncAdapt_aiosqlite_cursor


class OneTripCursor(AsyncAdapt_aiosqlite_cursor):
    """Holds the rows and what the statement told of itself; in the thread nothing stays open."""

    __slots__ = ("_description", "_lastrowid", "_rowcount", "arraysize")

    _adapt_connection: "OneTripConnection"

    def __init__(self, adapt_connection: Any) -> None:
        self._adapt_connection = adapt_connection
        self._connection = adapt_connection._connection
        self._rows = collections.deque()
        self._description: Any = None
        self._lastrowid: Any = None
        self._rowcount = -1
        self.arraysize = 1

    @property
    def description(self) -> Any:
        return self._description

    @property
    def rowcount(self) -> int:
        return self._rowcount

    @property
    def lastrowid(self) -> Any:
        return self._lastrowid

    async def _async_soft_close(self) -> None:
        """Nothing is open."""

    def close(self) -> None:
        self._rows.clear()

    async def _execute_async(self, operation: Any, parameters: Any) -> None:
        await self._run(False, operation, parameters or ())

    async def _executemany_async(self, operation: Any, seq_of_parameters: Any) -> None:
        await self._run(True, operation, seq_of_parameters)

    async def _run(self, many: bool, operation: Any, parameters: Any) -> None:
        async with self._adapt_connection._execute_mutex:
            begin = self._adapt_connection.take_begin()
            told = await self._connection._execute(_execute, self._connection._conn, begin, many, operation, parameters)
        self._description, self._rowcount, self._lastrowid, rows = told
        self._rows = collections.deque(rows)


class OneTripConnection(AsyncAdapt_aiosqlite_connection):
    """A connection with such cursors. A transaction begins together with its first statement, and nothing travels to end one that
    never began.
    """

    __slots__ = ("begins_with",)
    _cursor_cls = OneTripCursor

    def __init__(self, dbapi: Any, connection: Any) -> None:
        super().__init__(dbapi, connection)
        self.begins_with = ""
        """The words that begin the transaction, until its first statement took them along."""

    def take_begin(self) -> str:
        """Those words, once."""
        words, self.begins_with = self.begins_with, ""
        return words

    def cursor(self, server_side: bool = False) -> Any:
        made = super().cursor(server_side)
        if server_side and (words := self.take_begin()):  # a streamed result has a cursor of its own, which takes nothing along
            super().cursor().execute(words)
        return made

    def commit(self) -> None:
        if self.begins_with:
            self.begins_with = ""
        else:
            super().commit()

    def rollback(self) -> None:
        self.begins_with = ""
        if self._connection._connection and self._connection._connection.in_transaction:
            super().rollback()


def connect(dialect: Any, _record: Any, arguments: Any, options: Any) -> OneTripConnection:
    """Makes the connection in the dialect's stead (SQLAlchemy's `do_connect`)."""
    return OneTripConnection(dialect.dbapi, dialect.dbapi.connect(*arguments, **options)._connection)


def _execute(connection: sqlite3.Connection, begin: str, many: bool, operation: Any, parameters: Any) -> tuple[Any, int, Any, list[Any]]:
    cursor = connection.cursor()
    try:
        if begin:
            cursor.execute(begin)
        (cursor.executemany if many else cursor.execute)(operation, parameters)
        return cursor.description, cursor.rowcount, cursor.lastrowid, cursor.fetchall() if cursor.description else []
    finally:
        cursor.close()
