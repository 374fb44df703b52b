"""A large office is brought up in seconds: what its migrations leave is filled in while it works, to what the whole ones write."""

import argparse
import gzip
import json
from pathlib import Path

import pytest
import sqlalchemy as sa

from backoffice.backfilling import FILLINGS, fill
from backoffice.cases.numbers import _number_in_cases
from backoffice.cli.upkeep import reseal, show_backfills
from backoffice.metadata import METADATA
from backoffice.services import Services
from runtime.commandline import NotDone
from storage.backfills import progress, unfinished
from storage.database import Database
from storage.migrations import find_drift, run_migrations
from tests.backoffice.test_upgrade import MIGRATIONS, RELEASED, _fill

pytestmark = pytest.mark.postgres

FILLED = {
    "kept_blobs": "SELECT blob FROM kept_blobs",
    "blob_uses": "SELECT owner, blob FROM blob_uses",
    "issued_numbers": "SELECT kind, number, case_id, child FROM issued_numbers",
    "case_terms": "SELECT case_id, kind, term FROM case_terms",
    "constraints": "SELECT conname, convalidated FROM pg_constraint WHERE conname LIKE '%blob_uses%'",
    "indices": "SELECT indexname FROM pg_indexes WHERE schemaname = 'public'",
}


@pytest.fixture
def migrations() -> None:
    """Here the databases are empty."""


async def _upgrade(url: str, lighter_above: int) -> None:
    rows = json.loads(gzip.decompress(RELEASED["0007"].read_bytes()))
    await run_migrations(url, MIGRATIONS, "0007")
    await _fill(url, rows)
    await run_migrations(url, MIGRATIONS, lighter_above=lighter_above)


async def _found(url: str) -> dict[str, set[tuple[object, ...]]]:
    database = Database.open(url)
    async with database.read() as session:
        found = {name: {tuple(row) for row in await session.execute(sa.text(query))} for name, query in FILLED.items()}
    await database.close()
    return found


@pytest.fixture
def only_postgres(database_url: str) -> str:
    if not database_url.startswith("postgresql"):
        pytest.skip("the lighter migrations are PostgreSQL's")
    return database_url


async def test_the_lighter_way_ends_with_what_the_whole_one_writes(only_postgres: str, new_postgres_url, services: Services) -> None:
    whole = new_postgres_url()
    await _upgrade(whole, 10**9)
    await _upgrade(only_postgres, 0)
    assert await find_drift(only_postgres, METADATA) == []
    async with services.database.read() as session:
        assert set(await unfinished(session)) == set(FILLINGS)
    assert await fill(services) > 0 and await fill(services) == 0
    async with services.database.read() as session:
        assert await unfinished(session) == [] and all(each.done_at for each in await progress(session))
    light, heavy = await _found(only_postgres), await _found(whole)
    assert light["indices"] - heavy["indices"] == {("backfills_pkey",)} and heavy["indices"] <= light["indices"]
    assert {name: rows for name, rows in light.items() if name != "indices"} == {name: r for name, r in heavy.items() if name != "indices"}
    assert "short_numbers" in await show_backfills(services, argparse.Namespace(json=False))


async def test_until_all_is_filled_in_no_file_goes_and_no_number_is_given_twice(only_postgres: str, services: Services) -> None:
    await _upgrade(only_postgres, 0)
    rows = json.loads(gzip.decompress(RELEASED["0007"].read_bytes()))["cases"]
    akten = [(child["akta"], row) for row in rows for child in json.loads(row["siak"]).get("anak", []) if child.get("akta")]
    akta = akten[0][0]
    same = {row["id"]: row["number"] for number, row in akten if number == akta}
    async with services.database.read() as session:
        assert await _number_in_cases(session, "akta", akta, 0) in same.values()
        others = {number for own, number in same.items() if own != akten[0][1]["id"]}
        assert await _number_in_cases(session, "akta", akta, akten[0][1]["id"]) in (others or {None})
        assert await _number_in_cases(session, "akta", "3316-LU-01011999-0001", 0) is None
    blob = await services.kept.put(b"a picture", "permohonan:1")
    async with services.database.write() as session:
        await session.execute(sa.text("DELETE FROM blob_uses WHERE blob = :blob"), {"blob": blob})
    assert await services.kept.erase_unneeded([blob]) == 0 and await services.blobs.exists(blob)
    with pytest.raises(NotDone, match="still filling in"):
        await reseal(services, argparse.Namespace())
    await fill(services)
    assert await services.kept.erase_unneeded([blob]) == 1 and not await services.blobs.exists(blob)


@pytest.mark.parametrize("file", sorted((Path(MIGRATIONS) / "lighter").glob("*.py")), ids=lambda file: file.stem)
def test_each_lighter_migration_stands_beside_a_published_one(file: Path) -> None:
    assert list((Path(MIGRATIONS) / "versions").glob(f"{file.stem}_*.py"))
