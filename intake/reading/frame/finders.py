"""Finds the values of a birth in a line, the surest first; what one finder took, the next does not see."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache
from typing import Any

from intake.reading.dates import pasaran, read_date
from intake.reading.frame.items import Item, Sense, Who
from intake.reading.gazetteer import find_places, home_regency
from intake.reading.numbers import HIGHEST_RANK, read_length_cm, read_weight_gram
from intake.reading.times import read_time
from language.lists import phrases
from language.phrases import ENDINGS, plain

LAST_NIGHT = "last_night"
"""A day that only the hour tells: the night between yesterday and today."""
_END = rf"(?:{'|'.join(ENDINGS)})?"
_TITLED = r"(?:sri|siti|hj|h|bu|pak)"


class Hidden:
    """A line of which parts are taken."""

    def __init__(self, line: str) -> None:
        self.line = self.left = line
        self.siblings: list[tuple[int, int]] = []
        """Where another child of the family is spoken of (`yg no 2 meninggal`)."""

    def take(self, start: int, end: int) -> None:
        """Hides what was read."""
        self.left = self.left[:start] + re.sub(r"\S", "_", self.left[start:end]) + self.left[end:]

    def show(self, pattern: re.Pattern[str], start: int, end: int) -> None:
        """Leaves words of a taken span to the next finder, too."""
        for found in pattern.finditer(self.line, max(start - 1, 0), end + 1):
            self.left = self.left[: found.start()] + self.line[found.start() : found.end()] + self.left[found.end() :]

    def unread(self) -> Iterator[str]:
        """The figures that belong to nothing."""
        for found in re.finditer(r" (\d[\d.:/-]*)(?: (\w+))?", self.left):
            if (found[2] or "") not in _COUNTED:
                yield found[1]


_COUNTED = frozenset(
    {"orang", "menit", "mnt", "hari", "dina", "dinten", "minggu", "bulan", "tahun", "taun", "th", "jam", "kali", "huruf", "kata", "anak"}
)
"""What is counted beside the facts of a birth."""


def any_of(texts: Any) -> str:
    """A pattern for phrases, the longest first, with the endings of Indonesian and Javanese."""
    rows = sorted({plain(text) for text in texts}, key=len, reverse=True)
    spelled = (re.escape(row).replace("\\ ", f"{_END} ") for row in rows)  # `jenenge bapake`, `tanggale lahire`
    return rf"(?:{'|'.join(spelled)}){_END}"


@cache
def _words(section: str, group: str | None) -> re.Pattern[str]:
    entry = phrases("frame", group or section)
    return re.compile(rf" {any_of(entry[section] if group else entry)}(?= )")


def found_words(line: str, section: str, group: str | None = None) -> list[tuple[int, int]]:
    """Where the phrases of a section of `frame.yml` stand."""
    return [(found.start() + 1, found.end()) for found in _words(section, group).finditer(line)]


# -- dates


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
    behind = rf"(?:(?:(?: ,)?(?: hari| dina| dinten)? {days}(?: {market})?| {market})(?! (?:opo|apa|atau|utawa|po)\b))?"
    year = rf"(?: (?:{year_words} )?(?:19|20)\d\d| '?\d\d(?= [^_\d]*$))?"
    return tuple(
        re.compile(rf" (?P<span>{pattern})(?= )")
        for pattern in (
            rf"(?P<open>(?:{day_words} )?\d{{1,2}} (?:apa|opo|atau|utawa|utawi|po|sampai) \d{{1,2}}(?: {months}(?: \d{{4}})?)?)",
            rf"{named}\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:\d{{4}}|\d{{2}}){behind}",
            r"\d{4}-\d{1,2}-\d{1,2}",
            rf"{named}\d{{1,2}} (?:(?:{month_words}) )?{months}{year}{behind}",
            rf"{named}\d{{1,2}} {month_words} \d{{1,2}}(?: {year_words})? \d{{4}}",
            rf"{named}\d{{1,2}} {month_words} (?:{this}|{ago})",
            rf"(?:{days} (?:{market} )?(?:, )?)?{day_words} \d{{1,2}}(?: (?:{ago}|{this}))?{behind}",
            rf"{days} {market}(?: (?:{ago}|wingi|kemarin))?",
            rf"(?:hari |dina |dino |dinten )?{days} (?:minggu (?:lalu|kemarin|wingi)|{ago})",
            rf"\d{{1,2}} (?:hari|dino|dina|n?dino|dinten) (?:{ago}|yang lalu|yg lalu|kepungkur|kepengker)",
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


@cache
def _other_months() -> re.Pattern[str]:
    return re.compile(rf" {any_of(phrases('dates', 'other_months'))} ")


def _day(span: str, today: date) -> date | None:
    market = _market_day(span, today)
    if market is not None:
        return market
    day = read_date(re.sub(r"(\d) (?:bulan|bln|sasi|wulan) (\d{1,2}) (?:tahun |thn |th )?(?=\d{4})", r"\1-\2-", span), today)
    if day is not None and day.year < today.year and not re.search(r"\b(?:19|20)\d\d\b|[/.-]\d\d$|\d\d [a-z]+ \d\d$", span):
        return None
    return day


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
    told = (
        rf"(?:{clock})(?: {half})? \d{{1,2}}(?:[.:]\d{{2}}| [0-5]\d(?= (?:wib|{part}| ?$)))?(?: wib)?(?: {part})?{spare}?(?: pas"
        rf"| wib)?(?: {part})?"
    )
    bare = (
        rf"(?:{half} \d{{1,2}}(?: {part})?|\d{{1,2}}[.:]\d{{2}} (?:wib|{part})|(?<!\d )[012]?\d:[0-5]\d"
        rf"|[012]\d\.[0-5]\d(?: wib)?(?! (?:kg|kilo|cm|senti))|\d{{1,2}}{spare}? {part})"
    )
    between = (
        rf"(?:{clock}) \d{{1,2}}(?:[.:]\d\d)? (?:sampai|sampe|s d|atau|opo|apa|utawi|tekan|nganti"
        rf"|po)(?: {clock})? \d{{1,2}}(?:[.:]\d\d)?(?: {part})?"
    )
    return tuple(re.compile(rf" (?P<span>{pattern})(?= )") for pattern in (between, told, bare))


@cache
def _parts_of_day() -> re.Pattern[str]:
    return re.compile(rf" (?P<part>{any_of(text for row in phrases('times', 'parts').values() for text in row)})(?= )")


def find_hours(hidden: Hidden, today: date) -> Iterator[Item]:
    """Hours of the day; one of twelve without its part of the day, and one between two, are doubted."""
    for at, pattern in enumerate(_hours()):
        for found in list(pattern.finditer(hidden.left)):
            span, start, end = found["span"], found.start("span"), found.end("span")
            part = _nearest_part(hidden, start, end) if not _parts_of_day().search(f" {span} ") else None
            told = read_time(f"{span} {part}" if part else span) if at else None
            if told is not None and not part and _open_hour(span):
                told = None
            hidden.take(start, end)
            yield Item("pukul", None if told is None else f"{told:%H:%M}", start, end, Sense.DOUBTED if told is None else Sense.SAID)
    for found in list(_parts_of_day().finditer(hidden.left)):
        if re.search(r" (?:lahir|lair|laire|lairipun|lahirnya|bar|bakda|ba da|sehabis|habis|waktu|pas)$", hidden.left[: found.start()]):
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

_NUMBER = r"\d{1,5}(?:[.]\d{1,3})?"
_KILO, _ONS, _GRAM = r"(?:kg|kgs|kilo|kilogram|kiloan|kilonan|kilone)", r"(?:ons|on|hg|onsan)", r"(?:gram|gr|grm|grem|gm|g)"
_MORE = r"(?:lebih|luwih|langkung|punjul|punjule|kurang|kirang|koma)"
_HALF = r"(?:setengah|separo|tengah)"
_TOLD = re.compile(rf"\d{{2}}|\d\.\d|\d {_MORE}")
"""A bare figure that can be a measure."""
_WEIGHT = re.compile(
    rf" (?P<span>{_NUMBER} (?:{_KILO}|{_ONS}|{_GRAM})(?:(?: {_MORE})? {_NUMBER} (?:{_ONS}|{_GRAM})(?: {_HALF})?"
    rf"|(?<=(?:kg|lo))(?: {_MORE})? (?:\d|\d{{3}})(?![\d.]| (?:cm|senti|orang))(?= )| {_HALF})*)(?= )"
)
_LENGTH = re.compile(rf" (?P<span>{_NUMBER} (?:cm|senti\w*|centi\w*)|(?:setengah|separo|0\.5) meter|{_NUMBER} meter)(?= )")


@cache
def _labelled(field: str) -> re.Pattern[str]:
    return re.compile(
        rf" {any_of(phrases('frame', 'labels')[field])}(?: (?:lahir|badan|bayi|bayinya|nya|tadi|itu"
        rf"|saya|anak|si|bayine|anaknya|:|\w+))? (?P<span>{_NUMBER}(?: {_MORE} {_NUMBER}| {_HALF})?)(?= )"
    )


def find_measures(hidden: Hidden, today: date) -> Iterator[Item]:
    """Weight and length: with a unit, behind their name, or as the two bare figures that only they can be."""
    for found in list(_RANGE.finditer(hidden.left)):
        first = float(re.match(_NUMBER, found["span"])[0])  # type: ignore[index]
        length = (found["unit"] or "").startswith(("cm", "senti")) or (not found["unit"] and 30 <= first <= 60)
        yield _measure(hidden, "panjang" if length else "berat", None, found.start("span"), found.end("span"))
    for field, pattern, read in (("berat", _WEIGHT, read_weight_gram), ("panjang", _LENGTH, read_length_cm)):
        for found in list(pattern.finditer(hidden.left)):
            span, start, end = found["span"], found.start("span"), found.end("span")
            yield _measure(hidden, field, read(_joined(span)), start, end)
    for field, read in (("berat", read_weight_gram), ("panjang", read_length_cm)):
        for found in list(_labelled(field).finditer(hidden.left)):
            start, end = found.start("span"), found.end("span")
            value = read(_joined(found["span"])) if _TOLD.match(found["span"]) else None
            other = {"berat": ("panjang", read_length_cm), "panjang": ("berat", read_weight_gram)}[field]
            if value is None and (swapped := other[1](found["span"])) is not None and found_words(hidden.line, "swapped"):
                yield _measure(hidden, other[0], swapped, start, end)
                continue
            yield _measure(hidden, field, value, start, end)
    yield from _bare(hidden)


def _measure(hidden: Hidden, field: str, value: Any, start: int, end: int) -> Item:
    hidden.take(start, end)
    whole = int(value) if isinstance(value, float) and value == int(value) else value
    return Item(field, whole, start, end, Sense.SAID if value is not None else Sense.DOUBTED)


def _joined(span: str) -> str:
    span = re.sub(r"(\d) ons (?:setengah|separo|tengah)\b", r"\1.5 ons", span)
    return re.sub(r"\b(\d+) koma (\d)", r"\1.\2", re.sub(r"punjule?", "lebih", span))


_RANGE = re.compile(
    rf" (?P<span>{_NUMBER}(?: {_KILO}| cm)? (?:sampai|sampe|atau|opo|apa|utawi|utawa|po) {_NUMBER}(?: (?P<unit>{_KILO}"
    rf"|{_ONS}|{_GRAM}|cm|senti))?)(?= )"
)
_FOUR = re.compile(r" (?P<weight>(?:[1-5]\d{3}|[1-5]\.\d{3}))(?:(?: [,.])? (?P<length>[345]\d(?:\.\d)?))?(?= (?!\w*(?:bulan|tahun)))")
_KILOS = re.compile(r" (?P<weight>[1-5]\.\d{1,2})(?= )")


def _bare(hidden: Hidden) -> Iterator[Item]:
    """`3350 51`, `3400/50`: four figures that are no year, two behind them; `2,7` where no weight was said."""
    for found in list(_FOUR.finditer(hidden.left)):
        weight = read_weight_gram(found["weight"])
        if weight is None or 1900 <= weight <= 2030:
            continue
        yield _measure(hidden, "berat", weight, found.start("weight"), found.end("weight"))
        if found["length"]:
            yield _measure(hidden, "panjang", read_length_cm(found["length"]), found.start("length"), found.end("length"))
    for found in list(_KILOS.finditer(hidden.left)):
        yield _measure(hidden, "berat", read_weight_gram(found["weight"]), found.start("weight"), found.end("weight"))
    if hidden.left != hidden.line:
        for found in list(re.finditer(r" (?P<length>[45]\d(?:\.\d)?)(?= (?:$|[,.]|\w*_))", hidden.left)):
            yield _measure(hidden, "panjang", read_length_cm(found["length"]), found.start("length"), found.end("length"))


# -- the rank among the mother's births


@cache
def _ranks() -> tuple[re.Pattern[str], ...]:
    ordinals = any_of(text for row in phrases("numbers", "ordinals").values() for text in row if text not in ("awal",))
    child = (
        r"(?:anak|putra|putro|putri|lare|lahiran|kelahiran|kelairan|bayi|adik|cah|yang|yg|sing|ingkang|niki|iki|ini)(?:e|ne|nya|ku|ipun)?"
    )
    return tuple(
        re.compile(rf" (?P<span>{pattern})(?= )")
        for pattern in (
            r"g \d p \d a \d",
            r"g \d(?= )",
            rf"(?:(?:{child} ){{1,3}}(?:(?:ragil|bungsu) )?(?:ke|kaping|nomer|nomor|no|nmr|urutan)"
            r"|ke|kaping|ragil nomer) (?P<rank>\d{1,2})",
            rf"(?:{child} ){{0,3}}(?P<word>{ordinals})",
            r"ke - (?P<rank>\d{1,2})|anak (?P<rank2>\d{1,2})",
            r"(?:bungsu|ragil)(?: \w+){0,2} (?:dari|saking) (?P<rank3>\d{1,2}) (?:bersaudara|sedulur)",
            r"punya kakak (?P<older>\d)|gadhah yugo (?P<older3>\d)",
        )
    )


def find_ranks(hidden: Hidden, today: date) -> Iterator[Item]:
    """`anak ke 2`, `kaping kalih`, `mbarep`, `G2`, `punya kakak dua`; `ragil` alone leaves it open."""
    for pattern in _ranks():
        for found in list(pattern.finditer(hidden.left)):
            groups = found.groupdict()
            digits = next((groups[name] for name in ("rank", "rank2", "rank3") if groups.get(name)), None)
            older = next((groups[name] for name in ("older", "older3") if groups.get(name)), None)
            if digits is not None:
                rank = int(digits)
            elif older is not None:
                rank = int(older) + 1
            elif groups.get("word"):
                rank = _ordinal(groups["word"])
            else:
                rank = int(re.search(r"\d", found["span"])[0])  # type: ignore[index]
            if re.match(r"(?:putri|putra)\w* (?:pertama|kedua|ketiga)", found["span"]):
                yield Item("kelahiran_ke", None, found.start("span"), found.end("span"), Sense.NAMED)
                continue
            if re.search(r"(?:istri|suami|papan|nikah|kali|wadon) $", hidden.left[: found.start("span")]):
                continue
            if re.match(r"(?:yg|yang|sing|ingkang) ", found["span"]) and not re.match(
                r" (?:$|[,.?]|_|pak|bu|mas|mbak|nggih|ya)", hidden.left[found.end("span") :]
            ):
                hidden.take(found.start("span"), found.end("span"))
                hidden.siblings.append((found.start("span"), found.end("span")))
                continue
            hidden.take(found.start("span"), found.end("span"))
            yield Item(
                "kelahiran_ke", rank, found.start("span"), found.end("span"), Sense.SAID if 0 < rank <= HIGHEST_RANK else Sense.DOUBTED
            )
    for found in list(re.finditer(r" (?:bungsu|ragil|pamuragil)(?= )", hidden.left)):
        yield Item("kelahiran_ke", None, found.start() + 1, found.end(), Sense.NAMED)


def _ordinal(word: str) -> int:
    return next(
        int(rank) for rank, row in phrases("numbers", "ordinals").items() if any(word == text or word.startswith(text) for text in row)
    )


# -- people and places


def _kinds(file: str, section: str, leave_out: frozenset[str]) -> str:
    rows = phrases(file, section)
    return "|".join(f"(?P<{value}>{any_of(text for text in row if text not in leave_out)})" for value, row in rows.items())


@cache
def _sexes() -> re.Pattern[str]:
    skip = frozenset({"l", "p", "co", "ce", "cow", "lk", "pr", "gus", "putra", "putro", "putri", "male", "boy", "girl"})
    return re.compile(rf" (?P<span>{_kinds('people', 'sex', skip)})(?= )")


_SEX_LETTER = re.compile(r" (?P<sex>l|p|lk|pr|cow|putri)(?= (?:,|\.|_|$))")


def find_sex(hidden: Hidden, today: date) -> Iterator[Item]:
    """A sex; not the husband's or the grandmother's that the word belongs to (`bojo wedok`, `mbah lanang`)."""
    for found in list(_sexes().finditer(hidden.left)):
        before = hidden.left[: found.start("span")].rsplit(" ", 2)[-2:-1]
        if before and before[0].startswith(("bojo", "mbah", "simbah", "semah", "kakak", "nama", "jeneng", "dokter", "bidan")):
            continue
        value = "L" if found["L"] else "P"
        hidden.take(found.start("span"), found.end("span"))
        yield Item("jenis_kelamin", value, found.start("span"), found.end("span"))
    for letter in list(_SEX_LETTER.finditer(hidden.left)):
        hidden.take(letter.start("sex"), letter.end("sex"))
        yield Item("jenis_kelamin", "L" if letter["sex"] in ("l", "lk", "cow") else "P", letter.start("sex"), letter.end("sex"))
    for found in list(re.finditer(r" (?P<span>jagoan|thole|arek lanang)(?= )", hidden.left)):
        yield Item("jenis_kelamin", "L", found.start("span"), found.end("span"))


@cache
def _houses() -> re.Pattern[str]:
    unclear = any_of(phrases("frame", "unclear_places"))
    rows = phrases("places", "place_kind")
    skip = frozenset(
        {"lain", "lain lain", "lainnya", "liyane", "sanes", "bidan", "jalan", "dalan", "omahe", "alas", *phrases("frame", "unclear_places")}
    )
    kinds = "|".join(f"(?P<{value}>{any_of(t for t in row if t not in skip)})" for value, row in rows.items())
    return re.compile(rf" (?P<span>(?P<unclear>{unclear})|{kinds})(?= )")


@cache
def _behind(section: str, between: str) -> re.Pattern[str]:
    """Matches a line that ends with a phrase of a section of `frame.yml`, and with small words after it."""
    return re.compile(rf" {any_of(phrases('frame', section))}(?: (?:{between}))*(?: )?$")


def find_houses(hidden: Hidden, today: date) -> Iterator[Item]:
    """The kind of place; a midwife's own house is none that the form tells apart, a letter's issuer and the way there are none at all."""
    for found in list(_houses().finditer(hidden.left)):
        start, end = found.start("span"), found.end("span")
        if hidden.line[start:end] == "rb" and re.search(r"\d $", hidden.line[:start]):
            continue
        if _behind("not_born_there", "di|ke|neng|ten").search(hidden.left[:start]) or (
            re.match(r" (?:sakit)?\s*$", hidden.left[end:]) is None
            and hidden.left[start:end] == "rumah"
            and hidden.left[end:].startswith(" tangga")
        ):
            if re.search(r"(?:lawang|ngarep|depan)(?: \w+)? $", hidden.left[:start]):
                yield Item("tempat_dilahirkan", None, start, end, Sense.DOUBTED)
            hidden.take(start, end)
            continue
        hidden.take(start, end)
        if found["unclear"]:
            yield Item("tempat_dilahirkan", None, start, end, Sense.DOUBTED)
        else:
            value = next(name for name in ("rs_rb", "puskesmas", "polindes", "rumah", "lainnya") if found[name])
            yield Item("tempat_dilahirkan", value, start, end)


@cache
def _helpers() -> re.Pattern[str]:
    skip = frozenset(
        {
            "lain",
            "lain lain",
            "lainnya",
            "sanes",
            "liyane",
            "liane",
            "sendiri",
            "sendirian",
            "dewe",
            "dewean",
            "dhewe",
            "piyambak",
            "suami",
            "ibu saya",
            "mertua",
            "bojo",
            "keluarga",
            "tetangga",
            "tonggo",
            "mbahe",
            "simbah",
            "sopir",
            "polisi",
            "piyambakan",
            "operasi",
        }
    )
    rows = phrases("people", "helper")
    return re.compile(
        " (?P<span>" + "|".join(f"(?P<{value}>{any_of(t for t in row if t not in skip)})" for value, row in rows.items()) + ")(?= )"
    )


_TO = "oleh|karo|kalih|sama|dening|yo|ya|itu|niku"
_MISSED = re.compile(r" (?:\w+ )?(?:telat|terlambat|teka pas|datang pas|keluar|ora ono|durung teka|belum datang)(?= )")
_MIDWIFE = re.compile(r" (?:saya|sy|kulo|aku|ini|niki) (?:bu )?bidan ")


@cache
def _kin() -> re.Pattern[str]:
    helped, kin = any_of(phrases("frame", "helped")), any_of(phrases("frame", "kin"))
    return re.compile(rf" {helped}(?: (?:yo|ya|karo|oleh))? (?P<span>{kin}|mbah(?! dukun)\w*)(?= )")


def find_helpers(hidden: Hidden, today: date) -> Iterator[Item]:
    """Who helped; where somebody is said to have helped (`sing nulungi …`), nobody else who is named did."""
    found_all: list[tuple[bool, Item]] = []
    for found in list(_kin().finditer(hidden.left)):
        herself = re.search(r"(?:sendiri|dhewe|dewe|piyambak)$", found["span"]) and _MIDWIFE.search(hidden.line)
        value = "bidan_perawat" if herself else "lainnya"
        found_all.append((True, Item("penolong", value, found.start("span"), found.end("span"))))
        hidden.take(found.start("span"), found.end("span"))
    for found in list(_helpers().finditer(hidden.left)):
        start, end = found.start("span"), found.end("span")
        value = next(name for name in ("dokter", "bidan_perawat", "dukun", "lainnya") if found[name])
        if _behind("no_helper", "bu|pak|mbah").search(hidden.line[:start]) or _MISSED.match(hidden.left[end:]):
            hidden.take(start, end)
            continue
        joined = (
            bool(found_all)
            and found_all[-1][0]
            and re.search(r"_ (?:kaliyan|kalian|kalih|karo|dan|sama|lan|dgn|dengan) $", hidden.left[:start])
        )
        helped = joined or _behind("helped", _TO).search(hidden.line[:start])
        found_all.append((bool(helped), Item("penolong", value, start, end)))
        hidden.take(start, end)
    sure = [item for helped, item in found_all if helped]
    yield from sure or (item for _, item in found_all)


def find_towns(hidden: Hidden, today: date) -> Iterator[Item]:
    """Kabupaten and kota of the gazetteer, and `kabupaten kita`; not where somebody works, comes from or was referred from."""
    here = [(found.start() + 1, found.end()) for found in _words("here", None).finditer(hidden.left)]
    for start, end in here:
        hidden.take(start, end)
        yield Item("tempat_kelahiran", home_regency(), start, end)
    places = find_places(hidden.left)
    for place in places:
        if _behind("not_born_in", "di|neng|ten|ing|saking|soko|dari").search(hidden.left[: place.start]):
            hidden.take(place.start, place.end)
            continue
        hidden.take(place.start, place.end)
        yield Item("tempat_kelahiran", place.name, place.start, place.end, Sense.SAID if place.name else Sense.DOUBTED)


FINDERS: tuple[Callable[[Hidden, date], Iterator[Item]], ...] = (
    find_dates, find_hours, find_ranks, find_measures, find_houses, find_helpers, find_sex, find_towns,
)  # fmt: skip
__all__ = ["FINDERS", "Hidden", "Who", "any_of", "found_words"]
