"""Reads a KTP-el. A NIK is given only when it was read twice alike and the printed birth date and sex confirm it (`photos.md`)."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from documents.fields.card import COLON, LONG_VALUES, ROWS, Card, Ground, Surface, fit
from documents.fields.labels import labels_of
from documents.fields.layout import is_list
from documents.fields.model import Fields, Value
from documents.fields.pairs import Pair, Piece, joined, pairs, tail, whole
from documents.fields.portrait import covered
from documents.fields.values import KTP_STATUS, RELIGIONS, SEX, dates_in, name, one_of, words
from documents.files.types import Pixels
from documents.model import Reason
from documents.ocr.engine import Quad, Reading
from documents.ocr.lines import Line
from standard import clock
from standard.numbers import Nik, read_nik

LABELS = labels_of("ktp")
NEEDED = ("nik", "nama", "tanggal_lahir", "status_perkawinan")
"""What the office needs of a KTP: without these it is not `ok`."""

HOLDER_AGE = 16
"""Years: nobody younger has ever held a KTP (17, or married; UU 23/2006 Ps 63), so that a younger date on a card is that of its making."""
SURE_NAME = 0.86
WEAKEST_LETTER = 0.35
SURE_WORD = 0.80
SURE_DIGITS = 0.90
WEAKEST_DIGIT = 0.55
"""Chances below which a reading is no value. Digits: 252 confirmed readings held no wrong one at 0.8 (`photos.md`); these are stricter."""

Again = Callable[[Quad], list[Reading]]
"""Reads one line a few times more, from differently cut pictures of it."""


def read(lines: Sequence[Line], again: Again, pixels: Pixels) -> Fields:
    """The fields of the one KTP on a page's read lines; `pixels` is the levelled picture that they lie on."""
    found = pairs(lines, LABELS)
    if is_list(found):
        return Fields(listed=True)
    card = fit(found, lines)
    surface = Surface(pixels, card) if card else None
    if card:
        _unlabelled_rows(found, lines, card)
    values: dict[str, Value] = {}
    seen: dict[str, Quad] = {}
    _plain_fields(found, values, seen)
    birth = _birth(found, lines, values, seen)
    number = _number(found, lines, again)
    doubts: tuple[str, ...] = ()
    if number:
        seen["nik"] = number.quad
        female = {"PEREMPUAN": True, "LAKI-LAKI": False}.get(values["jenis_kelamin"].value if "jenis_kelamin" in values else "")
        birth = birth or _confirming(number.nik, lines, values, seen)
        if number.sure and birth and number.nik.agrees_with(birth, female):
            values["nik"] = Value(number.nik.digits, number.confidence, number.quad)
        elif number.sure and birth:
            doubts = ("nik",)
            values.pop("tanggal_lahir", None)
    obstacles: dict[Reason, float] = {}
    if card and surface:
        _drop_torn(values, card, surface, again, obstacles)
        _second_lines(values, found, lines, card)
    missing = tuple(key for key in NEEDED if key not in values)
    if card and surface:
        _look_at_places(missing, card, surface, obstacles)
    hidden_by = tuple(sorted(obstacles, key=lambda reason: -obstacles[reason]))
    altered = ("foto",) if card and surface and covered(pixels, card, surface.colour) else ()
    beyond = card.outside(pixels.shape[1], pixels.shape[0]) if card else 0.0
    return Fields(values, seen, missing, doubts, altered, obstacles=hidden_by, cut=beyond)


def _unlabelled_rows(found: dict[str, list[Pair]], lines: Sequence[Line], card: Card) -> None:
    """Adds the values that stand on a known row at the place of values, where the label was not read, or only its end (under a finger)."""
    taken = {id(pair.quad) for group in found.values() for pair in group}
    for key, row in card.rows.items():
        if any(pair.text for pair in found.get(key, ())):
            continue
        for line in lines:
            at, start, end = card.row_of(line.quad)
            tall = line.height < 1.7 * float(np.linalg.norm(card.down))
            if abs(at - row) >= 0.42 or not tall or id(line.quad) in taken:
                continue
            if abs(start - card.colon) < 1.2:
                value: Piece | None = whole(line)
            else:
                value = _behind_colon(line, start, end, card.colon) if key != "nik" else None
            if value:
                found.setdefault(key, []).append(joined(key, line, 0.7, [value]))
                break


def _behind_colon(line: Line, start: float, end: float, colon: float) -> Piece | None:
    """What stands behind the colon in a line that began with the rest of a label; columns as of `Card.row_of`."""
    places = [place for place, letter in enumerate(line.text) if letter in ":;"]
    columns = [abs(start + line.reading.places[place] * (end - start) - colon) for place in places]
    best = min(zip(columns, places, strict=True), default=(COLON, 0))
    return tail(line, best[1] + 1) if best[0] < 1.2 else None


SPAN = {"nik": 13.0, "tanggal_lahir": 8.0}
"""How far a field reaches from the colon, in row pitches, when it was not read; others reach 5."""
HIDDEN = 0.3
"""Share of a place out of the picture, in the light or under something from which on that is why it can't be read."""
TORN = 0.4
"""The same for the short ground before and after a name, where only a torn name can be told from a whole one."""
WHOLE_WORDS = frozenset({"nama", "alamat", "tempat_lahir"})


def _drop_torn(values: dict[str, Value], card: Card, surface: Surface, again: Again, obstacles: dict[Reason, float]) -> None:
    """Takes away free text that does not begin where values begin, or that ends under a finger or in the light."""
    for key in WHOLE_WORDS & values.keys():
        quad = values[key].quad
        if quad is None:
            continue
        row, start, end = card.row_of(quad)
        late = start > card.colon + 1.3
        ground = surface.look(row, start - 1.0, start) if late else surface.look(row, end - 0.1, end + 1.6)
        torn = ground.foreign > TORN or ground.outside > HIDDEN or (ground.light > TORN and surface.fades(row, start, end, late))
        if torn or (late and key != "tempat_lahir"):
            _blame(ground, obstacles, key in NEEDED)
            del values[key]
        elif start < card.colon - 0.9 and key != "tempat_lahir":
            _reread(values, key, card.strip(row, card.colon - 0.15, end + 0.3, 1.1), again)


def _second_lines(values: dict[str, Value], found: dict[str, list[Pair]], lines: Sequence[Line], card: Card) -> None:
    """Adds the second line of a name or address where the rows leave room for one; without it the value is not whole and taken away."""
    for key, following in LONG_VALUES.items():
        quad = values[key].quad if key in values else None
        if quad is None or card.rows[following] - card.rows[key] == ROWS[following] - ROWS[key]:
            continue
        row, start, _ = card.row_of(quad)
        under = [
            line
            for line in lines
            if abs(card.row_of(line.quad)[0] - row - 1) < SAME_ROW and abs(card.row_of(line.quad)[1] - start) < SAME_COLUMN
        ]
        first = values.pop(key)
        value_of, least = _PLAIN[key]
        more = value_of(under[0].text.lstrip(" :")) if len(under) == 1 else None
        if more and under[0].confidence >= least and min(under[0].reading.chances) >= WEAKEST_LETTER:
            corners = np.concatenate([quad, under[0].quad])
            (left, top), (right, bottom) = corners.min(axis=0), corners.max(axis=0)
            place = np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)
            comma = "," if any(pair.quad is quad and pair.text.rstrip().endswith(",") for pair in found.get(key, ())) else ""
            values[key] = Value(f"{first.value}{comma} {more}", min(first.confidence, round(under[0].confidence, 3)), place)


SAME_ROW, SAME_COLUMN = 0.45, 1.2
"""Row pitches within which a line stands on a row, and begins where another does."""


def _reread(values: dict[str, Value], key: str, quad: Quad, again: Again) -> None:
    """Reads a value that began too far to the left once more, from where values begin; kept only when it is read alike twice."""
    readings = [(name(reading.text.lstrip(" :;.,")), reading.confidence) for reading in again(quad)]
    texts = [text for text, _ in readings if text]
    best = max(set(texts), key=texts.count, default=None)
    if best is None or texts.count(best) < 2:
        del values[key]
        return
    values[key] = Value(best, round(max(confidence for text, confidence in readings if text == best), 3), quad)


def _look_at_places(missing: tuple[str, ...], card: Card, surface: Surface, obstacles: dict[Reason, float]) -> None:
    for key in missing:
        row = card.rows["lahir" if key == "tanggal_lahir" else key]
        _blame(surface.look(row, card.colon, card.colon + SPAN.get(key, 5.0)), obstacles, True)


def _blame(ground: Ground, obstacles: dict[Reason, float], needed: bool) -> None:
    """Notes what hides a needed place, with its share."""
    for reason, share in ((Reason.CUT_OFF, ground.outside), (Reason.GLARE, ground.light), (Reason.OCCLUDED, ground.foreign)):
        if needed and share > HIDDEN * (0.4 if reason is Reason.CUT_OFF else 1.0):
            obstacles[reason] = max(obstacles.get(reason, 0.0), share)


_PLAIN: dict[str, tuple[Callable[[str], str | None], float]] = {
    "nama": (name, SURE_NAME),
    "jenis_kelamin": (lambda text: one_of(re.split(r"(?i)\bgo[l1i]", text)[0], SEX), 0.6),
    "status_perkawinan": (lambda text: one_of(text, KTP_STATUS), 0.6),
    "agama": (lambda text: one_of(text, RELIGIONS), 0.6),
    "alamat": (words, SURE_WORD),
}
"""Field → how its text becomes a value, and the mean chance it needs. Words of a fixed list need less."""


def _plain_fields(found: dict[str, list[Pair]], values: dict[str, Value], seen: dict[str, Quad]) -> None:
    for key, (value_of, least) in _PLAIN.items():
        for pair in found.get(key, ()):
            if not pair.text:
                continue
            seen.setdefault(key, pair.quad)
            value = value_of(pair.text)
            if value and pair.confidence >= least and (least < SURE_WORD or pair.weakest >= WEAKEST_LETTER):
                values[key] = Value(value, round(pair.confidence, 3), pair.quad)
                seen[key] = pair.quad
                break


def _birth(found: dict[str, list[Pair]], lines: Sequence[Line], values: dict[str, Value], seen: dict[str, Quad]) -> date | None:
    """The printed birth date, and the place before it."""
    for pair in found.get("lahir", ()):
        if not pair.text:
            continue
        seen.setdefault("tanggal_lahir", pair.quad)
        days = dates_in(pair.text)
        place = words(re.split(r"\d", pair.text)[0].rstrip(" ,.;:"))
        if place and pair.confidence >= SURE_WORD:
            values["tempat_lahir"] = Value(place, round(pair.confidence, 3), pair.quad)
        if len(days) == 1:
            values["tanggal_lahir"] = Value(days[0].isoformat(), round(pair.confidence, 3), pair.quad)
            return days[0]
    return None


def _confirming(nik: Nik, lines: Sequence[Line], values: dict[str, Value], seen: dict[str, Quad]) -> date | None:
    """A date anywhere on the card that is the number's: only the birth date can be, even where its label was not read."""
    youngest = clock.today(clock.now()).year - HOLDER_AGE
    for line in lines:
        for day in dates_in(line.text):
            if day in nik.birth_dates and day.year <= youngest:
                values["tanggal_lahir"] = Value(day.isoformat(), round(line.confidence, 3), line.quad)
                seen["tanggal_lahir"] = line.quad
                return day
    return None


@dataclass(frozen=True, eq=False)
class _Number:
    nik: Nik
    confidence: float
    sure: bool
    quad: Quad


_RUN = re.compile(r"\d(?:[\s.]?\d){15}(?!\d)")


def _number(found: dict[str, list[Pair]], lines: Sequence[Line], again: Again) -> _Number | None:
    """The number on the NIK's line, read again until two readings agree, or None where none is possible."""
    candidates = [pair.quad for pair in found.get("nik", ()) if sum(map(str.isdigit, pair.text)) >= 8]
    candidates += [line.quad for line in lines if 12 <= sum(map(str.isdigit, line.text)) <= 20]
    for quad in candidates[:3]:
        readings = _digits_again(quad, again)
        for text, chances in readings:
            nik = read_nik(text)
            agreeing = [other for other, _ in readings if other == text]
            if nik is None or (len(agreeing) < 2 and len(readings) > 1):
                continue
            confidence = sum(chances) / len(chances)
            sure = len(agreeing) >= 2 and len(agreeing) == len(readings) and confidence >= SURE_DIGITS and min(chances) >= WEAKEST_DIGIT
            return _Number(nik, round(confidence, 3), sure, quad)
    return None


def _digits_again(quad: Quad, again: Again) -> list[tuple[str, tuple[float, ...]]]:
    """The number's readings. Where they differ and other text runs into the line, those of the digits' own part of it."""
    readings = again(quad)
    numbers = [digits for reading in readings if (digits := _digits(reading))]
    if numbers and (len(numbers) < len(readings) or len({text for text, _ in numbers}) > 1):
        own = next((part for reading in readings if (part := _own_part(quad, reading)) is not None), None)
        numbers = numbers if own is None else [digits for reading in again(own) if (digits := _digits(reading))]
    return numbers


def _own_part(quad: Quad, reading: Reading) -> Quad | None:
    """The part of a line on which its sixteen digits stand, where other text stands beside them."""
    match = _RUN.search(reading.text)
    if match is None or (match.start() == 0 and match.end() == len(reading.text)):
        return None
    first, last = reading.places[match.start()], reading.places[match.end() - 1]
    half = (last - first) / 30
    return Line(quad).part(max(0.0, first - half), min(1.0, last + half))


def _digits(reading: Reading) -> tuple[str, tuple[float, ...]] | None:
    """The sixteen digits in a reading and their chances, or None where there are not exactly sixteen in a row."""
    match = _RUN.search(reading.text)
    if match is None or (match.start() and reading.text[match.start() - 1].isdigit()):
        return None
    places = [place for place in range(match.start(), match.end()) if reading.text[place].isdigit()]
    return "".join(reading.text[place] for place in places), tuple(reading.chances[place] for place in places)
