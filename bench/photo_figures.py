"""Works out the figures of issue 3 from the answers that `bench.photos` wrote: pure, so that a table can be shown again from its JSON."""

import statistics
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from simulator.specimen import generate

WANTED = tuple(generate.WANTED)
NAMES_AND_DATES = {
    "surat_kelahiran": ("nama_ibu", "nama_ayah", "nama_anak", "tanggal_lahir"),
    "surat_nikah": ("suami", "istri", "tanggal_nikah"),
}
Row = dict[str, Any]
"""One picture and its answer, as `bench.photos.answered` writes it."""


@dataclass
class Table:
    """The figures, each with its target beside it."""

    lines: list[tuple[str, str, str]] = field(default_factory=list)

    def share(self, name: str, hits: int, of: int, target: str = "") -> None:
        self.add(name, f"{hits}/{of} = {100 * hits / of:.1f} %" if of else "–", target)

    def add(self, name: str, shown: str, target: str = "") -> None:
        self.lines.append((name, shown, target))

    def show(self) -> None:
        print(f"\n{'figure':58} {'measured':>26}   target")
        for name, shown, target in self.lines:
            print(f"{name:58} {shown:>26}   {target}")


def table(result: dict[str, Any]) -> Table:
    """The whole table of whichever parts were measured."""
    made = Table()
    if answers := result.get("answers"):
        verdicts(made, answers["rows"])
        fields(made, answers["rows"] + answers["cards"])
        turned, people = answers["turned"], answers["members"]
        made.share("turned, good: kind and verdict unchanged", turned["same"], turned["of"], "≥ 98 %")
        made.share("KK: members' NIK exact (second pass, sharp, 1600 px)", people["right"], people["of"], "≥ 93 %")
        made.add("  KK: members' NIK given wrongly", str(people["wrong"]))
        another_hand(made, answers.get("another_hand", []))
        memory(made, answers["memory"])
    if times := result.get("times"):
        durations(made, times)
    return made


def verdicts(made: Table, rows: list[Row]) -> None:
    """Verdict, kind and reason."""
    wanted = [row for row in rows if row["kind"] in WANTED]
    good = [row for row in wanted if row["stratum"] == "good"]
    bad = [row for row in wanted if row["stratum"] == "bad"]
    foreign = [row for row in rows if row["stratum"] == "foreign"]
    several = [row for row in rows if row["stratum"] == "several"]
    made.share("good: verdict ok", sum(_ok(row) for row in good), len(good), "≥ 98 %")
    made.share("bad: verdict not ok", sum(not _ok(row) for row in bad), len(bad), "≥ 98 %")
    made.share("bad: a right reason", sum(bool(set(row["reasons"]) & set(row["expected"]["reasons"])) for row in bad), len(bad), "≥ 90 %")
    made.share("kind right on good", sum(row["as"] == row["kind"] for row in good), len(good), "≥ 99 %")
    taken = sum(row["as"] in WANTED and _ok(row) for row in foreign)
    made.share("look-alike or no document taken for a wanted kind", taken, len(foreign), "≤ 1 %")
    made.share("several documents in one picture noticed", sum(not _ok(row) for row in several), len(several))
    for kind in WANTED:
        for stratum, hit in (("good", True), ("bad", False)):
            of = [row for row in wanted if row["kind"] == kind and row["stratum"] == stratum]
            made.share(f"  {stratum} {kind}: verdict {'ok' if hit else 'not ok'}", sum(_ok(row) is hit for row in of), len(of))


def fields(made: Table, rows: list[Row]) -> None:
    """What was read, exactly."""
    cards = [row for row in rows if row["kind"] == "ktp"]
    good = [row for row in cards if row["stratum"] == "good"]
    for name, target in (("nik", "≥ 98 %"), ("nama", "≥ 95 %"), ("tanggal_lahir", "≥ 98 %")):
        made.share(f"KTP, good: {name} exact", sum(name in row["right"] for row in good), len(good), target)
    made.add("wrong NIK returned, over KTP of all strata", f"{sum('nik' in row['wrong'] for row in cards)} of {len(cards)}", "0 of ≥ 1,000")
    made.add("  wrong nama / tanggal_lahir given, KTP of all strata", " / ".join(
        str(sum(name in row["wrong"] for row in cards)) for name in ("nama", "tanggal_lahir")
    ))  # fmt: skip
    families = [row for row in rows if row["kind"] == "kk" and row["stratum"] == "good"]
    made.share("KK, good: nomor KK exact", sum("no_kk" in row["right"] for row in families), len(families), "≥ 98 %")
    for kind, names in NAMES_AND_DATES.items():
        its = [row for row in rows if row["kind"] == kind]
        printed = [row for row in its if row["stratum"] == "good" and not row["handwritten"]]
        has = [(row, name) for row in printed for name in names if name in row["has"]]
        made.share(f"{kind} (printed), good: names and dates exact", sum(name in row["right"] for row, name in has), len(has), "≥ 90 %")
        made.add(f"  {kind}, all strata: names and dates given wrongly", str(sum(name in row["wrong"] for row in its for name in names)))


def another_hand(made: Table, rows: list[Row]) -> None:
    """The committed pictures that another script drew, which nothing was tuned on."""
    good = [row for row in rows if row["stratum"] == "good"]
    unfit = [row for row in rows if row["expected"]["verdict"] == "not_ok"]
    reasoned = sum(bool(set(row["reasons"]) & set(row["expected"]["reasons"])) for row in unfit)
    printed = [row for row in good if not row["handwritten"]]
    made.share("another hand, good: verdict ok", sum(_ok(row) for row in good), len(good), "≥ 98 %")
    made.share("another hand, bad or foreign: verdict not ok", sum(not _ok(row) for row in unfit), len(unfit), "≥ 98 %")
    made.share("another hand, bad or foreign: a right reason", reasoned, len(unfit), "≥ 90 %")
    made.share("another hand, good: kind right", sum(row["as"] == row["kind"] for row in good), len(good), "≥ 99 %")
    right, has = (sum(len(row[key]) for row in printed) for key in ("right", "has"))
    made.share("another hand, good, printed: fields exact", right, has, "≥ 90 %")


def memory(made: Table, workers: list[dict[str, Any]]) -> None:
    """The highest resident memory of any worker, and how much more it held at the end than once it had seen a tenth of its pictures."""
    if not workers or not workers[0]["resident"]:
        return
    drifts = [_drift(worker["resident"]) for worker in workers]
    made.add(
        f"memory of a worker, MB, highest / drift, {max(len(worker['resident']) for worker in workers)} pictures",
        f"{max(worker['highest'] for worker in workers):.0f} / {max(drifts):+.0f}",
        "≤ 500, flat",
    )


def _drift(resident: list[float]) -> float:
    tenth = max(1, len(resident) // 10)
    return statistics.median(resident[-tenth:]) - statistics.median(resident[tenth : 2 * tenth] or resident)


def durations(made: Table, times: dict[str, Any]) -> None:
    """Seconds to the verdict on a warm worker, and what a second worker adds."""
    made.add("KTP: seconds p50 / p95", _percentiles(times["cards"]), "≤ 0.8 / ≤ 1.5")
    made.add("A4: seconds to the first answer, p50 / p95", _percentiles(times["sheets"]), "p95 ≤ 2.0")
    made.add("KK members: seconds, p50 / p95", _percentiles(times["members"]), "≤ 6")
    made.add("throughput of two workers over one", f"{times['one_worker'] / times['two_workers']:.2f} ×", "≥ 1.8 ×")
    for name, peer in times["peers"].items():
        shown = f"{peer['right']} right, {peer['wrong']} wrong, {peer['seconds']:.2f} s"
        made.add(f"  {name}, on {peer['of']} KTP", shown)


def _percentiles(values: list[float]) -> str:
    cut = statistics.quantiles(values, n=100, method="inclusive") if len(values) > 1 else [0.0] * 99
    return f"{cut[49]:.2f} / {cut[94]:.2f}"


def causes(rows: list[Row]) -> list[str]:
    """Which reason came for which cause: of every picture that a person could not read, the truth's first reason against the answer's."""
    bad = [row for row in rows if row["stratum"] in ("bad", "several")]
    counts = Counter(((row["expected"]["reasons"] or ["–"])[0], (row["reasons"] or [row["verdict"]])[0]) for row in bad)
    reasons = sorted({reason for _, reason in counts})
    lines = ["cause \\ first reason".ljust(20) + "".join(f"{reason.replace('_', ' ')[:10]:>12}" for reason in reasons)]
    for cause in sorted({cause for cause, _ in counts}):
        lines.append(cause.ljust(20) + "".join(f"{counts[cause, reason] or '·':>12}" for reason in reasons))
    return lines


def _ok(row: Row) -> bool:
    return bool(row["verdict"] == "ok")
