"""Sealed columns: nothing of them lies in a file, they open in their own column alone, and a key is changed while rows are written."""

import asyncio
import base64
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import MetaData, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from storage.blobs import BlobKeyWrong
from storage.database import Database, KeysMissing
from storage.keyring import Keyring, SealBroken
from storage.model import COLUMN_TYPES, new_metadata
from storage.sealed import SealedBytes, SealedJson, SealedName, SealedText, reseal

NIK = "3316994107900001"
OLD, NEW, NEWER, NEWEST = (base64.b64encode(bytes([filling]) * 32).decode() for filling in (1, 2, 3, 4))


class Base(DeclarativeBase):
    metadata = new_metadata()
    type_annotation_map = COLUMN_TYPES


class Person(Base):
    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[dict[str, Any] | None] = mapped_column(SealedJson("people.content", "flags"))
    answers: Mapped[list[Any]] = mapped_column(SealedJson("people.answers"))
    said: Mapped[str | None] = mapped_column(SealedText("people.said"))
    raw: Mapped[bytes] = mapped_column(SealedBytes("people.raw"))


class Known(Base):
    """Whom we know by a number."""

    __tablename__ = "known"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str | None] = mapped_column(SealedName("known.number"), unique=True)


class Plain(DeclarativeBase):
    """The same table as a program before this one wrote it."""

    metadata = MetaData()
    type_annotation_map = COLUMN_TYPES


class PlainPerson(Plain):
    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[dict[str, Any] | None]
    answers: Mapped[list[Any]]
    said: Mapped[str | None]
    raw: Mapped[bytes]


def person(number: int, kind: Any = Person) -> Any:
    content = {"nik": NIK, "flags": ["kembar"], "long": "kata " * 100}
    return kind(id=number, content=content, answers=[NIK, {"a": None}], said=f"NIK {NIK}", raw=NIK.encode() + b"\0\xff")


async def opened(url: str, setting: str) -> Database:
    database = Database.open(url, Keyring(setting))
    async with database.engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    return database


@pytest.fixture
def migrations() -> None:
    return None


def same(found: Any, expected: Any) -> bool:
    return all(getattr(found, name) == getattr(expected, name) for name in ("content", "answers", "said", "raw"))


async def stored(database: Database) -> str:
    async with database.read() as session:
        return str((await session.execute(text("SELECT * FROM people"))).all())


async def test_what_is_sealed_comes_back_and_the_database_shows_none_of_it(database_url: str) -> None:
    database = await opened(database_url, NEW)
    async with database.write() as session:
        session.add_all([person(1), Person(id=2, content=None, answers=[], said=None, raw=b""), Person(id=3, answers=[], said="", raw=b"")])
    async with database.read() as session:
        assert same(await session.get(Person, 1), person(1))
        empty = await session.get(Person, 2)
        assert empty is not None and (empty.content, empty.answers, empty.said, empty.raw) == (None, [], None, b"")
        assert list(await session.scalars(select(Person.id).where(Person.said != ""))) == [1]
        flags = await session.scalar(Person.__table__.select().with_only_columns(Person.content["flags"]).where(Person.id == 1))
    raw = await stored(database)
    assert flags == ["kembar"] and "kembar" in raw and NIK not in raw and "kata" not in raw and NIK.encode().hex() not in raw
    await database.close()


async def test_no_file_of_sqlite_holds_a_sealed_value(tmp_path: Path) -> None:
    database = await opened(f"sqlite:///{tmp_path}/x.db", NEW)
    async with database.write() as session:
        session.add(person(1))
    found = await asyncio.to_thread(lambda: [NIK.encode() in path.read_bytes() for path in tmp_path.iterdir()])
    assert found and not any(found)
    await database.close()


async def test_a_value_opens_in_its_own_column_alone_and_with_its_own_key_alone(database_url: str) -> None:
    database = await opened(database_url, OLD)
    async with database.write() as session:
        session.add(person(1))
        await session.flush()
        await session.execute(text("UPDATE people SET answers = content"))
    async with database.read() as session:
        with pytest.raises(SealBroken, match="another column"):
            await session.scalar(Person.__table__.select().with_only_columns(Person.answers))
    await database.close()
    database = await opened(database_url, NEW)
    async with database.read() as session:
        with pytest.raises(SealBroken, match="BLOB_KEY"):
            await session.scalar(Person.__table__.select().with_only_columns(Person.said))
    await database.close()


async def test_rows_of_an_older_program_are_read_and_sealed_while_rows_are_written(database_url: str) -> None:
    database = await opened(database_url, NEW)
    async with database.write() as session:
        session.add_all([person(number, PlainPerson) for number in range(1, 501)])
    async with database.read() as session:
        assert same(await session.get(Person, 7), person(7))

    async def change() -> None:
        for number in range(1, 500, 25):
            async with database.write() as session:
                await session.execute(update(Person).where(Person.id == number).values(said="diubah"))

    (done, left), _ = await asyncio.gather(reseal(database, Base.metadata), change())
    assert left == 0 and 480 <= done <= 500
    assert NIK not in await stored(database) and NIK.encode().hex() not in await stored(database)
    async with database.read() as session:
        assert same(await session.get(Person, 7), person(7))
        changed = await session.get(Person, 1)
        assert changed is not None and changed.said == "diubah" and changed.content == person(1).content
    assert await reseal(database, Base.metadata) == (0, 0)
    await database.close()


async def test_a_key_is_changed_in_three_steps_and_the_former_one_is_worth_nothing_then(database_url: str) -> None:
    marks = []
    for step, setting in enumerate((OLD, f"{OLD} {NEW}", f"{NEW} {OLD}"), 1):
        database = await opened(database_url, setting)
        async with database.write() as session:
            session.add(person(step))
        async with database.read() as session:
            for number in range(1, step + 1):
                assert same(await session.get(Person, number), person(number))
        if step == 3:
            assert await reseal(database, Base.metadata) == (2, 0)
        marks.append(database.keyring.mark)
        await database.close()
    assert marks[0] == marks[1] != marks[2]
    database = await opened(database_url, NEW)
    async with database.read() as session:
        for number in (1, 2, 3):
            assert same(await session.get(Person, number), person(number))
    await database.close()


async def test_without_keys_nothing_is_stored_in_plain(database_url: str) -> None:
    database = await opened(database_url, NEW)
    await database.close()
    database = Database.open(database_url)
    with pytest.raises(Exception, match="without keys") as caught:
        async with database.write() as session:
            session.add(person(1))
    assert isinstance(caught.value, KeysMissing) or isinstance(caught.value.__cause__, KeysMissing)
    await database.close()


def test_a_keyed_hash_finds_the_same_value_under_each_key_and_tells_nothing() -> None:
    old, both, new = Keyring(OLD), Keyring(f"{NEW} {OLD}"), Keyring(NEW)
    assert both.digests("nik", NIK) == [new.digest("nik", NIK), old.digest("nik", NIK)]
    assert old.digest("nik", NIK) != old.digest("kk", NIK) and NIK not in old.digest("nik", NIK)
    for wrong in ("", "zu kurz", f"{NEW} x"):
        with pytest.raises(BlobKeyWrong):
            Keyring(wrong)


async def test_who_is_known_by_a_number_is_found_by_it_whole_and_the_database_shows_none_of_it(database_url: str) -> None:
    database = await opened(database_url, NEW)
    async with database.write() as session:
        session.add_all([Known(id=1, number=NIK), Known(id=2, number=None), Known(id=3, number="")])
    async with database.read() as session:
        assert list(await session.scalars(select(Known.id).where(Known.number == NIK))) == [1]
        assert sorted(await session.scalars(select(Known.id).where(Known.number.in_([NIK, ""])))) == [1, 3]
        assert list(await session.scalars(select(Known.id).where(Known.number.in_(set())))) == []
        assert list(await session.scalars(select(Known.id).where(Known.number.is_(None)))) == [2]
        assert (await session.get_one(Known, 1)).number == NIK
        assert NIK not in str((await session.execute(text("SELECT * FROM known"))).all())
    with pytest.raises(IntegrityError):
        async with database.write() as session:
            session.add(Known(id=4, number=NIK))
    await database.close()


@pytest.mark.parametrize("written", [OLD, None])
async def test_who_was_written_down_before_is_found_at_once_and_after_all_is_sealed_anew(database_url: str, written: str | None) -> None:
    database = await opened(database_url, written or NEW)
    async with database.write() as session:
        if written:
            session.add(Known(id=1, number=NIK))
        else:
            await session.execute(text(f"INSERT INTO known (id, number) VALUES (1, '{NIK}')"))
    await database.close()
    database = await opened(database_url, f"{NEW},{OLD}")
    same = select(Known.id).where(Known.number == NIK), select(Known.id).where(Known.number.in_([NIK, "other"]))
    async with database.read() as session:
        assert [await session.scalar(query) for query in same] == [1, 1]
    assert await reseal(database, Base.metadata) == (1, 0)
    assert await reseal(database, Base.metadata) == (0, 0)
    await database.close()
    database = await opened(database_url, NEW)
    async with database.read() as session:
        assert [await session.scalar(query) for query in same] == [1, 1]
        assert (await session.get_one(Known, 1)).number == NIK
    await database.close()


async def test_while_a_change_of_keys_overtakes_another_everybody_is_known_under_each_of_the_three(database_url: str) -> None:
    for number, setting in enumerate((OLD, f"{NEW} {OLD}", f"{NEWER} {NEW} {OLD}"), 1):
        database = await opened(database_url, setting)
        async with database.write() as session:
            session.add(Known(id=number, number=f"{NIK}{number}"))
        async with database.read() as session:
            for earlier in range(1, number + 1):
                assert await session.scalar(select(Known.id).where(Known.number == f"{NIK}{earlier}")) == earlier
                assert await session.scalar(select(Known.id).where(Known.number.in_([f"{NIK}{earlier}"]))) == earlier
        await database.close()


def test_with_more_keys_than_are_looked_under_nothing_starts_and_the_sentence_says_what_to_do() -> None:
    with pytest.raises(BlobKeyWrong, match="make reseal") as caught:
        Keyring(f"{NEWEST} {NEWER} {NEW} {OLD}")
    assert OLD not in str(caught.value)
