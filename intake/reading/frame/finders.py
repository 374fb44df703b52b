"""Finds the values of a birth in a line, the surest first; what one finder took, the next does not see."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache

from intake.reading.frame.items import Item, Sense, Who
from intake.reading.frame.matching import Hidden, any_of, found_words, pattern_of
from intake.reading.frame.measures import find_measures
from intake.reading.frame.times import find_dates, find_hours
from intake.reading.gazetteer import find_places, home_regency
from intake.reading.numbers import HIGHEST_RANK
from language.lists import either, phrases, word_set


@cache
def _ranks() -> tuple[re.Pattern[str], ...]:
    ordinals = any_of(text for row in phrases("numbers", "ordinals").values() for text in row if text not in ("awal",))
    child = rf"{either('child', 'child_said', 'which', 'this')}{either('endings')}?"
    return tuple(
        re.compile(rf" (?P<span>{pattern})(?= )")
        for pattern in (
            r"g \d p \d a \d",
            r"g \d(?= )",
            rf"(?:(?:{child} ){{1,3}}(?:(?:ragil|bungsu) )?(?:{either('numbered', 'ranked')}|no)"
            rf"|{either('ranked')}|ragil nomer) (?P<rank>\d{{1,2}})",
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
            if re.match(rf"(?:putri|putra)\w* {either('ordinals')}", found["span"]):
                yield Item("kelahiran_ke", None, found.start("span"), found.end("span"), Sense.NAMED)
                continue
            if re.search(rf"{either('no_rank')} $", hidden.left[: found.start("span")]):
                continue
            if re.match(rf"{either('which')} ", found["span"]) and not re.match(
                rf" (?:$|[,.?]|_|{either('address', 'agreeing', 'this')})", hidden.left[found.end("span") :]
            ):
                hidden.take(found.start("span"), found.end("span"))
                hidden.siblings.append((found.start("span"), found.end("span")))
                continue
            hidden.take(found.start("span"), found.end("span"))
            yield Item(
                "kelahiran_ke", rank, found.start("span"), found.end("span"), Sense.SAID if 0 < rank <= HIGHEST_RANK else Sense.DOUBTED
            )
    for found in list(re.finditer(rf"(?:^| [,.]) (?P<span>(?:{either('numbered')}|no) (?P<rank>\d))(?= (?:$|[,.]))", hidden.left)):
        hidden.take(found.start("span"), found.end("span"))
        yield Item("kelahiran_ke", int(found["rank"]), found.start("span"), found.end("span"))
    for found in list(re.finditer(rf" {either('last_born')}(?= )", hidden.left)):
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
    return re.compile(rf" (?P<span>{_kinds('people', 'sex', word_set('words', 'sexes_unsure'))})(?= )")


_SEX_LETTER = re.compile(rf" (?P<sex>{either('sex_letters')})(?= (?:,|\.|_|$))")


_GIRL = re.compile(rf" (?P<span>putri{either('endings')}? (?:{either('self', 'this', 'ordinals')}|kami)|{either('girls')})(?= )")


_OF_ANOTHER = re.compile(either("sex_of_another"))


def find_sex(hidden: Hidden, today: date) -> Iterator[Item]:
    """A sex; not the husband's or the grandmother's that the word belongs to (`bojo wedok`, `mbah lanang`)."""
    for found in list(_sexes().finditer(hidden.left)):
        before = hidden.left[: found.start("span")].rsplit(" ", 2)[-2:-1]
        if before and _OF_ANOTHER.match(before[0]):
            continue
        value = "L" if found["L"] else "P"
        hidden.take(found.start("span"), found.end("span"))
        yield Item("jenis_kelamin", value, found.start("span"), found.end("span"))
    for letter in list(_SEX_LETTER.finditer(hidden.left)):
        hidden.take(letter.start("sex"), letter.end("sex"))
        yield Item("jenis_kelamin", "L" if letter["sex"] in ("l", "lk", "cow") else "P", letter.start("sex"), letter.end("sex"))
    for found in list(_GIRL.finditer(hidden.left)):
        yield Item("jenis_kelamin", "P", found.start("span"), found.end("span"))
    for found in list(re.finditer(rf" (?P<span>{either('boys')})(?= )", hidden.left)):
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
        if _behind("not_born_there", f"{either('at')}|ke").search(hidden.left[:start]) or (
            re.match(r" (?:sakit)?\s*$", hidden.left[end:]) is None
            and hidden.left[start:end] == "rumah"
            and hidden.left[end:].startswith(" tangga")
        ):
            if re.search(rf"{either('house_front')}(?: \w+)? $", hidden.left[:start]):
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


_TO = either("by", "agreeing", "that")
_MISSED = re.compile(rf" (?:\w+ )?{either('said', 'helper_away')}(?= )")
_MIDWIFE = re.compile(rf" {either('self', 'this')} (?:bu )?bidan ")


_HOUSE_NAME = re.compile(rf" {either('hospitals')}(?: umum)? $")
_TITLED_NAME = re.compile(r" [^\W\d_]{4,}")
"""`RSUD dr. Soetrasno`: a doctor gave the house its name."""


@cache
def _kin() -> re.Pattern[str]:
    helped, kin = any_of(phrases("frame", "helped")), any_of(phrases("frame", "kin"))
    return re.compile(rf" {helped}(?: {either('by', 'agreeing')})? (?P<span>{kin}|mbah(?! dukun)\w*)(?= )")


def find_helpers(hidden: Hidden, today: date) -> Iterator[Item]:
    """Who helped; where somebody is said to have helped (`sing nulungi …`), nobody else who is named did."""
    found_all: list[tuple[bool, Item]] = []
    for found in list(_kin().finditer(hidden.left)):
        herself = re.search(rf"{either('alone')}$", found["span"]) and _MIDWIFE.search(hidden.line)
        value = "bidan_perawat" if herself else "lainnya"
        found_all.append((True, Item("penolong", value, found.start("span"), found.end("span"))))
        hidden.take(found.start("span"), found.end("span"))
    for found in list(_helpers().finditer(hidden.left)):
        start, end = found.start("span"), found.end("span")
        value = next(name for name in ("dokter", "bidan_perawat", "dukun", "lainnya") if found[name])
        if (
            _HOUSE_NAME.search(hidden.line[:start])
            and hidden.line[start:end] in ("dr", "dokter", "dr kandungan")
            and _TITLED_NAME.match(hidden.line[end:])
        ):
            hidden.take(start, end)
            continue
        if _behind("no_helper", f"{either('address')}|mbah").search(hidden.line[:start]) or _MISSED.match(hidden.left[end:]):
            hidden.take(start, end)
            continue
        joined = bool(found_all) and found_all[-1][0] and re.search(rf"_ {either('and', 'with')} $", hidden.left[:start])
        helped = joined or _behind("helped", _TO).search(hidden.line[:start])
        found_all.append((bool(helped), Item("penolong", value, start, end)))
        hidden.take(start, end)
    sure = [item for helped, item in found_all if helped]
    yield from sure or (item for _, item in found_all)


def find_towns(hidden: Hidden, today: date) -> Iterator[Item]:
    """Kabupaten and kota of the gazetteer, and `kabupaten kita`; not where somebody works, comes from or was referred from."""
    here = [(found.start() + 1, found.end()) for found in pattern_of("here", None).finditer(hidden.left)]
    for start, end in here:
        hidden.take(start, end)
        yield Item("tempat_kelahiran", home_regency(), start, end)
    places = find_places(hidden.left)
    for place in places:
        before = hidden.left[: place.start]
        if _ON_A_CARD.search(before) or _behind("not_born_in", either("at", "from", "and", "with")).search(before):
            hidden.take(place.start, place.end)
            continue
        hidden.take(place.start, place.end)
        if place.name != home_regency() and _HELPER_BEFORE.search(hidden.line[: place.start]):
            continue  # `mbah dukun Sarmi`
        yield Item("tempat_kelahiran", place.name, place.start, place.end, Sense.SAID if place.name else Sense.DOUBTED)


_ON_A_CARD = re.compile(rf" {either('home_cards')}\w*(?: (?!{either('born', 'born_label')})[^\W\d_]+){{0,3}} $")
"""`Bapake KTP surabaya`, `KK saya rembang`: where a card is from, and nobody was born."""
_HELPER_BEFORE = re.compile(rf" {either('helpers')}(?: bayi)? $")


FINDERS: tuple[Callable[[Hidden, date], Iterator[Item]], ...] = (
    find_dates, find_hours, find_ranks, find_measures, find_houses, find_helpers, find_sex, find_towns,
)  # fmt: skip
__all__ = ["FINDERS", "Hidden", "Who", "any_of", "found_words"]
