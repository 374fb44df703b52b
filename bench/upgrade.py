"""Measures for how long an update stops the back office, at a million cases on PostgreSQL: `python -m bench.upgrade --help`.

The database as a revision has it (0011 unless told), filled with rows in the measures of an office (numbers, words, papers, notices,
complaints); then each migration since, once the whole ones and once the lighter ones with their backfills afterwards, beside which a case
is changed five times a second.
"""

import argparse
import asyncio
import json
import os
import secrets
import shutil
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from alembic.script import ScriptDirectory
from sqlalchemy import text

from backoffice.backfilling import FILLINGS
from bench.office_server import FILLING, MEASURING, KeptServer
from storage import backfills
from storage.database import Database
from storage.migrations import run_migrations

OUT = Path("var/bench/upgrade.json")
MIGRATIONS = "backoffice/migrations"
BEGUN = "0011"
ROWS: tuple[tuple[str, dict[str, str], str], ...] = (
    (
        "staff",
        {"id": "'s'", "username": "'s'", "name": "'s'", "password_hash": "'s'", "active": "true", "must_change_password": "false"},
        "(VALUES (1)) AS one",
    ),
    (
        "cases",
        {
            "id": "n", "number": "'LM-' || to_char(n, 'FM0000000000')", "draft_id": "n", "contact": "'c' || n",
            "child_name": "'SPESIMEN ' || n", "stage": "'selesai'", "version": "1", "events": "12", "head_hash": "repeat('h', 64)",
            "bundle": "jsonb_build_object('anak', '[{}]'::jsonb, 'jawaban', repeat('x', 600))", "kecamatan": "'LAINNYA'",
            "siak": "jsonb_build_object('no_kk', '331699' || to_char(n, 'FM0000000000'), 'anak', jsonb_build_array(jsonb_build_object("
            "'akta', '3316-LU-' || to_char(n, 'FM0000000000'), 'nik', '331699' || to_char(n, 'FM0000000000'))))",
        },
        "generate_series(1, :cases) AS n",
    ),
    (
        "case_terms",
        {"case_id": "n", "kind": "'nama'", "term": "md5(n || '-' || w)"},
        "generate_series(1, :cases) AS n, generate_series(1, :words) AS w",
    ),
    (
        "products",
        {
            "id": "md5(n || 'p' || p)", "case_id": "n", "kind": "'akta'", "phase": "'final'", "filename": "'akta.pdf'", "pages": "1",
            "blob": "md5(n || 'b' || p) || md5(n || 'c' || p)", "uploaded_by": "'s'",
        },
        "generate_series(1, :cases) AS n, generate_series(1, :papers) AS p",
    ),
    ("blob_uses", {"owner": "'permohonan:' || n", "blob": "md5(n || 'x') || md5(n || 'y')"}, "generate_series(1, :cases * 2 / 5) AS n"),
    (
        "notices",
        {
            "id": "md5(n || 'n' || p)", "case_id": "n", "contact": "'c' || n", "kind": "'pesan_petugas'", "state": "'terkirim'",
            "number": "'LM-' || to_char(n, 'FM0000000000')", "data": "jsonb_build_object('teks', repeat('x', 200))",
        },
        "generate_series(1, :cases) AS n, generate_series(1, :notices) AS p",
    ),
    (
        "complaints",
        {
            "id": "md5(n || 'a')", "number": "'ADU-' || to_char(n, 'FM0000000000')", "contact": """'{"id": "c"}'""", "category": "'lama'",
            "text": "repeat('x', 200)", "state": "'ditutup'",
        },
        "generate_series(1, :cases / 10) AS n",
    ),
)  # fmt: skip
"""Tables, what stands in their columns, and out of what. Columns that the revision has besides and wants filled get a plain value."""
PLAIN = {"jsonb": "'[]'", "boolean": "false", "timestamp with time zone": "now()", "date": "current_date", "integer": "0", "bigint": "0"}


async def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.upgrade", description=__doc__)
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--words", type=int, default=14, help="words of each case by which it is found")
    parser.add_argument("--papers", type=int, default=4, help="papers of the office in each case")
    parser.add_argument("--notices", type=int, default=2, help="what was told of each case")
    parser.add_argument("--begin", default=BEGUN, help="the revision that is filled, 0011 at the least")
    parser.add_argument("--way", choices=["whole", "lighter"], action="append", help="only one of the two")
    parser.add_argument("--folder", type=Path, help="where the server makes its cluster for the time of the run")
    chosen = parser.parse_args()
    place = Path(tempfile.mkdtemp(prefix="upgrade", dir=chosen.folder))
    place.chmod(0o755)
    server = KeptServer(place / "pg")
    results: dict[str, Any] = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "cases": chosen.cases, "load": os.getloadavg()[0]}
    try:
        server.start_with(*FILLING)
        began = time.monotonic()
        await _fill(server.url, chosen)
        print(f"filled with {chosen.cases:,} cases in {time.monotonic() - began:.0f} s", flush=True)
        server.stop("fast")
        server.start_with(*MEASURING)
        for way in chosen.way or ["whole", "lighter"]:
            url = server.url.replace("/mewa?", f"/{way}?")
            await _alone(server.url, f"CREATE DATABASE {way} TEMPLATE mewa")
            results[way] = await _measure(url, chosen.begin, 10**15 if way == "whole" else 0)
            await _alone(server.url, f"DROP DATABASE {way}")
            print(f"{way}: {json.dumps(results[way])}", flush=True)
    finally:
        server.stop()
        shutil.rmtree(place, ignore_errors=True)
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps(results, indent=1))
    return 0


async def _alone(url: str, statement: str) -> None:
    database = Database.open(url)
    async with database.look() as session:
        await session.execute(text(statement))
    await database.close()


async def _fill(url: str, chosen: argparse.Namespace) -> None:
    await run_migrations(url, MIGRATIONS, chosen.begin)
    database = Database.open(url)
    async with database.write() as session:
        await session.execute(text("SET session_replication_role = replica"))
        for table, columns, source in ROWS:
            wanted = await session.execute(
                text(
                    "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = :name AND is_nullable = 'NO' AND "
                    "column_default IS NULL AND is_identity = 'NO'"
                ),
                {"name": table},
            )
            values = {name: PLAIN.get(kind, "'-'") for name, kind in wanted} | columns
            statement = f"INSERT INTO {table} ({', '.join(values)}) SELECT {', '.join(values.values())} FROM {source}"
            given = {name: getattr(chosen, name) for name in ("cases", "words", "papers", "notices") if f":{name}" in statement}
            await session.execute(text(statement.replace("::jsonb", r"\:\:jsonb").replace('": "', r'"\: "')), given)
    await database.close()
    await _alone(url, "VACUUM ANALYZE")


async def _measure(url: str, begun: str, lighter_above: int) -> dict[str, Any]:
    """Seconds of each migration that took one or more, of all together while the service stands still, and of the backfills after it."""
    script = ScriptDirectory(MIGRATIONS)
    revisions = [each.revision for each in reversed(list(script.walk_revisions(begun, "head")))][1:]
    seconds = {}
    for revision in revisions:
        began = time.monotonic()
        await run_migrations(url, MIGRATIONS, revision, lighter_above)
        seconds[revision] = round(time.monotonic() - began, 1)
        print(f"  {revision}: {seconds[revision]} s", flush=True)
    found: dict[str, Any] = {
        "stopped": round(sum(seconds.values()), 1),
        "each": {name: took for name, took in seconds.items() if took >= 1},
    }
    database = Database.open(url)
    stop, began = asyncio.Event(), time.monotonic()
    try:
        slowest = asyncio.create_task(_work_beside(database, stop))
        rows = await backfills.fill(database, FILLINGS, lambda: datetime.now(UTC), 10**9)
        stop.set()
        found["filled"] = {"rows": rows, "seconds": round(time.monotonic() - began, 1), "slowest_beside": round(await slowest, 2)}
    finally:
        stop.set()
        await database.close()
    return found


async def _work_beside(database: Database, stop: asyncio.Event) -> float:
    """Notes a word of some case, again and again; the slowest in seconds."""
    slowest = 0.0
    while not stop.is_set():
        began = time.monotonic()
        async with database.write() as session:
            case = 1 + secrets.randbelow(1000)
            await session.execute(text("UPDATE cases SET version = version + 1 WHERE id = :case"), {"case": case})
            word = {"case": case, "term": secrets.token_hex(8)}
            await session.execute(text("INSERT INTO case_terms (case_id, kind, term) VALUES (:case, 'nama', :term)"), word)
        slowest = max(slowest, time.monotonic() - began)
        await asyncio.sleep(0.2)
    return slowest


if __name__ == "__main__":
    raise SystemExit(asyncio.run(main()))
