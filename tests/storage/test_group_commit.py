"""Tests that what comes at the same time is committed together, in its order, and that one bad thing spoils no other."""

import asyncio
from collections.abc import Sequence

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from storage.database import Database
from storage.group_commit import GroupCommit


async def opened(url: str) -> Database:
    database = Database.open(url)
    async with database.write() as session:
        await session.execute(text("CREATE TABLE word (said TEXT UNIQUE)"))
    return database


async def said(database: Database) -> list[str]:
    async with database.read() as session:
        return list(await session.scalars(text("SELECT said FROM word")))


async def test_many_at_once_are_few_transactions_and_keep_their_order(database_url: str) -> None:
    database, sizes = await opened(database_url), []

    async def write(session: AsyncSession, words: Sequence[str]) -> None:
        sizes.append(len(words))
        for word in words:
            await session.execute(text("INSERT INTO word (said) VALUES (:said)"), {"said": word})

    commit = GroupCommit(database, write)
    await asyncio.gather(*(commit.add(f"{n:03}") for n in range(150)))
    assert await said(database) == [f"{n:03}" for n in range(150)] and len(sizes) <= 3
    await commit.add("alone")
    assert sizes[-1] == 1
    await database.close()


async def test_one_that_fails_is_told_to_its_own_and_to_nobody_else(database_url: str) -> None:
    database = await opened(database_url)

    async def write(session: AsyncSession, words: Sequence[str]) -> None:
        await session.execute(text("INSERT INTO word (said) VALUES (:said)"), [{"said": word} for word in words])

    commit = GroupCommit(database, write)
    outcomes = await asyncio.gather(*(commit.add(word) for word in ("a", "b", "a", "c")), return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [type(None), type(None), IntegrityError, type(None)]
    assert await said(database) == ["a", "b", "c"]
    await database.close()


async def test_where_no_transaction_can_be_begun_everybody_is_told(sqlite_url: str) -> None:
    async def write(session: AsyncSession, words: Sequence[str]) -> None:
        await session.execute(text("SELECT 1"))

    database = Database.open(sqlite_url)
    await database.close()

    class Gone(Database):
        def write(self):  # type: ignore[no-untyped-def, override]
            raise OSError("no disk")

    commit = GroupCommit(Gone(database.engine), write)
    outcomes = await asyncio.gather(commit.add("a"), commit.add("b"), return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [OSError, OSError]
    with pytest.raises(OSError, match="no disk"):
        await commit.add("c")


async def test_who_no_longer_waits_disturbs_nobody(database_url: str) -> None:
    database = await opened(database_url)

    async def write(session: AsyncSession, words: Sequence[str]) -> None:
        await session.execute(text("INSERT INTO word (said) VALUES (:said)"), [{"said": word} for word in words])

    commit = GroupCommit(database, write)
    gone, stays = asyncio.create_task(commit.add("a")), asyncio.create_task(commit.add("b"))
    await asyncio.sleep(0)
    gone.cancel()
    await stays
    assert "b" in await said(database)
    await database.close()
