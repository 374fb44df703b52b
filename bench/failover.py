"""Lets a PostgreSQL of three members fail over while people write to bots: `python -m bench.failover [--people 20] [--each 8] [--stops 2]`.

Three parts over one cluster of its own (`bench.patroni`: Debian's packages, loopback): that the webhook answers 200 only once a replica
has the body; what that costs, commit and webhook beside the same without waiting for the replica, in turns; and `bench.crash`, where the
database is stopped by killing its leader, every process of it. `--switch` asks for the change of leader in its stead, as for an update.
"""

import argparse
import asyncio
import json
import os
import sys
import tempfile
import time
from collections.abc import Awaitable
from dataclasses import asdict
from functools import partial
from pathlib import Path

import asyncpg

from bench import crash
from bench.__main__ import NOT_POSSIBLE
from bench.bot_process import BotProcess
from bench.load import spread
from bench.patroni import Cluster, Impossible, cluster
from bench.stand_ins import StandIns, text_of
from runtime.settings import ROOT

HELD_BACK = 4.0
"""Seconds for which no replica takes anything in."""

HELD_POSTS = 10
BODY = b"x" * 900
"""As long as a sealed webhook body."""


async def proof(made: Cluster, folder: Path) -> dict[str, float]:
    """Posts bodies while both replicas are held back: how many were answered, and how many once they went on."""
    replicas = [member for member in made.members if member is not made.member("leader")]
    async with StandIns(statuses=False) as world:
        bot = BotProcess(folder, world.url, made.create_database("proof"))
        world.webhooks = [bot.url]
        try:
            await bot.start()
            await world.post(text_of("6281200000001", "halo", "wamid.first"))
            for replica in replicas:
                replica.freeze(True)
            posts = [asyncio.create_task(world.post(text_of(f"62812000001{n:02}", "halo", f"wamid.{n}"))) for n in range(HELD_POSTS)]
            await asyncio.sleep(HELD_BACK)
            answered = sum(post.done() for post in posts)
            for replica in replicas:
                replica.freeze(False)
            await asyncio.gather(*posts)
        finally:
            for replica in replicas:
                replica.freeze(False)
            await asyncio.to_thread(bot.stop)  # it may still be asking this process something
    return {"answered_without_replica": float(answered), "answered_then": float(len(posts) - answered)}


async def price(made: Cluster, folder: Path, count: int) -> dict[str, float]:
    """A commit and the webhook's 200, one with and one without waiting for the replica, in turns, nothing else going on."""
    urls = {"with": made.create_database("waits"), "without": made.create_database("hurries", "local")}
    commits: dict[str, list[float]] = {kind: [] for kind in urls}
    webhooks: dict[str, list[float]] = {kind: [] for kind in urls}
    connections = {kind: await asyncpg.connect(_native(url)) for kind, url in urls.items()}
    for connection in connections.values():
        await connection.execute("CREATE TABLE bodies (body bytea)")
    for _ in range(count):
        for kind, connection in connections.items():
            commits[kind].append(await _timed(connection.execute("INSERT INTO bodies VALUES ($1)", BODY)))
    for connection in connections.values():
        await connection.close()
    async with StandIns(statuses=False) as world:
        bots = {kind: BotProcess(folder, world.url, url) for kind, url in urls.items()}
        try:
            for bot in bots.values():
                await bot.start()
            for n in range(count):
                for kind, bot in bots.items():
                    world.webhooks = [bot.url]
                    webhooks[kind].append(await world.post(text_of(f"62812{n:07}", "halo", f"wamid.{n}")))
                    await asyncio.sleep(0.05)
            async with asyncio.timeout(crash.QUIET):
                while len(world.sent) < count * len(bots):  # noqa: ASYNC110 - what comes is counted
                    await asyncio.sleep(0.1)
        finally:
            for bot in bots.values():
                await asyncio.to_thread(bot.stop)
    found: dict[str, float] = {}
    for kind in urls:
        found |= spread(f"commit_{kind}", commits[kind]) | spread(f"webhook_{kind}", webhooks[kind])
    return found


def _native(url: str) -> str:
    """asyncpg's own spelling."""
    hosts = [part.removeprefix("host=") for part in url.partition("?")[2].split("&") if part.startswith("host=")]
    return f"postgresql://postgres@{','.join(hosts)}/{url.split('@/')[1].split('?')[0]}?target_session_attrs=read-write"


async def _timed(work: Awaitable[object]) -> float:
    began = time.monotonic()
    await work
    return time.monotonic() - began


class FailOver:
    """Stops the database by stopping its leader; keeps how long it was until another led."""

    def __init__(self, made: Cluster, switch: bool) -> None:
        self._made, self._switch = made, switch
        self.led_after: list[float] = []

    async def __call__(self) -> None:
        """Returns as soon as another member leads; who was stopped comes back as a replica."""
        await asyncio.to_thread(self._made.whole)
        leader = self._made.member("leader")
        began = time.monotonic()
        if self._switch:
            await asyncio.to_thread(leader.ask, "switchover", leader=leader.name, candidate=self._made.member("sync_standby").name)
        else:
            leader.kill()
        await asyncio.to_thread(
            self._made.wait, lambda roles: any(role == "leader" and name != leader.name for name, role in roles.items())
        )
        self.led_after.append(time.monotonic() - began)
        if not self._switch:
            leader.start()


def _measured(given: argparse.Namespace) -> dict[str, float]:
    with cluster() as made, tempfile.TemporaryDirectory(dir=ROOT) as kept:
        folder = Path(kept)
        figures = asyncio.run(proof(made, folder))
        figures |= asyncio.run(price(made, folder, given.count))
        print("  ".join(f"{name} {value:.1f}" for name, value in figures.items()), flush=True)
        fail_over = FailOver(made, given.switch)
        place = crash.Place(fail_over, database=made.create_database("crash"))
        found = asyncio.run(crash.run(given.people, given.each, given.kills, folder, place, given.stops, given.seed))
        figures |= {name: float(value) for name, value in asdict(found).items()}
        return figures | {"led_after": max(fail_over.led_after, default=0.0)}


def _at_most(most: int, value: str) -> int:
    return min(int(value), most)


def main() -> int:
    """Prints the figures and leaves them under `var/bench/`."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name, default, most in (
        ("people", 20, 200),
        ("each", 8, 25),
        ("kills", 2, 40),
        ("stops", 2, 10),
        ("count", 200, 2000),
        ("seed", 1, 10**6),
    ):
        parser.add_argument(f"--{name}", type=partial(_at_most, most), default=default, help=f"{most} at most")
    parser.add_argument("--switch", action="store_true", help="the leader is asked to hand over, not killed")
    given = parser.parse_args()
    try:
        figures = _measured(given)
    except Impossible as why:
        print(why)
        return NOT_POSSIBLE
    for name, value in figures.items():
        print(f"{name:28} {value:.1f}")
    kept = Path(ROOT, "var", "bench", "failover-switch.json" if given.switch else "failover.json")
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text(json.dumps(figures | {"load": os.getloadavg()[1]}, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
