"""Turns what stands after a label into a value: a date, a word of a fixed list, a name; None where it is not surely one."""

import re
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz, process

from documents.ocr.words import skeleton
from documents.wording import either

MONTHS = {
    "januari": 1, "february": 2, "februari": 2, "pebruari": 2, "maret": 3, "april": 4, "mei": 5, "juni": 6, "juli": 7,
    "agustus": 8, "september": 9, "oktober": 10, "november": 11, "nopember": 11, "desember": 12,
    "january": 1, "march": 3, "may": 5, "june": 6, "july": 7, "august": 8, "october": 10, "december": 12,
}  # fmt: skip

_WEEKDAY = re.compile(
    r"(?i)\b(?:(senin)|(selasa)|(rabu)|(kamis)|(jum.?at)|(sabtu)|(minggu|ahad))\b[^A-Za-z\d]*(?:(?:tanggal|tgl)[^A-Za-z\d]*)?$"
)
_MONTH_WORD, _YEAR_WORD = r"(?:[-/. :]*(?i:bulan|bln)[. :]*)", rf"(?:[-/., :]*(?i:{either('years')})[. :]*)"
_GAP = r"\s*[-/.]\s*|[^\S ]* \s*"
"""A mark or a space; written so that a run of spaces is gone through once."""
_FIGURES = re.compile(rf"(?<!\d)(\d{{1,2}})(?:{_GAP}|{_MONTH_WORD})(\d{{1,2}})(?:{_GAP}|{_YEAR_WORD})((?:19|20)\d{{2}})(?!\d)")
_WORDS = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:(?:\s*[-/.])?\s*|{_MONTH_WORD})([A-Za-z0][A-Za-z01]{{2,9}})(?:(?:\s*[-/.,])?\s*|{_YEAR_WORD})((?:19|20)\d{{2}})(?!\d)"
)
_ENGLISH = re.compile(r"\b([A-Z][a-z]{2,8}) {0,2}(\d{1,2}), {0,2}((?:19|20)\d{2})(?!\d)")
"""`November 9, 2026`, as a hospital's certificate has it."""


@dataclass(frozen=True)
class Dated:
    """A date and the place in its text that it takes up."""

    day: date
    start: int
    end: int


def dated(text: str) -> list[Dated]:
    """The dates in a text, `12-04-1992`, `12 April 1992` or `April 12, 1992`, in order.

    Left out are impossible ones, and those whose weekday disagrees.
    """
    found: list[Dated] = []
    for match in _FIGURES.finditer(text):
        _keep(found, match, int(match[2]))
    for match in _WORDS.finditer(text):
        month = _month(match[2])
        if month:
            _keep(found, match, month)
    for match in _ENGLISH.finditer(text):
        if month := _month(match[1]):
            _keep(found, match, month, day=2)
    return sorted((one for one in found if _weekday_agrees(text[: one.start], one.day)), key=lambda one: one.start)


def confirmed(text: str) -> bool:
    """Whether a text holds one date, and before it the weekday that the date fell on."""
    days = dated(text)
    return len(days) == 1 and _WEEKDAY.search(text[: days[0].start]) is not None


def dates_in(text: str) -> list[date]:
    """The dates in a text, in their order."""
    return [one.day for one in dated(text)]


def _weekday_agrees(before: str, day: date) -> bool:
    """Whether the weekday printed before a date is that date's: a misread figure hardly ever keeps it."""
    match = _WEEKDAY.search(before)
    return match is None or match.lastindex == day.weekday() + 1


def _month(word: str) -> int | None:
    best = process.extractOne(word.lower(), list(MONTHS), scorer=fuzz.ratio, score_cutoff=78)
    return MONTHS[best[0]] if best else None


def _keep(found: list[Dated], match: re.Match[str], month: int, day: int = 1) -> None:
    try:
        found.append(Dated(date(int(match[3]), month, int(match[day])), match.start(), match.end()))
    except ValueError:
        return


def one_of(text: str, words: dict[str, str], least: float = 80.0) -> str | None:
    """The value whose printed spelling the text is most like, out of {spelling: value}; None when none is like it."""
    wanted = skeleton(text)
    if not wanted:
        return None
    best = process.extractOne(wanted, {word: skeleton(word) for word in words}, scorer=fuzz.ratio, score_cutoff=least)
    return words[best[2]] if best else None


RELIGIONS = {
    "ISLAM": "ISLAM", "KRISTEN": "KRISTEN", "KATHOLIK": "KATHOLIK", "KATOLIK": "KATHOLIK", "HINDU": "HINDU", "BUDHA": "BUDHA",
    "BUDDHA": "BUDHA", "KHONGHUCU": "KHONGHUCU", "KONGHUCU": "KHONGHUCU", "KEPERCAYAAN TERHADAP TUHAN YME": "KEPERCAYAAN",
    "KEPERCAYAAN": "KEPERCAYAAN",
}  # fmt: skip
KTP_STATUS = {"BELUM KAWIN": "BELUM KAWIN", "KAWIN": "KAWIN", "CERAI HIDUP": "CERAI HIDUP", "CERAI MATI": "CERAI MATI"}
KK_STATUS = KTP_STATUS | {
    "KAWIN TERCATAT": "KAWIN TERCATAT", "KAWIN BELUM TERCATAT": "KAWIN BELUM TERCATAT", "CERAI HIDUP TERCATAT": "CERAI HIDUP TERCATAT",
    "CERAI HIDUP BELUM TERCATAT": "CERAI HIDUP BELUM TERCATAT",
}  # fmt: skip
SHDK = {
    word: word
    for word in (
        "KEPALA KELUARGA", "SUAMI", "ISTRI", "ANAK", "MENANTU", "CUCU", "ORANGTUA", "MERTUA", "FAMILI LAIN", "PEMBANTU",
        "LAINNYA",
    )
} | {"ORANG TUA": "ORANGTUA", "ISTERI": "ISTRI"}  # fmt: skip
SEX = {
    "LAKI-LAKI": "LAKI-LAKI",
    "PEREMPUAN": "PEREMPUAN",
    "LAKI - LAKI": "LAKI-LAKI",
    "LAKI": "LAKI-LAKI",
    "WANITA": "PEREMPUAN",
    "PRIA": "LAKI-LAKI",
    "GIRL": "PEREMPUAN",
    "BOY": "LAKI-LAKI",
}

_IJ = re.compile(r"(?<=\bW)U(?=AYA)|(?<=HAD)U(?=AH\b)|(?<=[A-Z]{2}[DGKMNRT])U(?=O\b)")
"""`U` where only `IJ` can stand: set close, the two look alike (`WIJAYA`, `KHADIJAH`, `TUKIJO`)."""
_LEADERS = re.compile(r"(?:[._]\s*){2,}")
"""The dots or the rule that a form prints for its values to stand on."""
_NAME = re.compile(r"[A-Z][A-Z' .,\-/]*[A-Z.]$|[A-Z]$")


def name(text: str) -> str | None:
    """A person's name in capitals, or None where what was read can't be one (figures, signs, too short)."""
    plain = re.sub(r"\s+", " ", re.sub(r"(?:(?<!\s)\s+)?([.,])\s*", r"\1 ", _LEADERS.sub(" ", text.upper()))).strip(" -:;,_")
    plain = _IJ.sub("IJ", plain)
    letters = sum(character.isalpha() for character in plain)
    return plain if letters >= 2 and _NAME.fullmatch(plain) else None


_CUT = re.compile(
    r"(?i)(?<![\s,;.])[\s,;.]+"
    rf"{either('after_a_name')}\b.*$"
    r"|(?<![\s,;(/])[\s,;(/]+\d.*$"
)
_STOP = re.compile(r"(?<=[A-Za-z]{4})[\s.]+$")
"""A sentence's end or a form's last dot after a whole word; after fewer letters it is an abbreviation's."""
_TITLE = re.compile(rf"(?i)^\W*{either('titles')}\b[. ]*")
_NO_NAME = re.compile(rf"{either('no_name')}|{either('no_name_alone')}$")
"""Words of forms and sentences that stand where a name would, and are none."""


_SENTENCE = re.compile(rf"\b{either('sentences')}\b")
"""Words of which no name is made."""


def is_label(text: str) -> bool:
    """Whether a text begins with a word of forms, where a name was looked for."""
    return _NO_NAME.match(text.upper()) is not None


def person(text: str) -> str | None:
    """The name of one person out of what stands after a label: without a form of address, cut where a sentence goes on."""
    plain = name(_STOP.sub("", _CUT.sub("", _TITLE.sub("", text))))
    return None if plain is None or _NO_NAME.match(plain) or _SENTENCE.search(plain) else plain


def words(text: str) -> str | None:
    """Free text in capitals, such as an address or a place; None when empty."""
    plain = re.sub(r"\s+", " ", text.upper()).strip(" -:;,")
    return plain if sum(character.isalnum() for character in plain) >= 2 else None
