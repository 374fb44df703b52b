"""Runs the back office's migrations on the connection that `storage.migrations` gives."""

from backoffice.metadata import METADATA
from storage.migrations import run_environment

run_environment(METADATA, version_table="alembic_version_backoffice")
