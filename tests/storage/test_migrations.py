"""Tests that two services migrate one database side by side, each with its own tree."""

import asyncio
import os
import sys
from pathlib import Path

from sqlalchemy import inspect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from storage.database import create_engine
from storage.migrations import find_drift, run_migrations
from storage.model import new_metadata

ENV = """
from sqlalchemy import MetaData
from storage.migrations import run_environment
run_environment(MetaData(), version_table="alembic_version_{name}")
"""
REVISION = """
import sqlalchemy as sa
from alembic import op
revision, down_revision, branch_labels, depends_on = "{name}1", None, None, None
def upgrade():
    op.create_table("{name}_thing", sa.Column("id", sa.Integer, primary_key=True, nullable=False))
    {then}
"""


def tree(folder: Path, name: str, then: str = "pass") -> Path:
    scripts = folder / name
    (scripts / "versions").mkdir(parents=True)
    (scripts / "env.py").write_text(ENV.format(name=name))
    (scripts / "versions" / "first.py").write_text(REVISION.format(name=name, then=then))
    return scripts


async def tables(url: str) -> set[str]:
    engine = create_engine(url)
    async with engine.connect() as connection:
        names = await connection.run_sync(lambda c: set(inspect(c).get_table_names()))
    await engine.dispose()
    return names


async def test_two_trees_live_in_one_database_and_may_run_again(database_url: str, tmp_path: Path) -> None:
    bot, intake = tree(tmp_path, "bot"), tree(tmp_path, "intake")
    for _ in range(2):
        await run_migrations(database_url, bot)
        await run_migrations(database_url, intake)
    assert await tables(database_url) == {"bot_thing", "intake_thing", "alembic_version_bot", "alembic_version_intake"}


async def test_processes_that_start_together_migrate_one_after_another(database_url: str, tmp_path: Path) -> None:
    bot = tree(tmp_path, "bot")
    command = [sys.executable, "-m", "storage", "upgrade", str(bot), "THE_DATABASE"]
    processes = [await asyncio.create_subprocess_exec(*command, env={**os.environ, "THE_DATABASE": database_url}) for _ in range(3)]
    assert [await process.wait() for process in processes] == [0, 0, 0]
    assert "bot_thing" in await tables(database_url)


async def test_a_migration_that_fails_leaves_nothing_half_done(database_url: str, tmp_path: Path) -> None:
    bot = tree(tmp_path, "bot", then="raise RuntimeError('spoilt')")
    try:
        await run_migrations(database_url, bot)
    except RuntimeError as error:
        assert str(error) == "spoilt"
    assert await tables(database_url) == set()


async def test_a_missing_migration_is_found_and_foreign_tables_are_not_taken_for_drift(database_url: str, tmp_path: Path) -> None:
    class Base(DeclarativeBase):
        metadata = new_metadata()

    class Thing(Base):
        __tablename__ = "bot_thing"
        id: Mapped[int] = mapped_column(primary_key=True)

    await run_migrations(database_url, tree(tmp_path, "bot"))
    await run_migrations(database_url, tree(tmp_path, "intake"))
    assert await find_drift(database_url, Base.metadata) == []

    class Other(Base):
        __tablename__ = "bot_other"
        id: Mapped[int] = mapped_column(primary_key=True)

    assert [change[0] for change in await find_drift(database_url, Base.metadata)] == ["add_table"]
