"""Measures the document check on fresh pictures against the targets of issue 3: `python -m bench.photos --count 600 --seed fresh`."""

import argparse
import asyncio
import json
import random
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from bench import photo_peers
from documents import Check, Kind, Pool
from simulator.specimen import generate

OUT = Path("var/bench/photos.json")
STRATA = ("good", "border", "bad")
WANTED = tuple(generate.WANTED)
NAMES_AND_DATES = {
    "surat_kelahiran": ("nama_ibu", "nama_ayah", "nama_anak", "tanggal_lahir"),
    "surat_nikah": ("suami", "istri", "tanggal_nikah"),
}


@dataclass
class Row:
    """One picture: its truth, the answer, and what it cost."""

    truth: dict[str, Any]
    data: bytes
    check: Check
    wall: float

    @property
    def stratum(self) -> str:
        return str(self.truth["stratum"])

    @property
    def kind(self) -> str:
        return str(self.truth["kind"])

    @property
    def ok(self) -> bool:
        return self.check.verdict == "ok"


@dataclass
class Table:
    """The figures, each with its target beside it."""

    lines: list[dict[str, Any]] = field(default_factory=list)

    def share(self, name: str, hits: int, of: int, target: str) -> None:
        self.add(name, f"{hits}/{of} = {100 * hits / of:.1f} %" if of else "–", target, value=round(hits / of, 4) if of else None)

    def add(self, name: str, shown: str, target: str, value: float | None = None) -> None:
        self.lines.append({"figure": name, "measured": shown, "target": target, "value": value})

    def show(self) -> None:
        print(f"\n{'figure':62} {'measured':>24}   target")
        for line in self.lines:
            print(f"{line['figure']:62} {line['measured']:>24}   {line['target']}")


async def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.photos", description=__doc__)
    parser.add_argument("--count", type=int, default=600, help="pictures of the mixed corpus")
    parser.add_argument("--niks", type=int, default=800, help="further KTP of all strata, for the count of wrong NIK")
    parser.add_argument("--seed", default="fresh", help="a number, or `fresh` for one that was never used")
    parser.add_argument("--peers", type=int, default=24, help="KTP that the peers read in the same run")
    parser.add_argument("--turned", type=int, default=60, help="good pictures that are turned and looked at again")
    chosen = parser.parse_args()
    seed = random.SystemRandom().randrange(10_000, 10_000_000) if chosen.seed == "fresh" else int(chosen.seed)
    table = Table()
    print(f"seed {seed}", flush=True)
    async with Pool(workers=1, first_limit=120, second_limit=120, jobs_per_worker=100_000) as pool:
        memory = [_memory(pool)]
        rows = await look(pool, generate.photos(seed, chosen.count, strata=STRATA), chosen.count, memory)
        extra = await look(pool, generate.photos(seed + 1, chosen.niks, ("ktp",), STRATA), chosen.niks, memory, keep=False)
        verdicts(table, rows)
        fields(table, rows, extra)
        await turned(table, pool, [row for row in rows if row.stratum == "good" and row.data[:3] == b"\xff\xd8\xff"][: chosen.turned])
        await members(table, pool, rows, memory)
    times(table, rows)
    table.add(
        "memory of the worker, MB, highest / drift over the run",
        f"{max(memory):.0f} / {memory[-1] - memory[1]:+.0f}",
        "≤ 500, flat",
        max(memory),
    )
    await throughput(table, rows)
    compared = [row for row in rows if row.kind == "ktp" and row.stratum != "bad"][: chosen.peers]
    peers = photo_peers.compare([(row.data, row.truth["fields"]["nik"]) for row in compared])
    table.show()
    confusion(rows)
    print("\npeers on the same KTP (NIK right, wrong, seconds each)")
    for name, peer in ({"this check": ours(compared)} | peers).items():
        print(f"  {name:42} {peer['right']:3} right {peer['wrong']:3} wrong of {peer['of']}   {peer['seconds']:.2f} s")
    _write({"seed": seed, "figures": table.lines, "peers": peers, "rows": [_plain(row) for row in rows + extra]})


async def look(pool: Pool, pictures: Iterator[tuple[str, Any]], count: int, memory: list[float], keep: bool = True) -> list[Row]:
    """Every picture through the pool, one after another."""
    rows = []
    for number, (_, photo) in enumerate(pictures):
        begun = time.perf_counter()
        check = await pool.check(photo.data, expect=None)
        rows.append(Row(photo.truth, photo.data if keep else b"", _light(check), time.perf_counter() - begun))
        if number % 50 == 49:
            memory.append(_memory(pool))
            print(f"  {number + 1}/{count}", file=sys.stderr, flush=True)
    return rows


def _light(check: Check) -> Check:
    return Check(**{**vars(check), "pages": ()})


def _memory(pool: Pool) -> float:
    """Resident megabytes of the pool's workers, the highest so far."""
    return max((_resident(pid) for pid in pool.process_ids), default=0.0)


def _resident(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def verdicts(table: Table, rows: list[Row]) -> None:
    """Verdict, kind and reason."""
    wanted = [row for row in rows if row.kind in WANTED]
    good = [row for row in wanted if row.stratum == "good"]
    bad = [row for row in wanted if row.stratum == "bad"]
    foreign = [row for row in rows if row.stratum == "foreign"]
    table.share("good: verdict ok", sum(row.ok for row in good), len(good), "≥ 98 %")
    table.share("bad: verdict not ok", sum(not row.ok for row in bad), len(bad), "≥ 98 %")
    right = sum(bool(set(row.check.reasons) & set(row.truth["expected"]["reasons"])) for row in bad)
    table.share("bad: a right reason", right, len(bad), "≥ 90 %")
    table.share("kind right on good", sum(row.check.kind == row.kind for row in good), len(good), "≥ 99 %")
    taken = sum(row.check.kind in WANTED and row.ok for row in foreign)
    table.share("look-alike or no document taken for a wanted kind", taken, len(foreign), "≤ 1 %")
    several = [row for row in rows if row.stratum == "several"]
    table.share("several documents in one picture noticed", sum(not row.ok for row in several), len(several), "–")
    for kind in WANTED:
        of = [row for row in good if row.kind == kind]
        table.share(f"  good {kind}: verdict ok", sum(row.ok for row in of), len(of), "")
        of = [row for row in bad if row.kind == kind]
        table.share(f"  bad {kind}: verdict not ok", sum(not row.ok for row in of), len(of), "")


def fields(table: Table, rows: list[Row], extra: list[Row]) -> None:
    """What was read, exactly."""
    good = [row for row in rows + extra if row.kind == "ktp" and row.stratum == "good"]
    for name, target in (("nik", "≥ 98 %"), ("nama", "≥ 95 %"), ("tanggal_lahir", "≥ 98 %")):
        table.share(f"KTP, good: {name} exact", _exact(good, name), len(good), target)
    cards = [row for row in rows + extra if row.kind == "ktp"]
    wrong = [row for row in cards if row.check.fields.get("nik", row.truth["fields"]["nik"]) != row.truth["fields"]["nik"]]
    table.add("wrong NIK returned, over KTP of all strata", f"{len(wrong)} of {len(cards)}", "0 of ≥ 1,000", float(len(wrong)))
    family = [row for row in rows if row.kind == "kk" and row.stratum == "good"]
    table.share("KK, good: nomor KK exact", _exact(family, "no_kk"), len(family), "≥ 98 %")
    for kind, names in NAMES_AND_DATES.items():
        printed = [row for row in rows if row.kind == kind and row.stratum == "good" and not row.truth["handwritten"]]
        has = [(row, name) for row in printed for name in names if row.truth["fields"].get(name)]
        table.share(f"{kind} (printed), good: names and dates exact", sum(_is(row, name) for row, name in has), len(has), "≥ 90 %")
        false = sum(name in row.check.fields and not _is(row, name) for row in rows if row.kind == kind for name in names)
        table.add(f"  {kind}, all strata: names and dates given wrongly", str(false), "", float(false))


def _exact(rows: list[Row], name: str) -> int:
    return sum(_is(row, name) for row in rows)


def _is(row: Row, name: str) -> bool:
    return bool(row.check.fields.get(name) == row.truth["fields"][name])


async def turned(table: Table, pool: Pool, rows: list[Row]) -> None:
    """Good pictures turned by a quarter, a half and three quarters: kind and verdict must not change."""
    same = 0
    for number, row in enumerate(rows):
        with Image.open(BytesIO(row.data)) as image:
            buffer = BytesIO()
            image.rotate((90, 180, 270)[number % 3], expand=True).save(buffer, "JPEG", quality=92)
        check = await pool.check(buffer.getvalue())
        same += check.kind == row.check.kind and check.verdict == row.check.verdict
    table.share("turned, good: kind and verdict unchanged", same, len(rows), "≥ 98 %")


async def members(table: Table, pool: Pool, rows: list[Row], memory: list[float]) -> None:
    """The second pass over KK whose members' digits are sharp, at 1600 pixels."""
    sharp = [row for row in rows if row.kind == "kk" and row.stratum == "good" and max(row.truth.get("size", (1600, 0))) >= 1600]
    hits = total = wrong = 0
    seconds = []
    for row in sharp:
        check = await pool.read_all(row.data, Kind.KK)
        seconds.append(check.seconds)
        truth = {person["nik"] for person in row.truth["fields"]["anggota"]}
        given = {person["nik"] for person in check.fields.get("anggota", []) if "nik" in person}
        hits, total, wrong = hits + len(truth & given), total + len(truth), wrong + len(given - truth)
    memory.append(_memory(pool))
    table.share("KK: members' NIK exact (second pass, sharp, 1600 px)", hits, total, "≥ 93 %")
    table.add("  KK: members' NIK given wrongly", str(wrong), "", float(wrong))
    table.add("  KK members: seconds, p95", f"{_percentile(seconds, 95):.2f}", "≤ 6", _percentile(seconds, 95))


def times(table: Table, rows: list[Row]) -> None:
    """Seconds to the verdict, on a warm worker, as the worker measured them."""
    cards = [row.check.seconds for row in rows if row.kind == "ktp"]
    sheets = [row.check.seconds for row in rows if row.kind in WANTED and row.kind != "ktp"]
    table.add(
        "KTP: seconds p50 / p95", f"{_percentile(cards, 50):.2f} / {_percentile(cards, 95):.2f}", "≤ 0.8 / ≤ 1.5", _percentile(cards, 95)
    )
    table.add(
        "A4: seconds to the first answer, p50 / p95",
        f"{_percentile(sheets, 50):.2f} / {_percentile(sheets, 95):.2f}",
        "p95 ≤ 2.0",
        _percentile(sheets, 95),
    )


def _percentile(values: list[float], percent: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1] if len(values) > 1 else sum(values)


async def throughput(table: Table, rows: list[Row]) -> None:
    """How much faster two workers are than one, over the same pictures."""
    batch = [row.data for row in rows if row.kind == "ktp"][:40]
    if not batch:
        return
    spans = []
    for workers in (1, 2):
        async with Pool(workers=workers, depth=len(batch)) as pool:
            begun = time.perf_counter()
            await asyncio.gather(*(pool.check(data) for data in batch))
            spans.append(time.perf_counter() - begun)
    table.add("throughput of two workers over one", f"{spans[0] / spans[1]:.2f} ×", "≥ 1.8 ×", spans[0] / spans[1])


def confusion(rows: list[Row]) -> None:
    """Which reason came for which cause: of every picture that a person could not read, the truth's first reason against the answer's."""
    bad = [row for row in rows if row.stratum in ("bad", "several")]
    counts = Counter(
        ((row.truth["expected"]["reasons"] or ["–"])[0], row.check.reasons[0].value if row.check.reasons else row.check.verdict.value)
        for row in bad
    )
    causes, reasons = sorted({cause for cause, _ in counts}), sorted({reason for _, reason in counts})
    short: Callable[[str], str] = lambda word: word.replace("_", " ")[:10]  # noqa: E731
    print("\ncause \\ reason".ljust(20), *(f"{short(reason):>11}" for reason in reasons))
    for cause in causes:
        print(cause.ljust(19), *(f"{counts[cause, reason] or '·':>11}" for reason in reasons))


def ours(rows: list[Row]) -> dict[str, Any]:
    """This check's own row in the peers' table."""
    right = sum(_is(row, "nik") for row in rows)
    given = sum("nik" in row.check.fields for row in rows)
    return {
        "right": right,
        "wrong": given - right,
        "of": len(rows),
        "seconds": statistics.mean([row.check.seconds for row in rows] or [0.0]),
    }


def _write(result: dict[str, Any]) -> None:
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps(result))
    print(f"\n{OUT}")


def _plain(row: Row) -> dict[str, Any]:
    check = row.check
    return {
        "kind": row.kind, "layout": row.truth.get("layout"), "stratum": row.stratum, "index": row.truth["index"], "seed": row.truth["seed"],
        "expected": row.truth["expected"], "verdict": check.verdict, "as": check.kind, "reasons": list(check.reasons),
        "quality": check.quality,
        "wrong": sorted(name for name, value in check.fields.items() if name != "anggota" and row.truth["fields"].get(name) != value),
        "absent": sorted(set(row.truth["fields"]) - set(check.fields)), "seconds": check.seconds,
    }  # fmt: skip


if __name__ == "__main__":
    asyncio.run(main())
