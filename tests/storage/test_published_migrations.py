"""Published migrations stay as they are: somewhere a database stands that they made."""

import ast
import hashlib
import json
from pathlib import Path

import pytest
import sqlalchemy as sa

from storage.database import create_engine
from storage.migrations import DatabaseNotCurrent, run_migrations

ROOT = Path(__file__).resolve().parents[2]
PUBLISHED: dict[str, str] = json.loads((Path(__file__).parent / "published_migrations.json").read_text())
"""SHA-256 of each migration. A new one is added with it; a hash that is here never changes."""
MIGRATIONS = sorted([*ROOT.glob("*/migrations/versions/*.py"), *ROOT.glob("*/migrations/lighter/*.py")])
ROOMS = {"bot", "intake", "backoffice", "actions", "documents", "runtime", "contracts", "language"}
TYPES = "storage.model"


@pytest.mark.parametrize("name", sorted(PUBLISHED))
def test_a_published_migration_is_as_it_was(name: str) -> None:
    found = hashlib.sha256((ROOT / name).read_bytes()).hexdigest()
    assert found == PUBLISHED[name], "write a new migration instead"


def test_no_migration_is_unknown() -> None:
    """Two that were written side by side show here, too: the list is one file, and their lines meet in it."""
    names = {str(file.relative_to(ROOT)): file for file in MIGRATIONS}
    lacking = [f' "{name}": "{hashlib.sha256(file.read_bytes()).hexdigest()}",' for name, file in names.items() if name not in PUBLISHED]
    assert not lacking, "put into published_migrations.json:\n" + "\n".join(lacking)
    assert set(PUBLISHED) == set(names), "a published migration is gone"


@pytest.mark.parametrize("file", MIGRATIONS, ids=lambda file: str(file.relative_to(ROOT)))
def test_a_migration_needs_no_code_of_the_application(file: Path) -> None:
    imported = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            imported.add(node.module)
        elif isinstance(node, ast.Import):
            imported |= {one.name for one in node.names}
    assert {name for name in imported if name.split(".")[0] in ROOMS or (name.startswith("storage") and name != TYPES)} == set()


SLOW_FROM_BEFORE = {"backoffice": {"0004", "0005", "0006", "0007"}, "bot": set[str](), "intake": set[str]()}
"""Up to the first released state: no office with data goes through them."""


@pytest.mark.parametrize("file", [file for file in MIGRATIONS if file.parent.name == "versions"], ids=lambda file: file.stem)
def test_a_migration_that_writes_every_row_has_a_lighter_one_beside_it(file: Path) -> None:
    """Whoever lifts the time limit writes for every row: at a million of them the service would stand still for minutes."""
    room, revision = file.parents[2].name, file.name[:4]
    if "statement_timeout = 0" in file.read_text(encoding="utf-8") and revision not in SLOW_FROM_BEFORE[room]:
        assert (file.parents[1] / "lighter" / f"{revision}.py").exists(), "leave the rows to a backfill (storage/backfills.py)"


@pytest.mark.parametrize("room", ["bot", "intake", "backoffice"])
async def test_a_newer_database_is_left_alone_and_told(room: str, sqlite_url: str) -> None:
    await run_migrations(sqlite_url, ROOT / room / "migrations")
    engine = create_engine(sqlite_url, foreign_keys=False)
    async with engine.begin() as connection:
        tables = await connection.run_sync(lambda here: sa.inspect(here).get_table_names())
        (version,) = [table for table in tables if table.startswith("alembic_version")]
        await connection.execute(sa.text(f"UPDATE {version} SET version_num = '9999'"))
    await engine.dispose()
    with pytest.raises(DatabaseNotCurrent, match="newer than this program"):
        await run_migrations(sqlite_url, ROOT / room / "migrations")
