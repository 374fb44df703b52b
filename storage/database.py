"""Opens a database, SQLite or PostgreSQL, and hands out transactions that wait for each other instead of failing."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any, Self

from sqlalchemy import event, text
from sqlalchemy.engine import URL, Dialect, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

from storage import one_trip
from storage.keyring import Keyring
from storage.probe import write_block

BUSY_TIMEOUT_MS = 30_000
"""How long a SQLite writer waits for another process's write before it gives up; writes take milliseconds."""

POOL_SIZE = 10
POOL_OVERFLOW = 20


class DatabaseUrlWrong(ValueError):
    """The URL of a database is neither SQLite nor PostgreSQL."""


def normalise_url(url: str) -> URL:
    """The URL with our async driver: `sqlite:///x.db` → aiosqlite, `postgres(ql)://…` → asyncpg. Raises DatabaseUrlWrong."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise DatabaseUrlWrong("a database URL looks like sqlite:///var/data.db or postgresql://user@host/name") from error
    match parsed.get_backend_name():
        case "sqlite":
            return parsed.set(drivername="sqlite+aiosqlite")
        case "postgresql" | "postgres":
            return parsed.set(drivername="postgresql+asyncpg")
        case other:
            raise DatabaseUrlWrong(f"{other} is no database that this system knows; use sqlite or postgresql")


class KeysMissing(RuntimeError):
    """A sealed column was read or written on a database that was opened without keys."""


_KEYRING = "landa_mewa_keyring"


def keyring_of_dialect(dialect: Dialect) -> Keyring:
    """The keys that a database was opened with. Raises KeysMissing, so that nothing is ever stored in plain for want of them."""
    keyring: Keyring | None = getattr(dialect, _KEYRING, None)
    if keyring is None:
        raise KeysMissing("this database was opened without keys")
    return keyring


def keyring_of(session: AsyncSession) -> Keyring:
    """The same of a session's database."""
    return keyring_of_dialect(session.get_bind().dialect)


class Database:
    """One database of a service. `write()` and `read()` are its transactions; nothing else opens sessions.

    On SQLite a writer takes the write lock at once (BEGIN IMMEDIATE), so that two transactions never fail in upgrading from reading to
    writing; within the process writers queue on a lock, so that they take turns fairly. A task must not open `write()` inside `write()`.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine
        self.is_sqlite = engine.dialect.name == "sqlite"
        self._writers = async_sessionmaker(engine.execution_options(**{_BEGIN: "BEGIN IMMEDIATE"}), expire_on_commit=False)
        self._readers = async_sessionmaker(engine.execution_options(**{_BEGIN: "BEGIN"}), expire_on_commit=False)
        alone: dict[str, Any] = {_BEGIN: ""} if self.is_sqlite else {"isolation_level": "AUTOCOMMIT"}
        self._lookers = async_sessionmaker(engine.execution_options(**alone), expire_on_commit=False)
        self._turn = asyncio.Lock()

    @classmethod
    def open(cls, url: str, keyring: Keyring | None = None) -> Self:
        """The database at that URL; sealed columns are closed and opened with these keys.

        A SQLite file's folder is made; its tables come from migrations. Raises DatabaseUrlWrong.
        """
        engine = create_engine(url)
        setattr(engine.sync_engine.dialect, _KEYRING, keyring)
        return cls(engine)

    @property
    def keyring(self) -> Keyring:
        """The keys of sealed columns. Raises KeysMissing."""
        return keyring_of_dialect(self.engine.dialect)

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        """A transaction that changes rows: committed at the end of the block, rolled back when the block raises."""
        async with AsyncExitStack() as stack:
            if self.is_sqlite:
                await stack.enter_async_context(self._turn)
            yield await stack.enter_async_context(self._writers.begin())

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """A transaction that only reads, on one consistent view; writers don't wait for it."""
        async with self._readers() as session:
            yield session

    @asynccontextmanager
    async def look(self) -> AsyncIterator[AsyncSession]:
        """One statement that only reads, without the price of a transaction."""
        async with self._lookers() as session:
            yield session

    async def check(self) -> None:
        """Proves that the database takes a write and that it is on the disk; raises whatever driver or disk raise where not.

        No table is needed: SQLite gets a number in its file's header and a block beside the file, PostgreSQL a message in its log.
        """
        if self.is_sqlite and (path := self.engine.url.database) not in {None, "", ":memory:"}:
            await asyncio.to_thread(_check_file, Path(str(path)))
        async with self.write() as session:
            if self.is_sqlite:
                await session.execute(text(f"PRAGMA user_version = {secrets.randbelow(2**31)}"))
            else:
                await session.execute(text("SELECT pg_logical_emit_message(true, 'probe', repeat('x', 8192))"))

    async def forget_log(self) -> None:
        """Leaves no copy of erased rows in SQLite's log of changes, or in as little of it as other readers allow. Call it after erasing.

        PostgreSQL's space is written over after a vacuum (`reuse_space`), its log recycled at its checkpoints.
        """
        if self.is_sqlite:
            async with self.look() as session:
                await session.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))

    async def reuse_space(self) -> None:
        """Lets PostgreSQL write over what was erased; call it seldom, after erasing. SQLite has written zeros there already.

        Left to itself it waits until a fifth of a table has gone. A table that somebody else works on is left for the next time.
        """
        if not self.is_sqlite:
            async with self.look() as session:
                await session.execute(text("VACUUM (SKIP_LOCKED)"))

    async def close(self) -> None:
        """Lets go of every connection."""
        await self.engine.dispose()


async def one_at_a_time(session: AsyncSession, name: str) -> None:
    """Keeps other transactions out of what bears this name until this one ends; waits for its turn. SQLite has one writer anyway."""
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))"), {"name": name})


def is_lost_race(error: Exception) -> bool:
    """Whether PostgreSQL ended the transaction in favour of another one (deadlock, serialization): done again, it goes through."""
    return getattr(getattr(error, "orig", None), "sqlstate", None) in {"40P01", "40001"}


PASSING_SQLITE = frozenset({5, 6, 7, 8, 10, 13, 14, 15})
"""SQLite's result codes of what may pass: busy, locked, no memory, read-only, disk error, full, can't open, locking protocol."""

PASSING_POSTGRES = frozenset({"08", "40", "53", "55", "57", "58"})
"""PostgreSQL's error classes of what may pass: connection, rollback, resources, object in use, operator, system."""


def may_pass(error: Exception) -> bool:
    """Whether the same work may succeed later: the connection was lost, another transaction won, disk or memory gave out.

    Anything else the database says of the work itself, and says again.
    """
    if not isinstance(error, SQLAlchemyError):
        return isinstance(error, OSError)
    if isinstance(error, PoolTimeout) or (isinstance(error, DBAPIError) and error.connection_invalidated):
        return True
    cause = getattr(error, "orig", None)
    if (sqlstate := getattr(cause, "sqlstate", None)) is not None:
        return sqlstate[:2] in PASSING_POSTGRES
    if (code := getattr(cause, "sqlite_errorcode", None)) is not None:
        return code & 0xFF in PASSING_SQLITE
    return isinstance(error, OperationalError | InterfaceError)


def _check_file(path: Path) -> None:
    """Raises OSError where the file is gone, which SQLite itself does not notice, or where its disk takes nothing more."""
    path.stat()
    write_block(path.parent)


_BEGIN = "sqlite_begin"


def create_engine(url: str, *, foreign_keys: bool = True) -> AsyncEngine:
    """An engine for that URL, durable on both databases. `foreign_keys` is off only while a migration rebuilds SQLite tables."""
    parsed = normalise_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_async_engine(parsed, hide_parameters=True, pool_pre_ping=True, pool_size=POOL_SIZE, max_overflow=POOL_OVERFLOW)
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).absolute().parent.mkdir(parents=True, exist_ok=True)
    engine = create_async_engine(parsed, hide_parameters=True)
    _tame_sqlite(engine, foreign_keys)
    return engine


def _tame_sqlite(engine: AsyncEngine, foreign_keys: bool) -> None:
    event.listen(engine.sync_engine, "do_connect", one_trip.connect)

    @event.listens_for(engine.sync_engine, "connect")
    def on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver's own implicit BEGIN would be a deferred one
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")  # a commit is on the disk before the webhook answers 200
        cursor.execute("PRAGMA secure_delete = ON")  # what is deleted or replaced is written over with zeros, not only let go
        cursor.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def on_begin(connection: Any) -> None:
        if words := connection.get_execution_options().get(_BEGIN, "BEGIN IMMEDIATE"):
            connection.connection.dbapi_connection.begins_with = words
