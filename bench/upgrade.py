"""Measures for how long an update stops the back office, at a million cases on PostgreSQL: `python -m bench.upgrade --help`.

The database as revision 0011 has it, filled with rows in the measures of an office (numbers, words, papers); then each migration since,
once the whole ones and once the lighter ones with their backfills afterwards, beside which a case is changed five times a second.
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
ROWS = (
    "INSERT INTO staff (id, username, name, password_hash, active, must_change_password, created_at{more}) "
    "VALUES ('s', 's', 's', 's', true, false, now(){values})",
    "INSERT INTO cases (id, number, draft_id, contact, submitted_at, child_name, bundle, stage, stage_since, facts, told, version, events, "
    "head_hash, kia, siak, kecamatan) SELECT n, 'LM-' || to_char(n, 'FM0000000000'), n, 'c' || n, now(), 'SPESIMEN ' || n, "
    "jsonb_build_object('anak', '[{}]'::jsonb, 'jawaban', repeat('x', 600)), 'selesai', now(), '[]', '[]', 1, 12, repeat('h', 64), '{}', "
    "jsonb_build_object('no_kk', '331699' || to_char(n, 'FM0000000000'), 'anak', jsonb_build_array(jsonb_build_object("
    "'akta', '3316-LU-' || to_char(n, 'FM0000000000'), 'nik', '331699' || to_char(n, 'FM0000000000')))), 'LAINNYA' "
    "FROM generate_series(1, :cases) AS n",
    "INSERT INTO case_terms (case_id, kind, term) SELECT n, 'nama', md5(n || '-' || w) FROM generate_series(1, :cases) AS n, "
    "generate_series(1, :words) AS w",
    "INSERT INTO products (id, case_id, kind, child, phase, blob, filename, pages, warnings, uploaded_by, uploaded_at) "
    "SELECT md5(n || 'p' || p), n, 'akta', 0, 'final', md5(n || 'b' || p) || md5(n || 'c' || p), 'akta.pdf', 1, '[]', 's', now() "
    "FROM generate_series(1, :cases) AS n, generate_series(1, :papers) AS p",
    "INSERT INTO blob_uses (owner, blob) SELECT 'permohonan:' || n, md5(n || 'x') || md5(n || 'y') "
    "FROM generate_series(1, :cases * 2 / 5) AS n",
)


async def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.upgrade", description=__doc__)
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--words", type=int, default=14, help="words of each case by which it is found")
    parser.add_argument("--papers", type=int, default=4, help="papers of the office in each case")
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
            results[way] = await _measure(url, 10**15 if way == "whole" else 0)
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
    await run_migrations(url, MIGRATIONS, BEGUN)
    database = Database.open(url)
    async with database.write() as session:
        lacking = await session.execute(
            text(
                "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = 'staff' AND is_nullable = 'NO' AND "
                "column_default IS NULL AND column_name NOT IN ('id', 'username', 'name', 'password_hash', 'active', "
                "'must_change_password', 'created_at')"
            )
        )
        more = [(name, "'s'" if "char" in kind else "'[]'" if kind == "jsonb" else "0") for name, kind in lacking]
        await session.execute(text("SET session_replication_role = replica"))
        for statement in ROWS:
            if "{more}" in statement:
                names, values = "".join(f", {name}" for name, _ in more), "".join(f", {value}" for _, value in more)
                statement = statement.format(more=names, values=values)
            wanted = {name: getattr(chosen, name) for name in ("cases", "words", "papers") if f":{name}" in statement}
            await session.execute(text(statement.replace("::jsonb", r"\:\:jsonb")), wanted)
    await database.close()
    await _alone(url, "VACUUM ANALYZE")


async def _measure(url: str, lighter_above: int) -> dict[str, Any]:
    """Seconds of each migration that took one or more, of all together while the service stands still, and of the backfills after it."""
    script = ScriptDirectory(MIGRATIONS)
    revisions = [each.revision for each in reversed(list(script.walk_revisions(BEGUN, "head")))][1:]
    seconds = {}
    for revision in revisions:
        began = time.monotonic()
        await run_migrations(url, MIGRATIONS, revision, lighter_above)
        seconds[revision] = round(time.monotonic() - began, 1)
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
