"""Goes the whole way for one file: decode, find lines, read what matters, judge, keep."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache

import cv2
import numpy as np

from documents.fields.model import Value
from documents.files.decode import decode
from documents.files.fingerprint import fingerprint
from documents.files.types import LONG_SIDE, Pixels, Sheet, UnfitFileError
from documents.model import Box, Check, Page, Verdict
from documents.ocr.engine import Engine, PaddleEngine, Quad
from documents.ocr.finding import Scene
from documents.page import PageReader, Seen
from documents.parts import together
from documents.quality.judgement import Findings
from documents.quality.legibility import worst
from documents.quality.marking import marked
from standard.kinds import Kind

PAGE_QUALITY = 85
UNSIGNED = "unsigned_"
PAGES_OF_LINES = 4
"""Pages of which every line is read: what the office issues has one or two."""


class Reader:
    """Holds a loaded engine; one per process."""

    def __init__(self, engine: Engine | None = None) -> None:
        self._engine = engine or PaddleEngine()
        self._pages = PageReader(self._engine)

    def warm(self) -> None:
        """Runs the engine once, so that the first applicant does not pay for it."""
        blank = np.full((640, 640, 3), 255, np.uint8)
        self._engine.detect(blank, 640)
        self._engine.recognise([blank[:48, :320]] * 4)

    def check(self, data: bytes, *, expect: Kind | None = None, draft: Callable[[Check], None] | None = None) -> Check:
        """The first answer. `draft` is told what is known once the file has become pixels. Never raises for a bad file."""
        return self._whole(data, expect, draft=draft)

    def read_all(self, data: bytes, kind: Kind) -> Check:
        """The second pass: every field of a document of known kind."""
        return self._whole(data, kind, everything=True)

    def read_lines(self, data: bytes) -> list[list[str]]:
        """Every line of a PDF's first pages as it is read from the rendered page, page by page, top to bottom. Raises UnfitFileError.

        The text that the file itself carries has no part in it: what a person sees on the paper counts.
        """
        from documents.files.pdf import opened, rendered  # loaded where a PDF comes, as `decode` does

        with opened(data) as document:
            pages = [rendered(document[number], LONG_SIDE) for number in range(min(len(document), PAGES_OF_LINES))]
        return [self._pages.read_everything(pixels) for pixels in pages]

    def _whole(self, data: bytes, expect: Kind | None, *, everything: bool = False, draft: Callable[[Check], None] | None = None) -> Check:
        begun = time.perf_counter()
        try:
            sheets = decode(data)
        except UnfitFileError as unfit:
            return unfit_check(unfit)
        pages = tuple(keep(sheet.pixels) for sheet in sheets)
        lying = Check(Verdict.OFFICER, expect or Kind.NONE, 0.0, (), {}, pages=pages, fingerprint=fingerprint(sheets[0].pixels))
        if draft:
            draft(lying)
        looked = [self._looked(sheet, expect, everything=everything) for sheet in sheets]
        origins = [number for number, parts in enumerate(looked) for _ in parts]
        if len(origins) > len(sheets):
            sheets = tuple(sheet for parts in looked for sheet, _ in parts)
            lying = replace(lying, pages=tuple(keep(sheet.pixels) for sheet in sheets))
        seen = [one for parts in looked for _, one in parts]
        answers = ((group, _answer(group, seen, sheets, lying, expect)) for group in together(seen))
        first, *others = (replace(answer, first_page=origins[group[0]]) for group, answer in answers)
        return replace(first, others=tuple(others), seconds=round(time.perf_counter() - begun, 3))

    def _looked(self, sheet: Sheet, expect: Kind | None, *, everything: bool) -> list[tuple[Sheet, Seen]]:
        """A page with what was seen on it; where two cards were scanned onto it, each by itself."""
        seen = self._pages.look(sheet, expect, everything=everything)
        parts = [replace(sheet, pixels=half) for half in seen.halves]
        halves = [(part, self._pages.look(part, expect, everything=everything)) for part in parts]
        return halves if halves and all(half.guess.kind is Kind.KTP for _, half in halves) else [(sheet, seen)]


def unfit_check(unfit: UnfitFileError) -> Check:
    """The answer for a file that could not be made into pixels."""
    return Check(Verdict.RETAKE, Kind.NONE, 0.0, (unfit.reason,), {}, quality={f"file_{unfit.cause}": 1.0})


def _worth(seen: Seen, expect: Kind | None) -> tuple[bool, bool, float]:
    return seen.guess.kind is expect, seen.judgement.verdict is Verdict.OK, seen.guess.confidence


def _answer(group: list[int], all_seen: list[Seen], sheets: tuple[Sheet, ...], lying: Check, expect: Kind | None) -> Check:
    """One document of the file. `lying`: the pages as they came, which is how they are kept where they came upright."""
    seen = [all_seen[number] for number in group]
    chosen = max(range(len(seen)), key=lambda place: _worth(seen[place], expect))
    best = seen[chosen]
    upright = [_upright(sheets[number].pixels, all_seen[number].scene) for number in group]
    kept = [lying.pages[number] for number in group]
    pages = tuple(
        keep(pixels) if page.scene.turn or page.scene.mirrored else as_it_came
        for pixels, page, as_it_came in zip(upright, seen, kept, strict=True)
    )
    values = best.fields.values
    return Check(
        best.judgement.verdict,
        best.guess.kind,
        best.guess.confidence,
        best.judgement.reasons,
        {name: value.value for name, value in values.items()},
        {name: value.confidence for name, value in values.items()},
        {name: _box(quad, best.scene, chosen, pages[chosen]) for name, quad in _places(values)},
        _quality(best.findings)
        | ({f"other_{best.guess.group}": 1.0} if best.guess.group else {})
        | ({"form_blank": 1.0} if best.fields.blank else {})
        | ({"rows_unread": float(best.fields.unread_rows)} if best.fields.unread_rows else {})
        | ({"sheets": float(best.fields.sheets)} if best.fields.sheets > 1 else {})
        | {f"{UNSIGNED}{name}": 1.0 for name in best.fields.unsigned}
        | {f"altered_{name}": 1.0 for name in best.fields.altered}
        | ({"mirrored": 1.0} if best.scene.mirrored else {}),
        pages,
        fingerprint(upright[0]),
        complete=best.complete,
        marked=_marked(best, upright[chosen]),
        first_page=group[0],
    )


def _marked(seen: Seen, page: Pixels) -> Page | None:
    """The page with its fault ringed, where it has to be taken again and the fault has a place."""
    if seen.judgement.verdict is not Verdict.RETAKE or seen.findings.drawn:
        return None
    to_page = seen.scene.to_page
    places = [line.quad @ to_page[:, :2].T + to_page[:, 2] for line in seen.scene.lines]
    drawn = marked(page, seen.judgement.reasons, places)
    return None if drawn is None else keep(drawn)


def _upright(pixels: Pixels, scene: Scene) -> Pixels:
    """A page as it is kept: as it is read, whichever way it came."""
    return np.ascontiguousarray(np.rot90(pixels[:, ::-1] if scene.mirrored else pixels, scene.turn))


def _quality(findings: Findings) -> dict[str, float]:
    quality = {
        "chance": findings.chance,
        "lines": findings.lines,
        "bright": findings.page.bright,
        "saturated": findings.page.saturated,
        "glare": findings.page.glare,
        "edges": findings.page.edges,
        "reached_over": findings.reached_over,
        "leaves": findings.leaves,
    }
    look = worst(list(findings.needed.values())) or findings.typical
    if look:
        quality |= {"height": look.height, "sharp": look.sharp, "contrast": look.contrast, "paper": look.paper}
    return {name: round(float(value), 3) for name, value in quality.items()}


def _places(values: Mapping[str, Value]) -> Iterator[tuple[str, Quad]]:
    """Where each value stands, and each entry of a list: `anggota.0`, `anggota.1`, …"""
    for name, value in values.items():
        if value.quad is not None:
            yield name, value.quad
        yield from ((f"{name}.{place}", quad) for place, quad in enumerate(value.parts))


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
