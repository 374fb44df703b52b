"""What was deleted or replaced is in no file of a PostgreSQL cluster any more, once it was tidied as docs/operations.md says."""

import asyncio
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from storage.database import Database
from tests.postgres import POSTGRES_BIN, PostgresServer, running_postgres

NIK = "3316994107900001"
DOCS = Path("docs/operations.md")


@pytest.fixture
def server() -> Iterator[PostgresServer]:
    """A cluster of its own: what others write would be in its log of changes, too."""
    if POSTGRES_BIN is None:
        pytest.skip("PostgreSQL's server is not installed (apt-get install postgresql)")
    with running_postgres(PostgresServer) as made:
        yield made


def holding(folder: Path) -> list[str]:
    """The files of the cluster, its log of changes among them, in which the number stands."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file() and NIK.encode() in path.read_bytes())


def tidying() -> list[str]:
    """The statements that the documentation has an administrator run."""
    said = DOCS.read_text(encoding="utf-8").partition("**Tidying PostgreSQL.**")[2].partition("```sql\n")[2].partition("```")[0]
    return [line.partition("--")[0].strip() for line in said.splitlines() if line.strip()]


@pytest.mark.postgres
async def test_no_file_of_the_cluster_holds_a_row_that_was_deleted_or_replaced(server: PostgresServer) -> None:
    database = Database.open(url := server.create_database())
    async with database.write() as session:
        await session.execute(text("CREATE TABLE people (id INTEGER PRIMARY KEY, content TEXT)"))
        for row in range(3):
            await session.execute(text("INSERT INTO people VALUES (:row, :content)"), {"row": row, "content": NIK})
        await session.execute(text("CREATE INDEX ON people (content)"))
    async with database.write() as session:
        await session.execute(text("DELETE FROM people WHERE id < 2"))
        await session.execute(text("UPDATE people SET content = '{}'"))
    await database.forget_log()
    await database.reuse_space()
    async with database.look() as session:
        vacuumed = await session.scalar(text("SELECT last_vacuum IS NOT NULL FROM pg_stat_user_tables WHERE relname = 'people'"))
    assert vacuumed, "what is erased from now on is written over by what comes next"
    await database.close()
    name = re.search(r"@/(\w+)\?", url)
    assert name and holding(server.folder / "data"), "a dead row and the log of changes hold it still: it must be sealed"
    psql = [server.bin / "psql", "-h", str(server.folder), "-U", "mewa", "-X", "-v", "ON_ERROR_STOP=1", name[1]]
    assert len(tidying()) > 4
    for statement in tidying():
        await asyncio.to_thread(subprocess.run, [*psql, "-c", statement], check=True, capture_output=True)
    assert not holding(server.folder / "data")
