"""Runs the intake's migrations; its version table is its own, since the bot keeps its tables in the same database."""

from intake.drafts.tables import Base
from storage.migrations import run_environment

run_environment(Base.metadata, version_table="alembic_version_intake")
