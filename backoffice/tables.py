"""The back office's declarative base, on which every area keeps its tables, and the table of its housekeeping."""

from sqlalchemy import BigInteger, Integer
from sqlalchemy.orm import DeclarativeBase

from storage.jobs import Scheduled
from storage.kept_blobs import add_tables
from storage.model import COLUMN_TYPES, new_metadata

BigId = BigInteger().with_variant(Integer(), "sqlite")
"""SQLite counts up only an INTEGER primary key."""


class Base(DeclarativeBase):
    """The base of every table of the back office."""

    metadata = new_metadata()
    type_annotation_map = COLUMN_TYPES


class Schedule(Scheduled, Base):
    """What is done every so often, by one process at a time."""

    __tablename__ = "schedule"


add_tables(Base.metadata)
