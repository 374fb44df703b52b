"""Goes the whole way for one file: decode, find lines, read what matters, judge, keep."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

import cv2
import numpy as np

from documents import ktp
from documents.decode import Pixels, Sheet, UnfitFileError, decode
from documents.engine import Engine, PaddleEngine, Quad, Reading
from documents.fields import Fields
from documents.finding import Scene, find, hull
from documents.fingerprint import fingerprint
from documents.judgement import Findings, Judgement, judge
from documents.kinds import Guess, decide, weigh
from documents.legibility import line_look, page_look, typical, worst
from documents.lines import Line, cut, grown
from documents.model import Box, Check, Page, Verdict
from documents.thresholds import thresholds
from standard.kinds import Kind

PAGE_QUALITY = 85
MOST_LINES = 90
RIM = 4.0
"""Pixels from the picture's rim at which a line counts as cut by it."""


@dataclass(frozen=True)
class Seen:
    """All that was found on one page."""

    scene: Scene
    guess: Guess
    fields: Fields
    findings: Findings
    judgement: Judgement


class Reader:
    """Holds a loaded engine; one per process."""

    def __init__(self, engine: Engine | None = None) -> None:
        self._engine = engine or PaddleEngine()

    def warm(self) -> None:
        """Runs the engine once, so that the first applicant does not pay for it."""
        blank = np.full((640, 640, 3), 255, np.uint8)
        self._engine.detect(blank, 640)
        self._engine.recognise([blank[:48, :320]] * 4)

    def check(self, data: bytes, *, expect: Kind | None = None, draft: Callable[[Check], None] | None = None) -> Check:
        """The first answer. `draft` is told what is known once the file has become pixels. Never raises for a bad file."""
        begun = time.perf_counter()
        try:
            sheets = decode(data)
        except UnfitFileError as unfit:
            return Check(Verdict.RETAKE, Kind.NONE, 0.0, (unfit.reason,), {}, quality={f"file_{unfit.cause}": 1.0})
        if draft:
            pages = tuple(keep(sheet.pixels) for sheet in sheets)
            draft(Check(Verdict.OFFICER, expect or Kind.NONE, 0.0, (), {}, pages=pages, fingerprint=fingerprint(sheets[0].pixels)))
        seen = [self._page(sheet, expect) for sheet in sheets]
        chosen = max(range(len(seen)), key=lambda place: _worth(seen[place], expect))
        return _answer(seen, chosen, sheets, time.perf_counter() - begun)

    def read_all(self, data: bytes, kind: Kind) -> Check:
        """The second pass: every field of a document of known kind."""
        return self.check(data, expect=kind)

    def _page(self, sheet: Sheet, expect: Kind | None) -> Seen:
        scene = find(self._engine, sheet.pixels)
        lines = self._read(scene, list(scene.lines)[:MOST_LINES])
        clear = [line for line in lines if line.confidence >= thresholds()["lone_chance"] and len(line.text) > 1]
        guess = decide(weigh([line.text for line in clear]), len(clear))
        fields = self._fields(guess.kind, scene, lines)
        findings = self._findings(scene, lines, guess, fields)
        return Seen(scene, guess, fields, findings, judge(findings, expect))

    def _read(self, scene: Scene, lines: list[Line]) -> list[Line]:
        crops = [cut(scene.pixels, grown(line.quad, 0.15, 0.05)) for line in lines]
        return [replace(line, reading=reading) for line, reading in zip(lines, self._engine.recognise(crops), strict=True)]

    def _fields(self, kind: Kind, scene: Scene, lines: list[Line]) -> Fields:
        def again(quad: Quad) -> list[Reading]:
            return self._engine.recognise(
                [cut(scene.pixels, grown(quad, *margins)) for margins in ((0.15, 0.05), (0.4, 0.12), (0.25, -0.04))]
            )

        if kind is Kind.KTP:
            return ktp.read(lines, again, scene.pixels)
        return Fields()

    def _findings(self, scene: Scene, lines: list[Line], guess: Guess, fields: Fields) -> Findings:
        text = [line for line in lines if line.text]
        chances = [chance for line in text for chance in line.reading.chances]
        part = hull(scene.lines) if scene.lines else None
        return Findings(
            guess,
            page_look(scene.pixels, part),
            {name: line_look(scene.pixels, quad) for name, quad in fields.seen.items() if name in NEEDED.get(guess.kind, ())},
            NUMBERS,
            fields.missing,
            fields.doubts,
            float(np.mean(chances)) if chances else 0.0,
            len(text),
            typical([line_look(scene.pixels, line.quad) for line in text[:30]]),
            at_rim=_at_rim(scene, text),
            small=scene.small,
            obstacles=fields.obstacles,
        )


NEEDED: dict[Kind, tuple[str, ...]] = {Kind.KTP: ktp.NEEDED}
NUMBERS = frozenset({"nik", "no_kk"})


def _at_rim(scene: Scene, lines: list[Line]) -> int:
    """How many lines touch the rim of the page."""
    count = 0
    for line in lines:
        corners = line.quad @ scene.to_page[:, :2].T + scene.to_page[:, 2]
        gap = min(corners.min(), *(np.array(scene.size) - corners.max(axis=0)))
        count += gap < RIM and len(line.text) > 1 and line.confidence > thresholds()["lone_chance"]
    return count


def _worth(seen: Seen, expect: Kind | None) -> tuple[bool, bool, float]:
    return seen.guess.kind is expect, seen.judgement.verdict is Verdict.OK, seen.guess.confidence


def _answer(seen: list[Seen], chosen: int, sheets: tuple[Sheet, ...], seconds: float) -> Check:
    best = seen[chosen]
    pages = tuple(keep(np.ascontiguousarray(np.rot90(sheet.pixels, page.scene.turn))) for sheet, page in zip(sheets, seen, strict=True))
    values = best.fields.values
    return Check(
        best.judgement.verdict,
        best.guess.kind,
        best.guess.confidence,
        best.judgement.reasons,
        {name: value.value for name, value in values.items()},
        {name: value.confidence for name, value in values.items()},
        {name: _box(value.quad, best.scene, chosen, pages[chosen]) for name, value in values.items() if value.quad is not None},
        _quality(best.findings),
        pages,
        fingerprint(np.ascontiguousarray(np.rot90(sheets[0].pixels, seen[0].scene.turn))),
        round(seconds, 3),
    )


def _quality(findings: Findings) -> dict[str, float]:
    quality = {
        "chance": findings.chance,
        "lines": findings.lines,
        "bright": findings.page.bright,
        "saturated": findings.page.saturated,
        "glare": findings.page.glare,
        "edges": findings.page.edges,
    }
    look = worst(list(findings.needed.values())) or findings.typical
    if look:
        quality |= {"height": look.height, "sharp": look.sharp, "contrast": look.contrast, "paper": look.paper}
    return {name: round(float(value), 3) for name, value in quality.items()}


def _box(quad: Quad, scene: Scene, number: int, page: Page) -> Box:
    corners = quad @ scene.to_page[:, :2].T + scene.to_page[:, 2]
    low, high = corners.min(axis=0), corners.max(axis=0)
    return Box(number, max(0, int(low[0])), max(0, int(low[1])), min(page.width, int(high[0]) + 1), min(page.height, int(high[1]) + 1))


def keep(pixels: Pixels) -> Page:
    """A page as it is stored: pixels alone, as JPEG."""
    _, jpeg = cv2.imencode(".jpg", pixels[:, :, ::-1], [cv2.IMWRITE_JPEG_QUALITY, PAGE_QUALITY])
    return Page(jpeg.tobytes(), pixels.shape[1], pixels.shape[0])


@cache
def shared() -> Reader:
    """The reader of this process, loaded at first use."""
    reader = Reader()
    reader.warm()
    return reader
