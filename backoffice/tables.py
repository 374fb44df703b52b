"""The back office's declarative base, on which every area keeps its tables."""

from sqlalchemy.orm import DeclarativeBase

from storage.model import COLUMN_TYPES, new_metadata


class Base(DeclarativeBase):
    """The base of every table of the back office."""

    metadata = new_metadata()
    type_annotation_map = COLUMN_TYPES
