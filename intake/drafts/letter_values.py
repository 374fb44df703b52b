"""Turns what is printed on a birth letter into the values that the form takes: `PUSKESMAS CEPU` into the box and the kabupaten. Pure."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from intake.reading import (
    Helper,
    PlaceKind,
    read_birthplace,
    read_helper,
    read_length_cm,
    read_ordinal,
    read_place_kind,
    read_time,
    read_weight_gram,
)
from standard.birth_form import birth_fields
from standard.clock import read_day
from standard.crosscheck import sex_of


def values_of(letter: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of F-2.01 that a letter gives; what can't be read as the form needs it is left out, and asked."""
    given = {field.name: letter[field.document] for field in birth_fields() if field.document and letter.get(field.document)}
    if "tempat_kelahiran" not in given and isinstance(place := given.get("tempat_dilahirkan"), str):
        given["tempat_kelahiran"] = place
    read = {name: _READERS[name](value) for name, value in given.items()}
    return {name: value for name, value in read.items() if value is not None}


def _day(printed: Any) -> str | None:
    return str(printed) if read_day(str(printed)) else None


def _clock(printed: Any) -> str | None:
    found = re.match(r"\s*([01]?\d|2[0-3])\s*[.:]\s*([0-5]\d)\b", str(printed))
    if found:
        return f"{int(found[1]):02}:{found[2]}"
    stated = read_time(str(printed))
    return None if stated is None else f"{stated:%H:%M}"


def _box(printed: Any) -> str | None:
    kind = str(printed) if str(printed) in list(PlaceKind) else read_place_kind(str(printed))
    return None if kind is None else str(kind)


def _regency(printed: Any) -> str | None:
    return read_birthplace(str(printed))


def _rank(printed: Any) -> int | None:
    found = re.match(r"\s*(\d{1,2})\b", str(printed))
    return read_ordinal(found[1] if found else str(printed))


def _helper(printed: Any) -> str | None:
    helper = str(printed) if str(printed) in list(Helper) else read_helper(str(printed))
    return None if helper is None else str(helper)


def _grams(printed: Any) -> int | None:
    return read_weight_gram(f"{printed:g}" if isinstance(printed, int | float) else printed)


def _centimetres(printed: Any) -> float | None:
    return read_length_cm(f"{printed:g}" if isinstance(printed, int | float) else printed)


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "jenis_kelamin": sex_of,
    "tanggal_lahir": _day,
    "pukul": _clock,
    "tempat_dilahirkan": _box,
    "tempat_kelahiran": _regency,
    "kelahiran_ke": _rank,
    "penolong": _helper,
    "berat": _grams,
    "panjang": _centimetres,
}
