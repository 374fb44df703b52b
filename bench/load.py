"""Measures a real bot under load on loopback: `python -m bench.load [--rate 80] [--seconds 20] [--crowd 60]`.

Three parts over one bot, with stand-ins for everybody else that answer at once: texts at a steady rate, with the webhook's acknowledgement
and, as the floor of the same server in the same seconds, its `/healthz`; a crowd of people who all write within one second; and the
processor time and memory that a message costs, its three statuses included. `--peer URL` is a Rasa whose own REST channel, which handles
before it answers, is asked beside it. `--database` names a PostgreSQL in SQLite's stead.
"""

import argparse
import asyncio
import json
import tempfile
import time
from pathlib import Path

import httpx

from bench.bot_process import BotProcess
from bench.stand_ins import StandIns, text_of
from runtime.settings import ROOT

PATIENCE = 300.0
"""Seconds in which everything has to be answered."""


def spread(name: str, seconds: list[float]) -> dict[str, float]:
    """Median, 95th and 99th percentile and the longest, in milliseconds."""
    ordered = sorted(seconds)
    if not ordered:
        return {}
    at = {f"{name}_p{p}_ms": ordered[min(len(ordered) - 1, len(ordered) * p // 100)] * 1000 for p in (50, 95, 99)}
    return {**at, f"{name}_max_ms": ordered[-1] * 1000}


async def measure(given: argparse.Namespace, folder: Path) -> dict[str, float]:
    """All figures of one run."""
    async with StandIns() as world, httpx.AsyncClient(trust_env=False, timeout=60) as http:
        bot = BotProcess(folder, world.url, given.database)
        world.webhook = bot.url
        await bot.start()
        try:
            await _talk(world, "warm", 20, 20.0)
            figures = {"memory_before_mb": bot.memory_mb()}
            used, said = bot.processor_seconds(), len(world.sent)
            figures |= await _steady(world, http, bot, given)
            figures |= await _crowd(world, given.crowd)
            figures["processor_ms_a_message"] = (bot.processor_seconds() - used) / (len(world.sent) - said) * 1000
            figures["memory_after_mb"] = bot.memory_mb()
        finally:
            bot.stop()
    return figures


async def _steady(world: StandIns, http: httpx.AsyncClient, bot: BotProcess, given: argparse.Namespace) -> dict[str, float]:
    floor: list[float] = []
    peer: list[float] = []

    async def ask(taken: list[float], method: str, url: str, **request: object) -> None:
        began = time.monotonic()
        await http.request(method, url, **request)  # type: ignore[arg-type]
        taken.append(time.monotonic() - began)

    async def beside() -> None:
        while True:
            await ask(floor, "GET", f"{bot.url}/healthz")
            if given.peer:
                await ask(peer, "POST", f"{given.peer}/webhooks/rest/webhook", json={"sender": "bench", "message": "halo"})
            await asyncio.sleep(0.1)

    watching = asyncio.create_task(beside())
    count = int(given.rate * given.seconds)
    taken, answered, length = await _talk(world, "steady", count, given.rate)
    watching.cancel()
    await asyncio.gather(watching, return_exceptions=True)
    figures = {**spread("webhook", taken), **spread("healthz", floor), **spread("peer", peer), **spread("answer", answered)}
    return {**figures, "turns_a_second": count / length}


async def _crowd(world: StandIns, people: int) -> dict[str, float]:
    _, answered, _ = await _talk(world, "crowd", people, float(people))
    return {name: value for name, value in spread("crowd", answered).items() if name in {"crowd_p50_ms", "crowd_max_ms"}}


async def _talk(world: StandIns, name: str, count: int, rate: float) -> tuple[list[float], list[float], float]:
    """So many people say something at that rate: how long each acknowledgement and each answer took, and all of it, in seconds."""
    began, at, first = time.monotonic(), {}, len(world.sent)

    async def say(n: int) -> float:
        await asyncio.sleep(n / rate)
        at[f"Balasan: {name}-{n}"] = time.monotonic()
        return await world.post(text_of(f"6281{hash(name) % 1000:03}{n:05}", f"{name}-{n}", f"wamid.{name}.{n}"))

    taken = await asyncio.gather(*(say(n) for n in range(count)))
    for _ in range(int(PATIENCE * 20)):
        if len(world.sent) - first >= count:
            break
        await asyncio.sleep(0.05)
    answers = world.sent[first:]
    while world.tasks:  # what the statuses cost belongs to the message
        await asyncio.gather(*list(world.tasks))
    return list(taken), [sent.at - at[sent.text] for sent in answers if sent.text in at], answers[-1].at - began if answers else PATIENCE


def main() -> None:
    """Prints the figures and leaves them under `var/bench/`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=float, default=80.0, help="texts a second, 200 at most")
    parser.add_argument("--seconds", type=float, default=20.0, help="120 at most")
    parser.add_argument("--crowd", type=int, default=60, help="200 at most")
    parser.add_argument("--peer")
    parser.add_argument("--database")
    given = parser.parse_args()
    given.rate, given.seconds, given.crowd = min(given.rate, 200.0), min(given.seconds, 120.0), min(given.crowd, 200)
    with tempfile.TemporaryDirectory(dir=ROOT) as folder:
        figures = asyncio.run(measure(given, Path(folder)))
    for name, value in figures.items():
        print(f"{name:24} {value:10.1f}")
    kept = Path(ROOT, "var", "bench", "load.json")
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
