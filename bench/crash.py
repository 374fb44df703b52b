"""Kills a real bot again and again while people write to it: `python -m bench.crash [--people 200] [--each 25] [--kills 40]`.

Every body is posted until it is taken, one in ten of them twice; each person's next one follows the former's 200. Told is what was lost,
what was said twice, whose order was broken, and how long the longest recovery took. `--database` names a PostgreSQL in SQLite's stead.
"""

import argparse
import asyncio
import json
import random
import tempfile
import time
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.bot_process import BotProcess
from bench.stand_ins import StandIns, photo_of, text_of
from runtime.settings import ROOT

LOOK = 0.05
QUIET = 90.0
"""Seconds without any answer after which what is missing counts as lost."""


@dataclass(frozen=True)
class Figures:
    """What came of it. `doubled` were sent twice under one id of ours, `answered_twice` under two."""

    messages: int
    kills: int
    lost: int
    doubled: int
    answered_twice: int
    out_of_order: int
    photos_lost: int
    longest_recovery: float
    seconds: float


async def run(people: int, each: int, kills: int, folder: Path, database: str | None = None, seed: int = 1) -> Figures:
    """One run. A person's message number n is answered by a text that names it."""
    dice = random.Random(seed)
    began = time.monotonic()
    async with StandIns() as world:
        bot = BotProcess(folder, world.url, database, UNSURE_WAIT_SECONDS="5", ALBUM_WINDOW_SECONDS="0.5")
        world.webhook = bot.url
        await bot.start()
        photos = {f"62812{k:07}" for k in range(0, people, 10)}

        async def person(k: int, pauses: list[float], twice: list[bool]) -> None:
            name = f"62812{k:07}"
            for n in range(each):
                value = text_of(name, f"{k}-{n}", f"wamid.{k}.{n}")
                await world.post(value)
                if twice[n]:
                    await world.post(value)
                await asyncio.sleep(pauses[n])
            if name in photos:
                await world.post(photo_of(name, f"wamid.{k}.photo"))

        writing = [
            asyncio.create_task(person(k, [dice.uniform(0, 1) for _ in range(each)], [dice.random() < 0.1 for _ in range(each)]))
            for k in range(people)
        ]
        recoveries = []
        try:
            for _ in range(kills):
                await asyncio.sleep(dice.uniform(0.2, 1.5))
                bot.kill()
                recoveries.append(await _recover(bot, world))
            await asyncio.gather(*writing)
            await _until_quiet(world, people * each + len(photos))
        finally:
            for task in writing:
                task.cancel()
            bot.stop()
    return _figures(world, people, each, photos, recoveries, kills, time.monotonic() - began)


async def _recover(bot: BotProcess, world: StandIns) -> float:
    """Starts the bot again; the seconds until something is said again, or until it answers where nobody waits."""
    began, said = time.monotonic(), len(world.sent)
    await bot.start()
    for _ in range(int(QUIET / LOOK)):
        if len(world.sent) > said:
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


def _figures(world: StandIns, people: int, each: int, photos: set[str], recoveries: list[float], kills: int, seconds: float) -> Figures:
    first: dict[str, list[int]] = {}
    by_text: dict[tuple[str, str], Counter[str]] = {}
    for sent in world.sent:
        said = by_text.setdefault((sent.to, sent.text), Counter())
        if not said and "berkas" not in sent.text:
            first.setdefault(sent.to, []).append(int(sent.text.rpartition("-")[2]))
        said[sent.callback] += 1
    wanted = {(f"62812{k:07}", f"Balasan: {k}-{n}") for k in range(people) for n in range(each)}
    return Figures(
        messages=len(wanted),
        kills=kills,
        lost=len(wanted - by_text.keys()),
        doubled=sum(count - 1 for said in by_text.values() for count in said.values()),
        answered_twice=sum(len(said) - 1 for said in by_text.values()),
        out_of_order=sum(numbers != sorted(numbers) for numbers in first.values()),
        photos_lost=len(photos - {to for to, text in by_text if text == "Balasan: 1 berkas"}),
        longest_recovery=max(recoveries, default=0.0),
        seconds=seconds,
    )


def main() -> None:
    """Prints the figures and leaves them under `var/bench/`."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name, default in (("people", 200), ("each", 25), ("kills", 40), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--database")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=ROOT) as folder:
        figures = asyncio.run(run(given.people, given.each, given.kills, Path(folder), given.database, given.seed))
    for name, value in asdict(figures).items():
        print(f"{name:18} {value:.1f}" if isinstance(value, float) else f"{name:18} {value}")
    kept = Path(ROOT, "var", "bench", "crash.json")
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text(json.dumps(asdict(figures), indent=1))


if __name__ == "__main__":
    main()
