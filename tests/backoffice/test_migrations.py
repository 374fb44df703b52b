"""No migration is missing: the migrated tables are those of the models, on both databases."""

from backoffice.metadata import METADATA
from storage.migrations import find_drift, run_migrations


async def test_the_migrated_database_is_what_the_models_say(database_url):
    await run_migrations(database_url, "backoffice/migrations")
    assert await find_drift(database_url, METADATA) == []
