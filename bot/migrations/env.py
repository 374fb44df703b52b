"""Tells Alembic which tables are the bot's."""

from bot.tables import Base
from storage.migrations import run_environment

run_environment(Base.metadata, version_table="alembic_version_bot")
