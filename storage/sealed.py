"""Columns that are encrypted on the way into the database and opened on the way out, with the keys that the database was opened with.

Such a column keeps the type that it has in the database, and reads what an older program or key has written: `reseal` brings every row to
the newest key while everything runs. A value opens in its own column only; in which row it stands is not bound.
"""

import base64
import binascii
import json
from typing import Any

import structlog
from sqlalchemy import ColumnElement, LargeBinary, MetaData, String, Table, Text, func, literal, or_, select, text, type_coerce, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.types import JSON, TypeDecorator, TypeEngine

from storage.database import Database, keyring_of_dialect
from storage.keyring import MARK_LENGTH, Keyring, is_sealed
from storage.model import Json

log = structlog.get_logger()

MARK = "~"
"""The member of a JSON column that holds what is sealed of it."""

BATCH = 200
"""Rows that are sealed anew in one transaction; on SQLite it holds the write lock."""

AGAIN = 5
"""How often rows that others held are asked for once more."""


class Sealed(TypeDecorator[Any]):
    """What all sealed columns have in common; `about` is `table.column`."""

    impl: type[TypeEngine[Any]] | TypeEngine[Any] = Text
    cache_ok = True

    def __init__(self, about: str) -> None:
        super().__init__()
        self.about = about

    def is_stale(self, column: ColumnElement[Any], keyring: Keyring) -> ColumnElement[bool]:
        """Whether a row is still plain, or sealed with an older key."""
        raise NotImplementedError


class SealedJson(Sealed):
    """A JSON column. The members named in `plain` stay readable for questions in SQL; all else is sealed."""

    cache_ok = True

    impl = JSON

    def __init__(self, about: str, *plain: str) -> None:
        super().__init__(about)
        self.plain = plain

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(JSONB(none_as_null=True) if dialect.name == "postgresql" else JSON(none_as_null=True))

    def coerce_compared_value(self, op: Any, value: Any) -> Any:
        return self.impl_instance.coerce_compared_value(op, value)

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        if value is None:
            return None
        shown = {name: value[name] for name in self.plain if name in value} if isinstance(value, dict) else {}
        rest = {name: inner for name, inner in value.items() if name not in shown} if isinstance(value, dict) else value
        closed = keyring_of_dialect(dialect).seal(self.about, json.dumps(rest, ensure_ascii=False, separators=(",", ":")).encode())
        return {**shown, MARK: _as_text(closed)}

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        if not isinstance(value, dict) or not isinstance(sealed := value.get(MARK), str) or (closed := _as_bytes(sealed)) is None:
            return value
        rest = json.loads(keyring_of_dialect(dialect).open(self.about, closed))
        return {**rest, **{name: inner for name, inner in value.items() if name != MARK}} if isinstance(rest, dict) else rest

    def is_stale(self, column: ColumnElement[Any], keyring: Keyring) -> ColumnElement[bool]:
        return _stale_text(column, type_coerce(column, Json)[MARK].as_string(), keyring)


class SealedText(Sealed):
    """A column of text; `VARCHAR` without a length where the table has that. What is empty stays so, and is found as such."""

    cache_ok = True

    def __init__(self, about: str, *, varchar: bool = False) -> None:
        super().__init__(about)
        self.varchar = varchar

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return String() if self.varchar else Text()

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        return _as_text(keyring_of_dialect(dialect).seal(self.about, value.encode())) if value else value

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        if value is None or (closed := _as_bytes(value)) is None:
            return value
        return keyring_of_dialect(dialect).open(self.about, closed).decode()

    def is_stale(self, column: ColumnElement[Any], keyring: Keyring) -> ColumnElement[bool]:
        stored = type_coerce(column, Text)
        return _stale_text(column, stored, keyring) & (stored != "")


class SealedBytes(Sealed):
    """A column of bytes."""

    cache_ok = True

    impl = LargeBinary

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        return None if value is None else keyring_of_dialect(dialect).seal(self.about, value, press=False)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return value if value is None or not is_sealed(value) else keyring_of_dialect(dialect).open(self.about, value)

    def is_stale(self, column: ColumnElement[Any], keyring: Keyring) -> ColumnElement[bool]:
        mark = keyring.mark.encode()
        begin: ColumnElement[bytes] = func.substr(type_coerce(column, LargeBinary), 1, len(mark), type_=LargeBinary)
        return column.is_not(None) & (begin != literal(mark, LargeBinary))


def _stale_text(column: ColumnElement[Any], stored: ColumnElement[Any], keyring: Keyring) -> ColumnElement[bool]:
    return column.is_not(None) & (stored.is_(None) | ~stored.startswith(keyring.mark))


def _as_text(closed: bytes) -> str:
    """The mark as it is, the rest in base64."""
    mark, body = closed[:MARK_LENGTH], closed[MARK_LENGTH:]
    return mark.decode() + base64.b64encode(body).decode()


def _as_bytes(stored: str) -> bytes | None:
    """The other way; None for what is not sealed."""
    mark, body = stored[:MARK_LENGTH].encode("utf-8", "surrogatepass"), stored[MARK_LENGTH:]
    if not is_sealed(mark):
        return None
    try:
        return mark + base64.b64decode(body, validate=True)
    except (binascii.Error, ValueError):
        return None


async def reseal(database: Database, metadata: MetaData) -> tuple[int, int]:
    """Seals every row anew that is plain or has an older key, a few at a time; says how many were and how many are left.

    Left are rows that somebody held all the time. Raises SealBroken where one can't be opened.
    """
    done = left = 0
    for table in metadata.sorted_tables:
        if not (columns := [column for column in table.columns if isinstance(column.type, Sealed)]):
            continue
        for _ in range(AGAIN):
            while found := await _reseal_some(database, table, columns):
                done += found
            async with database.read() as session:
                waiting = await session.scalar(select(func.count()).select_from(table).where(_stale(session, columns)))
            if not waiting:
                break
        left += waiting or 0
        log.info("storage.resealed", table=table.name, left=waiting)
    await database.forget_log()
    if not database.is_sqlite and done:
        async with database.look() as session:
            await session.execute(text("VACUUM"))  # what the rows were before lies in dead rows until then
    return done, left


def _stale(session: AsyncSession, columns: list[Any]) -> ColumnElement[bool]:
    keyring = keyring_of_dialect(session.get_bind().dialect)
    return or_(*[column.type.is_stale(column, keyring) for column in columns])


async def _reseal_some(database: Database, table: Table, columns: list[Any]) -> int:
    keys = list(table.primary_key.columns)
    async with database.write() as session:
        chosen = select(*keys, *columns).where(_stale(session, columns)).limit(BATCH)
        rows = (await session.execute(chosen.with_for_update(skip_locked=True))).all()
        for row in rows:
            values = row._mapping
            here = [key == values[key] for key in keys]
            await session.execute(update(table).where(*here).values({column: values[column] for column in columns}))
    return len(rows)
