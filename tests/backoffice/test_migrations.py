"""No migration is missing: the migrated tables are those of the models, and rows that were there before get what is new."""

import pytest
from sqlalchemy import text

from backoffice.metadata import METADATA
from storage.database import Database
from storage.migrations import find_drift, run_migrations

CASE = """INSERT INTO cases (id, number, draft_id, contact, submitted_at, child_name, bundle, stage, stage_since, facts, told, version,
  events, head_hash, kia, siak) VALUES (1, 'LM-261123-AAAA', 'd', 'c', '2026-11-23 00:00:00+00', 'SPESIMEN',
  '{"anak": [{}, {}], "conditions": {"pelapor": "lain"}, "flags": ["peka:nama"], "warnings": []}', 'diterima',
  '2026-11-23 00:00:00+00', '[]', '[]', 1, 1, 'h', '{}', '{}')"""
DOCUMENT = """INSERT INTO case_documents (case_id, submission, item, kind, received_at, retakes, flagged, pages, "check", state, erased_at)
  VALUES (1, :submission, 'kk', 'kk', '2026-11-23 00:00:00+00', 0, false, '[{"blob": "a"}, {"blob": "b"}]', '{}', 'baru', """


@pytest.fixture
def migrations() -> None:
    """Here the databases are empty."""


async def test_the_migrated_database_is_what_the_models_say(database_url):
    await run_migrations(database_url, "backoffice/migrations")
    assert await find_drift(database_url, METADATA) == []


async def test_who_needs_which_blob_is_noted_of_pictures_that_are_still_there(database_url):
    database = await _with_a_case(database_url, "0005")
    async with database.write() as session:
        for submission, erased in (("one", "NULL)"), ("again", "NULL)"), ("gone", "'2026-11-23')")):
            await session.execute(text(DOCUMENT.replace(":00", r"\:00").replace('": "', r'"\: "') + erased), {"submission": submission})
    await run_migrations(database_url, "backoffice/migrations", "0006")
    async with database.read() as session:
        found = (await session.execute(text("SELECT owner, blob FROM blob_uses ORDER BY blob"))).all()
    await database.close()
    assert found == [("permohonan:1", "a"), ("permohonan:1", "b")]


async def test_what_a_list_is_narrowed_to_is_read_of_the_cases_that_were_there(database_url):
    database = await _with_a_case(database_url, "0006")
    await run_migrations(database_url, "backoffice/migrations", "0007")
    async with database.read() as session:
        place = await session.scalar(text("SELECT kecamatan FROM cases"))
        features = list(await session.scalars(text("SELECT term FROM case_terms WHERE kind = 'ciri' ORDER BY term")))
    await database.close()
    assert (place, features) == ("LAINNYA", ["kembar", "peka", "pelapor_lain"])


async def _with_a_case(url, revision):
    """A database of an older version with one case."""
    await run_migrations(url, "backoffice/migrations", revision)
    database = Database.open(url)
    async with database.write() as session:
        await session.execute(text(CASE.replace(":", r"\:")))
    return database
