"""Takes the photograph: lays sheets on a surface, lights them, spoils them as planned, and measures what came through."""

import random
from dataclasses import asdict, dataclass, replace
from typing import Any

import cv2
import numpy as np

from simulator.specimen import camera, faults, judge, wear
from simulator.specimen.plan import Plan
from simulator.specimen.sheet import Sheet
from simulator.specimen.surfaces import lay, strew

LEVELS = ("good", "border", "bad")


@dataclass(frozen=True)
class Photo:
    """A finished JPEG with what is known about it (the keys are described in `generate.py`)."""

    data: bytes
    truth: dict[str, Any]


@dataclass
class _Laid:
    sheet: Sheet
    matrix: np.ndarray
    bend: camera.Curl | None

    def quads(self, name: str) -> list[np.ndarray]:
        return [camera.project(self.matrix, self.bend.moved(q) if self.bend else q) for q in judge.line_quads(self.sheet, name)]

    def outline(self) -> np.ndarray:
        w, h = self.sheet.size
        return camera.project(self.matrix, np.array([[0, 0], [w, 0], [w, h], [0, h]], np.float64))


def take(sheet: Sheet, plan: Plan, rng: random.Random, others: tuple[tuple[Sheet, camera.Stand], ...] = ()) -> Photo:
    """Photograph a sheet (with others beside or on it). Truth is told of the first sheet."""
    cv2.setNumThreads(1)
    w, h = plan.frame
    frame = lay(plan.surface, rng, w, h)
    if plan.strewn:
        strew(frame, rng)
    laid = _lay_down(frame, sheet, plan.stand, plan.wear, rng)
    for other, stand in others:
        _lay_down(frame, other, stand, (), rng)
    ideal = cv2.cvtColor(frame, cv2.COLOR_RGB2GRAY)
    cover = np.zeros((max(1, h // 4), max(1, w // 4)), np.float32)
    for finger in plan.fingers:
        cover = np.maximum(cover, _put_finger(frame, laid, finger, rng))
    field = faults.light((w, h), rng, plan.slope, plan.warmth, plan.vignette)
    if plan.shadow:
        field = faults.shadow(field, rng, plan.shadow)
    shine = faults.glare((w, h), [_spot(laid, spot, rng) for spot in plan.glare], rng) if plan.glare else None
    letter = smallest_letter(laid)
    frame = faults.lit(frame, field, plan.gain, shine)
    if plan.drift:
        frame = faults.drifted(frame, plan.drift * letter, rng)
    frame = faults.shaken(faults.blurred(frame, plan.blur * letter), plan.shake * letter, rng)
    if plan.moire:
        frame = faults.screen(frame, rng, plan.moire)
    frame = faults.noisy(frame, plan.noise, rng)
    frame = faults.sharpened(faults.smoothed(frame, plan.smooth), plan.sharpen)
    data = faults.recompressed(_as_stored(frame, plan.exif), plan.long_side, plan.quality, plan.passes, plan.exif)
    return Photo(data, _truth(laid, plan, data, ideal, cover, shine))


def size_level(sheet: Sheet, plan: Plan) -> str:
    """The level that the letters' size alone allows in this plan, known before anything is drawn."""
    laid = _Laid(sheet, camera.homography(sheet, plan.stand, *plan.frame), None)
    scale = min(1.0, plan.long_side / max(plan.frame))
    return max((judge.size_level(q * scale, name in sheet.numbers) for name in sheet.needed for q in laid.quads(name)), key=LEVELS.index)


def scene(frame: np.ndarray, plan: Plan, rng: random.Random) -> bytes:
    """A photo of whatever is in the frame, with the plan's light and compression."""
    cv2.setNumThreads(1)
    h, w = frame.shape[:2]
    frame = faults.lit(frame, faults.light((w, h), rng, plan.slope, plan.warmth, plan.vignette), plan.gain, None)
    frame = faults.noisy(frame, plan.noise, rng)
    return faults.recompressed(frame, plan.long_side, plan.quality, plan.passes)


def smallest_letter(laid: _Laid) -> float:
    """Height in the frame's pixels of the smallest needed line."""
    heights = [np.linalg.norm(q[3] - q[0]) for name in laid.sheet.needed for q in laid.quads(name)]
    return float(min(heights)) if heights else laid.sheet.size[1] / 60


def _lay_down(frame: np.ndarray, sheet: Sheet, stand: camera.Stand, worn: tuple[tuple[str, float], ...], rng: random.Random) -> _Laid:
    """Draw the sheet into the frame, in place, with the shadow under its rim."""
    h, w = frame.shape[:2]
    matrix = camera.homography(sheet, stand, w, h)
    image = sheet.image
    bend: camera.Curl | None = None
    for name, strength in worn:
        image = wear.WEAR[name](image, sheet, strength, rng)
    small, fitted = camera.shrunk(image, matrix, sheet.size)
    if stand.curl:
        small, waves = camera.curl(small, stand.curl, rng)
        bend = camera.Curl(waves.amplitude * sheet.size[0] / small.shape[1], waves.waves, waves.phase, sheet.size[0])
    mask, _ = camera.shrunk(camera.corner_mask(sheet), matrix, sheet.size)
    warped = cv2.warpPerspective(small, fitted, (w, h), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    alpha = cv2.warpPerspective(mask, fitted, (w, h), flags=cv2.INTER_LINEAR)
    lift = rng.uniform(2, 9)
    quarter = cv2.resize(alpha, (max(1, w // 4), max(1, h // 4)))
    moved = cv2.warpAffine(quarter, np.array([[1, 0, rng.uniform(-2, 2)], [0, 1, rng.uniform(0, 2)]], np.float32), quarter.shape[::-1])
    under = 1 - cv2.resize(cv2.GaussianBlur(moved, (0, 0), lift / 2), (w, h)).astype(np.float32) / 255 * rng.uniform(0.2, 0.55)
    shaded = cv2.multiply(frame, cv2.merge([under] * 3), dtype=cv2.CV_8U)
    a = alpha.astype(np.float32) / 255
    frame[:] = cv2.blendLinear(shaded, warped, 1 - a, a)
    return _Laid(sheet, matrix, bend)


def _spot(laid: _Laid, spot: tuple[str, float, float], rng: random.Random) -> tuple[float, float, float, float]:
    where, radius, strength = spot
    wide = float(np.linalg.norm(laid.outline()[1] - laid.outline()[0]))
    if where == "field" and (quads := [q for name in laid.sheet.needed[:3] for q in laid.quads(name)]):
        x, y = rng.choice(quads).mean(0) + np.array((rng.uniform(-0.08, 0.08), rng.uniform(-0.01, 0.01))) * wide
    else:
        w, h = laid.sheet.size
        x, y = camera.project(laid.matrix, np.array([[w * rng.random(), h * rng.random()]]))[0]
    return float(x), float(y), radius * wide, strength


def _put_finger(frame: np.ndarray, laid: _Laid, where: str, rng: random.Random) -> np.ndarray:
    """Paint a finger, in place; returns its cover at a quarter of the frame's size."""
    h, w = frame.shape[:2]
    outline = laid.outline()
    centre = outline.mean(0)
    card = laid.sheet.corner_mm > 0
    thick = (
        laid.sheet.px_per_mm
        * (16 if card else 17)
        * float(np.linalg.norm(outline[1] - outline[0]))
        / laid.sheet.size[0]
        * rng.uniform(0.8, 1.15)
    )
    quads = [q for name in laid.sheet.needed for q in laid.quads(name)]
    if where == "field" and quads:
        tip = rng.choice(quads).mean(0) + np.array((rng.uniform(-0.4, 0.4), rng.uniform(-0.2, 0.2))) * thick
        away = tip - centre + np.array((rng.uniform(-1, 1), rng.uniform(-1, 1))) * thick
    else:
        tip, away = _free_rim(outline, centre, quads, thick, rng)
    away = away / max(1e-6, float(np.linalg.norm(away)))
    colour, alpha = faults.finger((w, h), tuple(tip), tuple(tip + away * max(w, h)), thick, rng)
    a = alpha.astype(np.float32) / 255
    frame[:] = cv2.blendLinear(frame, colour, 1 - a, a)
    return cv2.resize(alpha, (max(1, w // 4), max(1, h // 4))).astype(np.float32) / 255


def _free_rim(
    outline: np.ndarray, centre: np.ndarray, quads: list[np.ndarray], thick: float, rng: random.Random
) -> tuple[np.ndarray, np.ndarray]:
    """A place on the sheet's rim from which a thumb reaches in without touching a needed line, if there is one."""
    best, best_gap = (outline[2], outline[2] - centre), -1e9
    for _ in range(8):
        side = rng.randrange(4)
        rim = outline[side] + (outline[(side + 1) % 4] - outline[side]) * rng.uniform(0.1, 0.9)
        away = rim - centre
        tip = rim - away / np.linalg.norm(away) * thick * rng.uniform(0.1, 0.6)
        gap = min((float(np.linalg.norm(p - tip)) for q in quads for p in (*q, q.mean(0))), default=1e9)
        if gap > best_gap:
            best, best_gap = (tip, away), gap
        if gap > thick:
            break
    return best


_STORED = {1: None, 3: cv2.ROTATE_180, 6: cv2.ROTATE_90_COUNTERCLOCKWISE, 8: cv2.ROTATE_90_CLOCKWISE}


def _as_stored(frame: np.ndarray, exif: int) -> np.ndarray:
    """The pixels as a phone stores them, to be turned upright by the EXIF orientation."""
    code = _STORED[exif]
    return frame if code is None else cv2.rotate(frame, code)


def _truth(laid: _Laid, plan: Plan, data: bytes, ideal: np.ndarray, cover: np.ndarray, shine: np.ndarray | None) -> dict[str, Any]:
    h, w = ideal.shape
    scale = min(1.0, plan.long_side / max(w, h))
    final = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_GRAYSCALE)
    assert final is not None, "it was encoded by us"
    ideal = cv2.resize(ideal, (final.shape[1], final.shape[0]), interpolation=cv2.INTER_AREA) if scale < 1 else ideal
    shine = np.zeros((2, 2), np.float32) if shine is None else shine
    sheet, causes = laid.sheet, plan.faults()

    def reading(name: str) -> judge.Reading:
        lines = [
            judge.read_field(name, q * scale, ideal, final, cover, shine, name in sheet.numbers or ".nik." in name, causes)
            for q in laid.quads(name)
        ]
        return max(lines, key=lambda r: (LEVELS.index(r.level), -r.likeness))

    readings = {name: reading(name) for name in sheet.boxes if not name.startswith("anggota")}
    rows = [reading(name) for name in sheet.boxes if name.startswith("anggota.nik.")]
    needed = [readings[name] for name in sheet.needed if name in readings]
    stratum = max((r.level for r in needed), key=LEVELS.index, default="good")
    reasons = sorted({reason for r in needed if r.level == stratum for reason in r.reasons}) if stratum != "good" else []
    outline = laid.outline() * scale
    area = _inside(outline, final.shape[1], final.shape[0])
    if stratum == "good" and area < 0.995:
        stratum, reasons = "border", ["CUT_OFF"]
    if stratum == "good" and plan.moire > 0.3:
        stratum, reasons = "border", ["SCREENSHOT"]
    if stratum == "good" and any(name == "copy" for name, _ in plan.wear):
        stratum, reasons = "border", []
    if stratum == "good" and _covered(cover, laid.outline() / 4) > 0.08:
        stratum, reasons = "border", ["OCCLUDED"]
    worst = max(rows, key=lambda r: (LEVELS.index(r.level), -r.likeness)) if rows else None
    return {
        "kind": sheet.kind,
        "layout": sheet.layout,
        "handwritten": sheet.handwritten,
        "stratum": stratum,
        "reasons": reasons,
        "fields": sheet.fields,
        "readable": {name: r.level for name, r in readings.items()},
        "number_px": min((r.digit_px for r in needed if r.field in sheet.numbers), default=None),
        "letter_px": min((r.digit_px for r in needed), default=None),
        "anggota": {"px": worst.digit_px, "level": worst.level} if worst else None,
        "readings": [{k: v for k, v in asdict(r).items() if k not in ("field", "reasons")} | {"field": r.field} for r in needed],
        "faults": causes,
        "surface": plan.surface,
        "turn": plan.stand.turn * 90,
        "exif": plan.exif,
        "size": [final.shape[1], final.shape[0]],
        "outline": outline.round(1).tolist(),
        "inside": round(area, 3),
        "boxes": {name: [(q * scale).round(1).tolist() for q in laid.quads(name)] for name in sheet.boxes},
    }


def _inside(outline: np.ndarray, w: int, h: int) -> float:
    """Share of the sheet's area that lies in the photo."""
    whole = cv2.contourArea(outline.astype(np.float32))
    part, _ = cv2.intersectConvexConvex(outline.astype(np.float32), np.array([[0, 0], [w, 0], [w, h], [0, h]], np.float32))
    return float(part / whole) if whole else 0.0


def _covered(cover: np.ndarray, outline: np.ndarray) -> float:
    """Share of the sheet that fingers hide; the outline is in the cover map's pixels."""
    sheet = np.zeros(cover.shape, np.uint8)
    cv2.fillConvexPoly(sheet, outline.astype(np.int32), 1)
    return float((cover * sheet).sum() / max(1, int(sheet.sum())))


def flat(plan: Plan) -> Plan:
    """The same view with nothing spoiled, as a scanner or a very careful parent would give it."""
    return replace(plan, glare=(), fingers=(), blur=0.0, shake=0.0, noise=1.0, shadow=0.0, wear=(), moire=0.0, gain=1.0)
