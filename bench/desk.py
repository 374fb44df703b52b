"""Opens the pages of the complaints desk at size, on SQLite and on PostgreSQL: `python -m bench.desk --help`."""

import argparse
import asyncio
import json
import random
import shutil
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.complaints.models import Complaint, ComplaintMessage
from backoffice.services import Services
from bench.backoffice import HEAD, show
from bench.office_pages import CLICK, Page, measure, signed_in
from bench.office_server import FILLING, MEASURING, KeptServer, make_settings, running
from bench.office_sql import Bare, Listener
from bench.office_templates import make_staff
from storage.database import Database
from storage.migrations import run_migrations

OUT = Path("var/bench/desk.json")
OPEN_SHARE, RESTRICTED_SHARE, URGENT_SHARE, CLIMBED_SHARE, BATCH = 0.03, 0.05, 0.05, 0.3, 2000
YEARS, CONTACTS = 3, 60_000
STORY = (
    "SPESIMEN. Sudah seminggu berkas akta anak saya belum jadi, tiap ditanya selalu dijawab besok, padahal syaratnya sudah lengkap semua."
)


async def fill(services: Services, complaints: int, messages: int) -> None:
    """Complaints of three years, a thirtieth of them open, with so many messages each."""
    staff, chance, now = await make_staff(services), random.Random(1), services.clock()
    desk, reader = staff["petugas_pengaduan"][0].id, staff["inspektorat"][0].id
    rows = _complaints(complaints, now, str(desk), str(reader), chance)
    while batch := [row for _, row in zip(range(BATCH), rows, strict=False)]:
        async with services.database.write() as session:
            await session.execute(insert(Complaint), batch)
            await session.execute(insert(ComplaintMessage), [said for row in batch for said in _messages(row, messages)])
    async with services.database.engine.connect() as connection:
        alone = await connection.execution_options(isolation_level="AUTOCOMMIT")
        await alone.execute(text("ANALYZE" if services.database.is_sqlite else "VACUUM ANALYZE"))


def _complaints(count: int, now: datetime, desk: str, reader: str, chance: random.Random) -> Iterator[dict[str, Any]]:
    for place in range(count):
        is_open, restricted = chance.random() < OPEN_SHARE, chance.random() < RESTRICTED_SHARE
        made = now - timedelta(minutes=chance.randrange(20 * 24 * 60 if is_open else YEARS * 365 * 24 * 60))
        state = chance.choice(("baru", "ditugaskan", "diproses", "menunggu")) if is_open else "ditutup"
        replied = state in ("diproses", "menunggu", "ditutup")
        contact = f"contact-{place % CONTACTS}"
        yield {
            "id": f"c{place}", "number": f"ADU-261130-{place:06}", "contact": {"id": contact, "name": "BUDI SPESIMEN"},
            "contact_id": contact, "category": "pungli" if restricted else "lama", "text": STORY, "restricted": restricted,
            "reader_id": reader if restricted else None, "urgent": chance.random() < URGENT_SHARE, "state": state, "created_at": made,
            "first_reply_due": made + timedelta(days=3), "answer_due": made + timedelta(days=14),
            "first_reply_at": made + timedelta(days=1) if replied else None,
            "closed_at": None if is_open else made + timedelta(days=9), "anonymous": False,
            "level": chance.randrange(1, 5) if chance.random() < CLIMBED_SHARE else 0, "told": [], "channel": "whatsapp",
            "assigned_to": desk if state in ("ditugaskan", "diproses") and not restricted else None, "last_words": STORY[:100],
            "last_direction": "in", "last_at": made, "last_in_at": made,
        }  # fmt: skip


def _messages(row: dict[str, Any], count: int) -> Iterator[dict[str, Any]]:
    for place in range(count):
        at = row["created_at"] + timedelta(hours=place)
        yield {"id": f"{row['id']}-{place}", "complaint_id": row["id"], "direction": "in", "text": STORY, "attachments": [], "at": at}


async def choose_pages(database: Database) -> list[Page]:
    """The lists of everyone who has one, deep pages, and threads."""
    async with database.read() as session:
        open_one, ended, restricted = [await _some(session, *where) for where in (
            (Complaint.closed_at.is_(None), Complaint.restricted.is_(False)),
            (Complaint.closed_at.is_not(None), Complaint.restricted.is_(False)),
            (Complaint.restricted.is_(True),),
        )]  # fmt: skip
        deep = select(Complaint).where(Complaint.closed_at.is_not(None)).order_by(Complaint.closed_at).offset(500).limit(1)
        old = (await session.scalars(deep)).one()
    tabs = {
        "petugas_pengaduan1": ("terbuka", "baru", "saya", "menunggu", "jatuh_tempo", "selesai"),
        "inspektorat1": ("terbuka", "saya", "terbatas", "selesai"),
        "kepala_dinas1": ("terbuka", "naik", "selesai"),
    }
    lists = [Page(f"list, {tab}, {role[:-1]}", role, [f"/pengaduan?tab={tab}"], CLICK) for role, names in tabs.items() for tab in names]
    far = f"0~{old.closed_at:%Y-%m-%dT%H:%M:%S}Z~{old.id}"
    return [
        *lists,
        Page("list, deep in the ended", "petugas_pengaduan1", [f"/pengaduan?tab=selesai&dari={far}"], CLICK),
        Page("list, live part", "petugas_pengaduan1", ["/pengaduan/isi?tab=terbuka"], CLICK),
        Page("thread, open", "petugas_pengaduan1", [f"/pengaduan/{number}?tab=terbuka" for number in open_one], CLICK),
        Page("thread, ended", "petugas_pengaduan1", [f"/pengaduan/{number}?tab=selesai" for number in ended], CLICK),
        Page("thread, restricted", "inspektorat1", [f"/pengaduan/{number}?tab=terbatas" for number in restricted], CLICK),
        Page("thread, live part", "petugas_pengaduan1", [f"/pengaduan/{number}/utas" for number in open_one], CLICK),
    ]


async def _some(session: AsyncSession, *where: Any) -> list[str]:
    return list(await session.scalars(select(Complaint.number).where(*where).limit(30)))


async def measure_all(url: str, folder: Path, chosen: argparse.Namespace, title: str) -> list[dict[str, Any]]:
    """Fills a database, and opens every page beside its SQL."""
    settings = make_settings(url, folder)
    await run_migrations(url, "backoffice/migrations")
    services = Services.open(settings)
    await fill(services, chosen.complaints, chosen.messages)
    async with running(settings) as office:
        listener, bare = Listener(settings), Bare(url)
        pages = [page for page in await choose_pages(services.database) if chosen.only in page.name]
        print(f"\n{title}, {chosen.complaints:,} complaints, {chosen.complaints * chosen.messages:,} messages\n{HEAD}", flush=True)
        async with listener.ready():
            for page in pages:
                async with signed_in(office.address, str(page.role)) as desk:
                    for path in page.paths:  # the first look at a thread notes who reads it, all later ones when
                        await desk.client.get(path)
                    await measure(page, desk, office, listener, bare, chosen.requests)
                show(page.row())
        await bare.close()
    await services.database.close()
    return [page.row() for page in pages]


async def run(chosen: argparse.Namespace) -> int:
    folder = Path(tempfile.mkdtemp(prefix="desk"))
    folder.chmod(0o755)
    found: dict[str, list[dict[str, Any]]] = {}
    try:
        if chosen.on != "postgresql":
            (folder / "sqlite").mkdir()
            found["sqlite"] = await measure_all(f"sqlite:///{folder}/sqlite/office.db", folder / "sqlite", chosen, "SQLite")
        if chosen.on != "sqlite":
            server = KeptServer(folder / "pg")
            server.start_with(*FILLING, *MEASURING)
            try:
                found["postgresql"] = await measure_all(server.url, folder, chosen, "PostgreSQL")
            finally:
                server.stop("fast")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps({"complaints": chosen.complaints, "messages": chosen.messages, "pages": found}, indent=1))
    return 0 if all(row["p95"] <= CLICK * 1000 for rows in found.values() for row in rows) else 1


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.desk", description=__doc__)
    parser.add_argument("--complaints", type=int, default=100_000)
    parser.add_argument("--messages", type=int, default=10, help="messages of each")
    parser.add_argument("--requests", type=int, default=60, help="requests of each page")
    parser.add_argument("--on", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--only", default="", help="only pages whose name contains this")
    return asyncio.run(run(parser.parse_args()))


if __name__ == "__main__":
    raise SystemExit(main())
