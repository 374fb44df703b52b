"""Measures how many updates a second the bot's splitter handles: `python -m bench.splitting [--people 100] [--rounds 3]`.

Bodies as Meta posts them when people talk: each message alone, and three statuses of a reply, each alone, on SQLite with its disk.
"""

import argparse
import asyncio
import base64
import json
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from bot.deliveries import envelope, repository
from bot.inbox.service import Inbox
from runtime.settings import ROOT
from standard import clock
from storage.database import Database
from storage.keyring import Keyring
from storage.migrations import run_migrations

NUMBER = "1122334455667"


def bodies(people: int, rounds: int) -> list[bytes]:
    """The webhook bodies of so many people who say something so often."""
    made = []
    for turn in range(rounds):
        for person in range(people):
            name, at = f"{turn}-{person}", str(1_795_313_400 + turn)
            words = {"from": f"62812{person:07}", "id": f"wamid.in-{name}", "timestamp": at, "type": "text", "text": {"body": "halo"}}
            made.append({"messages": [words], "contacts": [{"wa_id": words["from"], "profile": {"name": "SPESIMEN"}}]})
            made += [{"statuses": [{"id": f"wamid.out-{name}", "status": s, "timestamp": at}]} for s in ("sent", "delivered", "read")]
    return [json.dumps(_posted(value)).encode() for value in made]


def _posted(value: Mapping[str, object]) -> dict[str, object]:
    change = {"field": "messages", "value": {"metadata": {"phone_number_id": NUMBER}, **value}}
    return {"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [change]}]}


async def measure(people: int, rounds: int, url: str) -> dict[str, float]:
    """Stores all bodies in an empty database, splits them, and tells the pace."""
    await run_migrations(url, ROOT / "bot" / "migrations")
    database = Database.open(url, Keyring(base64.b64encode(bytes(32)).decode()))
    posts = bodies(people, rounds)
    async with database.write() as session:
        await repository.store(session, [(post, envelope.statuses_only(json.loads(post)), clock.now()) for post in posts])
    inbox = Inbox(database, clock.now, NUMBER, lambda *_: None, lambda *_: None)
    began, worked = time.monotonic(), time.process_time()
    while (job := await inbox.claim()) is not None:
        await inbox.split(job)
    seconds, processor = time.monotonic() - began, time.process_time() - worked
    await database.close()
    return {"updates": len(posts), "seconds": seconds, "per_second": len(posts) / seconds, "cpu_ms_each": processor / len(posts) * 1000}


def main() -> None:
    """Prints the figures and leaves them under `var/bench/`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--database", help="an empty PostgreSQL in SQLite's stead")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=ROOT) as folder:
        url = arguments.database or f"sqlite:///{folder}/bench.db"
        figures = asyncio.run(measure(arguments.people, arguments.rounds, url))
    print("  ".join(f"{name} {value:.1f}" for name, value in figures.items()))
    kept = Path(ROOT, "var", "bench", "splitting.json")
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
