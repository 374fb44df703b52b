"""An office that runs a released version is brought up to this one with its data: nothing is lost, and every chain still holds.

`released/<day>.json.gz` holds all rows of a database that the released program of that day made: thirteen cases of invented people, from
the first stage to the last.
"""

import argparse
import base64
import gzip
import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from backoffice.cli.upkeep import check_chains
from backoffice.metadata import METADATA
from backoffice.services import Services
from storage.database import Database
from storage.migrations import find_drift, run_migrations

MIGRATIONS = "backoffice/migrations"
RELEASED = {"0007": Path(__file__).parent / "released" / "2026-11-22.json.gz"}
"""What each released version left, by the last revision that it had."""
GONE = {"failed_sign_ins", "staff_sessions"}
"""Tables whose rows an upgrade throws away on purpose: everybody signs in anew."""


@pytest.fixture
def migrations() -> None:
    """Here the databases are empty."""


async def _fill(url: str, rows: dict[str, list[dict[str, Any]]]) -> None:
    """Puts the rows into the tables as that version made them."""
    database = Database.open(url)
    async with database.engine.begin() as connection:
        tables = sa.MetaData()
        await connection.run_sync(lambda here: tables.reflect(here, resolve_fks=True))
        for table in tables.sorted_tables:
            if values := [{name: _value(table.c[name], value) for name, value in row.items()} for row in rows.get(table.name, [])]:
                await connection.execute(table.insert(), values)
    await database.close()


def _value(column: sa.Column[Any], value: Any) -> Any:
    """A value as SQLite keeps it, in the form that this database's column wants."""
    if isinstance(value, dict):
        return base64.b64decode(value["base64"])
    if value is None or isinstance(column.type, sa.String):
        return value
    if isinstance(column.type, sa.DateTime):
        return datetime.fromisoformat(value if "+" in value else f"{value}+00:00")
    if isinstance(column.type, sa.Date):
        return date.fromisoformat(value)
    if isinstance(column.type, sa.Boolean):
        return bool(value)
    return json.loads(value) if isinstance(column.type, sa.JSON) else value


async def _counted(services: Services, names: list[str]) -> dict[str, int]:
    async with services.database.read() as session:
        return {name: (await session.execute(sa.select(sa.func.count()).select_from(sa.table(name)))).scalar_one() for name in names}


@pytest.mark.parametrize("revision", list(RELEASED))
async def test_a_released_version_is_brought_up_with_its_data(database_url: str, services: Services, revision: str) -> None:
    rows = json.loads(gzip.decompress(RELEASED[revision].read_bytes()))
    await run_migrations(database_url, MIGRATIONS, revision)
    await _fill(database_url, rows)
    await run_migrations(database_url, MIGRATIONS)
    assert await find_drift(database_url, METADATA) == []

    kept = {name: len(found) for name, found in rows.items() if name not in GONE and found}
    counted = await _counted(services, list(kept))
    grown = {"case_terms", "blob_uses"}
    assert {name: count for name, count in counted.items() if name not in grown} == {k: v for k, v in kept.items() if k not in grown}
    assert all(counted[name] >= kept[name] for name in grown)

    said = await check_chains(services, argparse.Namespace(seen=None, json=False))
    assert f"{kept['cases']} cases and {kept['audit_events']} acts checked, 0 chains broken" in said

    async with services.database.read() as session:
        terms = {tuple(row) for row in await session.execute(sa.text("SELECT case_id, kind, term FROM case_terms"))}
        issued = {tuple(row) for row in await session.execute(sa.text("SELECT kind, number FROM issued_numbers"))}
        needed = set(await session.scalars(sa.text("SELECT blob FROM blob_uses")))
        known = set(await session.scalars(sa.text("SELECT blob FROM kept_blobs")))
    for case in rows["cases"]:
        siak = json.loads(case["siak"])
        assert (case["id"], "nama", case["number"][-4:]) in terms, "found by the four letters"
        assert not siak.get("no_kk") or (case["id"], "kk", siak["no_kk"]) in terms
        numbers = {(kind, child[kind]) for child in siak.get("anak", []) for kind in ("akta", "nik") if child.get(kind)}
        assert numbers <= issued
    assert {product["blob"] for product in rows["products"]} <= needed <= known
