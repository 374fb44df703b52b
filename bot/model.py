"""Holds what every table of the bot stands on: the base, the type of ids that the database counts up, and the table of housekeeping."""

from sqlalchemy import BigInteger, Integer
from sqlalchemy.orm import DeclarativeBase

from storage.jobs import Scheduled
from storage.model import COLUMN_TYPES, new_metadata


class Base(DeclarativeBase):
    """The base of every table of the bot."""

    metadata = new_metadata()
    type_annotation_map = COLUMN_TYPES


Counted = BigInteger().with_variant(Integer(), "sqlite")
"""An id that the database counts up; SQLite does so only for its own INTEGER."""


class Schedule(Scheduled, Base):
    """What is done every so often, by one process at a time."""

    __tablename__ = "bot_schedule"
