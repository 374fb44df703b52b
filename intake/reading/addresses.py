"""Reads the address that a card is sent to."""

import re
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz, process

from intake.reading.numbers import with_figures
from language.lists import either, phrases
from language.phrases import plain
from standard import facts

LONGEST = 300
_SURE = 84


@dataclass(frozen=True)
class Address:
    """An address as typed, tidied, and what could be read in it: RT and RW as three figures, desa and kecamatan in upper case."""

    text: str
    rt: str | None
    rw: str | None
    desa: str | None
    kecamatan: str | None


def read_address(text: str) -> Address | None:
    """A plausible postal address, or None: at least three words, and an RT, a desa, a road or a kecamatan among them."""
    tidy = re.sub(r"(?:(?<!\s)\s+)?,[\s,]*", ", ", re.sub(r"(?:(?<!\s)[^\S\n]+)?\n\s*", ", ", text.strip())).strip(" ,.")
    tidy = _bare(re.sub(r"[^\S\n]+", " ", tidy))
    line = with_figures(plain(tidy))
    if "?" in tidy or len(tidy) > LONGEST or len(re.findall(r"\w+", line)) < 3:
        return None
    rt, rw = _rt_rw(line)
    desa, kecamatan = _behind("village", line), _kecamatan(line)
    if not (rt or desa or kecamatan or _keyword("hamlet").search(line)):
        return None
    return Address(tidy, rt, rw, desa, kecamatan)


_LEADING = re.compile(
    rf"(?i)^(?:{either('not_it', 'dont')} [^,]{{1,40}}, ?)?(?:(?:tolong |mohon )?(?:di)?kirim\w{{0,6}} )?(?:(?:{either('at')}|ke) )?"
    rf"(?:{either('homes')} (?:{either('whose_home')} )?"
    rf"(?:{either('at')} )?)?"
)
_NOT_THERE = re.compile(rf"(?i)(?:{either('not_it', 'dont')}|mboten) ")
_ROAD = re.compile(rf"(?i)\b{either('streets')}\b")
_TRAILING = re.compile(rf"(?i)(?:[ ,]{{1,2}}{either('just', 'agreeing', 'address', 'address_of_staff', 'thanks')}){{1,4}}[ .!]*$")

_REMARK = re.compile(
    rf"(?i)[,;.(]\s{{0,3}}(?:(?:no|{either('numbered')})[.\s]{{1,3}})?(?:{either('phones')}(?:{either('endings')})?\b[^,;\d]{{0,40}}"
    rf"|{either('remark_begins')}\b[^,;\d]{{0,60}})[,;.)!\s]{{0,4}}$"
)
"""What is said behind an address and is no part of it: `…, no hp ini aja`, `…, nanti telpon dulu`."""


def _bare(text: str) -> str:
    """The address without what leads to it (`kirim ke rumah saya di …`) and what is said behind (`… saja ya`)."""
    road = _ROAD.search(text) if _NOT_THERE.match(text) else None
    bare = _TRAILING.sub("", _LEADING.sub("", text[road.start() :] if road else text, count=1), count=1).strip(" ,.")
    while len(bare) <= LONGEST and (remark := _REMARK.search(bare)) is not None:
        bare = bare[: remark.start()].strip(" ,.")
    return bare or text


def read_village(text: str) -> str | None:
    """The village behind its word (`desa Kamolan`), in upper case."""
    return _behind("village", plain(text))


def _rt_rw(line: str) -> tuple[str | None, str | None]:
    """`rt 2 rw 3`, `rt02/rw03`, `rt/rw 2/3`, `rt. 002 / 003` as `002` and `003`."""
    spaced = re.sub(r"(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z])", " ", line)
    rt = re.search(r"\brt\b\W*(?:rw\b\W*)?0*(\d{1,3})\b", spaced)
    rw = re.search(r"\brw\b\W*0*(\d{1,3})\b(?!\s*/\s*\d)", spaced)
    pair = re.search(r"\brt\b\W*(?:rw\b\W*)?\d{1,3}\s*/\s*0*(\d{1,3})\b", spaced)
    second = pair or rw
    return (f"{int(rt[1]):03d}" if rt else None), (f"{int(second[1]):03d}" if second else None)


def _kecamatan(line: str) -> str | None:
    """One of the office's own, after `kec.` with slips, or by its bare name at the end of the line or before the kabupaten's."""
    known = list(facts.load("places")["kecamatan"].values())
    behind = _behind("district", line)
    if behind is not None:
        found = process.extractOne(behind.split()[0], known, scorer=fuzz.ratio, score_cutoff=_SURE - 8)
        return found[0] if found else None
    tail = _tail().search(line)
    name = " ".join(tail[1].split()).upper() if tail else ""
    return name if name in known and name != facts.office_facts()["WILAYAH"] else None


_REGION = ("wilayah", "provinsi", "provinsi_singkat")


@cache
def _tail() -> re.Pattern[str]:
    """A kecamatan at the end of a line, with or without kabupaten and province behind it."""
    office = facts.office_facts()
    region, province, short = (
        r"\s*".join(map(re.escape, plain(office[name]).split())) for name in ("wilayah", "provinsi", "provinsi_singkat")
    )
    names = sorted((plain(name) for name in facts.load("places")["kecamatan"].values()), key=len, reverse=True)
    kecamatan = "|".join(r"\s+".join(map(re.escape, name.split())) for name in names)
    behind = rf"(?:[\s,.]+(?:(?:kab(?:upaten)?|kota)[\s.]*)?{region})?(?:[\s,.]+{province}|[\s,.]+{short})?[\s,.\d]*$"
    return re.compile(rf"(?<![a-z])({kecamatan}){behind}")


def _behind(section: str, line: str) -> str | None:
    """The name behind a keyword, up to the next keyword, comma or figure, in upper case."""
    keyword = _keyword(section).search(line)
    if keyword is None:
        return None
    rest = re.split(r"[,;\d(/]", line[keyword.end() :].lstrip(" .:"), maxsplit=1)[0]
    stop = min((found.start() for part in _KEYWORDS if (found := _keyword(part).search(rest))), default=len(rest))
    name = " ".join(re.findall(r"[^\W\d_]+", rest[:stop])[:3])
    return name.upper() or None


_KEYWORDS = ("district", "village", "hamlet", "regency")


@cache
def _keyword(section: str) -> re.Pattern[str]:
    texts = sorted(phrases("addresses", section), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, texts))})\b")
