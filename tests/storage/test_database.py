"""Tests that rows are kept alike on both databases, and that writers wait instead of failing."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import aiosqlite
import pytest
from sqlalchemy import CursorResult, select, text
from sqlalchemy.exc import StatementError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from storage.database import Database, DatabaseUrlWrong, normalise_url
from storage.model import COLUMN_TYPES, new_metadata


class Base(DeclarativeBase):
    metadata = new_metadata()
    type_annotation_map = COLUMN_TYPES


class Counter(Base):
    __tablename__ = "counter"
    id: Mapped[int] = mapped_column(primary_key=True)
    value: Mapped[int]
    at: Mapped[datetime | None]
    data: Mapped[dict[str, Any] | None]


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    database = Database.open(database_url)
    async with database.engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    yield database
    await database.close()


@pytest.mark.parametrize(
    ("given", "driver"),
    [
        ("sqlite:///var/x.db", "sqlite+aiosqlite"),
        ("sqlite+aiosqlite:///var/x.db", "sqlite+aiosqlite"),
        ("postgresql://u:p@h/d", "postgresql+asyncpg"),
        ("postgresql+psycopg://u:p@h/d", "postgresql+asyncpg"),
        ("postgres://u:p@h/d", "postgresql+asyncpg"),
    ],
)
def test_a_url_gets_our_driver(given: str, driver: str) -> None:
    assert normalise_url(given).drivername == driver


@pytest.mark.parametrize("given", ["mysql://u@h/d", "nonsense"])
def test_another_database_is_refused(given: str) -> None:
    with pytest.raises(DatabaseUrlWrong):
        normalise_url(given)


async def test_a_moment_comes_back_aware_and_in_utc(database: Database) -> None:
    noon_in_blora = datetime(2026, 11, 22, 12, 0, 0, 123456, timezone(timedelta(hours=7)))
    async with database.write() as session:
        session.add(Counter(id=1, value=0, at=noon_in_blora))
    async with database.read() as session:
        at = (await session.execute(select(Counter.at))).scalar_one()
    assert at == noon_in_blora and at.tzinfo is UTC


async def test_a_naive_moment_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="naive"):
        async with database.write() as session:
            session.add(Counter(id=1, value=0, at=datetime(2026, 11, 22)))  # noqa: DTZ001


async def test_a_block_that_raises_changes_nothing(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        async with database.write() as session:
            session.add(Counter(id=1, value=0))
            await session.flush()
            raise ZeroDivisionError
    async with database.read() as session:
        assert (await session.execute(select(Counter))).first() is None


async def test_writers_of_two_processes_wait_for_each_other(database: Database, database_url: str) -> None:
    async with database.write() as session:
        session.add(Counter(id=1, value=0))
    other = Database.open(database_url)  # an engine and a lock of its own, as another process has

    async def add_one(place: Database) -> None:
        async with place.write() as session:
            row = (await session.execute(select(Counter).with_for_update())).scalar_one()
            await asyncio.sleep(0.001)
            row.value += 1

    await asyncio.gather(*(add_one(place) for place in [database, other] * 20))
    await other.close()
    async with database.read() as session:
        assert (await session.execute(select(Counter.value))).scalar_one() == 40


async def test_a_reader_does_not_wait_for_a_writer(database: Database) -> None:
    async with database.write() as writing:
        writing.add(Counter(id=1, value=0))
        await writing.flush()
        async with database.read() as reading:
            assert (await reading.execute(select(Counter))).first() is None


async def test_sqlite_is_durable_and_checks_foreign_keys(sqlite_url: str) -> None:
    database = Database.open(sqlite_url)
    async with database.read() as session:
        found = {p: (await session.execute(text(f"PRAGMA {p}"))).scalar() for p in ("journal_mode", "synchronous", "foreign_keys")}
    await database.close()
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


async def test_a_statement_on_sqlite_goes_to_the_thread_once(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    trips: list[str] = []
    real = aiosqlite.Connection._execute

    async def counted(self: aiosqlite.Connection, work: Any, *given: Any, **named: Any) -> Any:
        trips.append(work.__name__)
        return await real(self, work, *given, **named)

    database = Database.open(sqlite_url)
    async with database.write() as session:
        await session.execute(text("CREATE TABLE word (id INTEGER PRIMARY KEY, said TEXT)"))
    monkeypatch.setattr(aiosqlite.Connection, "_execute", counted)
    async with database.write() as session:
        inserted: CursorResult[Any] = await session.execute(text("INSERT INTO word (said) VALUES ('a'), ('b')"))
        assert (inserted.rowcount, inserted.lastrowid) == (2, 2)
        await session.execute(text("INSERT INTO word (said) VALUES (:said)"), [{"said": "c"}, {"said": "d"}])
        assert list(await session.scalars(text("SELECT said FROM word ORDER BY id"))) == ["a", "b", "c", "d"]
    await database.close()
    assert trips[:4] == ["_execute"] * 3 + ["commit"], "three statements, the first of which begins; the end"
