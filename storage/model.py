"""Gives every service its declarative base, and the column type that keeps moments in UTC on both databases."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, MetaData
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
"""Constraints are named, so that a later migration can name them too."""


class Moment(TypeDecorator[datetime]):
    """An aware UTC datetime: aware in, aware out. A naive one raises ValueError before it reaches the database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime has no moment")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Json = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
"""A JSON column, in which None is SQL's NULL."""


def declarative_base() -> type[DeclarativeBase]:
    """A new declarative base with its own metadata, in which `datetime` is a Moment and dict or list is JSON."""

    class Base(DeclarativeBase):
        metadata = MetaData(naming_convention=NAMES)
        type_annotation_map: dict[Any, Any] = {datetime: Moment, dict[str, Any]: Json, list[Any]: Json}  # noqa: RUF012 (SQLAlchemy's own shape)

    return Base
