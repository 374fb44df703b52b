"""Turns what stands after a label into a value: a date, a word of a fixed list, a name; None where it is not surely one."""

import re
from datetime import date

from rapidfuzz import fuzz, process

from documents.words import skeleton

MONTHS = {
    "januari": 1, "february": 2, "februari": 2, "pebruari": 2, "maret": 3, "april": 4, "mei": 5, "juni": 6, "juli": 7,
    "agustus": 8, "september": 9, "oktober": 10, "november": 11, "nopember": 11, "desember": 12,
}  # fmt: skip

_FIGURES = re.compile(r"(?<!\d)(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*((?:19|20)\d{2})(?!\d)")
_WORDS = re.compile(r"(?<!\d)(\d{1,2})\s*[-/. ]?\s*([A-Za-z]{3,10})\s*[-/. ,]?\s*((?:19|20)\d{2})(?!\d)")


def dates_in(text: str) -> list[date]:
    """The dates in a text, `12-04-1992` or `12 April 1992`, in their order. Impossible ones are left out."""
    found: list[tuple[int, date]] = []
    for match in _FIGURES.finditer(text):
        _keep(found, match, int(match[2]))
    for match in _WORDS.finditer(text):
        month = _month(match[2])
        if month:
            _keep(found, match, month)
    return [day for _, day in sorted(found)]


def _month(word: str) -> int | None:
    best = process.extractOne(word.lower(), list(MONTHS), scorer=fuzz.ratio, score_cutoff=78)
    return MONTHS[best[0]] if best else None


def _keep(found: list[tuple[int, date]], match: re.Match[str], month: int) -> None:
    try:
        found.append((match.start(), date(int(match[3]), month, int(match[1]))))
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
}

_NAME = re.compile(r"[A-Z][A-Z' .,\-/]*[A-Z.]$|[A-Z]$")


def name(text: str) -> str | None:
    """A person's name in capitals, or None where what was read can't be one (figures, signs, too short)."""
    plain = re.sub(r"\s+", " ", re.sub(r"\s*([.,])\s*", r"\1 ", text.upper())).strip(" -:;,")
    letters = sum(character.isalpha() for character in plain)
    return plain if letters >= 2 and _NAME.fullmatch(plain) else None


def words(text: str) -> str | None:
    """Free text in capitals, such as an address or a place; None when empty."""
    plain = re.sub(r"\s+", " ", text.upper()).strip(" -:;,")
    return plain if sum(character.isalnum() for character in plain) >= 2 else None
