"""Measures the queries behind the pages of the complaints desk at size, on SQLite: `python -m bench.desk --complaints 100000`."""

import argparse
import asyncio
import base64
import json
import random
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.actor import Actor
from backoffice.complaints.concealment import secrets_of
from backoffice.complaints.inbox import Inbox
from backoffice.complaints.merging import others_of
from backoffice.complaints.models import Complaint, ComplaintMessage
from backoffice.complaints.reading import unread
from backoffice.complaints.service import ComplaintService
from backoffice.complaints.thread import load
from backoffice.inspection.listing import Filter, Listing
from backoffice.settings import Settings
from backoffice.staff.models import Staff
from backoffice.staff.service import StaffService
from scripts import environment as env
from storage.database import Database
from storage.keyring import Keyring
from storage.migrations import run_migrations

NOW = datetime(2026, 11, 30, 3, 0, tzinfo=UTC)
OUT = env.ROOT / "var" / "bench" / "desk.json"
KEY = base64.b64encode(bytes(32)).decode()
LIMIT = 0.1
"""Seconds that the slowest twentieth may take: the back office's own limit for pages of queues and cases."""

OPEN_SHARE, RESTRICTED_SHARE, BATCH = 0.03, 0.05, 5000
DESK = Actor("desk", "Petugas SPESIMEN", frozenset({"petugas_pengaduan"}))
HEAD = Actor("head", "Kepala SPESIMEN", frozenset({"kepala_dinas"}))


async def fill(database: Database, complaints: int, messages: int, chance: random.Random) -> None:
    """Complaints of three years, a thirtieth of them open, with so many messages each."""
    async with database.write() as session:
        for actor in (DESK, HEAD):
            row = {"id": actor.id, "username": actor.id, "name": actor.name, "password_hash": "x", "created_at": NOW}
            await session.execute(insert(Staff), [{**row, "active": True, "must_change_password": False}])
    for begin in range(0, complaints, BATCH):
        rows, said = [], []
        for place in range(begin, min(begin + BATCH, complaints)):
            made = NOW - timedelta(minutes=chance.randrange(3 * 365 * 24 * 60))
            is_open = chance.random() < OPEN_SHARE
            restricted = chance.random() < RESTRICTED_SHARE
            rows.append(_complaint(place, made, is_open, restricted, chance))
            said += [
                {"id": f"m{place}-{n}", "complaint_id": f"c{place}", "direction": "in", "text": "SPESIMEN", "attachments": [], "at": made}
                for n in range(messages)
            ]
        async with database.write() as session:
            await session.execute(insert(Complaint), rows)
            await session.execute(insert(ComplaintMessage), said)


def _complaint(place: int, made: datetime, is_open: bool, restricted: bool, chance: random.Random) -> dict[str, Any]:
    contact = f"contact-{place % 60_000}"
    return {
        "id": f"c{place}", "number": f"ADU-261130-{place:06}", "contact": {"id": contact}, "category": "pungli" if restricted else "lama",
        "contact_id": contact,
        "text": "SPESIMEN. Sudah seminggu belum jadi.", "restricted": restricted, "urgent": chance.random() < 0.05,
        "state": chance.choice(("baru", "diproses", "menunggu")) if is_open else "ditutup", "created_at": made,
        "first_reply_due": made + timedelta(days=3), "answer_due": made + timedelta(days=14),
        "first_reply_at": None if is_open else made + timedelta(days=1), "closed_at": None if is_open else made + timedelta(days=9),
        "anonymous": False, "level": 0, "told": [], "channel": "whatsapp", "last_words": "SPESIMEN", "last_direction": "in",
        "last_at": made, "last_in_at": made,
    }  # fmt: skip


async def measure(database: Database, complaints: int, rounds: int, chance: random.Random) -> dict[str, dict[str, float]]:
    """Seconds of each question: its median, and the slowest twentieth."""
    staff = StaffService

    async def inbox(session: AsyncSession, actor: Actor, tab: str) -> None:
        box = Inbox(session, actor, NOW)
        page = await box.page(tab, None)
        await box.counts()
        await unread(session, page.complaints, actor)

    async def thread(session: AsyncSession) -> None:
        settings: Any = Settings.model_construct(session_hours=8)
        await load(session, staff(session, settings, NOW), f"ADU-261130-{chance.randrange(complaints):06}", DESK, NOW)

    async def other(session: AsyncSession) -> None:
        number = f"ADU-261130-{chance.randrange(complaints):06}"
        await others_of(session, await ComplaintService(session, NOW).get(number), DESK)

    questions: dict[str, Callable[[AsyncSession], Awaitable[Any]]] = {
        "queue: open": lambda session: inbox(session, DESK, "terbuka"),
        "queue: due": lambda session: inbox(session, DESK, "jatuh_tempo"),
        "queue: ended": lambda session: inbox(session, DESK, "selesai"),
        "queue: head": lambda session: inbox(session, HEAD, "terbuka"),
        "thread": thread,
        "others of one person": other,
        "secrets beside a case": lambda session: secrets_of(session, f"contact-{chance.randrange(60_000)}", HEAD),
        "audit": lambda session: Listing(session, HEAD).page(Filter(), None),
    }
    return {name: await _timed(database, ask, rounds) for name, ask in questions.items()}


async def _timed(database: Database, ask: Callable[[AsyncSession], Awaitable[Any]], rounds: int) -> dict[str, float]:
    taken = []
    for _ in range(rounds):
        async with database.write() as session:
            begin = time.perf_counter()
            try:
                await ask(session)
            except Exception as error:  # a restricted one is not there for the desk: that is an answer, too
                if type(error).__name__ != "NotFound":
                    raise
            taken.append(time.perf_counter() - begin)
    return {"median": statistics.median(taken), "p95": sorted(taken)[int(len(taken) * 0.95)]}


async def run(chosen: argparse.Namespace) -> int:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/office.db"
        await run_migrations(url, Path("backoffice/migrations"))
        database, chance = Database.open(url, Keyring(KEY)), random.Random(1)
        await fill(database, chosen.complaints, chosen.messages, chance)
        found = await measure(database, chosen.complaints, chosen.rounds, chance)
        await database.close()
    for name, row in found.items():
        print(f"{name:24} median {row['median'] * 1000:7.1f} ms   p95 {row['p95'] * 1000:7.1f} ms")
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(
        json.dumps({"complaints": chosen.complaints, "messages": chosen.complaints * chosen.messages, "seconds": found}, indent=1)
    )
    return 0 if all(row["p95"] <= LIMIT for row in found.values()) else 1


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.desk", description=__doc__)
    parser.add_argument("--complaints", type=int, default=100_000)
    parser.add_argument("--messages", type=int, default=10, help="messages of each")
    parser.add_argument("--rounds", type=int, default=40)
    return asyncio.run(run(parser.parse_args()))


if __name__ == "__main__":
    raise SystemExit(main())
