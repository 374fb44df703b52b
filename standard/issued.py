"""Knows the numbers that the office issues, nomor KK and nomor akta: whether a text can be one of this office (domain page, 5)."""

import re
from dataclasses import dataclass
from datetime import date

from standard.facts import load
from standard.numbers import read_nik, read_no_kk

_AKTA = re.compile(r"([0-9]{4})-L([UT])-([0-9]{2})([0-9]{2})([0-9]{4})-([0-9]{4})")


FIRST_KK = date(1990, 1, 1)
"""No nomor KK of sixteen figures bears an earlier date; so its two-digit year means one year only."""


@dataclass(frozen=True)
class Akta:
    """A possible number of an akta kelahiran, `3316-LU-23112026-0001`, taken apart. `late`: LT (terlambat), else LU (umum)."""

    number: str
    office: str
    late: bool
    issued: date


def read_akta(text: str) -> Akta | None:
    """A text as the number of an akta, or None where it can't be one: office, LU or LT, a real date, a serial that is not 0000."""
    found = _AKTA.fullmatch(re.sub(r"\s", "", text.upper()))
    if found is None or found[6] == "0000":
        return None
    try:
        issued = date(int(found[5]), int(found[4]), int(found[3]))
    except ValueError:
        return None
    return Akta(found[0], found[1], found[2] == "T", issued)


def office_code() -> str:
    """The four figures of the office's kabupaten, with which what it issues begins: `3316`."""
    return str(load("office")["kode_wilayah"]).replace(".", "")


def wrong_kk(text: str, today: date) -> str | None:
    """Why a text can't be the number of a KK of this office on that day: `form`, `office`, `future`; None where it can."""
    number = read_no_kk(text)
    if number is None:
        return "form"
    if number[:4] != office_code():
        return "office"
    read = read_nik(number)
    return None if read and any(FIRST_KK <= day <= today for day in read.birth_dates) else "future"


def wrong_akta(text: str, today: date, born: date | None) -> str | None:
    """Why a text can't be the number of an akta of this office, issued up to that day: `form`, `office`, `future`, `before_birth`."""
    akta = read_akta(text)
    if akta is None:
        return "form"
    if akta.office != office_code():
        return "office"
    if akta.issued > today:
        return "future"
    return "before_birth" if born and akta.issued < born else None
