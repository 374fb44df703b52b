"""The intake's migrations make what its models say, on both databases."""

from intake.tables import Base
from storage.migrations import find_drift, run_migrations


async def test_the_migrations_make_exactly_the_tables_of_the_models(database_url: str) -> None:
    await run_migrations(database_url, "intake/migrations")
    assert await find_drift(database_url, Base.metadata) == []
