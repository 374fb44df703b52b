"""A corpus by seed: photographs with their truth, one JSON object a line in `truth.jsonl`."""

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from simulator.specimen import VERSION, kk, ktp, people, plan
from simulator.specimen.photograph import Photo, take
from simulator.specimen.sheet import Sheet

STRATA = ("good", "border", "bad")
MOOD_WEIGHTS = {"good": (70, 30, 0, 0), "border": (0, 25, 55, 20), "bad": (0, 0, 10, 90), None: (34, 22, 18, 26)}
"""Which moods are tried when a stratum is wanted."""
PHOTOS_PER_SHEET = 3
"""Drawing a sheet costs more than photographing it."""
TRIES = 40


class Drawer:
    """Sheets of a seed's people, drawn when first needed and kept for a few photographs."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self._drawn: dict[tuple[str, int], Sheet] = {}

    def sheet(self, kind: str, index: int) -> Sheet:
        key = (kind, index // PHOTOS_PER_SHEET)
        if key not in self._drawn:
            if len(self._drawn) > 24:
                self._drawn.pop(next(iter(self._drawn)))
            self._drawn[key] = draw(kind, self.seed * 100_003 + key[1])
        return self._drawn[key]


def draw(kind: str, seed: int) -> Sheet:
    """A sheet of the kind, about a family of its own."""
    rng = random.Random(f"sheet-{kind}-{seed}")
    family = people.family(seed)
    if kind == "ktp":
        return ktp.draw(rng.choice([p for p in (family.ayah, family.ibu, *family.saksi) if p]), seed)
    return {"kk": kk.draw}[kind](family, seed)


KINDS = ("ktp", "kk")


def photo(drawer: Drawer, kind: str, index: int, stratum: str | None = None) -> Photo:
    """The index-th photograph of a kind. With a stratum, tries until a person's reading of it falls there."""
    sheet = drawer.sheet(kind, index)
    for attempt in range(TRIES):
        rng = random.Random(f"photo-{drawer.seed}-{kind}-{index}-{stratum}-{attempt}")
        mood = rng.choices(plan.MOODS, MOOD_WEIGHTS[stratum])[0]
        made = take(sheet, plan.sample(rng, sheet, mood), rng)
        if stratum is None or made.truth["stratum"] == stratum:
            break
    made.truth.update(expected=expectation(made.truth), seed=drawer.seed, index=index, version=VERSION)
    return made


def expectation(truth: dict[str, Any]) -> dict[str, Any]:
    """What a right check says: on good, ok; on bad, not ok with one of the reasons; on border, anything that is not false."""
    verdict = {"good": "ok", "border": "any", "bad": "not_ok"}[truth["stratum"]]
    return {"verdict": verdict, "kind": truth["kind"], "reasons": truth["reasons"]}


def photos(seed: int, count: int, kinds: tuple[str, ...] = KINDS, strata: tuple[str, ...] = ()) -> Iterator[tuple[str, Photo]]:
    """Names and photographs, the kinds and strata taken in turn."""
    drawer = Drawer(seed)
    for number in range(count):
        kind = kinds[number % len(kinds)]
        index = number // len(kinds)
        stratum = strata[(number // len(kinds)) % len(strata)] if strata else None
        yield f"{number:05d}-{kind}.jpg", photo(drawer, kind, index, stratum)


def write(seed: int, count: int, out: Path, kinds: tuple[str, ...] = KINDS, strata: tuple[str, ...] = ()) -> None:
    out.mkdir(parents=True, exist_ok=True)
    with (out / "truth.jsonl").open("w", encoding="utf-8") as lines:
        for name, made in photos(seed, count, kinds, strata):
            (out / name).write_bytes(made.data)
            lines.write(json.dumps({"file": name, **made.truth}, ensure_ascii=False) + "\n")
