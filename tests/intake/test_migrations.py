"""The intake's migrations make what its models say, on both databases, and note what the rows of an older version need."""

import json

import pytest
from sqlalchemy import select, text

from intake.drafts.tables import Base
from storage.database import Database
from storage.kept_blobs import USES
from storage.migrations import find_drift, run_migrations

OLD_ROWS = {
    "drafts": "(id, contact, state, content, updated_at) VALUES ('d', 'c', 'open', '{}', '2026-11-01 00:00:00')",
    "draft_documents": "(submission, draft, position, placed, check_result, pages, complete)"
    f" VALUES ('s', 'd', 0, '{{}}', '{{}}', '{json.dumps([{'blob': 'a' * 64}])}', true)",
    "dispatches": "(key, stream, path, body, blobs, attempts, next_at, done_at) VALUES"
    f" ('k', 's', '/', '{{}}', '{json.dumps([{'blob': 'b' * 64}])}', 0, '2026-11-01 00:00:00', NULL),"
    f" ('done', 's', '/', '{{}}', '{json.dumps([{'blob': 'e' * 64}])}', 0, '2026-11-01 00:00:00', '2026-11-01 00:00:00')",
    "answered_turns": "(turn, contact, answer, at)"
    f" VALUES ('t', 'c', '{json.dumps([{'text': 'a'}, {'text': '', 'document': {'blob': 'c' * 64}}])}', '2026-11-01 00:00:00')",
    "conversations": "(contact, content)"
    f" VALUES ('c', '{json.dumps({'side': {'id': 'aduan_isi', 'data': {'attachments': [{'blob': 'd' * 64}]}}})}'), ('e', '{{}}')",
}


async def test_the_migrations_make_exactly_the_tables_of_the_models(database_url: str) -> None:
    await run_migrations(database_url, "intake/migrations")
    assert await find_drift(database_url, Base.metadata) == []


@pytest.mark.parametrize("first", ["bot/migrations", "intake/migrations"])
async def test_what_an_older_version_kept_is_needed_afterwards_whoever_migrates_first(database_url: str, first: str) -> None:
    await run_migrations(database_url, "intake/migrations", "0003_jobs")
    database = Database.open(database_url)
    async with database.write() as session:
        for table, rows in OLD_ROWS.items():
            await session.execute(text(f"INSERT INTO {table} {rows}"))
    await run_migrations(database_url, first)
    await run_migrations(database_url, "intake/migrations")
    async with database.read() as session:
        rows = (await session.execute(select(USES.c.owner, USES.c.blob).order_by(USES.c.blob))).all()
    await database.close()
    owners = ["document:s", "dispatch:k", "turn:t", "conversation:c"]
    assert [tuple(row) for row in rows] == [(owner, letter * 64) for owner, letter in zip(owners, "abcd", strict=True)]
