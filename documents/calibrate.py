"""Measures a corpus of pictures with known truth and says where each limit of legibility would stand."""

import json
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from documents.files.decode import decode
from documents.files.types import UnfitFileError
from documents.ocr.engine import PaddleEngine
from documents.page import PageReader
from documents.quality.judgement import Findings
from documents.thresholds import DATA, thresholds

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
    table = [f"{'limit':15} {'now':>8} {'proposed':>9}   good 1 / 50 / 99 %          bad for this reason 10 / 50 / 90 %"]
    proposals = {}
    for limit in LIMITS:
        if len(good[limit.name]) < 20:
            continue
        proposals[limit.name] = float(np.percentile(good[limit.name], KEEP_GOOD if limit.below else 100 - KEEP_GOOD))
        its = bad[f"{limit.name} {limit.reason}"]
        shown = [" / ".join(f"{value:8.3f}" for value in np.percentile(values, parts)) if values else "–" for values, parts in
                 ((good[limit.name], (1, 50, 99)), (its, (10, 50, 90)))]  # fmt: skip
        table.append(f"{limit.name:15} {thresholds()[limit.name]:8.3f} {proposals[limit.name]:9.3f}   {shown[0]}   {shown[1]}")
    if write:
        _write(proposals)
    return table


def _write(proposals: dict[str, float]) -> None:
    """Puts the proposals into the file, leaving its words as they are."""
    path = DATA / "thresholds.yml"
    text = path.read_text("utf-8")
    for name, value in proposals.items():
        text = re.sub(rf"^({name}: {{limit: )[\d.]+", rf"\g<1>{value:.3g}", text, flags=re.MULTILINE)
    path.write_text(text, "utf-8")
