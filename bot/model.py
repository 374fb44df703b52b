"""Holds what every table of the bot stands on: the base, and the type of ids that the database counts up."""

from sqlalchemy import BigInteger, Integer

from storage.model import declarative_base

Base = declarative_base()

Counted = BigInteger().with_variant(Integer(), "sqlite")
"""An id that the database counts up; SQLite does so only for its own INTEGER."""
