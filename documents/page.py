"""Looks at one page: which lines to read and when to stop, what kind it is, its fields, what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from documents.fields import kk, ktp, letters
from documents.fields.model import Fields, Value
from documents.files.types import Pixels, Sheet
from documents.kinds.apart import parting
from documents.kinds.guess import Evidence, Guess, decide, several, weigh
from documents.kinds.screens import is_screenshot
from documents.model import Reason
from documents.ocr.codes import code_in
from documents.ocr.engine import Engine, Quad, Reading
from documents.ocr.finding import Scene, detect_in_bands, find, finer, hull
from documents.ocr.lines import READ_MARGIN, Line, along, cut, grown
from documents.ocr.merged import parted
from documents.ocr.spacing import spaced
from documents.ocr.wrapped import cells
from documents.quality.judgement import Findings, Judgement, judge
from documents.quality.legibility import line_look, page_look, typical
from documents.quality.paper import Ground, Paper
from documents.thresholds import thresholds
from standard.kinds import Kind

FIRST_LINES = 22
"""Lines read before the kind is guessed for the first time: the most prominent ones."""
MORE_LINES = 24
"""Further prominent lines read on a KK, whose table can wait, to see whether another document lies on it."""
MOST_LINES = 100
TABLE_SIDE = 1600
MOST_CELLS = 320
FULL_PAGE = 22
"""Lines from which on a page is no far or tiny one, whatever its pixels."""
CODED = frozenset({Kind.KK, Kind.SURAT_NIKAH})
"""Papers of the registry, which bear a QR code that leads to the page where they are checked."""
LIST = "daftar"
"""A typed list of a card's entries, as in a phone's notes: nothing is taken from it."""
RIM = 4.0
"""Pixels from the picture's rim at which a line counts as cut by it."""
SCANNED = 0.4
"""Share of a page's pixels that is pure white on a scan: on a photo of a table two cards are to be taken one by one."""
MARGINS = (READ_MARGIN, (0.4, 0.12), (0.25, -0.04))
"""How much of a number's surroundings each of its readings takes in, as READ_MARGIN."""

NEEDED: Mapping[Kind, tuple[str, ...]] = {Kind.KTP: ktp.NEEDED, Kind.KK: kk.NEEDED, **letters.NEEDED}
NUMBERS: Mapping[Kind, frozenset[str]] = {Kind.KTP: frozenset({"nik", "tanggal_lahir"}), Kind.KK: frozenset({"no_kk"})}
"""Needed fields whose digits have to be read one by one, and so have to be larger than words."""
NO_DOUBT = 0.97
"""Confidence of a value from which on a soft line counts as read all the same."""

FREE_TEXT = frozenset({"nama_ibu", "nama_ayah", "nama_anak", "suami", "istri", "nama", "kepala_keluarga", "alamat", "desa"})
FADING = 0.5
"""Contrast of a name's last letters, as a share of the whole name's, below which more may have stood there."""
BEFORE, AFTER, AFTER_PRINTED = 1.2, 1.8, 4.0
"""How much of the row before and after a field is looked at, in heights of its line: a name may have begun or gone on there."""
COVERED = 0.5
"""Share of that under a hand or in the light from which on the name is not whole."""
LIT = 0.1
"""Share of a name itself in the light that lies before or after it, from which on a part of it may be lost there."""
GONE = 0.8
COVERED_FIELD = 0.25
"""The same on a field's own place, where it was not read surely."""


@dataclass(frozen=True)
class Seen:
    """All that was found on one page."""

    scene: Scene
    guess: Guess
    fields: Fields
    findings: Findings
    judgement: Judgement
    complete: bool
    halves: tuple[Pixels, ...] = ()
    """The page's two parts, where two cards were scanned onto it."""


class PageReader:
    """Reads pages with one engine."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def look(self, sheet: Sheet, expect: Kind | None, *, everything: bool = False) -> Seen:
        """One page, so far as the first answer needs it, or `everything`: then the members of a KK too."""
        scene = find(self._engine, sheet.pixels)
        lines = self._every(scene) if everything and expect is Kind.KK else self._enough(scene)
        clear, evidence, guess = _kind(lines)
        fields = self._fields(guess.kind, scene, lines, everything)
        if scene.coarse and fields.missing and guess.kind is not Kind.KTP:
            scene = finer(self._engine, scene)
            lines = self._enough(scene)
            clear, evidence, guess = _kind(lines)
            fields = self._fields(guess.kind, scene, lines, everything)
        if guess.kind in CODED and not everything and (code := code_in(scene.pixels)) is not None:
            fields = replace(fields, values=fields.values | {"kode_qr": Value(code.text, 1.0, code.quad)})
        if fields.listed:
            guess, fields = Guess(Kind.OTHER, guess.confidence, named=True, group=LIST), Fields()
        paper = None if sheet.drawn else Paper(scene.pixels, lines, scene.frame())
        if paper is not None and guess.kind is not Kind.KTP:
            fields = uncovered(scene, paper, fields, guess.kind)
        findings = replace(
            self._findings(scene, lines, guess, fields),
            reached_over=paper.reached_over() if paper else 0.0,
            leaves=paper.leaves() if paper else 0.0,
            several=several([line.text for line in clear], evidence),
            drawn=sheet.drawn,
            blank=fields.blank,
            screenshot=not sheet.drawn and is_screenshot(scene.pixels, lines),
        )
        complete = guess.kind is not Kind.KK or "anggota" in fields.values
        scanned = findings.several and findings.page.saturated > SCANNED
        return Seen(scene, guess, fields, findings, judge(findings, expect), complete, _halves(scene, clear) if scanned else ())

    def read_everything(self, pixels: Pixels) -> list[str]:
        """Every line of an upright, level page, top to bottom, as a table's small print needs it; what a cell breaks stands together."""
        scene = Scene(pixels, (), 0, np.array([[1.0, 0, 0], [0, 1.0, 0]]))
        return cells(self._every(scene))

    def _enough(self, scene: Scene) -> list[Line]:
        """Reads the prominent lines, and then what the kind guessed from them needs."""
        ranked = sorted(scene.lines, key=prominence, reverse=True)[:MOST_LINES]
        read = self.read(scene, ranked[:FIRST_LINES])
        rest = ranked[FIRST_LINES:]
        if decide(weigh([line.text for line in _clear(read)]), len(read)).kind is Kind.KK:
            table = kk.header_end(read)
            title = min((line.middle for line in read), default=0.0)
            head = [line for line in rest if line.middle < min(table, title + 14 * ranked[0].height)]
            body = [line for line in rest if line not in head][: max(0, MORE_LINES - len(head))]
            more = self.read(scene, head + body)
            if not any(line.text.startswith("PROVINSI ") for line in read + more):
                return _in_order(read + more)
            read, rest = read + more, [line for line in rest if line not in head and line not in body]
        return _in_order(parted(self._engine, scene.pixels, read + self.read(scene, rest), lambda new: self.read(scene, new)))

    def _every(self, scene: Scene) -> list[Line]:
        """Every line of a table, looked for where its digits are still nine pixels high (`photos.md`, A4)."""
        quads = detect_in_bands(self._engine, scene.pixels, TABLE_SIDE)
        return _in_order(self.read(scene, [Line(quad) for quad in quads][:MOST_CELLS]))

    def read(self, scene: Scene, lines: list[Line]) -> list[Line]:
        """The lines with their readings; those that were read while the way up was looked for are not read twice."""
        crops = [cut(scene.pixels, grown(line.quad, *READ_MARGIN)) for line in lines]
        unread = iter(self._engine.recognise([crop for line, crop in zip(lines, crops, strict=True) if not line.text]))
        readings = [line.reading if line.text else next(unread) for line in lines]
        return [replace(line, reading=spaced(reading, crop)) for line, reading, crop in zip(lines, readings, crops, strict=True)]

    def _fields(self, kind: Kind, scene: Scene, lines: list[Line], everything: bool) -> Fields:
        def again(quad: Quad) -> list[Reading]:
            first = [line.reading for line in lines if np.array_equal(line.quad, quad)][:1]
            crops = [cut(scene.pixels, grown(quad, *margins)) for margins in MARGINS[len(first) :]]
            return first + [spaced(reading, crop) for reading, crop in zip(self._engine.recognise(crops), crops, strict=True)]

        if kind is Kind.KTP:
            return ktp.read(lines, again, scene.pixels)
        if kind is Kind.KK:
            fields = kk.read(lines, again)
            people = kk.members(lines, again) if everything else None
            if people is None:
                return fields
            unread = kk.unread_rows(lines, len(people.value))
            return replace(fields, values=fields.values | {"anggota": people}, sheets=kk.sheets_of(lines), unread_rows=unread)
        return letters.read(kind, lines, again, scene.pixels) if kind in letters.NEEDED else Fields()

    def _findings(self, scene: Scene, lines: list[Line], guess: Guess, fields: Fields) -> Findings:
        text = [line for line in lines if line.text]
        chances = [chance for line in text for chance in line.reading.chances]
        needed = NEEDED.get(guess.kind, ())
        return Findings(
            guess,
            page_look(scene.pixels, hull(scene.lines) if scene.lines else None),
            {name: line_look(scene.pixels, quad) for name, quad in fields.seen.items() if name in needed},
            NUMBERS.get(guess.kind, frozenset({"nik"})),
            frozenset(name for name, value in fields.values.items() if value.confidence >= NO_DOUBT),
            frozenset(name for name in needed if name in fields.seen and name not in fields.values),
            fields.missing,
            fields.doubts,
            float(np.mean(chances)) if chances else 0.0,
            len(text),
            typical([line_look(scene.pixels, line.quad) for line in text[:30]]),
            at_rim=_at_rim(scene, text),
            small=scene.small and len(text) < FULL_PAGE,
            outline=scene.outline,
            altered=fields.altered,
            unsigned=fields.unsigned,
            obstacles=fields.obstacles,
            cut=fields.cut,
        )


def prominence(line: Line) -> float:
    """How much a line stands out: headings first, then long lines."""
    return line.height * float(np.sqrt(min(line.width, 14 * line.height)))


def uncovered(scene: Scene, paper: Paper, fields: Fields, kind: Kind) -> Fields:
    """The fields without those that lie under a hand or in the light, and without names that run into the rim or are cut through."""
    needed, printed = NEEDED.get(kind, ()), kind is Kind.KK
    covered: dict[str, Reason] = {}
    reached_over = paper.reached_over() > thresholds()["reached_over_unsure"]
    places = fields.seen | {key: value.quad for key, value in fields.values.items() if value.quad is not None}
    for name, quad in places.items():
        reason = _cover(scene, paper, quad, sure=name in fields.values, free=name in FREE_TEXT, printed=printed)
        if reason is None and name in FREE_TEXT and name not in needed and paper.ground(along(quad, -BEFORE, 0.0, start=True)).light > GONE:
            reason = Reason.GLARE  # an optional name is rather left out than given without its beginning
        if reason is None and reached_over and name in needed and name not in fields.values:
            reason = Reason.OCCLUDED
        if reason is not None:
            covered[name] = reason
    values = {name: value for name, value in fields.values.items() if name not in covered}
    lost = tuple(name for name in covered if name in needed and name not in fields.missing)
    hidden = {reason for name, reason in covered.items() if name in needed}
    return replace(fields, values=values, missing=(*fields.missing, *lost), obstacles=tuple(dict.fromkeys((*fields.obstacles, *hidden))))


def _cover(scene: Scene, paper: Paper, quad: Quad, *, sure: bool, free: bool, printed: bool) -> Reason | None:
    """What hides a field's place, or the beginning or end of a name on it. `printed`: it is never written by hand, so it should be read."""
    line = Line(quad)
    before = paper.ground(along(quad, -BEFORE, 0.0, start=True))
    after = paper.ground(along(quad, 0.0, AFTER))
    if not sure:
        own = paper.ground(quad)
        if own.hidden > COVERED_FIELD:
            return _blamed(own)
        if before.light > COVERED or (printed and paper.ground(along(quad, 0.0, AFTER_PRINTED)).light > COVERED):
            return Reason.GLARE
    if not free:
        return None
    corners = quad @ scene.to_page[:, :2].T + scene.to_page[:, 2]
    if min(corners.min(), *(np.array(scene.size) - corners.max(axis=0))) < RIM:
        return Reason.CUT_OFF
    if max(before.foreign, after.foreign) > COVERED:
        return Reason.OCCLUDED
    if paper.tinted and max(before.light, after.light) > COVERED and paper.ground(quad).light > LIT:
        return Reason.GLARE
    if line.width > 3 * line.height:
        last = line_look(scene.pixels, line.part(1 - 1.2 * line.height / line.width, 1.0))
        if last.contrast < FADING * line_look(scene.pixels, quad).contrast:
            return Reason.GLARE
    return None


def _blamed(ground: Ground) -> Reason:
    shares = {Reason.CUT_OFF: ground.outside, Reason.GLARE: ground.light, Reason.OCCLUDED: ground.foreign}
    return max(shares, key=lambda reason: shares[reason])


def _kind(lines: list[Line]) -> tuple[list[Line], Evidence, Guess]:
    """The lines that were read well, what they say of the page's kind, and the kind."""
    clear = _clear(lines)
    evidence = weigh([line.text for line in clear])
    return clear, evidence, decide(evidence, len(clear))


def _halves(scene: Scene, clear: list[Line]) -> tuple[Pixels, ...]:
    """The two parts of an upright page on which two cards lie, or none."""
    found = parting(clear)
    if found is None:
        return ()
    axis, place = found
    at = round(place)
    parts = (scene.pixels[:at], scene.pixels[at:]) if axis else (scene.pixels[:, :at], scene.pixels[:, at:])
    return tuple(np.ascontiguousarray(part) for part in parts)


def _in_order(lines: list[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: line.middle)


def _clear(lines: list[Line]) -> list[Line]:
    return [line for line in lines if line.confidence >= thresholds()["lone_chance"] and len(line.text) > 1]


def _at_rim(scene: Scene, lines: list[Line]) -> int:
    """How many lines touch the rim of the page."""
    count = 0
    for line in lines:
        corners = line.quad @ scene.to_page[:, :2].T + scene.to_page[:, 2]
        gap = min(corners.min(), *(np.array(scene.size) - corners.max(axis=0)))
        count += gap < RIM and len(line.text) > 1 and line.confidence > thresholds()["lone_chance"]
    return count
