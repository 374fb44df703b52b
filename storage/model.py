"""Gives every service what its declarative base stands on, and the column type that keeps moments in UTC on both databases."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, MetaData
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect
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


COLUMN_TYPES: dict[Any, Any] = {datetime: Moment, dict[str, Any]: Json, list[Any]: Json}
"""What an annotation of a mapped column means: `datetime` is a Moment, dict and list are JSON."""


def new_metadata() -> MetaData:
    """The metadata of one database, in which constraints are named."""
    return MetaData(naming_convention=NAMES)
