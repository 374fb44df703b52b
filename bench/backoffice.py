"""Measures the back office at size, a million cases on PostgreSQL and a hundred thousand on SQLite: `python -m bench.backoffice --help`."""

import argparse
import asyncio
import json
import shutil
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from backoffice.services import Services
from bench.office_crowd import work_together
from bench.office_fill import fill
from bench.office_pages import choose_pages, measure, signed_in
from bench.office_server import ALWAYS, FILLING, MEASURING, KeptServer, make_settings, running
from bench.office_sql import Bare, Listener
from storage.migrations import run_migrations

OUT = Path("var/bench/backoffice.json")


async def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.backoffice", description=__doc__)
    parser.add_argument("--cases", type=int, default=1_000_000, help="cases on PostgreSQL; 0 leaves it out")
    parser.add_argument("--sqlite-cases", type=int, default=100_000, help="cases on SQLite; 0 leaves it out")
    parser.add_argument("--folder", type=Path, help="where the filled databases are kept: a second run with the same folder only measures")
    parser.add_argument("--requests", type=int, default=100, help="requests of each page")
    parser.add_argument("--crowd", type=float, default=120, help="seconds for which thirty staff work at once")
    parser.add_argument("--think", type=float, default=2.0, help="seconds that each of them thinks between two clicks, on average")
    parser.add_argument("--only", default="", help="only pages whose name contains this")
    chosen = parser.parse_args()
    folder = (chosen.folder or Path(tempfile.mkdtemp(prefix="office"))).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o755)
    results: dict[str, Any] = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "settings": {"always": ALWAYS, "measuring": MEASURING},
    }
    try:
        if chosen.cases:
            results["postgresql"] = await on_postgres(folder / "postgres", chosen)
        if chosen.sqlite_cases:
            results["sqlite"] = await on_sqlite(folder / "sqlite", chosen)
    finally:
        if chosen.folder is None:
            shutil.rmtree(folder, ignore_errors=True)
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps(results, indent=1))
    print(f"\n{OUT}")
    return 0 if all(is_fine(results[name]) for name in ("postgresql", "sqlite") if name in results) else 1


async def on_postgres(folder: Path, chosen: argparse.Namespace) -> dict[str, Any]:
    folder.mkdir(exist_ok=True)
    folder.chmod(0o755)
    server = KeptServer(folder / "pg")
    filled = folder / "filled.json"
    if not filled.exists():
        server.start_with(*FILLING)
        try:
            await fill_once(server.url, folder, chosen.cases)
        finally:
            server.stop("fast")
    server.start_with(*MEASURING)
    try:
        return await measure_all(server.url, folder, chosen, f"PostgreSQL, {json.loads(filled.read_text())['cases']:,} cases")
    finally:
        server.stop("fast")


async def on_sqlite(folder: Path, chosen: argparse.Namespace) -> dict[str, Any]:
    folder.mkdir(exist_ok=True)
    url, filled = f"sqlite:///{folder}/office.db", folder / "filled.json"
    if not filled.exists():
        await fill_once(url, folder, chosen.sqlite_cases)
    return await measure_all(url, folder, chosen, f"SQLite, {json.loads(filled.read_text())['cases']:,} cases")


async def fill_once(url: str, folder: Path, cases: int) -> None:
    """Fills the database, and notes that it is filled."""
    began = time.monotonic()
    settings = make_settings(url, folder)
    await run_migrations(url, "backoffice/migrations")
    services = Services.open(settings)
    seconds = await fill(services, cases)
    await services.database.close()
    (folder / "filled.json").write_text(json.dumps({"cases": cases, "seconds": seconds}))
    print(f"filled with {cases:,} cases in {(time.monotonic() - began) / 60:.1f} min: {folder}", flush=True)


async def measure_all(url: str, folder: Path, chosen: argparse.Namespace, title: str) -> dict[str, Any]:
    """Every page beside its SQL, then thirty staff at once."""
    settings = make_settings(url, folder)
    async with running(settings) as office:
        services = Services.open(settings)
        listener, bare = Listener(settings), Bare(url)
        async with listener.ready(), signed_in(office.address, "petugas1") as petugas:
            pages = [page for page in await choose_pages(services.database, petugas) if chosen.only in page.name]
            print(f"\n{title}\n{HEAD}", flush=True)
            for page in pages:
                if page.role is None:
                    await measure(page, None, office, listener, bare, chosen.requests)
                else:
                    async with signed_in(office.address, page.role) as desk:
                        await measure(page, desk, office, listener, bare, chosen.requests)
                show(page.row())
        await bare.close()
        crowd = await work_together(office.address, services.database, chosen.crowd, chosen.think) if chosen.crowd else {}
        await services.database.close()
    if crowd:
        show_crowd(crowd)
    return {"title": title, "pages": [page.row() for page in pages], "crowd": crowd}


HEAD = (
    f"{'page':34}{'requests':>9}{'p50 ms':>9}{'p95 ms':>9}{'SQL p50':>9}{'SQL p95':>9}{'allowed':>9}{'limit':>7}{'CPU ms':>8}"
    f"  {'stmts':>5}  KB"
)


def show(row: dict[str, Any]) -> None:
    """One line of the table."""
    print(
        f"{row['page']:34}{row['requests']:9}{row['p50']:9.1f}{row['p95']:9.1f}{row['sql_p50']:9.1f}{row['sql_p95']:9.1f}{row['allowed']:9.1f}"
        f"{row['limit'] or '':>7}{row['cpu']:8.1f}  {row['statements']:5}  {row['bytes'] / 1024:.0f}{'' if row['ok'] else '   ← too slow'}",
        flush=True,
    )


def show_crowd(crowd: dict[str, Any]) -> None:
    """What thirty at once waited for."""
    print(
        f"\n{crowd['people']} staff for {crowd['seconds']:.0f} s, thinking {crowd['think']} s between clicks: {crowd['requests']} requests,"
        f" {crowd['acts']} acts confirmed ({crowd['twice']} buttons pressed twice at once), {sum(crowd['refused'].values())} refused as"
        f" they should be, {len(crowd['errors'])} errors, {len(crowd['lost'])} lost"
    )
    for what, times in crowd["times"].items():
        print(f"  {what:22}{times['n']:6}  p50 {times['p50']:7.1f}  p95 {times['p95']:7.1f}")
    for line in [*crowd["errors"], *crowd["lost"]][:10]:
        print(f"  ! {line}")


def is_fine(result: dict[str, Any]) -> bool:
    """Whether every limit was kept."""
    return all(page["ok"] for page in result["pages"]) and not result["crowd"].get("errors") and not result["crowd"].get("lost")


if __name__ == "__main__":
    raise SystemExit(asyncio.run(main()))
