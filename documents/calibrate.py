"""Measures a corpus of pictures with known truth and says where each limit of legibility would stand."""

import json
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from documents.files.decode import decode
from documents.files.types import UnfitFileError
from documents.ocr.engine import PaddleEngine
from documents.page import PageReader
from documents.quality.judgement import Findings
from documents.thresholds import DATA, thresholds

LEAST = 20
"""So many good pictures at least, that a limit be proposed."""
KEEP_GOOD = 0.5
"""Per cent of the good pictures that a limit may cost."""


@dataclass(frozen=True)
class Limit:
    """One threshold: the reason that it gives and whether a picture is bad below it or above it."""

    name: str
    reason: str
    below: bool


LIMITS = (
    Limit("number_height", "TOO_SMALL", True),
    Limit("word_height", "TOO_SMALL", True),
    Limit("sharp", "BLUR", True),
    Limit("contrast", "OVEREXPOSED", True),
    Limit("dark_paper", "DARK", True),
    Limit("dark_page", "DARK", True),
    Limit("white_page", "OVEREXPOSED", False),
    Limit("glare_blob", "GLARE", False),
    Limit("page_edges", "BLUR", True),
    Limit("mean_chance", "BLUR", True),
    Limit("reached_over", "OCCLUDED", False),
    Limit("leaves", "CUT_OFF", False),
)
"""The limits that a corpus can move; the others are counts and shares set by reasoning, said in `thresholds.yml`."""


def measures(findings: Findings) -> dict[str, float]:
    """What a page measures for each limit, the worst of its needed lines."""
    numbers = [look for name, look in findings.needed.items() if name in findings.numbers]
    words = [look for name, look in findings.needed.items() if name not in findings.numbers]
    every = [*numbers, *words]
    found = {
        "dark_page": findings.page.bright,
        "white_page": findings.page.saturated,
        "glare_blob": findings.page.glare,
        "page_edges": findings.page.edges,
        "mean_chance": findings.chance,
        "reached_over": findings.reached_over,
        "leaves": findings.leaves,
    }
    for name, values in {
        "number_height": [look.height for look in numbers],
        "word_height": [look.height for look in words],
        "sharp": [look.sharp for look in every],
        "contrast": [look.contrast for look in every],
        "dark_paper": [look.paper for look in every],
    }.items():
        if values:
            found[name] = min(values)
    return found


def calibrate(folder: Path, write: bool) -> list[str]:
    """The lines of the table: limit now, what good and bad pictures measure, the limit that would cost KEEP_GOOD of the good."""
    good: dict[str, list[float]] = defaultdict(list)
    bad: dict[str, list[float]] = defaultdict(list)
    reader = PageReader(PaddleEngine())
    for line in (folder / "truth.jsonl").read_text("utf-8").splitlines():
        truth = json.loads(line)
        if truth["stratum"] not in ("good", "bad"):
            continue
        try:
            sheet = decode((folder / truth["file"]).read_bytes())[0]
        except UnfitFileError:
            continue
        for name, value in measures(reader.look(sheet, None).findings).items():
            (good if truth["stratum"] == "good" else bad)[name].append(value)
            if truth["stratum"] == "bad":
                bad[f"{name} {truth['reasons'][0]}"].append(value)
    table, proposals = _proposed(good, bad)
    if write:
        _write(proposals)
    return table


def calibrate_by_decisions(file: Path) -> list[str]:
    """The same table by what an office's officers decided (`python -m backoffice export photos`); proposes, never writes.

    What the check refused never reached an officer: a limit is shown only from its loose side, so one that is too strict is not seen here.
    """
    good: dict[str, list[float]] = defaultdict(list)
    bad: dict[str, list[float]] = defaultdict(list)
    for line in file.read_text("utf-8").splitlines():
        row = json.loads(line)
        for limit in LIMITS:
            value = row["features"].get(MEASURED_AS[limit.name])
            if value is None:
                continue
            if row["right"]:
                good[limit.name].append(value)
            else:
                bad[f"{limit.name} {row['reason']}"].append(value)
    return _proposed(good, bad)[0]


MEASURED_AS = {
    "number_height": "height", "word_height": "height", "sharp": "sharp", "contrast": "contrast", "dark_paper": "paper",
    "dark_page": "bright", "white_page": "saturated", "glare_blob": "glare", "page_edges": "edges", "mean_chance": "chance",
    "reached_over": "reached_over", "leaves": "leaves",
}  # fmt: skip
"""The name under which a check keeps what each limit goes by (`documents.reader`): of the lines of a page, its worst."""


def _proposed(good: Mapping[str, list[float]], bad: Mapping[str, list[float]]) -> tuple[list[str], dict[str, float]]:
    """The table and the limits. `good` by limit, `bad` by `<limit> <reason>`."""
    table = [f"{'limit':15} {'now':>8} {'proposed':>9}   good 1 / 50 / 99 %                 bad for this reason 10 / 50 / 90 %   caught"]
    proposals = {}
    for limit in LIMITS:
        if len(good.get(limit.name, ())) < LEAST:
            continue
        proposals[limit.name] = float(np.percentile(good[limit.name], KEEP_GOOD if limit.below else 100 - KEEP_GOOD))
        its = bad.get(f"{limit.name} {limit.reason}", [])
        caught = sum(value < proposals[limit.name] if limit.below else value > proposals[limit.name] for value in its)
        shown = [" / ".join(f"{value:8.3f}" for value in np.percentile(values, parts)) if values else "–" for values, parts in
                 ((good[limit.name], (1, 50, 99)), (its, (10, 50, 90)))]  # fmt: skip
        limits = f"{limit.name:15} {thresholds()[limit.name]:8.3f} {proposals[limit.name]:9.3f}"
        table.append(f"{limits}   {shown[0]}   {shown[1]}   {caught} of {len(its)}")
    return table, proposals


def _write(proposals: dict[str, float]) -> None:
    """Puts the proposals into the file, leaving its words as they are."""
    path = DATA / "thresholds.yml"
    text = path.read_text("utf-8")
    for name, value in proposals.items():
        text = re.sub(rf"^({name}: {{limit: )[\d.]+", rf"\g<1>{value:.3g}", text, flags=re.MULTILINE)
    path.write_text(text, "utf-8")
