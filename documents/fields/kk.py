"""Reads a Kartu Keluarga: its number, head and address in the first pass, its members in the second."""

import re
from collections.abc import Sequence
from statistics import median_low
from typing import Any

import numpy as np

from documents.fields.kk_address import address
from documents.fields.ktp import Again
from documents.fields.labels import labels_of
from documents.fields.model import Fields, Value
from documents.fields.pairs import Pair, pairs
from documents.fields.table import beside
from documents.fields.values import KK_STATUS, SHDK, name, one_of
from documents.ocr.engine import Quad
from documents.ocr.lines import Line, common_slope, same_row
from documents.ocr.spacing import most_spaced
from documents.ocr.words import begins, holds
from documents.wording import either
from standard.numbers import read_nik, read_no_kk

NEEDED = ("no_kk", "kepala_keluarga")
LABELS = labels_of("kk")
SURE = 0.90
NIK_DIGITS = 16
TITLE = "KARTU KELUARGA"
SURE_DIGITS = 0.93
WEAKEST_DIGIT = 0.6

_RUN = re.compile(r"(?<!\d)\d{16}(?!\d)")


def header_end(lines: Sequence[Line]) -> float:
    """Height (y) at which the table begins, after which the first answer need not read; infinity where its heading was not found."""
    return min((line.middle for line in lines if any(holds(line.text, head) for head in _COLUMNS)), default=float("inf"))


_COLUMNS = ("Nama Lengkap", "Jenis Kelamin", "Tempat Lahir", "Tanggal Lahir", "Pendidikan", "Jenis Pekerjaan")


def read(lines: Sequence[Line], again: Again) -> Fields:
    """The number, the head of the family, and where they live."""
    values: dict[str, Value] = {}
    seen: dict[str, Any] = {}
    _number(lines, again, values, seen)
    found = pairs(_head(lines), LABELS)
    for pair in found.get("kepala_keluarga", ()):
        if not pair.text:
            continue
        value = None if _NO_NAME.match(pair.text) else name(pair.text)
        if value:
            seen["kepala_keluarga"] = pair.quad
        if value and pair.confidence >= SURE and pair.weakest >= 0.4:
            values["kepala_keluarga"] = Value(value, round(pair.confidence, 3), pair.quad)
            break
    if "kepala_keluarga" not in seen and (line := _first_on_the_left(lines)):
        seen["kepala_keluarga"] = line.quad
        if any(_right_above(line, pair) for pair in found.get("alamat", ())):
            values["kepala_keluarga"] = Value(name(line.text.strip(" :;")), round(line.confidence, 3), line.quad)
    values |= address(found, again)
    return Fields(values, seen, tuple(key for key in NEEDED if key not in (values if key == "no_kk" else seen)))


def _first_on_the_left(lines: Sequence[Line]) -> Line | None:
    """The topmost value left of the title: the head of the family stands there, also where the label was not read. Seen, not sure."""
    title = _title(lines)
    if title is None:
        return None
    left = [
        line
        for line in _head(lines)
        if line.right < title.right - title.height and line.middle > title.middle + title.height and line.text.strip(" :;").isupper()
        and line.confidence > SURE and name(line.text.strip(" :;")) and not _NO_NAME.match(line.text.strip(" :;"))
    ]  # fmt: skip
    return min(left, key=lambda line: line.middle, default=None)


def _right_above(line: Line, address: Pair) -> bool:
    """Whether a line stands on the row above the address, where values begin: on every KK that is the head of the family's row."""
    corner, height = address.quad[0], line.height
    return (
        bool(address.text) and abs(line.quad[0, 0] - corner[0]) < 1.5 * height and 0.3 * height < corner[1] - line.quad[0, 1] < 1.5 * height
    )


_NO_NAME = re.compile(rf"(?i){either('no_head_of_family')}")


def _head(lines: Sequence[Line]) -> list[Line]:
    """The lines between the title and the table."""
    title = _title(lines)
    end = header_end(lines)
    if title is not None:
        end = min(end, title.middle + 8 * title.height)
    return [line for line in lines if line.middle < end]


def _title(lines: Sequence[Line]) -> Line | None:
    """The title as a line of its own: a line that only speaks of a Kartu Keluarga (`Nomor Kartu Keluarga : …`) is none."""
    return next((line for line in lines if begins(line.text, TITLE)), None)


def _number(lines: Sequence[Line], again: Again, values: dict[str, Value], seen: dict[str, Any]) -> None:
    """The number under the title: the topmost line with many digits, read again until the readings agree."""
    table = header_end(lines)
    numbered = [line for line in lines if sum(map(str.isdigit, line.text)) >= 10 and line.middle < table]
    title = _title(lines)
    if title is None:
        return
    numbered = [line for line in numbered if 0 < line.middle - title.middle < 4 * title.height]
    for line in sorted(numbered, key=lambda line: -sum(map(str.isdigit, line.text)))[:2]:
        seen["no_kk"] = line.quad
        readings = [
            (match[0], reading) for reading in again(line.quad) if (match := _RUN.search(re.sub(r"(?<=\d)[ .]+(?=\d)", "", reading.text)))
        ]
        texts = {text for text, _ in readings}
        if len(texts) != 1 or len(readings) < 2:
            continue
        text, reading = readings[0]
        if any(text in re.sub(r"\D", "", other.text) for other in lines if other is not line):
            continue  # a family's number stands on its card once; what stands there twice is somebody's NIK
        chances = [chance for letter, chance in zip(reading.text, reading.chances, strict=True) if letter.isdigit()]
        if read_no_kk(text) and np.mean(chances) >= SURE_DIGITS and min(chances) >= WEAKEST_DIGIT:
            values["no_kk"] = Value(text, round(float(np.mean(chances)), 3), line.quad)
            return


def members(lines: Sequence[Line], again: Again) -> Value | None:
    """The members in the order of their rows: name and number from the first table, relation and status from the same row of the second."""
    slope = common_slope(lines)
    top = header_end(lines)
    numbers = [line for line in lines if line.middle > top and _may_be_a_nik(line.text)]
    if not numbers:
        return None
    column = float(np.median([line.left for line in numbers]))
    rows = sorted((line for line in numbers if abs(line.left - column) < 4 * line.height), key=lambda line: line.at(0, slope))
    relations = _second_table(lines, rows, slope)
    births, names = _births(rows, lines, slope), _names(rows, lines, slope)
    people = []
    for place, row in enumerate(rows):
        person: dict[str, str] = {}
        if nik := _nik(row, births.get(place), again):
            person["nik"] = nik
        if full := _name(names.get(place), again):
            person["nama"] = full
        if place in relations:
            person |= relations[place]
        people.append(person)
    confidence = float(np.mean([row.confidence for row in rows]))
    return Value(people, round(confidence, 3), rows[0].quad, tuple(_around(row, names.get(place)) for place, row in enumerate(rows)))


def unread_rows(lines: Sequence[Line], people: int) -> int:
    """How many members the table has more than were found: a birth date stands in every row, and is short and plain enough to be read."""
    top = header_end(lines)
    heads = ("Status Perkawinan", "Status Hubungan", "Kewarganegaraan")
    bottom = min((line.middle for line in lines if line.middle > top and any(holds(line.text, head) for head in heads)), default=np.inf)
    dates = [line for line in lines if top < line.middle < bottom and _DATE.search(line.text)]
    numbers = [line.right for line in lines if top < line.middle < bottom and _may_be_a_nik(line.text)]
    column = [line for line in dates if not numbers or line.left > max(numbers)]
    if not column:
        return 0
    left = median_low(line.left for line in column)
    return max(0, sum(abs(line.left - left) < 4 * line.height for line in column) - people)


_SHEETS = re.compile(r"(?i)\b(?:halaman|lembar)\b\W{0,3}(?:ke\W{0,2})?(\d)\s?(?:dari|/)\s?(\d)\b")


def sheets_of(lines: Sequence[Line]) -> int:
    """Of how many sheets a card says that it consists: `Halaman 1 dari 2`; one where it does not say."""
    return max((int(match[2]) for line in lines if (match := _SHEETS.search(line.text)) and match[1] <= match[2]), default=1)


def _may_be_a_nik(text: str) -> bool:
    """Whether a line holds about sixteen digits, and not the officer's number or a date."""
    return 13 <= sum(map(str.isdigit, text)) <= 18 and not re.search(r"(?i)\d-\d|^\W*n[i1l]p", text)


def _around(row: Line, named: Line | None) -> Quad:
    """Where a member stands in the first table: from the name to the number."""
    corners = np.concatenate([row.quad, named.quad]) if named else row.quad
    (left, top), (right, bottom) = corners.min(axis=0), corners.max(axis=0)
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]], dtype=np.float32)


_DATE = re.compile(r"(?<!\d)(\d{2})-(\d{2})-(\d{4})(?!\d)")


def _births(rows: list[Line], lines: Sequence[Line], slope: float) -> dict[int, Line]:
    """The birth date's cell of every row: the first column of dates after the numbers."""
    dates = [line for line in lines if _DATE.search(line.text) and line.left > max(row.right for row in rows)]
    if not dates:
        return {}
    cells = [line for line in dates if abs(line.left - median_low(date.left for date in dates)) < 4 * line.height]
    return beside(rows, cells, slope, lambda row, cell: _of_that_day(re.sub(r"\D", "", rows[row].text), cell))


def _of_that_day(digits: str, cell: Line) -> bool:
    """Whether a number is of the day that a cell says."""
    nik, match = read_nik(digits), _DATE.search(cell.text)
    if nik is None or match is None:
        return False
    return any((day.day, day.month, day.year) == (int(match[1]), int(match[2]), int(match[3])) for day in nik.birth_dates)


def _nik(row: Line, birth: Line | None, again: Again) -> str | None:
    """A member's number, when all readings are alike and the birth date of its row, where read, agrees.

    With that date behind it a number may have been read once with digits lost, as when a wider cut makes them too small.
    """
    texts = [re.sub(r"\D", "", reading.text) for reading in again(row.quad)]
    whole = {text for text in texts if len(text) == NIK_DIGITS}
    if len(whole) != 1:
        return None
    digits = whole.pop()
    alike = texts.count(digits)
    if alike < 2 or not all(_lost_from(digits, text) for text in texts) or read_nik(digits) is None:
        return None
    if birth is not None:
        return digits if _of_that_day(digits, birth) else None
    return digits if alike == len(texts) and row.confidence >= 0.97 else None


def _lost_from(digits: str, text: str) -> bool:
    """Whether a text is these digits, some of them left out."""
    rest = iter(digits)
    return all(digit in rest for digit in text)


def _name(cell: Line | None, again: Again) -> str | None:
    """The name in a row's cell, spaced as most readings of it are."""
    found = name(re.sub(r"^\d{1,2}[. ]*", "", cell.text)) if cell and cell.confidence >= SURE else None
    return most_spaced(found, again(cell.quad)) if found and cell else None


def _names(rows: list[Line], lines: Sequence[Line], slope: float) -> dict[int, Line]:
    """The name's cell of every row: the column before the numbers."""
    left = min(row.left for row in rows)
    cells = [line for line in lines if line.right < left + line.height and line.width > 1.5 * line.height and _is_name(line.text)]
    return beside(rows, cells, slope)


def _is_name(text: str) -> bool:
    return sum(map(str.isalpha, text)) >= 2 and not any(holds(text, head) for head in _COLUMNS)


def _second_table(lines: Sequence[Line], rows: list[Line], slope: float) -> dict[int, dict[str, str]]:
    """Relation and status by row number: rows are counted by their distance from the first one, in the pitch of the first table."""
    below = [line for line in lines if line.at(0, slope) > rows[-1].at(0, slope) + 1.5 * rows[-1].height]
    found = [(line, value) for line in below if line.text.isupper() and (value := one_of(line.text, SHDK, 86)) and line.confidence >= 0.75]
    if not found:
        return {}
    column = median_low(line.left for line, _ in found)  # one that is there: between two of them there may be none
    found = sorted(
        ((line, value) for line, value in found if abs(line.left - column) < 3 * line.height), key=lambda item: item[0].at(0, slope)
    )
    heads = [line for line, value in found if value == "KEPALA KELUARGA"]
    first = (heads[0] if heads else found[0][0]).at(0, slope)
    pitch = _pitch([line.at(0, slope) for line in rows])
    people: dict[int, dict[str, str]] = {}
    for line, value in found:
        place = round((line.at(0, slope) - first) / pitch) if pitch else 0
        if 0 <= place < len(rows) and place not in people:
            people[place] = {"shdk": value}
            status = [other for other in below if other.right < line.left + line.height and same_row(line, other, slope)]
            words = " ".join(other.text for other in sorted(status, key=lambda other: other.left))
            if married := one_of(re.sub(r"^[\d\s.]+", "", re.sub(r"\d{2}-\d{2}-\d{4}|(?<!-)-+$", "", words)).strip(" -"), KK_STATUS):
                people[place]["status_perkawinan"] = married
    return people


def _pitch(heights: list[float]) -> float:
    """The distance of neighbouring rows: the smallest usual step, since a row between may not have been read."""
    steps = np.diff(heights)
    return float(np.median(steps[steps < 1.5 * steps.min()])) if len(steps) else 0.0
