"""Reads a KTP-el. A NIK is given only when it was read twice alike and the printed birth date and sex confirm it (`photos.md`)."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from documents.engine import Quad, Reading
from documents.fields import Fields, Value
from documents.lines import Line, common_slope, same_row
from documents.pairs import Labels, Pair, pairs
from documents.values import KTP_STATUS, RELIGIONS, SEX, dates_in, name, one_of, words
from standard.numbers import Nik, read_nik

LABELS: Labels = {
    "nik": ("NIK", "N I K"),
    "nama": ("Nama",),
    "lahir": ("Tempat/Tgl Lahir", "Tempat Tgl Lahir", "Tempat/Tanggal Lahir"),
    "jenis_kelamin": ("Jenis Kelamin",),
    "gol_darah": ("Gol. Darah", "Gol Darah"),
    "alamat": ("Alamat",),
    "rt_rw": ("RT/RW",),
    "desa": ("Kel/Desa", "Kelurahan/Desa"),
    "kecamatan": ("Kecamatan",),
    "agama": ("Agama",),
    "status_perkawinan": ("Status Perkawinan", "Status Kawin"),
    "pekerjaan": ("Pekerjaan",),
    "kewarganegaraan": ("Kewarganegaraan",),
    "berlaku": ("Berlaku Hingga",),
}
NEEDED = ("nik", "nama", "tanggal_lahir", "status_perkawinan")
"""What the office needs of a KTP: without these it is not `ok`."""

SURE_NAME = 0.86
WEAKEST_LETTER = 0.35
SURE_WORD = 0.80
SURE_DIGITS = 0.90
WEAKEST_DIGIT = 0.55
"""Chances below which a reading is no value. Digits: 252 confirmed readings held no wrong one at 0.8 (`photos.md`); these are stricter."""

Again = Callable[[Quad], list[Reading]]
"""Reads one line a few times more, from differently cut pictures of it."""


def read(lines: Sequence[Line], again: Again) -> Fields:
    """The fields of the one KTP on a page's read lines."""
    found = pairs(lines, LABELS)
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
    if "nama" not in values:
        _name_by_place(found, lines, values, seen)
    return Fields(values, seen, tuple(key for key in NEEDED if key not in values), doubts)


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
    for line in lines:
        for day in dates_in(line.text):
            if day in nik.birth_dates and day.year < 2026:
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
        readings = [digits for reading in again(quad) if (digits := _digits(reading))]
        for text, chances in readings:
            nik = read_nik(text)
            agreeing = [other for other, _ in readings if other == text]
            if nik is None or (len(agreeing) < 2 and len(readings) > 1):
                continue
            confidence = sum(chances) / len(chances)
            sure = len(agreeing) >= 2 and len(agreeing) == len(readings) and confidence >= SURE_DIGITS and min(chances) >= WEAKEST_DIGIT
            return _Number(nik, round(confidence, 3), sure, quad)
    return None


def _digits(reading: Reading) -> tuple[str, tuple[float, ...]] | None:
    """The sixteen digits in a reading and their chances, or None where there are not exactly sixteen in a row."""
    match = _RUN.search(reading.text)
    if match is None or (match.start() and reading.text[match.start() - 1].isdigit()):
        return None
    places = [place for place in range(match.start(), match.end()) if reading.text[place].isdigit()]
    return "".join(reading.text[place] for place in places), tuple(reading.chances[place] for place in places)


def _name_by_place(found: dict[str, list[Pair]], lines: Sequence[Line], values: dict[str, Value], seen: dict[str, Quad]) -> None:
    """The name where its label was not read: the one line of the value column between the number and the birth date."""
    if "nik" not in seen or "tanggal_lahir" not in seen or not found.get("lahir"):
        return
    slope, label = common_slope(lines), found["lahir"][0].label
    top, bottom = Line(seen["nik"]), Line(seen["tanggal_lahir"])
    between = [
        line
        for line in lines
        if top.at(line.left, slope) + 0.4 * top.height < line.middle < bottom.at(line.left, slope) - 0.4 * bottom.height
        and line.left > label.left + 2 * label.height
        and not same_row(line, top, slope)
        and line.width > line.height
    ]
    if len(between) == 1 and between[0].confidence >= 0.93 and (value := name(between[0].text.lstrip(" :;.,"))):
        values["nama"] = Value(value, round(between[0].confidence, 3), between[0].quad)
        seen["nama"] = between[0].quad
