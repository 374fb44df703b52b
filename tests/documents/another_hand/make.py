"""Draws pictures by another hand than `simulator.specimen`: `python -m tests.documents.another_hand.make --seed N --out FOLDER`."""

from __future__ import annotations

import argparse
import json
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from playwright.sync_api import Page, sync_playwright

from tests.documents.another_hand import births, cards, families, others
from tests.documents.another_hand.camera import Shot, take
from tests.documents.another_hand.people import family

SCALE = 2
"""Pixels of the drawing for a CSS pixel."""
CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
# height of the smallest capitals that must be read, in CSS pixels, and the field that a covering hand or glare hides
CAPITALS = {"ktp": 15, "kk": 10, "surat_kelahiran": 12, "surat_nikah": 12, "sptjm_kelahiran": 12, "sptjm_pasutri": 11}
HIDDEN = {
    "ktp": "nik",
    "kk": "no_kk",
    "surat_kelahiran": "nama_ibu",
    "surat_nikah": "istri",
    "sptjm_kelahiran": "nama",
    "sptjm_pasutri": "nama",
}
WHERE = """value => {
  const paper = document.getElementById("paper"), frame = paper.getBoundingClientRect();
  const texts = document.createTreeWalker(paper, NodeFilter.SHOW_TEXT);
  for (let node; (node = texts.nextNode());) {
    const at = node.data.toUpperCase().indexOf(value.toUpperCase());
    if (at < 0) continue;
    const range = document.createRange(); range.setStart(node, at); range.setEnd(node, at + value.length);
    const box = range.getBoundingClientRect();
    return [(box.x + box.width * .4 - frame.x) / frame.width, (box.y + box.height / 2 - frame.y) / frame.height];
  }
  return null;
}"""
FAULTS = {
    "ktp": ["BLUR", "GLARE", "DARK", "OVEREXPOSED", "TOO_SMALL", "CUT_OFF", "OCCLUDED"],
    "kk": ["BLUR", "GLARE", "DARK", "TOO_SMALL", "OCCLUDED"],
    "surat_kelahiran": ["BLUR", "DARK", "OVEREXPOSED", "TOO_SMALL", "OCCLUDED", "GLARE"],
    "surat_nikah": ["BLUR", "DARK", "GLARE", "TOO_SMALL", "OCCLUDED"],
    "sptjm_kelahiran": ["BLUR", "TOO_SMALL"],
    "sptjm_pasutri": ["BLUR", "DARK"],
}
SMALL = {"ktp": 0.14, "kk": 0.34, "surat_kelahiran": 0.2, "surat_nikah": 0.2, "sptjm_kelahiran": 0.2, "sptjm_pasutri": 0.2}


def good(rng: random.Random, kind: str) -> Shot:
    """A photograph that a person reads with ease."""
    card = kind == "ktp"
    long_side = rng.choice([1600, 1600, 1280] if kind != "kk" else [1600])
    look = rng.choices(["photo", "scan", "copy", "screen"], [0.8, 0.1 if not card else 0.03, 0.08, 0.02 if not card else 0])[0]
    return Shot(
        long_side,
        rng.uniform(0.5, 0.95) if card else rng.uniform(0.86, 0.98),
        rng.choice([0.01, 0.03, 0.05]),
        rng.choice([2, 6, 12]),
        rng.choice([0, 0, 0, 0, 0, 90, 180, 270]),
        rng.choice([50, 60, 68, 75]),
        "",
        look,
        rng.choice(["day", "day", "lamp", "shadow", "neon"]),
        hand=rng.random() < 0.25,
        fold=not card and rng.random() < 0.4,
        glare_beside=card and rng.random() < 0.15,
    )


PLAN = (("ktp", 26, 5, 21), ("kk", 18, 3, 10), ("surat_kelahiran", 36, 4, 12), ("surat_nikah", 24, 3, 10), ("sptjm_kelahiran", 8, 1, 3),
        ("sptjm_pasutri", 7, 1, 3))  # fmt: skip
"""How many good, border and bad pictures of each wanted kind."""
LAYOUTS = {
    "ktp": [cards.ktp],
    "kk": [families.kk],
    "surat_kelahiran": births.ALL,
    "surat_nikah": families.MARRIAGES,
    "sptjm_kelahiran": [families.sptjm_kelahiran],
    "sptjm_pasutri": [families.sptjm_pasutri],
    "other": others.LOOK_ALIKES,
    "none": others.NOTHING,
}
ON_A_SCREEN = ("ikd", "chat")


def plan() -> list[tuple[str, str, str, int]]:
    """(kind, stratum, fault, which layout) of every picture."""
    rows: list[tuple[str, str, str, int]] = []
    for kind, many, soft, bad in PLAN:
        rows += [(kind, "good", "", i) for i in range(many)] + [(kind, "border", "soft", i) for i in range(soft)]
        rows += [(kind, "bad", FAULTS[kind][i % len(FAULTS[kind])], i) for i in range(bad)]
    return rows + [("other", "foreign", "", i) for i in range(24)] + [("none", "foreign", "", i) for i in range(8)]


REASONS = {"OVEREXPOSED": ["OVEREXPOSED", "GLARE"]}
"""Reasons that are right for a fault, where it is not the fault's name alone."""


def expected(kind: str, stratum: str, fault: str) -> dict[str, Any]:
    """What a check must say, as in the other corpus's truth."""
    if stratum == "foreign":
        return {"verdict": "not_ok", "kinds": ["other", "none"], "reasons": ["WRONG_DOCUMENT", "NO_DOCUMENT", "SCREENSHOT"]}
    verdict = {"good": "ok", "border": "any", "bad": "not_ok"}[stratum]
    return {"verdict": verdict, "kinds": [kind], "reasons": REASONS.get(fault, [fault]) if verdict == "not_ok" else []}


def photograph(page: Page, seed: int, number: int, row: tuple[str, str, str, int]) -> tuple[np.ndarray, int, dict[str, Any]]:
    """One picture, its JPEG quality and its truth."""
    kind, stratum, fault, index = row
    rng = random.Random(f"{seed}/{number}")
    paper = LAYOUTS[kind][index % len(LAYOUTS[kind])](rng, family(rng))
    page.set_content(f'<body style="margin:0">{paper.html}</body>')
    drawn = cv2.imdecode(np.frombuffer(page.locator("#paper").screenshot(type="png"), np.uint8), cv2.IMREAD_COLOR)
    shot = good(rng, kind)
    if paper.layout in ON_A_SCREEN:
        shot = replace(shot, look=rng.choice(["shot", "photo"]), turn=0)
    if fault:
        shot = replace(shot, fault=fault, look="photo", glare_beside=False)
    if fault == "TOO_SMALL":
        shot = replace(shot, fill=SMALL[kind], long_side=1280)
    place = page.evaluate(WHERE, paper.fields[HIDDEN[kind]]) if kind in HIDDEN else None
    picture = take(drawn, CAPITALS.get(kind, 12) * SCALE, tuple(place or (0.5, 0.4)), shot, seed * 1000 + number)
    truth = {"kind": kind, "layout": paper.layout, "stratum": stratum, "cause": fault, "expected": expected(kind, stratum, fault)}
    return picture, shot.quality, truth | {"handwritten": paper.handwritten, "fields": paper.fields}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.documents.another_hand.make", description=__doc__)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--only", type=int, nargs="*", help="numbers of the pictures to draw, instead of all")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    truths = []
    with sync_playwright() as web:
        browser = web.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
        page = browser.new_page(device_scale_factor=SCALE, viewport={"width": 1200, "height": 1200})
        for number, row in enumerate(plan()):
            if arguments.only and number not in arguments.only:
                continue
            picture, quality, truth = photograph(page, arguments.seed, number, row)
            name = f"{number:03d}-{row[0]}-{row[1]}-{(row[2] or truth['layout']).lower()}.jpg"
            cv2.imwrite(str(arguments.out / name), picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
            truths.append(json.dumps({"file": name} | truth, ensure_ascii=False))
        browser.close()
    (arguments.out / "truth.jsonl").write_text("\n".join(truths) + "\n", "utf-8")


if __name__ == "__main__":
    main()
