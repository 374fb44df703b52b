"""The back office's declarative base, on which every area keeps its tables, and the table of its housekeeping."""

from sqlalchemy.orm import DeclarativeBase

from storage.jobs import Scheduled
from storage.model import COLUMN_TYPES, new_metadata


class Base(DeclarativeBase):
    """The base of every table of the back office."""

    metadata = new_metadata()
    type_annotation_map = COLUMN_TYPES


class Schedule(Scheduled, Base):
    """What is done every so often, by one process at a time."""

    __tablename__ = "schedule"
