"""Kills real bots again and again while people write to them: `python -m bench.crash [--people 200] [--each 25] [--kills 40] [--stops 2]`.

Every body is posted until it is taken, one in ten of them twice, one in ten with the next message in the same body; each person's next
one follows the former's 200; one person in ten sends a photo or an album of three; statuses come in any order. Meanwhile a bot is killed
(`kill -9`) so often, and the database is stopped so often: PostgreSQL as a power cut would, SQLite by a lock that somebody holds. Told is
what was lost, what was said twice, whose order was broken, and how long the longest recovery took. `--machines` runs two bots over a
PostgreSQL and an S3 server of the bench's own; without it, one bot with SQLite and a folder. Dialogue, actions, back office and Graph
are stand-ins.
"""

import argparse
import asyncio
import json
import random
import sqlite3
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from bench import servers
from bench.bot_process import BotProcess
from bench.stand_ins import STATUSES, StandIns, photo_of, text_of, together
from runtime.settings import ROOT
from tests.postgres import PostgresServer

LOOK = 0.05
QUIET = 90.0
"""Seconds without any answer after which what is missing counts as lost."""


@dataclass(frozen=True)
class Figures:
    """What came of it. `doubled` were sent twice under one id of ours, `answered_twice` under two."""

    bodies: int
    messages: int
    kills: int
    stops: int
    lost: int
    doubled: int
    answered_twice: int
    out_of_order: int
    photos_lost: int
    longest_recovery: float
    seconds: float


@dataclass(frozen=True)
class Place:
    """Where the bots keep what they have: nothing said is SQLite and a folder. `stop` has the database away until it returns."""

    stop: Callable[[], Awaitable[None]]
    bots: int = 1
    database: str | None = None
    blobs: str | None = None


async def run(people: int, each: int, kills: int, folder: Path, place: Place, stops: int = 0, seed: int = 1) -> Figures:
    """One run. A person's message number n is answered by a text that names it."""
    dice = random.Random(seed)
    began = time.monotonic()
    async with StandIns(shuffled=True) as world:
        settings = {"UNSURE_WAIT_SECONDS": "5", "ALBUM_WINDOW_SECONDS": "0.5", **({"BLOB_URL": place.blobs} if place.blobs else {})}
        bots = [BotProcess(folder, world.url, place.database, **settings) for _ in range(place.bots)]
        world.webhooks = [bot.url for bot in bots]
        for bot in bots:  # one after another: the first migrates
            await bot.start()
        photos = {f"62812{k:07}": 1 if k % 20 else 3 for k in range(0, people, 10)}
        bodies = 0
        posted: set[tuple[str, str]] = set()
        """What is to be answered by now."""

        async def person(k: int, pauses: list[float], kinds: list[float]) -> None:
            nonlocal bodies
            name = f"62812{k:07}"
            values = [text_of(name, f"{k}-{n}", f"wamid.{k}.{n}") for n in range(each)]
            n = 0
            while n < each:
                count = 2 if kinds[n] > 0.9 and n + 1 < each else 1
                for _ in range(2 if kinds[n] < 0.1 else 1):
                    bodies += 1
                    await world.post(together(values[n : n + count]))
                posted.update((name, f"Balasan: {k}-{m}") for m in range(n, n + count))
                await asyncio.sleep(pauses[n])
                n += count
            if name in photos:
                bodies += 1
                await world.post(together([photo_of(name, f"wamid.{k}.photo{m}") for m in range(photos[name])]))
                posted.add((name, f"Balasan: {photos[name]} berkas"))

        writing = [
            asyncio.create_task(person(k, [dice.uniform(0, 1) for _ in range(each)], [dice.random() for _ in range(each)]))
            for k in range(people)
        ]
        recoveries = []
        faults = ["kill"] * kills
        for number in range(stops):
            faults.insert((number + 1) * len(faults) // (stops + 1), "stop")
        try:
            for fault in faults:
                await asyncio.sleep(dice.uniform(0.2, 1.5))
                if fault == "stop":
                    await place.stop()
                    recoveries.append(await _recovered(world, posted))
                else:
                    bot = dice.choice(bots)
                    bot.kill()
                    at = time.monotonic()
                    await bot.start()
                    await _recovered(world, posted)
                    recoveries.append(time.monotonic() - at)
            await asyncio.gather(*writing)
            await _until_quiet(world, people * each + len(photos))
        finally:
            for task in writing:
                task.cancel()
            await asyncio.gather(*writing, return_exceptions=True)
            for bot in bots:
                bot.stop()
    return _figures(world, people, each, photos, recoveries, (bodies, kills, stops), time.monotonic() - began)


async def _recovered(world: StandIns, posted: set[tuple[str, str]]) -> float:
    """The seconds until something is said again, or nobody waits for anything."""
    began, said = time.monotonic(), len(world.sent)
    while time.monotonic() - began < QUIET:
        if len(world.sent) > said or posted <= {(sent.to, sent.text) for sent in world.sent}:
            break
        await asyncio.sleep(LOOK)
    return time.monotonic() - began


async def _until_quiet(world: StandIns, expected: int) -> None:
    last, at = 0, time.monotonic()
    while len({sent.text for sent in world.sent if "berkas" not in sent.text}) < expected and time.monotonic() - at < QUIET:
        if len(world.sent) != last:
            last, at = len(world.sent), time.monotonic()
        if _answered(world) >= expected:
            break
        await asyncio.sleep(0.2)
    await asyncio.sleep(6)  # what is in doubt is said again by then


def _answered(world: StandIns) -> int:
    return len({(sent.to, sent.text) for sent in world.sent})


def _figures(
    world: StandIns, people: int, each: int, photos: dict[str, int], recoveries: list[float], counts: tuple[int, int, int], seconds: float
) -> Figures:
    first: dict[str, list[int]] = {}
    by_text: dict[tuple[str, str], Counter[str]] = {}
    for sent in world.sent:
        said = by_text.setdefault((sent.to, sent.text), Counter())
        if not said and "berkas" not in sent.text:
            first.setdefault(sent.to, []).append(int(sent.text.rpartition("-")[2]))
        said[sent.callback] += 1
    wanted = {(f"62812{k:07}", f"Balasan: {k}-{n}") for k in range(people) for n in range(each)}
    bodies, kills, stops = counts
    return Figures(
        bodies=bodies + len(STATUSES) * len(world.sent),
        messages=len(wanted),
        kills=kills,
        stops=stops,
        lost=len(wanted - by_text.keys()),
        doubled=sum(count - 1 for said in by_text.values() for count in said.values()),
        answered_twice=sum(len(said) - 1 for said in by_text.values()),
        out_of_order=sum(numbers != sorted(numbers) for numbers in first.values()),
        photos_lost=sum((name, f"Balasan: {count} berkas") not in by_text for name, count in photos.items()),
        longest_recovery=max(recoveries, default=0.0),
        seconds=seconds,
    )


AWAY = 3.0
"""Seconds for which the database is stopped."""


async def stop_postgres(server: PostgresServer) -> None:
    """Ends it as a power cut would; then it serves again."""
    await asyncio.to_thread(server.stop)
    await asyncio.sleep(AWAY)
    await asyncio.to_thread(server.serve)


async def lock_sqlite(file: Path) -> None:
    """Somebody holds its lock: nobody can write."""
    with closing(sqlite3.connect(file, timeout=30, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        await asyncio.sleep(AWAY)
        holder.execute("ROLLBACK")


@contextmanager
def one_machine(folder: Path) -> Iterator[Place]:
    """One bot, SQLite, a folder."""
    yield Place(partial(lock_sqlite, folder / "intake.db"))


@contextmanager
def two_machines() -> Iterator[Place]:
    """Two bots over PostgreSQL and S3."""
    with servers.postgres() as server, servers.s3() as blobs:
        yield Place(partial(stop_postgres, server), 2, server.create_database(), blobs)


def main() -> None:
    """Prints the figures and leaves them under `var/bench/`."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name, default in (("people", 200), ("each", 25), ("kills", 40), ("stops", 2), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--machines", action="store_true", help="two bots, PostgreSQL, S3")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=ROOT) as folder, two_machines() if given.machines else one_machine(Path(folder)) as place:
        figures = asyncio.run(run(given.people, given.each, given.kills, Path(folder), place, given.stops, given.seed))
    for name, value in asdict(figures).items():
        print(f"{name:18} {value:.1f}" if isinstance(value, float) else f"{name:18} {value}")
    kept = Path(ROOT, "var", "bench", "crash-machines.json" if given.machines else "crash.json")
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text(json.dumps(asdict(figures), indent=1))


if __name__ == "__main__":
    main()
