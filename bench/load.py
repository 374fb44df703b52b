"""Measures real bots under load on loopback, and prints the table of pace as markdown: `python -m bench.load`.

Parts over the same bots, with stand-ins for everybody else that answer at once: twenty people who talk; a crowd who all write within one
second; texts at a steady rate, with the webhook's acknowledgement and, as the floor of the same server in the same seconds, its
`/healthz`, and as the peer Rasa's own REST channel, which handles before it answers (`--rasa` starts one with the trained model,
`--peer URL` names one); one body of a thousand messages of one person, and what somebody else
waits behind it; then turns until there were `--turns`
in all, for the memory. `--machines` runs two bots over a PostgreSQL and an S3 server of the bench's own. The whole takes about eight
minutes on two quiet cores; `--short` a sixth of all counts.
"""

import argparse
import asyncio
import json
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

import httpx

from bench.bot_process import BotProcess
from bench.crash import Place, one_machine, two_machines
from bench.peer import rasa
from bench.stand_ins import StandIns, text_of, together
from runtime.settings import ROOT

PATIENCE = 300.0
"""Seconds in which everything has to be answered."""

SETTLED = 1000
"""Turns after which a process has made what it keeps."""

TARGETS = {
    "talk_p50_ms": 150, "talk_p95_ms": 500, "crowd_p50_ms": 1500, "crowd_max_ms": 3000, "webhook_p50_ms": 10, "webhook_p99_ms": 100,
    "webhook_max_ms": 1000, "batch_delay_ms": 1000, "processor_ms_a_message": 20, "memory_growth_percent": 5,
}  # fmt: skip
"""The most that each may be."""
LEAST = {"turns_a_second": 30}

ROWS = {
    "talk": "a text while {talkers} people talk",
    "crowd": "{crowd} people within one second",
    "webhook": "the webhook's 200 at {rate:.0f} messages a second for {seconds:.0f} s",
    "healthz": "`/healthz` of the same process in the same seconds",
    "peer": "Rasa's own REST channel in the same seconds",
    "answer": "the answer at that rate",
}


@dataclass(frozen=True)
class Counts:
    """How much is done in each part."""

    rate: float
    seconds: float
    crowd: int
    talkers: int
    each: int
    batch: int
    turns: int


def spread(name: str, seconds: list[float]) -> dict[str, float]:
    """Median, 95th and 99th percentile and the longest, in milliseconds."""
    ordered = sorted(seconds)
    if not ordered:
        return {}
    at = {f"{name}_p{p}_ms": ordered[min(len(ordered) - 1, len(ordered) * p // 100)] * 1000 for p in (50, 95, 99)}
    return {**at, f"{name}_max_ms": ordered[-1] * 1000}


class Load:
    """The bots and who writes to them."""

    def __init__(self, world: StandIns, bots: list[BotProcess], http: httpx.AsyncClient, counts: Counts, peer: str | None) -> None:
        self.world, self.bots, self.http, self.counts, self.peer = world, bots, http, counts, peer
        self.at: dict[str, float] = {}
        self.settled = 0.0
        """The bots' memory after SETTLED turns, in MB."""

    async def measure(self) -> dict[str, float]:
        """All figures of one run."""
        await self._write("warm", 20, 20.0)
        used, said = self._processor(), len(self.world.sent)
        figures = await self._talk() | await self._crowd() | await self._steady() | await self._batch()
        figures["processor_ms_a_message"] = (self._processor() - used) / (len(self.world.sent) - said) * 1000
        figures["memory_before_mb"] = self.settled or self._memory()
        if (left := self.counts.turns - len(self.world.sent)) > 0:
            await self._write("memory", left, self.counts.rate)
        figures["memory_after_mb"], figures["turns"] = self._memory(), float(len(self.world.sent))
        figures["memory_growth_percent"] = (figures["memory_after_mb"] / figures["memory_before_mb"] - 1) * 100
        return figures

    async def _talk(self) -> dict[str, float]:
        """Each says the next thing a moment after the answer to the last one."""

        async def person(k: int) -> list[float]:
            taken = []
            for n in range(self.counts.each):
                words = f"talk-{k}-{n}"
                await self._say(f"62813{k:07}", words)
                taken.append(await self._answered(words))
                await asyncio.sleep(1.0 + (k * 7 + n * 3) % 10 / 10)
            return taken

        found = await asyncio.gather(*(person(k) for k in range(self.counts.talkers)))
        return spread("talk", [seconds for taken in found for seconds in taken])

    async def _crowd(self) -> dict[str, float]:
        _, answered, _ = await self._write("crowd", self.counts.crowd, float(self.counts.crowd))
        return spread("crowd", answered)

    async def _steady(self) -> dict[str, float]:
        floor: list[float] = []
        peer: list[float] = []

        async def ask(taken: list[float], method: str, url: str, **request: object) -> None:
            began = time.monotonic()
            await self.http.request(method, url, **request)  # type: ignore[arg-type]
            taken.append(time.monotonic() - began)

        async def beside() -> None:
            while True:
                if not self.settled and len(self.world.sent) >= SETTLED:
                    self.settled = self._memory()
                await ask(floor, "GET", f"{self.bots[0].url}/healthz")
                if self.peer:
                    await ask(peer, "POST", f"{self.peer}/webhooks/rest/webhook", json={"sender": "bench", "message": "halo"})
                await asyncio.sleep(0.1)

        watching = asyncio.create_task(beside())
        count = int(self.counts.rate * self.counts.seconds)
        taken, answered, length = await self._write("steady", count, self.counts.rate)
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)
        figures = {**spread("webhook", taken), **spread("healthz", floor), **spread("peer", peer), **spread("answer", answered)}
        return {**figures, "turns_a_second": count / length}

    async def _batch(self) -> dict[str, float]:
        """What somebody waits who writes while a body of so many messages of one person is worked off, beyond what they wait alone."""
        await self._say("628140000001", "alone-0")
        alone = await self._answered("alone-0")
        values = [text_of("628150000001", f"batch-{n}", f"wamid.batch.{n}") for n in range(self.counts.batch)]
        await self.world.post(together(values))
        await self._say("628140000002", "behind-0")
        behind = await self._answered("behind-0")
        await self._until(lambda: len({sent.text for sent in self.world.sent if "batch-" in sent.text}) >= self.counts.batch)
        return {"batch_delay_ms": max(behind - alone, 0.0) * 1000}

    async def _write(self, name: str, count: int, rate: float) -> tuple[list[float], list[float], float]:
        """So many people say something at that rate: how long each acknowledgement and each answer took, and all of it, in seconds."""
        began, first = time.monotonic(), len(self.world.sent)

        async def say(n: int) -> float:
            await asyncio.sleep(n / rate)
            return await self._say(f"6281{hash(name) % 1000:03}{n:05}", f"{name}-{n}")

        taken = await asyncio.gather(*(say(n) for n in range(count)))
        await self._until(lambda: len(self.world.sent) - first >= count)
        answers = self.world.sent[first:]
        while self.world.tasks:  # what the statuses cost belongs to the message
            await asyncio.gather(*list(self.world.tasks))
        answered = [sent.at - self.at[sent.text] for sent in answers if sent.text in self.at]
        return list(taken), answered, answers[-1].at - began if len(answers) >= count else PATIENCE

    async def _say(self, person: str, words: str) -> float:
        self.at[f"Balasan: {words}"] = time.monotonic()
        return await self.world.post(text_of(person, words, f"wamid.{words}"))

    async def _answered(self, words: str) -> float:
        """The seconds until these words were answered."""
        text, seen = f"Balasan: {words}", 0
        while time.monotonic() - self.at[text] < PATIENCE:
            for sent in self.world.sent[seen:]:
                if sent.text == text:
                    return sent.at - self.at[text]
            seen = max(0, len(self.world.sent) - 1)
            await asyncio.sleep(0.02)
        return PATIENCE

    async def _until(self, done: Callable[[], bool]) -> None:
        for _ in range(int(PATIENCE * 20)):
            if done():
                return
            await asyncio.sleep(0.05)

    def _processor(self) -> float:
        return sum(bot.processor_seconds() for bot in self.bots)

    def _memory(self) -> float:
        return sum(bot.memory_mb() for bot in self.bots)


async def measure(folder: Path, place: Place, counts: Counts, peer: str | None = None) -> dict[str, float]:
    """One run over bots of its own."""
    async with StandIns() as world, httpx.AsyncClient(trust_env=False, timeout=60) as http:
        bots = [
            BotProcess(folder, world.url, place.database, **({"BLOB_URL": place.blobs} if place.blobs else {})) for _ in range(place.bots)
        ]
        world.webhooks = [bot.url for bot in bots]
        try:
            for bot in bots:  # one after another: the first migrates
                await bot.start()
            return await Load(world, bots, http, counts, peer).measure()
        finally:
            for bot in bots:
                bot.stop()


def table(figures: dict[str, float], counts: Counts, title: str) -> str:
    """The figures as markdown, with their targets."""
    lines = [f"| {title} | p50 | p95 | p99 | longest | target |", "| --- | --- | --- | --- | --- | --- |"]
    for name, words in ROWS.items():
        if f"{name}_p50_ms" not in figures:
            continue
        parts = [("p50", "p50"), ("p95", "p95"), ("p99", "p99"), ("max", "longest")]
        targets = ", ".join(f"{said} ≤ {TARGETS[f'{name}_{part}_ms']}" for part, said in parts if f"{name}_{part}_ms" in TARGETS)
        values = " | ".join(f"{figures[f'{name}_{part}_ms']:.0f} ms" for part, _ in parts)
        lines.append(f"| {words.format(**vars(counts))} | {values} | {targets or '–'} |")
    lines += ["", f"| {title} | measured | target |", "| --- | --- | --- |"]
    single = {
        "turns_a_second": f"turns a second while {counts.rate:.0f} come in",
        "batch_delay_ms": f"what a body of {counts.batch} messages delays somebody else, ms",
        "processor_ms_a_message": "processor a message of the bot, its three statuses included, ms",
        "memory_growth_percent": f"growth of its memory from {SETTLED} to {figures['turns']:.0f} turns, %",
    }
    lines += [
        f"| {words} | {figures[name]:.1f} | {f'≤ {TARGETS[name]}' if name in TARGETS else f'≥ {LEAST[name]}'} |"
        for name, words in single.items()
    ]
    return "\n".join(lines)


@contextmanager
def _peer(given: argparse.Namespace, folder: Path) -> Iterator[str | None]:
    with rasa(folder) if given.rasa else nullcontext(given.peer) as url:
        yield url


def main() -> None:
    """Prints the table, and leaves it and the figures under `var/bench/`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=float, default=80.0, help="texts a second, 200 at most")
    parser.add_argument("--seconds", type=float, default=60.0, help="120 at most")
    parser.add_argument("--crowd", type=int, default=60, help="200 at most")
    parser.add_argument("--turns", type=int, default=10_000, help="20,000 at most")
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--peer")
    parser.add_argument("--rasa", action="store_true")
    parser.add_argument("--machines", action="store_true", help="two bots, PostgreSQL, S3")
    given = parser.parse_args()
    part = 6 if given.short else 1
    counts = Counts(
        min(given.rate, 200.0), min(given.seconds, 120.0) / part, min(given.crowd, 200), 20, max(12 // part, 2), 1000 // part,
        min(given.turns, 20_000) // part,
    )  # fmt: skip
    with (
        tempfile.TemporaryDirectory(dir=ROOT) as made,
        two_machines() if given.machines else one_machine(Path(made)) as place,
        _peer(given, Path(made)) as peer,
    ):
        figures = asyncio.run(measure(Path(made), place, counts, peer))
    kind = f"{place.bots} bots, PostgreSQL, S3" if given.machines else "one bot, SQLite"
    printed = table(figures, counts, f"{kind} (load {os.getloadavg()[1]:.1f} on {os.cpu_count()} cores)")
    print(printed)
    kept = Path(ROOT, "var", "bench", "load-machines" if given.machines else "load")
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.with_suffix(".json").write_text(json.dumps(figures, indent=1))
    kept.with_suffix(".md").write_text(f"{printed}\n")


if __name__ == "__main__":
    main()
