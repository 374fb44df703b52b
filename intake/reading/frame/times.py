"""Finds days and hours in a line."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from intake.reading.dates import pasaran, read_date
from intake.reading.frame.items import Item, Sense
from intake.reading.frame.matching import LAST_NIGHT, Hidden, any_of, found_words
from intake.reading.times import read_time
from language.lists import either, phrases


@cache
def _dates() -> tuple[re.Pattern[str], ...]:
    months = any_of(text for row in phrases("dates", "months").values() for text in row if text not in ("fb", "jn", "mai"))
    days = any_of(text for row in phrases("dates", "weekdays").values() for text in row)
    market = any_of(text for row in phrases("dates", "pasaran").values() for text in row if text not in ("manis", "asih"))
    day_words, month_words, year_words, ago = (any_of(phrases("dates", name)) for name in ("day_words", "month_words", "year_words", "ago"))
    offsets = any_of(
        text for value, row in phrases("dates", "days_from_today").items() for text in row if int(value) <= 0 and text not in _WEAK_OFFSETS
    )
    nights = any_of(phrases("dates", "last_night"))
    this = any_of(phrases("dates", "this"))
    named = rf"(?:{days} (?:{market} )?(?:, )?)?(?:(?:{day_words}) )?"
    behind = rf"(?:(?:(?: ,)?(?: {either('day')})? {days}(?: {market})?| {market})(?! {either('or')}\b))?"
    year = rf"(?: (?:{year_words} )?(?:19|20)\d\d| '?\d\d(?= [^_\d]*$))?"
    return tuple(
        re.compile(rf" (?P<span>{pattern})(?= )")
        for pattern in (
            rf"(?:\d|se) ?{either('week')} (?:{ago}|yang lalu|yg lalu)(?: ,)?(?: {either('day')})? {days}",
            rf"(?P<open>(?:{day_words} )?\d{{1,2}} {either('or', 'until')} \d{{1,2}}(?: {months}(?: \d{{4}})?)?)",
            rf"{named}\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:\d{{4}}|\d{{2}}){behind}",
            r"\d{4}-\d{1,2}-\d{1,2}",
            rf"{named}\d{{1,2}} (?:(?:{month_words}) )?{months}{year}{behind}",
            rf"{named}\d{{1,2}} {month_words} \d{{1,2}}(?: {year_words})? \d{{4}}",
            rf"{named}\d{{1,2}} {month_words} \d{{1,2}}(?! (?:{either('units', 'year')}|hari)| \d)",
            rf"{named}\d{{1,2}} {month_words} (?:{this}|{ago})",
            rf"(?:{days} (?:{market} )?(?:, )?)?{day_words} \d{{1,2}}(?: (?:{ago}|{this}))?{behind}",
            rf"{days} {market}(?: (?:{ago}|wingi|kemarin))?",
            rf"(?:{either('day')} )?{days} (?:minggu {either('past_days')}|{ago})",
            rf"\d{{1,2}} {either('day')} (?:{ago}|(?:yang|yg) lalu|kepungkur|kepengker)",
            rf"(?:{offsets}|{nights})",
        )
    )


_WEAK_OFFSETS = frozenset(
    {
        "sekarang",
        "skrg",
        "saiki",
        "sakniki",
        "sapunika",
        "tadi",
        "td",
        "mau",
        "wau",
        "lagi wae",
        "lagi ae",
        "barusan",
        "baru saja",
        "nembe mawon",
    }
)


def find_dates(hidden: Hidden, today: date) -> Iterator[Item]:
    """Days told outright or from today; one that can't be, or may be two, is doubted."""
    for at, pattern in enumerate(_dates()):
        for found in list(pattern.finditer(hidden.left)):
            span, start, end = found["span"], found.start("span"), found.end("span")
            other = _other_months().match(hidden.left[end:])
            day = None if found.groupdict().get("open") or other else _day(span, today)
            night = _nights().fullmatch(span) is not None
            if at == len(_dates()) - 1 and not night and not _tells_of_a_day(hidden, start, end):
                continue
            if _FEAST.search(hidden.line[:start]):
                day, night = None, False
            hidden.take(start, end)
            hidden.show(_parts_of_day(), start, end)
            if night:
                yield Item("tanggal_lahir", LAST_NIGHT, start, end)
                continue
            yield Item("tanggal_lahir", None if day is None else day.isoformat(), start, end, Sense.DOUBTED if day is None else Sense.SAID)


@cache
def _nights() -> re.Pattern[str]:
    return re.compile(any_of(phrases("dates", "last_night")))


def _tells_of_a_day(hidden: Hidden, start: int, end: int) -> bool:
    """Whether `kemarin` is no day on which something else was done (`sdh saya isi kemarin`)."""
    begin = max((found.end() for found in re.finditer(r" [,.?] ", hidden.line[: start + 1])), default=0)
    stop = re.search(r" [,.?] ", hidden.line[end:])
    part = hidden.line[max(begin - 1, 0) : end + stop.start() + 1 if stop else len(hidden.line)]
    return not found_words(part, "done_else")


_FEAST = re.compile(rf" {either('feasts')} $")
"""`Puasa kemarin` is no yesterday."""


@cache
def _other_months() -> re.Pattern[str]:
    return re.compile(rf" {any_of(phrases('dates', 'other_months'))} ")


def _day(span: str, today: date) -> date | None:
    market = _market_day(span, today)
    if market is not None:
        return market
    if weeks := _WEEKS_AGO.match(span):
        return _weeks_ago(weeks, today)
    if by_number := _BY_NUMBER.search(span):
        return read_date(f"{by_number[1]}-{by_number[2]}", today)
    day = read_date(re.sub(rf"(\d) {either('month')} (\d{{1,2}}) (?:(?:{either('year')}|th) )?(?=\d{{4}})", r"\1-\2-", span), today)
    if day is not None and day.year < today.year and not re.search(r"\b(?:19|20)\d\d\b|[/.-]\d\d$|\d\d [a-z]+ \d\d$", span):
        return None
    return day


_WEEKS_AGO = re.compile(rf"(\d|se) ?{either('week')} .* (\w+)$")
_BY_NUMBER = re.compile(rf"(\d{{1,2}}) {either('month')} (\d{{1,2}})$")


def _weeks_ago(found: re.Match[str], today: date) -> date | None:
    """`2 minggu lalu hari Senin`, said on a Monday; on another day of the week it may be one of two."""
    named = {int(number) for number, row in phrases("dates", "weekdays").items() if found[2] in row}
    weeks = 1 if found[1] == "se" else int(found[1])
    return today - timedelta(days=7 * weeks) if named == {today.weekday()} else None


def _market_day(span: str, today: date) -> date | None:
    """A day of the week with its market day and no date: the latest such day of the last thirty-five."""
    if re.search(r"\d", span):
        return None
    typed = span.split()
    days = {int(n) for n, row in phrases("dates", "weekdays").items() if any(word in row for word in typed)}
    market = {int(n) for n, row in phrases("dates", "pasaran").items() if any(word in row for word in typed)}
    if len(days) != 1 or len(market) != 1:
        return None
    back = (today - timedelta(days=ago) for ago in range(35))
    return next((day for day in back if day.weekday() in days and pasaran(day) in market), None)


# -- hours


@cache
def _hours() -> tuple[re.Pattern[str], ...]:
    clock, half, more, less, quarter = (any_of(phrases("times", name)) for name in ("clock", "half", "more", "less", "quarter"))
    part = any_of(text for row in phrases("times", "parts").values() for text in row)
    spare = rf"(?: (?:{more}|{less}) (?:\d{{1,2}}(?: (?:menit|mnt))?|{quarter}))"
    stated = (
        rf"(?:{clock})(?: {half})? \d{{1,2}}(?:[.:]\d{{2}}| [0-5]\d(?= (?:wib|{part}| ?$)))?(?: wib)?(?: {part})?{spare}?(?: pas"
        rf"| wib)?(?: {part})?"
    )
    bare = (
        rf"(?:{half} \d{{1,2}}(?: {part})?|\d{{1,2}}[.:]\d{{2}} (?:wib|{part})|(?<!\d )[012]?\d:[0-5]\d"
        rf"|[012]\d\.[0-5]\d(?: wib)?(?! {either('units')})|\d{{1,2}}{spare}? {part})"
    )
    between = (
        rf"(?:{clock}) \d{{1,2}}(?:[.:]\d\d)? (?:{either('or', 'until')}|s d)"
        rf"(?: {clock})? \d{{1,2}}(?:[.:]\d\d)?(?: {part})?"
    )
    return tuple(re.compile(rf" (?P<span>{pattern})(?= )") for pattern in (between, stated, bare))


@cache
def _parts_of_day() -> re.Pattern[str]:
    return re.compile(rf" (?P<part>{any_of(text for row in phrases('times', 'parts').values() for text in row)})(?= )")


def find_hours(hidden: Hidden, today: date) -> Iterator[Item]:
    """Hours of the day; one of twelve without its part of the day, and one between two, are doubted."""
    for at, pattern in enumerate(_hours()):
        for found in list(pattern.finditer(hidden.left)):
            span, start, end = found["span"], found.start("span"), found.end("span")
            part = _nearest_part(hidden, start, end) if not _parts_of_day().search(f" {span} ") else None
            stated = read_time(f"{span} {part}" if part else span) if at else None
            if stated is not None and not part and _open_hour(span):
                stated = None
            hidden.take(start, end)
            yield Item("pukul", None if stated is None else f"{stated:%H:%M}", start, end, Sense.DOUBTED if stated is None else Sense.SAID)
    for found in list(_parts_of_day().finditer(hidden.left)):
        if re.search(rf" {either('births', 'after')}$", hidden.left[: found.start()]):
            yield Item("pukul", None, found.start() + 1, found.end(), Sense.DOUBTED)


def _open_hour(span: str) -> bool:
    """Whether an hour may be of the morning or of the evening: one to twelve, no minutes, no nought in front."""
    if _parts_of_day().search(f" {span} ") or re.search(r"\d[.:]\d\d|\b0\d", span):
        return False
    hour = re.search(r"\d{1,2}", span)
    return hour is not None and int(hour[0]) <= 12


def _nearest_part(hidden: Hidden, start: int, end: int) -> str | None:
    """A part of the day in the same part of the sentence, in front or behind."""
    before = list(_parts_of_day().finditer(hidden.left[:start]))
    if before and not re.search(r"[,.?]", hidden.left[before[-1].end() : start]) and start - before[-1].end() < 25:
        return before[-1]["part"]
    behind = _parts_of_day().search(hidden.left, end - 1)
    if behind and not re.search(r" [.?] ", hidden.left[end - 1 : behind.start() + 1]) and behind.start() - end < 60:
        return behind["part"]
    return None


# -- measures
