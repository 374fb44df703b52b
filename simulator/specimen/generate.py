"""A corpus by seed: photographs with their truth, one JSON object a line in `truth.jsonl`.

Keys of a truth: `file` `kind` `layout` `handwritten`
· `stratum`: good, border, bad (what a person can read), foreign (a look-alike or no document), several (more than one document)
· `expected`: `verdict` (ok, not_ok, any), `kinds` (right answers), `reasons` (right reasons, any one of them)
· `fields` (contract names) · `readable` (level of each field) · `number_px` `letter_px` (height of the smallest needed digit and letter)
· `anggota`: height and level of the worst member's NIK on a KK · `faults` (name: strength)
· `readings`: per needed field likeness to the faultless view, contrast left, brightness of the paper, share inside the frame, finger, glare
· `boxes` (corners of each field's lines, upright pixels) · `outline` (corners of the sheet) · `inside` (its share in the frame)
· `turn` `exif` `surface` `size` `seed` `index` `version`.
"""

import io
import json
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageOps

from simulator.specimen import VERSION, cards, kk, ktp, papers, pdf, people, plan, scenes, screens, sptjm, surat_kelahiran, surat_nikah
from simulator.specimen.camera import Stand
from simulator.specimen.photograph import Photo, scene, size_level, take
from simulator.specimen.sheet import Sheet

STRATA = ("good", "border", "bad")
MOOD_WEIGHTS = {"good": (45, 30, 25, 0), "border": (0, 25, 55, 20), "bad": (0, 0, 10, 90), None: (34, 22, 18, 26)}
"""Which moods are tried when a stratum is wanted."""
PHOTOS_PER_SHEET = 3
"""Drawing a sheet costs more than photographing it."""
TRIES = 40
SPECK_PX = 3.0
"""Below this height of its letters a document is a pale spot, and "no document" is as right as "too small"."""

WANTED = ("ktp", "kk", "surat_kelahiran", "surat_nikah", "sptjm_kelahiran", "sptjm_pasutri")
FOREIGN = ("other", "none", "several", "capture", "kk_pdf", "photocopy")
KINDS = WANTED + FOREIGN
MIX = (
    "ktp",
    "kk",
    "ktp",
    "surat_kelahiran",
    "ktp",
    "surat_nikah",
    "ktp",
    "sptjm_kelahiran",
    "kk",
    "sptjm_pasutri",
    "other",
    "ktp",
    "kk",
    "other",
    "none",
    "several",
    "ktp",
    "surat_kelahiran",
    "capture",
    "kk_pdf",
    "ktp",
    "photocopy",
)
"""Without --kinds the kinds come in this order, over and over."""


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


def _ktp(seed: int, rng: random.Random) -> Sheet:
    family = people.family(seed)
    return ktp.draw(rng.choice([p for p in (family.ayah, family.ibu, *family.saksi) if p]), seed)


def _nikah(seed: int, rng: random.Random) -> Sheet:
    return surat_nikah.draw(people.family(seed, "menikah"), seed)


def _other(seed: int, rng: random.Random) -> Sheet:
    family = people.family(seed)
    name = rng.choice((*cards.CARDS, *papers.PAPERS))
    if name in papers.PAPERS:
        return papers.PAPERS[name](family, rng)
    return cards.CARDS[name](family.bayi if name == "kia" else family.ibu, rng)


DRAW: dict[str, Callable[[int, random.Random], Sheet]] = {
    "ktp": _ktp,
    "kk": lambda seed, rng: kk.draw(people.family(seed), seed),
    "surat_kelahiran": lambda seed, rng: surat_kelahiran.draw(people.family(seed), seed),
    "surat_nikah": _nikah,
    "sptjm_kelahiran": lambda seed, rng: sptjm.draw_kelahiran(people.family(seed), seed),
    "sptjm_pasutri": lambda seed, rng: sptjm.draw_pasutri(people.family(seed, "belum_tercatat"), seed),
    "other": _other,
}


def draw(kind: str, seed: int) -> Sheet:
    """A sheet of the kind, about a family of its own."""
    return DRAW[kind](seed, random.Random(f"sheet-{kind}-{seed}"))


def photo(drawer: Drawer, kind: str, index: int, stratum: str | None = None) -> Photo:
    """The index-th photograph of a kind. With a stratum, tries until a person's reading of it falls there (wanted kinds only)."""
    if kind in FOREIGN:
        made = _FOREIGN[kind](drawer, index, random.Random(f"photo-{drawer.seed}-{kind}-{index}"))
    else:
        sheet = drawer.sheet(kind, index)
        for attempt in range(TRIES):
            rng = random.Random(f"photo-{drawer.seed}-{kind}-{index}-{stratum}-{attempt}")
            mood = rng.choices(plan.MOODS, MOOD_WEIGHTS[stratum])[0]
            drawn = plan.sample(rng, sheet, mood)
            last = attempt == TRIES - 1
            if stratum and not last and STRATA.index(size_level(sheet, drawn)) > STRATA.index(stratum):
                continue
            made = take(sheet, drawn, rng)
            if stratum is None or made.truth["stratum"] == stratum:
                break
        verdict = {"good": "ok", "border": "any", "bad": "not_ok"}[made.truth["stratum"]]
        speck = (made.truth["letter_px"] or SPECK_PX) < SPECK_PX
        reasons = [*made.truth["reasons"], *(["NO_DOCUMENT"] if speck else [])]
        made.truth["expected"] = {"verdict": verdict, "kinds": [kind], "reasons": reasons}
    made.truth.update(seed=drawer.seed, index=index, version=VERSION)
    return made


def _calm(rng: random.Random, sheet: Sheet) -> plan.Plan:
    return plan.sample(rng, sheet, rng.choice(("good", "good", "usual")))


def _foreign(made: Photo, kinds: list[str], reasons: list[str], verdict: str = "not_ok", stratum: str = "foreign") -> Photo:
    made.truth.update(stratum=stratum, reasons=reasons, expected={"verdict": verdict, "kinds": kinds, "reasons": reasons})
    return made


def _look_alike(drawer: Drawer, index: int, rng: random.Random) -> Photo:
    if rng.random() < 0.2:
        name = rng.choice(tuple(screens.SCREENS))
        sheet = screens.SCREENS[name](people.family(drawer.seed * 100_003 + index), rng)
        return _foreign(_as_sent(sheet), ["other", "none"], ["SCREENSHOT", "WRONG_DOCUMENT", "NO_DOCUMENT"])
    sheet = drawer.sheet("other", index)
    made = take(sheet, _calm(rng, sheet), rng)
    return _foreign(made, ["other", "none"], ["WRONG_DOCUMENT", "NO_DOCUMENT"])


def _no_document(drawer: Drawer, index: int, rng: random.Random) -> Photo:
    name = rng.choice(tuple(scenes.SCENES))
    blank = papers.blank(people.family(drawer.seed), rng)
    taken = plan.sample(rng, blank, "good")
    w, h = rng.choice(((1600, 1200), (1200, 1600), (1600, 900), (960, 1280)))
    data = scene(scenes.SCENES[name](rng, w, h), replace(taken, long_side=max(w, h)), rng)
    truth = _bare_truth("none", name, {}, (w, h), taken.faults())
    return _foreign(Photo(data, truth), ["none", "other"], ["NO_DOCUMENT", "WRONG_DOCUMENT"] + (["DARK"] if name == "hitam" else []))


def _several(drawer: Drawer, index: int, rng: random.Random) -> Photo:
    """Two KTP side by side, a KTP lying on a KK, a KTP beside a letter."""
    seed = drawer.seed * 100_003 + index
    family = people.family(seed)
    first = ktp.draw(family.ibu, seed)
    second = ktp.draw(family.ayah or family.saksi[0], seed + 1)
    base = plan.sample(rng, first, "good")
    base = replace(base, frame=(1600, 1200), fingers=(), glare=(), exif=1, wear=())

    def stand(cover: float, x: float, y: float) -> Stand:
        return Stand(cover, 0, rng.gauss(0, 5), (rng.uniform(-6, 6), rng.uniform(-6, 6)), (x, y))

    way = rng.choice(("berdampingan", "bertumpuk", "di_atas_kk", "samping_surat"))
    if way == "berdampingan":
        made = take(
            first,
            replace(base, stand=stand(0.47, -0.245, rng.uniform(-0.08, 0.08))),
            rng,
            ((second, stand(0.47, 0.245, rng.uniform(-0.08, 0.08))),),
        )
    elif way == "bertumpuk":
        made = take(
            first,
            replace(base, stand=stand(0.46, rng.uniform(-0.1, 0.1), -0.245)),
            rng,
            ((second, stand(0.46, rng.uniform(-0.1, 0.1), 0.245)),),
        )
    else:
        under = kk.draw(family, seed) if way == "di_atas_kk" else surat_kelahiran.draw(family, seed)
        place = stand(0.3, rng.uniform(-0.25, 0.25), rng.uniform(0.1, 0.3)) if way == "di_atas_kk" else stand(0.42, 0.27, 0.1)
        below = stand(0.94, 0, 0) if way == "di_atas_kk" else stand(0.96, -0.22, 0)
        made = take(under, replace(base, stand=below), rng, ((first, place),))
    made.truth.update(kind="several", layout=way)
    return _foreign(made, ["ktp", "kk", "surat_kelahiran", "other", "none"], ["MULTIPLE_DOCUMENTS"], "not_ok", "several")


def _photocopy(drawer: Drawer, index: int, rng: random.Random) -> Photo:
    """A KTP copied onto paper: readable perhaps, but not the original (Ditjen 470/13287)."""
    sheet = ktp.photocopied(drawer.sheet("ktp", index), index)
    made = take(sheet, _calm(rng, sheet), rng)
    return _foreign(made, ["ktp", "other"], ["WRONG_DOCUMENT", *made.truth["reasons"]], "any", "border")


def _capture(drawer: Drawer, index: int, rng: random.Random) -> Photo:
    """A readable document, but as a capture of the phone's gallery."""
    inner = photo(drawer, rng.choice(("ktp", "kk", "surat_nikah")), index, "good")
    sheet = drawer.sheet(inner.truth["kind"], index)
    pixels = _pixels(inner)
    made = _as_sent(screens.shown(replace(sheet, image=pixels), rng))
    return _foreign(made, [inner.truth["kind"], "other"], ["SCREENSHOT"], "any", "border")


def _pixels(made: Photo) -> Any:
    return np.asarray(ImageOps.exif_transpose(Image.open(io.BytesIO(made.data))).convert("RGB"))


def _bare_truth(kind: str, layout: str, fields: dict[str, Any], size: tuple[int, int], faults: dict[str, float]) -> dict[str, Any]:
    """The truth of a picture that no camera of ours took: the same keys, nothing measured."""
    return {
        "kind": kind,
        "layout": layout,
        "handwritten": False,
        "fields": fields,
        "readable": {},
        "number_px": None,
        "letter_px": None,
        "anggota": None,
        "faults": faults,
        "readings": [],
        "boxes": {},
        "outline": [],
        "inside": 1.0,
        "turn": 0,
        "exif": 1,
        "surface": "",
        "size": list(size),
    }


def _as_sent(sheet: Sheet) -> Photo:
    """A screen's own pixels, recompressed."""
    buffer = io.BytesIO()
    Image.fromarray(sheet.image).save(buffer, "JPEG", quality=80)
    truth = _bare_truth(sheet.kind, sheet.layout, sheet.fields, sheet.size, {"screenshot": 1.0})
    return Photo(buffer.getvalue(), truth)


def _kk_pdf(drawer: Drawer, index: int, rng: random.Random) -> Photo:
    """A KK that comes as a file: born digital, or photographed by a scanner app."""
    if rng.random() < 0.6:
        family = people.family(drawer.seed * 100_003 + index)
        data = pdf.kk_born_digital(family, index)
        truth = _bare_truth("kk", "pdf", kk.fields(family, True), (0, 0), {}) | {"anggota": {"px": 99.0, "level": "good"}}
        return _foreign(Photo(data, truth), ["kk"], [], "ok", "good")
    inner = photo(drawer, "kk", index, "good")
    return _foreign(Photo(pdf.scanned([inner.data]), inner.truth | {"layout": "pdf_pindai", "exif": 1}), ["kk"], [], "ok", "good")


_FOREIGN: dict[str, Callable[[Drawer, int, random.Random], Photo]] = {
    "other": _look_alike,
    "none": _no_document,
    "several": _several,
    "capture": _capture,
    "photocopy": _photocopy,
    "kk_pdf": _kk_pdf,
}


def photos(seed: int, count: int, kinds: tuple[str, ...] = (), strata: tuple[str, ...] = ()) -> Iterator[tuple[str, Photo]]:
    """Names and photographs, the kinds in turn and within each kind the strata in turn."""
    drawer, order, taken = Drawer(seed), kinds or MIX, dict.fromkeys(KINDS, 0)
    for number in range(count):
        kind = order[number % len(order)]
        index = taken[kind]
        taken[kind] += 1
        stratum = strata[index % len(strata)] if strata else None
        made = photo(drawer, kind, index, stratum)
        yield f"{number:05d}-{kind}.{'pdf' if made.data[:4] == b'%PDF' else 'jpg'}", made


def write(seed: int, count: int, out: Path, kinds: tuple[str, ...] = (), strata: tuple[str, ...] = ()) -> None:
    out.mkdir(parents=True, exist_ok=True)
    with (out / "truth.jsonl").open("w", encoding="utf-8") as lines:
        for name, made in photos(seed, count, kinds, strata):
            (out / name).write_bytes(made.data)
            lines.write(json.dumps({"file": name, **made.truth}, ensure_ascii=False) + "\n")
