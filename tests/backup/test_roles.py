"""`deploy/postgresql/roles.sql`: each process signs in as itself, and what two of them share belongs to a role of both."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from backup.__main__ import make_key
from backup.drill import drill
from backup.making import make_backup
from storage.database import Database
from storage.migrations import run_migrations
from tests.backup.test_backup import settings_of
from tests.postgres import POSTGRES_BIN, PostgresServer, running_postgres

SHIPPED = Path(__file__).resolve().parents[2] / "deploy" / "postgresql"


@pytest.fixture
def server() -> Iterator[PostgresServer]:
    if POSTGRES_BIN is None:
        pytest.skip("PostgreSQL's server is not installed (apt-get install postgresql)")
    with running_postgres(PostgresServer) as made:
        yield made


@pytest.mark.postgres
async def test_processes_with_roles_of_their_own_migrate_work_and_are_backed_up(server: PostgresServer, tmp_path: Path) -> None:
    psql = [str(server.bin / "psql"), "-h", str(server.folder), "-U", "mewa", "-d", "postgres", "-v", "ON_ERROR_STOP=1", "-qf"]
    subprocess.run([*psql, str(SHIPPED / "roles.sql")], check=True, capture_output=True)  # noqa: ASYNC221

    def url(role: str, database: str) -> str:
        return f"postgresql://landa-mewa-{role}@/{database}?host={server.folder}"

    await run_migrations(url("bot", "intake"), "bot/migrations")
    await run_migrations(url("actions", "intake"), "intake/migrations")
    await run_migrations(url("backoffice", "backoffice"), "backoffice/migrations")
    for role, database, table in (("bot", "intake", "drafts"), ("actions", "intake", "bot_contact"), ("backoffice", "backoffice", "cases")):
        connection = await asyncpg.connect(url(role, database))
        assert await connection.execute(f"DELETE FROM {table}") == "DELETE 0"
        await connection.close()
        opened = Database.open(url(role, database))
        await opened.check()
        await opened.close()
    for role, database in (("bot", "backoffice"), ("actions", "backoffice"), ("backoffice", "intake")):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await asyncpg.connect(url(role, database))
    key = tmp_path / "office.key"
    settings = settings_of(
        tmp_path, make_key(key).removeprefix("BACKUP_RECIPIENT="),
        intake_database_url=url("backup", "intake"), backoffice_database_url=url("backup", "backoffice"),
    )  # fmt: skip
    (tmp_path / "blobs").mkdir()
    assert (await make_backup(settings)).file.exists()
    assert (await drill(settings, None, key, None)).rows["cases"] == 0


def test_every_system_user_is_mapped_to_its_role() -> None:
    rows = [line.split() for line in (SHIPPED / "pg_ident.conf").read_text().splitlines() if line and not line.startswith("#")]
    users = {"landa-mewa-bot", "landa-mewa-actions", "landa-mewa-backoffice", "landa-mewa-backup"}
    assert {(system, role) for _, system, role in rows} == {(user, user) for user in users} | {("root", user) for user in users}
    assert all(f'CREATE ROLE "{user}" LOGIN' in (SHIPPED / "roles.sql").read_text() for user in users)
