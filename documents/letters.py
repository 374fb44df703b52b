"""Reads documents that have no one layout: birth letters, proofs of marriage, the two SPTJM, by their labels and sentences."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from documents.fields import Fields, Value
from documents.lines import Line
from documents.pairs import Labels, Pair, pairs
from documents.values import SEX, dates_in, name, one_of
from standard.kinds import Kind
from standard.numbers import read_nik

SURE = 0.92
WEAKEST = 0.5
"""Mean and smallest chance of a printed value's characters. Handwriting, which the reader guesses at, stays below."""

HARD_WEAKEST, HARD_MEAN = 0.77, 0.95
"""Means over a page's values (of their weakest and of all their letters) below which the page counts as hard to read."""
SURE_OF_HARD = 0.987

_MOTHER = (
    "Nama Ibu",
    "Nama Ibu Kandung",
    "Nama Ibu / Mother",
    "Nama Ny.",
    "Ny.",
    "Nama Istri",
    "Dari seorang ibu",
    "Ibu bernama",
    "Ibu Kandung",
)
_FATHER = (
    "Nama Ayah", "Nama Ayah Kandung", "Nama Ayah / Father", "Nama Bapak", "Nama Tn.", "Istri dari Tn.", "Istri dari", "Nama Suami",
    "Suami", "Bapak", "Ayah", "Ayah Kandung", "Nama Orang Tua Laki-laki",
)  # fmt: skip
_CHILD = (
    "Nama Bayi",
    "Nama Anak",
    "Nama Anak / Name",
    "Diberi Nama",
    "Bayi diberi nama",
    "Nama lengkap bayi",
    "Nama lengkap anak",
)
_DAY = (
    "Hari/Tanggal", "Hari, Tanggal", "Hari, tanggal / Date", "Hari & Tanggal", "Hari / Tgl", "Hari, Tgl", "Tanggal Lahir", "Tgl lahir",
    "Lahir tanggal", "Tanggal", "Pada tanggal", "Pada hari", "Hari",
)  # fmt: skip

BIRTH: Labels = {
    "nama_ibu": (*_MOTHER, "Ibu"),
    "nama_ayah": _FATHER,
    "nama_anak": _CHILD,
    "tanggal_lahir": _DAY,
    "jenis_kelamin": ("Jenis Kelamin", "Jenis Kelamin *)", "Jenis Kelamin / Sex", "Kelamin"),
    "nama": ("Nama", "Nama lengkap", "Bernama"),
    "other": (
        "NIK", "Umur", "Alamat", "Anak ke", "Kelahiran ke", "Berat Badan", "Berat lahir", "Panjang Badan", "Panjang lahir", "Pukul", "Jam",
        "Di", "Jenis Kelahiran", "Pekerjaan", "Agama", "Tempat", "Penolong", "Penolong kelahiran", "Nomor", "Tempat lahir",
        "Tempat/tanggal lahir",
    ),
}  # fmt: skip

MARRIAGE: Labels = {
    "suami": ("Nama Suami", "Suami"),
    "istri": ("Nama Istri", "Istri", "Isteri"),
    "nama": ("Nama", "Nama lengkap", "1. Nama", "1. Nama lengkap", "Nama lengkap dan alias"),
    "bin": ("bin", "2. bin"),
    "binti": ("binti", "2. binti"),
    "tanggal_nikah": (
        "Tanggal", "tanggal (M)", "Hari, tanggal", "Hari/tanggal", "Pada hari", "Pada tanggal", "Tanggal Nikah", "Tanggal Akad Nikah",
        "Hari",
    ),
    "nomor": ("Nomor", "No.", "Nomor Akta Nikah", "Berdasarkan Akta Perkawinan Nomor"),
    "other": (
        "Tempat, tgl lahir", "Tempat/tgl lahir", "Tempat dan tanggal lahir", "NIK", "Agama", "Pekerjaan", "Alamat", "Wali nikah",
        "Mas kawin", "KUA Kecamatan", "Kabupaten/Kota", "Kabupaten", "bertepatan", "3. Tempat, tgl lahir", "4. NIK", "5. Agama",
        "6. Pekerjaan", "7. Alamat",
    ),
}  # fmt: skip

STATEMENT: Labels = {
    "nama": ("Nama", "Nama lengkap", "1. Nama"),
    "nik": ("NIK", "N I K", "Nomor Induk Kependudukan"),
    "other": (
        "Tempat/tanggal lahir",
        "Tempat/Tgl Lahir",
        "Pekerjaan",
        "Alamat",
        "Nama anak",
        "Nama ibu",
        "Nama ayah",
        "NIK ibu",
        "NIK ayah",
        "Jenis kelamin",
    ),
}

NEEDED: Mapping[Kind, tuple[str, ...]] = {
    Kind.SURAT_KELAHIRAN: ("nama_ibu", "tanggal_lahir"),
    Kind.SURAT_NIKAH: ("suami", "istri", "tanggal_nikah", "nomor"),
    Kind.SPTJM_KELAHIRAN: ("nama", "nik"),
    Kind.SPTJM_PASUTRI: ("nama", "nik"),
}


def read(kind: Kind, lines: Sequence[Line]) -> Fields:
    """The fields of a letter of known kind. `missing` are needed fields that were not even seen: handwriting is seen, though not read."""
    values: dict[str, Value] = {}
    seen: dict[str, Any] = {}
    found = _READERS[kind](lines, values, seen)
    if hard_to_read(found):
        values = {key: value for key, value in values.items() if value.confidence >= SURE_OF_HARD}
    return Fields(values, seen, tuple(key for key in NEEDED[kind] if key not in seen))


def hard_to_read(found: Mapping[str, list[Pair]]) -> bool:
    """Whether a page's values are handwriting, or print that is as hard: then the reader makes words up that look sure."""
    written = [pair for group in found.values() for pair in group if sum(map(str.isalpha, pair.text)) >= 4]
    if not written:
        return False
    weakest = sum(pair.weakest for pair in written) / len(written)
    mean = sum(pair.confidence for pair in written) / len(written)
    return weakest < HARD_WEAKEST and mean < HARD_MEAN


def _take(key: str, pair: Pair | None, value_of: Callable[[str], Any], values: dict[str, Value], seen: dict[str, Any]) -> None:
    if pair is None or not pair.text or key in values:
        return
    seen[key] = pair.quad
    value = value_of(pair.text)
    if value is not None and pair.confidence >= SURE and pair.weakest >= WEAKEST:
        values[key] = Value(value, round(pair.confidence, 3), pair.quad)


def _first(found: Mapping[str, list[Pair]], key: str) -> Pair | None:
    return next((pair for pair in found.get(key, ()) if pair.text), None)


def _date(text: str) -> str | None:
    days = dates_in(text)
    return days[0].isoformat() if len(days) == 1 else None


def _sex(text: str) -> str | None:
    """One sex: where both are printed one was struck out, which the reader can't see."""
    both = re.search(r"(?i)la[kx]i", text) and re.search(r"(?i)peremp", text)
    return None if both else one_of(text.strip(" *).:"), SEX)


def _childs_name(text: str) -> str | None:
    """A name, unless it only says whose baby it is (`By. Ny. …`) or that there is none yet."""
    plain = name(text)
    return None if plain is None or re.match(r"(BY|BAYI)\b|BELUM", plain) else plain


def _birth(lines: Sequence[Line], values: dict[str, Value], seen: dict[str, Any]) -> dict[str, list[Pair]]:
    found = pairs(lines, BIRTH)
    dated = [pair for pair in found.get("tanggal_lahir", ()) if dates_in(pair.text)]
    date_pair = dated[0] if dated else _first(found, "tanggal_lahir")
    _take("tanggal_lahir", date_pair, _date, values, seen)
    _take("jenis_kelamin", _first(found, "jenis_kelamin"), _sex, values, seen)
    _take("nama_ibu", _first(found, "nama_ibu"), _parent, values, seen)
    _take("nama_ayah", _first(found, "nama_ayah"), _parent, values, seen)
    _take("nama_anak", _first(found, "nama_anak"), _childs_name, values, seen)
    _sentences(lines, values, seen)
    for pair in found.get("nama", ()):
        key = _whose(pair, lines)
        if key not in seen:
            _take(key, pair, _childs_name if key == "nama_anak" else _parent, values, seen)
    return found


def _parent(text: str) -> str | None:
    return name(re.sub(r"(?i)^\s*(ny|tn|ibu|bpk|sdr|sdri)\b[. ]*", "", text))


_OF_A_MOTHER = re.compile(r"(?i)seorang ibu|ibu\s*[:;.]?\s*$|istri\s*:?\s*$|menerangkan.{0,30}bahwa\s*:?$")
_OF_A_CHILD = re.compile(r"(?i)lahir seorang|seorang (bayi|anak)|keterangan sebagai berikut|bayi\s*:\s*$")


_OF_A_GROWN_UP = re.compile(r"(?i)umur|usia|istri dari|suami|pekerjaan|nik\b")


def _whose(pair: Pair, lines: Sequence[Line]) -> str:
    """Whose a bare `Nama` is: a grown-up's if an age or a husband follows, else of the person in the sentence that last stood above it."""
    following = [line for line in lines if 0 < line.middle - pair.label.middle < 3 * pair.label.height]
    if any(_OF_A_GROWN_UP.match(line.text) for line in following):
        return "nama_ibu"
    above = sorted((line for line in lines if line.middle < pair.label.middle - 0.3 * pair.label.height), key=lambda line: -line.middle)
    for line in above:
        if _OF_A_MOTHER.search(line.text):
            return "nama_ibu"
        if _OF_A_CHILD.search(line.text):
            return "nama_anak"
    return "nama_anak"


_BABY = re.compile(r"(?i)seorang\s*(?:bayi|anak)?\s*(laki\s*-\s*laki|perempuan)")


def _sentences(lines: Sequence[Line], values: dict[str, Value], seen: dict[str, Any]) -> None:
    """What a letter says in sentences rather than after labels: `telah lahir seorang bayi perempuan`."""
    for line in lines:
        match = _BABY.search(line.text)
        if match and "jenis_kelamin" not in values and not re.search(r"(?i)laki.{0,8}/.{0,4}perem", line.text):
            sex = one_of(match[1], SEX)
            if sex is not None and line.confidence >= SURE:
                values["jenis_kelamin"] = Value(sex, round(line.confidence, 3), line.quad)


_NUMBER = re.compile(r"\d{1,5}\s*/\s*\d{1,5}\s*/\s*[IVXLl\d]{1,5}\s*/\s*(?:19|20)\d{2}|\d{4}-?K[A-Z]-?\d{8}-?\d{3,6}|AK\.?\s*[\d.]{6,}")
_REGISTRY = re.compile(r"\d{4}\s*-?\s*K[A-Z]\s*-?\s*\d{8}\s*-?\s*\d{3,6}")


def _marriage(lines: Sequence[Line], values: dict[str, Value], seen: dict[str, Any]) -> dict[str, list[Pair]]:
    found = pairs(lines, MARRIAGE)
    _number(lines, found, values, seen)
    dated = [pair for pair in found.get("tanggal_nikah", ()) if dates_in(pair.text)]
    _take("tanggal_nikah", dated[0] if dated else _first(found, "tanggal_nikah"), _date, values, seen)
    for key in ("suami", "istri"):
        spoken = next((pair for pair in found.get(key, ()) if name(pair.text) and len(pair.text) > 3), None)
        _take(key, spoken, name, values, seen)
    for pair in found.get("nama", ()):
        spouse = _spouse(pair, found)
        if spouse and spouse not in seen:
            _take(spouse, pair, name, values, seen)
    for key, before in (("suami", r"(?i)perkawinan antara|antara\s*:?\s*$"), ("istri", r"(?i)^\s*dengan\s*:?\s*$")):
        if key not in seen:
            _next_line(key, before, lines, values, seen)
    return found


def _number(lines: Sequence[Line], found: Mapping[str, list[Pair]], values: dict[str, Value], seen: dict[str, Any]) -> None:
    """The record's number, recognised by its shape: `0028/11/V/2024` of a KUA, `3316-KW-02052024-0001` of the registry."""
    for pattern in (_REGISTRY, _NUMBER):
        for line in lines:
            match = pattern.search(line.text.replace(" ", ""))
            if match and "nomor" not in seen:
                seen["nomor"] = line.quad
                if line.confidence >= SURE - 0.04:
                    values["nomor"] = Value(_roman(match[0]), round(line.confidence, 3), line.quad)
    if "nomor" not in seen and (pair := _first(found, "nomor")):
        seen["nomor"] = pair.quad


def _roman(number: str) -> str:
    """A KUA's number with the month's Roman figures as such: a reader takes `XI` for `X1`."""
    parts = number.split("/")
    if len(parts) == 4 and re.search("[IVX]", parts[2]):
        parts[2] = parts[2].replace("1", "I").replace("l", "I")
    return "/".join(parts)


def _spouse(pair: Pair, found: Mapping[str, list[Pair]]) -> str | None:
    """Whose name: the row under it says bin or binti, or the heading above it SUAMI or ISTRI, in the same column."""
    column = 12 * pair.label.height
    options = []
    for key, label in (("bin", "suami"), ("binti", "istri"), ("suami", "suami"), ("istri", "istri")):
        for other in found.get(key, ()):
            fall = other.label.middle - pair.label.middle
            below = key in ("bin", "binti")
            if (
                abs(other.label.left - pair.label.left) < column
                and (fall > 0) == below
                and abs(fall) < (3.5 if below else 40) * pair.label.height
            ):
                options.append((abs(fall) if below else 3 * pair.label.height + abs(fall), label))
    return min(options)[1] if options else None


def _next_line(key: str, before: str, lines: Sequence[Line], values: dict[str, Value], seen: dict[str, Any]) -> None:
    for line in lines:
        if not re.search(before, line.text):
            continue
        below = [
            other
            for other in lines
            if 0.4 * line.height < other.middle - line.middle < 4 * line.height and other.left < line.right + 14 * line.height
        ]
        nearest = min(below, key=lambda other: other.middle, default=None)
        if nearest is not None and name(nearest.text):
            seen[key] = nearest.quad
            if nearest.confidence >= SURE and min(nearest.reading.chances) >= WEAKEST:
                values[key] = Value(name(nearest.text), round(nearest.confidence, 3), nearest.quad)
            return


def _statement(lines: Sequence[Line], values: dict[str, Value], seen: dict[str, Any]) -> dict[str, list[Pair]]:
    """The one who declares: the first name and number on the page."""
    found = pairs(lines, STATEMENT)
    _take("nama", _first(found, "nama"), name, values, seen)
    _take("nik", _first(found, "nik"), _possible_nik, values, seen)
    return found


def _possible_nik(text: str) -> str | None:
    nik = read_nik(text)
    return nik.digits if nik else None


_READERS: Mapping[Kind, Callable[[Sequence[Line], dict[str, Value], dict[str, Any]], dict[str, list[Pair]]]] = {
    Kind.SURAT_KELAHIRAN: _birth,
    Kind.SURAT_NIKAH: _marriage,
    Kind.SPTJM_KELAHIRAN: _statement,
    Kind.SPTJM_PASUTRI: _statement,
}
