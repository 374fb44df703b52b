"""Reads a date as people write it: figures, month names, days gone by, days of the week and of the Javanese market week.

The line is turned into a string of one letter a word (M month, W day of the week, …), and the ways of telling a date are patterns
over it. dateparser was tried first: it takes whole strings only, reads `jam 4` as the 4th, and knows neither Javanese nor
`Selasa Pon tgl 3`. Months of the Javanese and the Islamic calendar stay unread: only the family knows which civil date they mean.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import islice

from intake.reading.numbers import with_figures
from intake.reading.times import hour_of, without_times
from language.lists import either, phrases
from language.phrases import Phrasebook, plain, words
from standard.clock import MONTHS

EARLIEST_YEAR = 1900
MOST_ROUGH_DAYS = 56
"""Eight weeks: of what lies longer ago, nobody counts the weeks to the day."""
_NO_DAY = "32"
_LETTER_BY_LENGTH = {1: "N", 2: "D", 4: "C"}
_PASARAN_EPOCH = date(1945, 8, 17)
"""A Friday Legi, by which the market week of five days is counted."""

_NOISE = re.compile(rf"\d{{9,}}|\d[\d .\-]{{11,}}\d|\d+(?:[.,]\d+)?\s*(?:{either('counted')}|x)\b")
_ISO = r"(?<!\d)(?P<y>\d{4})\s*[-/.]\s*(?P<m>\d{1,2})\s*[-/.]\s*(?P<d>\d{1,2})(?!\d)"
_GAP = r"(?:\s*[-/.,]\s*|[^\S ]* \s*)"
_DMY = rf"(?<!\d)(?P<d>\d{{1,2}}){_GAP}(?P<m>\d{{1,2}}){_GAP}'?(?P<y>\d{{4}}|\d{{2}})(?!\d)"
_COMPACT = r"(?<!\d)(?P<d>\d{2})(?P<m>\d{2})(?P<y>\d{4})(?!\d)"
_DM = r"(?<![\d.,])(?P<d>\d{1,2})\s*[-/]\s*(?P<m>\d{1,2})(?![\d.,/-])"
_FIGURES = tuple(re.compile(pattern) for pattern in (_ISO, _DMY, _COMPACT, _DM))


@dataclass(frozen=True)
class _Word:
    letter: str
    number: int


@dataclass(frozen=True)
class _Dated:
    """A date told outright: the days it can mean, the likeliest first, and where it stands in the line."""

    days: tuple[date, ...]
    start: int
    end: int


def read_date(text: str, today: date, *, future: bool = False) -> date | None:
    """The one date that the text names, never after `today` unless `future`; None where it names none or leaves it open.

    Open are: two dates, a day of the week that isn't the date's, a lone day of the week (`Senin`; `Senin kemarin` is read), weeks and
    months gone by, and `tadi malam` without an hour. Without a year the latest such day is meant; two figures mean the latest year
    that isn't to come.
    """
    limit = today + timedelta(days=366) if future else today
    if not future and set(words(text)) & set(phrases("dates", "reckoned")):
        return None
    typed = _classified(_in_words(without_times(with_figures(_NOISE.sub(" ", plain(text))))))
    letters = "".join(word.letter for word in typed)
    stated = list(_stated(typed, letters, today, limit))
    if stated:
        days = {_agreeing(one, typed, letters) for one in stated}
        return days.pop() if len(days) == 1 else None
    return _relative(typed, letters, text, today, limit)


def read_rough_date(text: str, today: date) -> date | None:
    """The day that weeks gone by (`seminggu yang lalu`) or a day of both weeks (`Selasa Pon`) come to. Told roundly: to be confirmed."""
    typed = _classified(with_figures(_NOISE.sub(" ", plain(text))))
    if (day := _latest_of_both_weeks(typed, today)) is not None:
        return day
    found = re.fullmatch(r"[bTU]*(?:(?P<weeks>[ND])G|(?P<span>S))(?:A|(?P<offset>O))b*", "".join(word.letter for word in typed))
    if found is None or (found["offset"] and typed[found.start("offset")].number != -1):
        return None
    days = typed[found.start("span")].number if found["span"] else 7 * typed[found.start("weeks")].number
    return today - timedelta(days=days) if 0 < days <= MOST_ROUGH_DAYS else None


def read_weton(text: str, today: date) -> date | None:
    """The latest day of that name in both Javanese weeks (`Selasa Pon`), where nothing else in the text tells a date."""
    return _latest_of_both_weeks(_classified(with_figures(_NOISE.sub(" ", plain(without_times(text))))), today)


def _latest_of_both_weeks(typed: list[_Word], today: date) -> date | None:
    """The latest day that has that name in both weeks, which comes once in 35 days; None beside anything else that tells a date."""
    letters = "".join(word.letter for word in typed)
    found = re.search(r"(?P<eve>E?)U?WP", letters)
    if found is None or letters.count("W") + letters.count("P") > 2 or re.search(r"[MOASTGBY]", letters):
        return None
    named = [word for word in typed[found.start() : found.end()] if word.letter in "WP"]
    eve = timedelta(days=1 if found["eve"] else 0)
    days = (today - timedelta(days=back) for back in range(36))
    return next((day - eve for day in days if _is_on(day, named) and day - eve <= today), None)


def pasaran(day: date) -> int:
    """The day of the Javanese market week: 0 Legi, 1 Pahing, 2 Pon, 3 Wage, 4 Kliwon."""
    return (day - _PASARAN_EPOCH).days % 5


def _in_words(line: str) -> str:
    """The line with its dates in figures written with the month's name: `3.2.24` becomes `3 februari 24`."""
    for pattern in _FIGURES:
        line = pattern.sub(_in_word, line)
    return line


def _in_word(found: re.Match[str]) -> str:
    parts = found.groupdict()
    month = int(parts["m"])
    day, name = (parts["d"], MONTHS[month - 1]) if 1 <= month <= 12 else (_NO_DAY, MONTHS[0])
    return f" {day} {name} {parts.get('y') or ''} ".lower()


def _days(day: int, month: int, year: str | None, today: date, limit: date) -> Iterator[date]:
    """The days that figures can mean within the limit: the one of that year, or without a year the latest two."""
    if year is None:
        years: list[int] = list(range(limit.year, limit.year - 9, -1))
    elif len(year) == 4:
        years = [int(year)]
    else:
        century = limit.year // 100 * 100
        years = [century + int(year)] if century + int(year) <= limit.year else [century - 100 + int(year)]
    real = (made for number in years if number >= EARLIEST_YEAR and (made := _date(number, month, day)) is not None)
    return islice((made for made in real if made <= limit), 2)


def _classified(line: str) -> list[_Word]:
    """The words of the line, each as a letter and a number; a phrase counts as one word."""
    typed = words(line)
    known = {hit.start: hit for hit in _calendar().found(typed)}
    result: list[_Word] = []
    at = 0
    while at < len(typed):
        hit = known.get(at)
        result.append(_Word(*hit.value) if hit is not None else _unlisted(typed[at]))
        at = hit.end if hit is not None else at + 1
    return _weeks_apart(result)


def _unlisted(word: str) -> _Word:
    """A figure by its length (`N` one, `D` two, `C` four), a word that may stand beside a day (`b`), anything else (`?`)."""
    if word.isdecimal() and len(word) in _LETTER_BY_LENGTH:
        return _Word(_LETTER_BY_LENGTH[len(word)], int(word))
    return _Word("b" if word in _beside() else "?", 0)


def _weeks_apart(typed: list[_Word]) -> list[_Word]:
    """`minggu` is Sunday or a week: a week after a number, and before `lalu` or `ini` unless `hari` stands in front."""
    letters = "".join(word.letter for word in typed)
    weeks = {found.start() for found in re.finditer(r"(?<=[ND])G|(?<!U)G(?=[AOH])", letters)}
    return [_Word("W", 6) if word.letter == "G" and at not in weeks else word for at, word in enumerate(typed)]


def _stated(typed: list[_Word], letters: str, today: date, limit: date) -> Iterator[_Dated]:
    """The dates told with the name of a month or with `tanggal`."""
    taken = 0
    for found in _TELLINGS.finditer(letters):
        if found.start() < taken or found.lastgroup is None:
            continue
        taken = found.end()
        numbers = [word.number for word in typed[found.start() : found.end()] if word.letter in "NDCM"]
        days = _MEANINGS[found.lastgroup](numbers, typed[found.start() : found.end()], today, limit)
        yield _Dated(tuple(days), found.start(), found.end())


def _by_month(day: int, month: int, year: list[int], today: date, limit: date) -> Iterator[date]:
    return _days(day, month, f"{year[0]:02d}" if year else None, today, limit)


def _in_month(numbers: list[int], typed: list[_Word], today: date, limit: date) -> Iterator[date]:
    """`tanggal 3 bulan ini`, `tanggal 3 bulan lalu`."""
    months_back = 0 if typed[-1].letter == "H" else 1
    months = today.year * 12 + today.month - 1 - months_back
    made = _date(months // 12, months % 12 + 1, numbers[0])
    return iter([made] if made is not None and made <= limit else [])


def _latest(numbers: list[int], typed: list[_Word], today: date, limit: date) -> Iterator[date]:
    """`tanggal 3`: the latest 3rd, and those of the two months before it, in case a day of the week tells them apart."""
    months = [limit.year * 12 + limit.month - 1 - back for back in range(5)]
    real = (made for month in months if (made := _date(month // 12, month % 12 + 1, numbers[0])) is not None)
    return islice((made for made in real if made <= limit), 3)


_Meaning = Callable[[list[int], list[_Word], date, date], Iterator[date]]
_ROWS: tuple[tuple[str, str, _Meaning], ...] = (
    ("day_month", r"[ND]B?MY?[DC]|[ND]B?M", lambda n, _, today, limit: _by_month(n[0], n[1], n[2:], today, limit)),
    ("month_day", r"MT?[ND]Y?C|MT?[ND]", lambda n, _, today, limit: _by_month(n[1], n[0], n[2:], today, limit)),
    ("numbered", r"T?[ND]B[ND]Y[DC]|T?[ND]B[ND]C|T[ND]B[ND]", lambda n, _, today, limit: _by_month(n[0], n[1], n[2:], today, limit)),
    ("this_or_last_month", r"T[ND]B[HAO]", _in_month),
    ("day_only", r"T[ND](?![BMGU])", _latest),
)
_TELLINGS = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern, _ in _ROWS))
_MEANINGS = {name: meaning for name, _, meaning in _ROWS}


def _agreeing(stated: _Dated, typed: list[_Word], letters: str) -> date | None:
    """The likeliest of the days that agrees with the day of the week and of the market week beside it."""
    before = re.search(r"(E?)U?W(P?)T?$", letters[: stated.start])
    after = re.match(r"(E?)U?W(P?)", letters[stated.end :])
    beside = before or after
    if beside is None:
        return stated.days[0] if stated.days else None
    offset = 0 if before else stated.end
    around = typed[beside.start() + offset : beside.end() + offset]
    return next((day for day in stated.days if _is_on(day, around)), None)


def _is_on(day: date, around: list[_Word]) -> bool:
    """Whether day and market day are those named; the evening before (`malam Selasa`) may be told as either of its dates."""
    weekday = next(word.number for word in around if word.letter == "W")
    market = next((word.number for word in around if word.letter == "P"), None)
    eve = any(word.letter == "E" for word in around)
    days = [day, day + timedelta(days=1)] if eve else [day]
    return any(one.weekday() == weekday and market in (None, pasaran(one)) for one in days)


def _relative(typed: list[_Word], letters: str, text: str, today: date, limit: date) -> date | None:
    """Days told by their distance; only where the line speaks of nothing else."""
    if "?" in letters or "S" in letters:
        return None
    counted = re.search(r"[ND]U[AO]", letters)
    offsets = {word.number for word in typed if word.letter == "O"}
    named = re.search(r"(?P<eve>E?)U?W(?P<market>P?)", letters)
    if counted:
        number = typed[counted.start()].number
        return today - timedelta(days=number) if 0 < number <= 60 else None
    if named:
        return _weekday(typed, letters, named, today)
    if "L" in letters:
        hour = hour_of(text)
        return None if hour is None or 6 <= hour < 17 else today - timedelta(days=1 if hour >= 17 else 0)
    if len(offsets) != 1 or re.search(r"[GBY]", letters):
        return None
    day = today + timedelta(days=offsets.pop())
    return day if day <= limit else None


def _weekday(typed: list[_Word], letters: str, named: re.Match[str], today: date) -> date | None:
    """`Senin kemarin`, `Senin minggu lalu`, `Senin ini`, `hari ini Senin`, `Selasa Pon wingi`; a lone day of the week stays open."""
    around = typed[named.start() : named.end()]
    eve = timedelta(days=1 if named["eve"] else 0)
    before, after = letters[: named.start()], letters[named.end() :]
    offset = next((word.number for word in typed if word.letter == "O"), None)
    plain_day = [word for word in around if word.letter != "E"]
    monday = today - timedelta(days=today.weekday())
    if re.match(r"G[AO]", after):
        candidates = [monday + timedelta(days=back - 7) for back in range(7)]
    elif re.match(r"G?H", after):
        candidates = [monday + timedelta(days=back) for back in range(7)]
    elif offset == 0:
        candidates = [today]
    elif offset == -1 or "A" in after:
        first = 2 if "A" in after and not named["market"] else 1
        candidates = [today - timedelta(days=back) for back in range(1, 36)]
        if first == 2 and _is_on(candidates[0], plain_day):
            return None
    else:
        return None
    return next((day - eve for day in candidates if _is_on(day, plain_day) and day - eve <= today and "O" not in before[:-1]), None)


@cache
def _calendar() -> Phrasebook[tuple[str, int]]:
    """Every word that a date is told with, as its letter and number."""
    rows = {("M", int(n)): texts for n, texts in phrases("dates", "months").items()}
    rows |= {("W", int(n)): [t for t in texts if t not in phrases("dates", "week")] for n, texts in phrases("dates", "weekdays").items()}
    rows |= {("P", int(n)): texts for n, texts in phrases("dates", "pasaran").items()}
    rows |= {("O", int(n)): texts for n, texts in phrases("dates", "days_from_today").items()}
    rows |= {("S", int(n)): texts for n, texts in phrases("dates", "spans").items()}
    offsets = {text for texts in phrases("dates", "days_from_today").values() for text in texts}
    for letter, section in _SECTIONS.items():
        rows[letter, 0] = [text for text in phrases("dates", section) if text not in offsets]
    return Phrasebook(rows)


_SECTIONS = {
    "L": "last_night",
    "U": "day_units",
    "A": "ago",
    "H": "this",
    "E": "eve",
    "B": "month_words",
    "Y": "year_words",
    "T": "day_words",
    "G": "week",
}


@cache
def _beside() -> frozenset[str]:
    return frozenset(phrases("dates", "beside"))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
