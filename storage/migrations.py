"""Brings a database to the newest version of its tables, with one Alembic tree per service.

Two services may keep their tables in one database: each has its own script folder and its own version table. A script folder's `env.py` is
one call: `storage.migrations.run_environment(Base.metadata, version_table="alembic_version_bot")`.
"""

import asyncio
import importlib.util
from pathlib import Path
from typing import Any, Literal

from alembic import command, context
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import JSON, Connection, MetaData, text
from sqlalchemy.exc import SQLAlchemyError

from storage.database import create_engine, normalise_url
from storage.model import Moment
from storage.sealed import SealedBytes, SealedJson, SealedText

LOCK_TIMEOUT = "5s"
"""A migration that can't get its lock soon gives up, rather than stop all traffic that queues behind it (PostgreSQL)."""

STATEMENT_TIMEOUT = "120s"
LARGE = 64 * 1024 * 1024
"""Bytes of the largest table (some ten thousand cases) above which a service is not kept waiting until every row was written."""

ADVISORY_LOCK = 3316_2611
"""Processes that start together migrate one after another (PostgreSQL; SQLite's write lock does the same)."""


class DatabaseNotCurrent(Exception):
    """Nothing was installed at a URL, or an older or a newer program was; the message says which, and where, without the password."""


async def require_current(url: str, scripts: Path | str) -> None:
    """Raises DatabaseNotCurrent unless the database at `url` is there with the tables of this program. Makes and changes nothing.

    A command that brings its own database along would work beside the installation and say that all went well.
    """
    parsed = normalise_url(url)
    where = parsed.render_as_string(hide_password=True)
    absent = f"there is no installation at {where}. Start it once, or say where it is (LANDA_MEWA_VAR, or the setting of the database)."
    if parsed.get_backend_name() == "sqlite" and not await asyncio.to_thread(Path(parsed.database or "").is_file):
        raise DatabaseNotCurrent(absent)
    script = ScriptDirectory.from_config(_config(scripts))
    found: list[str] = []

    def look(revision: Any, _context: Any) -> list[Any]:
        found.extend(revision)
        return []

    def read(connection: Connection) -> None:
        with EnvironmentContext(_config(scripts, connection), script, fn=look, dont_mutate=True):
            script.run_env()

    try:
        await _on_connection(url, read)
    except (OSError, SQLAlchemyError) as error:
        raise DatabaseNotCurrent(f"the database at {where} does not answer ({type(error).__name__}).") from None
    if not found:
        raise DatabaseNotCurrent(absent)
    if set(found) != set(script.get_heads()):
        known = {revision.revision for revision in script.walk_revisions()}
        newer = not known.issuperset(found)
        mend = "Use the newer program." if newer else "Start it once with this program, which brings it up to date."
        raise DatabaseNotCurrent(f"the database at {where} is {'newer' if newer else 'older'} than this program. {mend}")


async def run_migrations(url: str, scripts: Path | str, target: str = "head", lighter_above: int = LARGE) -> None:
    """Upgrades the database at `url` to `target` with the Alembic folder `scripts`. Doing it again does nothing.

    Above so many bytes in one table PostgreSQL takes the lighter of two migrations, where there are two: they end with the same tables,
    and what the whole one writes for every row is left to a backfill (`storage.backfills`), so that the service stands still for seconds.

    Raises DatabaseNotCurrent where a newer program made the tables: this one would not know what it writes over.
    """
    _make_file(url)
    script = ScriptDirectory.from_config(_config(scripts))
    known = {revision.revision for revision in script.walk_revisions()}

    def newer(revision: Any, _context: Any) -> list[Any]:
        if set(revision) - known:
            where = normalise_url(url).render_as_string(hide_password=True)
            raise DatabaseNotCurrent(f"the database at {where} is newer than this program. Use the newer program.")
        return []

    def upgrade(connection: Connection) -> None:
        with EnvironmentContext(_config(scripts, connection), script, fn=newer, dont_mutate=True):
            script.run_env()
        size = _size(connection) if connection.dialect.name == "postgresql" else 0
        lighter = _lighter(scripts) if size > lighter_above else {}

        def steps(revision: Any, _context: Any) -> list[Any]:
            found = script._upgrade_revs(target, revision)
            for step in found:
                if step.revision.revision in lighter:
                    step.migration_fn = lighter[step.revision.revision].upgrade
            return found

        with EnvironmentContext(_config(scripts, connection), script, fn=steps, destination_rev=target):
            script.run_env()

    await _on_connection(url, upgrade)


async def find_drift(url: str, metadata: MetaData) -> list[Any]:
    """What the models say and the migrated database lacks; an empty list when no migration is missing."""

    def compare(connection: Connection) -> list[Any]:
        options = {"include_object": _own_tables(metadata), "compare_type": True}
        return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))

    drift: list[Any] = await _on_connection(url, compare)
    return drift


async def make_revision(url: str, scripts: Path | str, message: str) -> None:
    """Writes a new migration into `scripts` for what the models say and the database at `url` lacks."""

    def revise(connection: Connection) -> None:
        command.revision(_config(scripts, connection), message=message, autogenerate=True)

    await _on_connection(url, revise)


def run_environment(metadata: MetaData, version_table: str) -> None:
    """The whole of a script folder's `env.py`: runs the wanted migrations in one transaction on the connection that we were given."""
    connection: Connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=metadata,
        version_table=version_table,
        include_object=_own_tables(metadata),
        render_item=_write_type,
        render_as_batch=True,
        transactional_ddl=True,
        compare_type=True,
    )
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'"))
        connection.execute(text(f"SET LOCAL statement_timeout = '{STATEMENT_TIMEOUT}'"))
        connection.execute(text(f"SELECT pg_advisory_xact_lock({ADVISORY_LOCK})"))
    with context.begin_transaction():
        context.run_migrations()


def _size(connection: Connection) -> int:
    """Bytes of the largest table (PostgreSQL)."""
    largest = "SELECT coalesce(max(pg_relation_size(oid)), 0) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
    return int(connection.execute(text(largest)).scalar_one())


def _lighter(scripts: Path | str) -> dict[str, Any]:
    """The lighter migrations of a script folder by revision, `lighter/<revision>.py`: a published one is never edited."""
    found = {}
    for file in sorted((Path(scripts) / "lighter").glob("*.py")):
        specification = importlib.util.spec_from_file_location(f"lighter_{file.stem}", file)
        assert specification is not None and specification.loader is not None, "a file of ours"
        found[file.stem] = importlib.util.module_from_spec(specification)
        specification.loader.exec_module(found[file.stem])
    return found


def _make_file(url: str) -> None:
    """A SQLite file for the folder's group, as far as the umask lets it; SQLite's log takes its mode from it."""
    parsed = normalise_url(url)
    if parsed.get_backend_name() == "sqlite" and parsed.database not in {None, "", ":memory:"}:
        file = Path(str(parsed.database)).absolute()
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o660)


async def _on_connection(url: str, work: Any) -> Any:
    engine = create_engine(url, foreign_keys=False)
    try:
        async with engine.begin() as connection:
            return await connection.run_sync(work)
    finally:
        await engine.dispose()


def _config(scripts: Path | str, connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(scripts))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _write_type(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Our own column types as a new migration spells them: by what the database has, so that old migrations outlive our classes."""
    if kind == "type" and isinstance(item, Moment):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, SealedText):
        return "sa.String()" if item.varchar else "sa.Text()"
    if kind == "type" and isinstance(item, SealedBytes):
        return "sa.LargeBinary()"
    if kind == "type" and isinstance(item, JSON | SealedJson):
        return 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")'
    return False


def _own_tables(metadata: MetaData) -> Any:
    """Another service's tables in the same database are none of ours: only what our models name is compared."""

    def include(_object: Any, name: str, kind: str, reflected: bool, compare_to: Any) -> bool:
        return not (kind == "table" and reflected and compare_to is None and name not in metadata.tables)

    return include
