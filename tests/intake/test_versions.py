"""Of two who write to one draft or conversation neither loses what the other wrote, on both databases."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from intake.drafts.model import Child, Document, Draft, PageRef
from intake.drafts.repository import ChangedMeanwhile, ContactRecord, Repository
from standard.kinds import Item, Kind
from storage.database import Database
from storage.keyring import Keyring

KEY = "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE="

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def migrations() -> str:
    return "intake/migrations"


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    opened = Database.open(database_url, Keyring(KEY))
    yield opened
    await opened.close()


async def loaded(database: Database) -> ContactRecord:
    async with database.read() as session:
        return await Repository(session).load("c1")


async def saved(database: Database, record: ContactRecord) -> None:
    async with database.write() as session:
        await Repository(session).save(record)


async def a_desk(database: Database) -> ContactRecord:
    """A conversation with one draft, as the database holds it."""
    record = await loaded(database)
    record.conversation.last_in_at = NOW
    record.drafts = [Draft(contact="c1", created_at=NOW, updated_at=NOW, children=[Child(nama="SITI AMINAH")])]
    await saved(database, record)
    return await loaded(database)


def a_document() -> Document:
    page = PageRef(blob="a" * 64, width=1, height=1)
    return Document(item=Item.KK, kind=Kind.KK, check_result={}, pages=[page], received_at=NOW)


async def test_a_turn_that_began_before_the_deadline_was_noted_does_not_write_over_it(database: Database) -> None:
    record = await a_desk(database)
    async with database.write() as session:
        await Repository(session).note_deadline(record.drafts[0].id, LATER.isoformat())
    record.drafts[0].email = "spesimen@example.org"
    with pytest.raises(ChangedMeanwhile):
        await saved(database, record)
    fresh = (await loaded(database)).drafts[0]
    assert fresh.deadline == LATER and fresh.email is None


async def test_a_turn_that_began_before_a_reminder_was_noted_does_not_write_over_it(database: Database) -> None:
    record = await a_desk(database)
    async with database.write() as session:
        await Repository(session).note_reminder("c1", LATER)
    record.conversation.last_in_at = LATER
    with pytest.raises(ChangedMeanwhile):
        await saved(database, record)
    assert (await loaded(database)).conversation.reminded_at == LATER


async def test_of_two_turns_at_once_the_later_to_write_is_told(database: Database) -> None:
    await a_desk(database)
    first, second = await loaded(database), await loaded(database)
    first.drafts[0].email, second.drafts[0].nama_ibu = "spesimen@example.org", "SITI SPESIMEN"
    await saved(database, first)
    with pytest.raises(ChangedMeanwhile):
        await saved(database, second)


async def test_two_first_turns_of_one_stranger_do_not_write_over_each_other(database: Database) -> None:
    first, second = await loaded(database), await loaded(database)
    first.conversation.last_in_at, second.conversation.last_in_at = NOW, LATER
    await saved(database, first)
    with pytest.raises(ChangedMeanwhile):
        await saved(database, second)


async def test_documents_that_two_turns_bring_are_not_lost_either(database: Database) -> None:
    await a_desk(database)
    first, second = await loaded(database), await loaded(database)
    for record in (first, second):
        record.drafts[0].documents.append(a_document())
    await saved(database, first)
    with pytest.raises(ChangedMeanwhile):
        await saved(database, second)
    assert len((await loaded(database)).drafts[0].documents) == 1


async def test_a_draft_that_the_turn_left_alone_is_not_written_at_all(database: Database) -> None:
    record = await a_desk(database)
    async with database.write() as session:
        await Repository(session).note_deadline(record.drafts[0].id, LATER.isoformat())
    record.conversation.last_in_at = LATER
    await saved(database, record)
    fresh = await loaded(database)
    assert fresh.drafts[0].deadline == LATER and fresh.conversation.last_in_at == LATER


async def test_a_draft_that_was_erased_meanwhile_does_not_come_back(database: Database) -> None:
    record = await a_desk(database)
    async with database.write() as session:
        await Repository(session).delete_draft(record.drafts[0].id)
    record.drafts[0].email = "spesimen@example.org"
    with pytest.raises(ChangedMeanwhile):
        await saved(database, record)
    assert (await loaded(database)).drafts == []
