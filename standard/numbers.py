"""Knows the two numbers of sixteen digits, NIK and nomor KK: what they say and when they can't be one (PP 40/2019; domain page, 4).

Neither has a check digit, so a number that passes here is possible, not proven.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

PROVINCES = frozenset(
    {11, 12, 13, 14, 15, 16, 17, 18, 19, 21, 31, 32, 33, 34, 35, 36, 51, 52, 53, 61, 62, 63, 64, 65,
     71, 72, 73, 74, 75, 76, 81, 82, 91, 92, 93, 94, 95, 96}
)  # fmt: skip
"""Codes of the 38 provinces, with the four of Papua since 2022 (Kepmendagri 300.2.2-2430/2025)."""

_SEPARATORS = re.compile(r"[\s.\-_/:]+")


@dataclass(frozen=True)
class Nik:
    """A possible NIK, taken apart. `birth_dates` holds the dates that its two-digit year can mean, the later first."""

    digits: str
    region: str
    female: bool
    birth_dates: tuple[date, ...]

    def agrees_with(self, birth_date: date | None = None, female: bool | None = None) -> bool:
        """Whether the printed birth date and sex, where known, are those of the number."""
        return (birth_date is None or birth_date in self.birth_dates) and (female is None or female == self.female)


def digits_of(text: str) -> str | None:
    """The sixteen ASCII digits in what a person typed or a reader saw (`3316 99.0101-900001`, full-width digits), or None."""
    plain = _SEPARATORS.sub("", unicodedata.normalize("NFKC", text))
    return plain if re.fullmatch(r"[0-9]{16}", plain, re.ASCII) else None


def read_nik(text: str) -> Nik | None:
    """A text as a NIK, or None where it can't be one: sixteen digits, a province, day 01-31 or 41-71, a real date, serial not 0000."""
    digits = digits_of(text)
    if digits is None or int(digits[:2]) not in PROVINCES or digits[2:4] == "00" or digits[4:6] == "00":
        return None
    day, month, year, serial = int(digits[6:8]), int(digits[8:10]), int(digits[10:12]), digits[12:]
    female = day > 40
    dates = tuple(d for century in (2000, 1900) if (d := _date(century + year, month, day - 40 * female)) is not None)
    if not dates or serial == "0000":
        return None
    return Nik(digits, digits[:6], female, dates)


def read_no_kk(text: str) -> str | None:
    """A text as a nomor KK, or None where it can't be one. Its date is that of the recording: the day never has 40 added."""
    nik = read_nik(text)
    return None if nik is None or nik.female else nik.digits


def mask(number: str) -> str:
    """A number as chats and lists show it: `3316**********01`."""
    return number if len(number) <= 6 else f"{number[:4]}{'*' * (len(number) - 6)}{number[-2:]}"


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
