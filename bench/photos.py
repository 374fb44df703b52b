"""Measures the document check on fresh pictures against the targets of issue 3: `python -m bench.photos --seed fresh`.

Two parts, whose results are kept in one JSON and shown in one table: `answers` (right or wrong, memory; as true on a busy machine) and
`times` (wants a quiet one, takes a few minutes). Without `--part` both are run; `--part table` only shows what was measured last.
"""

import argparse
import asyncio
import json
import random
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from bench import photo_figures, photo_peers, photos_another_hand
from bench.photo_figures import Row
from documents import Check, Kind, Pool
from simulator.specimen import generate

OUT = Path("var/bench/photos.json")
STRATA = ("good", "border", "bad")
PATIENT: dict[str, Any] = {"first_limit": 900.0, "second_limit": 900.0, "jobs_per_worker": 1_000_000}
"""No worker is replaced while its memory is watched, and a busy machine's wall clock kills none."""
KEPT = 160
"""Pictures kept in memory, to be looked at again until the soak is over."""


async def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.photos", description=__doc__)
    parser.add_argument("--part", choices=("answers", "times", "both", "table"), default="both")
    parser.add_argument("--count", type=int, default=600, help="answers: pictures of the mixed corpus")
    parser.add_argument("--niks", type=int, default=800, help="answers: further KTP of all strata, for the count of wrong NIK")
    parser.add_argument("--turned", type=int, default=60, help="answers: good pictures that are turned and looked at again")
    parser.add_argument("--soak", type=int, default=2000, help="answers: pictures after which the memory is judged")
    parser.add_argument("--workers", type=int, default=2, help="answers: processes")
    parser.add_argument("--timed", type=int, default=60, help="times: KTP, and as many sheets")
    parser.add_argument("--peers", type=int, default=12, help="times: KTP that the peers read as well")
    parser.add_argument("--seed", default="fresh", help="a number, or `fresh` for one that was never used")
    parser.add_argument("--out", type=Path, default=OUT)
    chosen = parser.parse_args()
    seed = random.SystemRandom().randrange(10_000, 10_000_000) if chosen.seed == "fresh" else int(chosen.seed)
    result: dict[str, Any] = json.loads(chosen.out.read_text()) if chosen.out.exists() and chosen.part != "both" else {}
    if chosen.part != "table":
        print(f"seed {seed}", flush=True)
    if chosen.part in ("answers", "both"):
        result["answers"] = await answers(seed, chosen, lambda found: _write(chosen.out, result | {"answers": found}))
    if chosen.part in ("times", "both"):
        result["times"] = await times(seed, chosen.timed, chosen.peers)
    _write(chosen.out, result)
    photo_figures.table(result).show()
    if "answers" in result:
        print("", *photo_figures.causes(result["answers"]["rows"]), sep="\n")
    print(f"\n{chosen.out}")


def _write(out: Path, result: dict[str, Any]) -> None:
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(result))


async def answers(seed: int, chosen: argparse.Namespace, save: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    """Every picture through the pool: verdicts, fields, turned pictures, members, memory. `save` is told what is known after every step."""
    async with Pool(workers=chosen.workers, **PATIENT) as pool:
        watch: dict[int, dict[str, Any]] = {pid: {"highest": 0.0, "resident": []} for pid in pool.process_ids}
        kept: list[tuple[Row, bytes]] = []
        found: dict[str, Any] = {
            "seed": seed,
            "rows": [],
            "cards": [],
            "another_hand": [],
            "turned": {"same": 0, "of": 0},
            "memory": list(watch.values()),
        }
        found["members"] = {"right": 0, "of": 0, "wrong": 0, "pictures": 0}
        async for row, data in looked_at(pool, generate.photos(seed, chosen.count, strata=STRATA), chosen, watch):
            found["rows"].append(row)
            if len(kept) < KEPT or (row["kind"] == "kk" and row["stratum"] == "good"):
                kept.append((row, data))
            if len(found["rows"]) % 50 == 0:
                save(found)
        async for row, _ in looked_at(pool, photos_another_hand.photos(), chosen, watch):
            found["another_hand"].append(row)
        found["turned"] = await unturned(pool, [(row, data) for row, data in kept if row["stratum"] == "good"][: chosen.turned])
        found["members"] = await members(pool, [(row, data) for row, data in kept if row["kind"] == "kk"])
        save(found)
        async for row, _ in looked_at(pool, generate.photos(seed + 1, chosen.niks, ("ktp",), STRATA), chosen, watch):
            found["cards"].append(row)
            if len(found["cards"]) % 50 == 0:
                save(found)
        done = len(found["rows"]) + len(found["cards"]) + found["turned"]["of"] + found["members"]["pictures"]
        again = (kept[number % len(kept)] for number in range(max(0, chosen.soak - done)))
        async for _ in _through(pool, again, chosen.workers, watch):
            pass
    return found


async def looked_at(
    pool: Pool, pictures: Iterator[tuple[str, Any]], chosen: argparse.Namespace, watch: dict[int, dict[str, Any]]
) -> AsyncIterator[tuple[Row, bytes]]:
    """Every picture with its answer; drawn in a thread while the workers look at those before it."""
    truths = ((photo.truth, photo.data) for _, photo in pictures)
    begun, done = time.monotonic(), 0
    async for truth, data, check in _through(pool, truths, chosen.workers, watch):
        yield answered(truth, check), data
        done += 1
        if done % 50 == 0:
            print(f"  {done}, {time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True)


async def _through(
    pool: Pool, pictures: Iterator[tuple[dict[str, Any], bytes]], workers: int, watch: dict[int, dict[str, Any]]
) -> AsyncIterator[tuple[dict[str, Any], bytes, Check]]:
    """Keeps the workers busy, two pictures for each at a time; answers come in the pictures' order."""
    running: list[tuple[dict[str, Any], bytes, asyncio.Task[Check]]] = []
    while True:
        drawn = await asyncio.to_thread(next, pictures, None)
        if drawn is not None:
            running.append((*drawn, asyncio.create_task(pool.check(drawn[1]))))
        if running and (drawn is None or len(running) >= 2 * workers):
            truth, data, task = running.pop(0)
            yield truth, data, await task
            for pid, worker in watch.items():
                now, highest = _memory(pid)
                worker["resident"].append(now)
                worker["highest"] = max(worker["highest"], highest)
        elif drawn is None:
            return


def _memory(pid: int) -> tuple[float, float]:
    """Resident megabytes of a process now, and the most it ever had; zeros once it is gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text().splitlines()
    except FileNotFoundError:
        return 0.0, 0.0
    values = {line.split(":")[0]: int(line.split()[1]) / 1024 for line in status if line.startswith(("VmRSS", "VmHWM"))}
    return values.get("VmRSS", 0.0), values.get("VmHWM", 0.0)


def answered(truth: dict[str, Any], check: Check) -> Row:
    """What the figures need of one picture and its answer."""
    printed = {name: value for name, value in truth["fields"].items() if name != "anggota" and value}
    given = {name: value for name, value in check.fields.items() if name != "anggota"}
    return {
        "kind": truth["kind"], "layout": truth.get("layout"), "stratum": truth["stratum"], "seed": truth["seed"], "index": truth["index"],
        "handwritten": truth["handwritten"], "expected": truth["expected"], "size": truth.get("size"), "faults": truth.get("faults"),
        "niks": [person["nik"] for person in truth["fields"].get("anggota", [])],
        "verdict": check.verdict, "as": check.kind, "reasons": list(check.reasons), "quality": check.quality, "seconds": check.seconds,
        "has": sorted(printed),
        "right": sorted(name for name, value in given.items() if printed.get(name) == value),
        "wrong": sorted(name for name, value in given.items() if printed.get(name) != value),
    }  # fmt: skip


async def unturned(pool: Pool, pictures: list[tuple[Row, bytes]]) -> dict[str, int]:
    """Good pictures turned by a quarter, a half and three quarters: how often kind and verdict stay the same."""
    same = of = 0
    for number, (row, data) in enumerate(picture for picture in pictures if picture[1][:3] == b"\xff\xd8\xff"):
        with Image.open(BytesIO(data)) as image:
            buffer = BytesIO()
            image.rotate((90, 180, 270)[number % 3], expand=True).save(buffer, "JPEG", quality=92)
        check = await pool.check(buffer.getvalue())
        same, of = same + (check.kind == row["as"] and check.verdict == row["verdict"]), of + 1
    return {"same": same, "of": of}


async def members(pool: Pool, pictures: list[tuple[Row, bytes]]) -> dict[str, Any]:
    """The second pass over KK whose members' digits are sharp, at 1600 pixels (a PDF's are)."""
    sharp = [(row, data) for row, data in pictures if row["stratum"] == "good" and (data[:4] == b"%PDF" or max(row["size"] or [0]) >= 1600)]
    found: dict[str, Any] = {"right": 0, "of": 0, "wrong": 0, "pictures": len(sharp), "seconds": []}
    for row, data in sharp:
        check = await pool.read_all(data, Kind.KK)
        truth = set(row["niks"])
        given = {person["nik"] for person in check.fields.get("anggota", []) if "nik" in person}
        found["right"] += len(truth & given)
        found["of"] += len(truth)
        found["wrong"] += len(given - truth)
        found["seconds"].append(check.seconds)
    return found


async def times(seed: int, count: int, peers: int) -> dict[str, Any]:
    """Seconds as one warm worker measures them, one picture after another; then the same pictures by one and by two workers at once."""
    cards = [photo for _, photo in generate.photos(seed + 2, count, ("ktp",), ("good", "border", "good", "bad"))]
    sheets = [photo for _, photo in generate.photos(seed + 3, count, generate.WANTED[1:], ("good", "border", "good", "bad"))]
    families = [photo for _, photo in generate.photos(seed + 4, max(6, count // 5), ("kk",), ("good",))]
    found: dict[str, Any] = {"seed": seed}
    async with Pool(workers=1, **PATIENT) as pool:
        answers_to_cards = [await pool.check(photo.data) for photo in cards]
        found["cards"] = [check.seconds for check in answers_to_cards]
        found["sheets"] = [(await pool.check(photo.data)).seconds for photo in sheets]
        found["members"] = [(await pool.read_all(photo.data, Kind.KK)).seconds for photo in families]
    batch = [photo.data for photo in cards[: count // 2] + sheets[: count // 2]]
    for workers, name in ((1, "one_worker"), (2, "two_workers")):
        async with Pool(workers=workers, depth=len(batch), **PATIENT) as pool:
            begun = time.perf_counter()
            await asyncio.gather(*(pool.check(data) for data in batch))
            found[name] = time.perf_counter() - begun
    readable = [(photo, check) for photo, check in zip(cards, answers_to_cards, strict=True) if photo.truth["stratum"] != "bad"][:peers]
    found["peers"] = {"this check": _ours(readable)} | photo_peers.compare(
        [(photo.data, photo.truth["fields"]["nik"]) for photo, _ in readable]
    )
    return found


def _ours(readable: list[tuple[Any, Check]]) -> dict[str, Any]:
    """This check's own row in the peers' comparison."""
    right = sum(check.fields.get("nik") == photo.truth["fields"]["nik"] for photo, check in readable)
    given = sum("nik" in check.fields for _, check in readable)
    seconds = sum(check.seconds for _, check in readable) / max(1, len(readable))
    return {"right": right, "wrong": given - right, "of": len(readable), "seconds": seconds}


if __name__ == "__main__":
    asyncio.run(main())
