"""Columns that are encrypted on the way into the database and opened on the way out, with the keys that the database was opened with.

Such a column keeps the type that it has in the database, and reads what an older program or key has written: `reseal` brings every row to
the newest key while everything runs. A value opens in its own column only; in which row it stands is not bound.
"""

import base64
import binascii
import json
from collections.abc import Collection
from typing import Any

import structlog
from sqlalchemy import (
    ColumnElement,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    bindparam,
    false,
    func,
    literal,
    or_,
    select,
    text,
    type_coerce,
    update,
)  # fmt: skip
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql import operators
from sqlalchemy.types import JSON, TypeDecorator, TypeEngine

from storage.database import Database, keyring_of_dialect
from storage.keyring import KEYS_MOST, MARK_LENGTH, Keyring, is_sealed
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
    """A JSON column. The members named in `plain` stay readable for questions in SQL; all else is sealed.

    Of lists named in `counted` only the length is readable, as the member `<name>_count`.
    """

    cache_ok = True

    impl = JSON

    def __init__(self, about: str, *plain: str, counted: tuple[str, ...] = ()) -> None:
        super().__init__(about)
        self.plain, self.counted = plain, counted

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
        lists = {name: rest.get(name) for name in self.counted} if isinstance(rest, dict) else {}
        counts = {f"{name}_count": len(held) if isinstance(held, list) else 0 for name, held in lists.items()}
        return {**shown, **counts, MARK: _as_text(closed)}

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        if not isinstance(value, dict) or not isinstance(sealed := value.get(MARK), str) or (closed := _as_bytes(sealed)) is None:
            return value
        rest = json.loads(keyring_of_dialect(dialect).open(self.about, closed))
        ours = {MARK, *(f"{name}_count" for name in self.counted)}
        return {**rest, **{name: inner for name, inner in value.items() if name not in ours}} if isinstance(rest, dict) else rest

    def is_stale(self, column: ColumnElement[Any], keyring: Keyring) -> ColumnElement[bool]:
        stored = type_coerce(column, Json)
        uncounted = [stored[f"{name}_count"].as_string().is_(None) for name in self.counted]
        return _stale_text(column, stored[MARK].as_string(), keyring) | (column.is_not(None) & or_(false(), *uncounted))


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


class SealedName(Sealed):
    """A column of text by which rows are found whole, and which can be read again: a phone number, an id that holds one.

    Equal values are equal in the database, so it may be unique; that two rows are alike can be seen. Questions find what an older key or
    an older program has written, too.
    """

    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        return keyring_of_dialect(dialect).name_forms(self.about, value)[0] if value else value

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return keyring_of_dialect(dialect).open_name(self.about, value) if value else value

    def is_stale(self, column: ColumnElement[Any], keyring: Keyring) -> ColumnElement[bool]:
        stored = type_coerce(column, Text)
        return column.is_not(None) & (stored != "") & ~stored.startswith(keyring.name_mark)

    class Comparator(TypeDecorator.Comparator[Any]):
        """Compares with every form in which a value may stand."""

        def operate(self, op: Any, *other: Any, **kwargs: Any) -> ColumnElement[Any]:
            if op is operators.eq and isinstance(other[0], str):
                return or_(*[super(SealedName.Comparator, self).operate(op, form, **kwargs) for form in self._forms(other[0])])
            if op is operators.in_op and isinstance(other[0], Collection):
                found = [
                    super(SealedName.Comparator, self).operate(op, bindparam(None, list(other[0]), expanding=True, type_=kind), **kwargs)
                    for kind in self._kinds()
                ]
                return or_(*found)
            return super().operate(op, *other, **kwargs)

        def _forms(self, value: str) -> list[Any]:
            return [literal(value, kind) for kind in self._kinds()]

        def _kinds(self) -> list[Any]:
            about: str = self.type.about  # type: ignore[attr-defined]
            return [SealedName(about), *[_OlderName(about, place) for place in range(1, KEYS_MOST)], Text()]

    comparator_factory = Comparator


class _OlderName(TypeDecorator[Any]):
    """A value as the key in that place of BLOB_KEY closes it, or the newest where there is none."""

    impl = Text
    cache_ok = True

    def __init__(self, about: str, place: int) -> None:
        super().__init__()
        self.about, self.place = about, place

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        if not value:
            return value
        forms = keyring_of_dialect(dialect).name_forms(self.about, value)
        return forms[min(self.place, len(forms) - 1)]


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
