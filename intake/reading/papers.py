"""Reads of the birth letter and the marriage book whether the family has them: each by its own words, never by its neighbour's."""

import re
from dataclasses import dataclass
from functools import cache

from intake.reading.frame.line import spelled_line
from intake.reading.frame.matching import any_of, found_words
from language.lists import either, phrases

LETTER, BOOK = "surat_kelahiran", "surat_nikah"
_OTHER = {LETTER: BOOK, BOOK: LETTER}


@dataclass(frozen=True)
class PapersSaid:
    """Of each paper that was named: True, False, or None where it is open."""

    stated: dict[str, bool | None]
    asks: bool = False
    supposed: bool = False
    """The message asks or supposes, and says nothing of how it is."""
    beside: bool = False
    """It holds words like those of having that say nothing of a paper (`gak ada masalah`)."""
    doubtful: bool = False
    """A paper is another person's, lost, under way, or not with the family yet: a bare word of having says nothing."""


@dataclass(frozen=True)
class _Word:
    kind: str
    start: int
    end: int


def read_papers_said(text: str, *, by_sign: bool = False) -> PapersSaid:
    """What a message says of the two papers; `by_sign`: where they were asked for, `saking bidan` and `nikah` are names enough."""
    whole = spelled_line(text)
    line = _no_matter().sub(" _", whole)
    words = _found(line)
    papers = _papers(line, by_sign)
    stated: dict[str, bool | None] = {}
    for at, paper in enumerate(papers):
        value = _own(line, words, papers, at)
        if value is None and paper.kind in stated:
            continue
        stated[paper.kind] = value
    if BOOK not in stated or stated[BOOK] is None:
        stated |= {BOOK: False} if any(word.kind == "unregistered" for word in words) else {}
    elif stated[BOOK] and any(word.kind == "unregistered" for word in words):
        stated[BOOK] = None
    if len(stated) == 1 and False not in stated.values() and any(word.kind == "only" for word in words):
        only = next(iter(stated))
        stated = {only: True, _OTHER[only]: False}
    if not papers and not stated and _names_other_papers_only(line, words):
        stated = {LETTER: False, BOOK: False}
    if (
        not papers
        and not stated
        and len(line.split()) <= 9
        and (found_words(line, "all") or any(word.kind == "not_not" for word in words))
        and (both := _value([word for word in words if word.kind in _VALUES])) is not None
    ):
        stated = {LETTER: both, BOOK: both}
    if (
        any(word.kind == "except" for word in words)
        and len({paper.kind for paper in papers}) == 1
        and any(w.kind == "have_not" for w in words)
    ):
        named = papers[0].kind
        stated = {named: True, _OTHER[named]: False}
    stated |= _all_but(line, words, papers)
    others = found_others(line)
    stated |= {_nearest(papers, start).kind: None for start in others if papers and _same_part(line, _nearest(papers, start), start)}
    doubtful = bool(others) or any(word.kind in _DOUBT for word in words)
    return PapersSaid(stated, _asks(line, words), bool(found_words(line, "supposed")), line != whole, doubtful)


_DOUBT = frozenset({"open", "lost", "not_fetched"})


def _all_but(line: str, words: list[_Word], papers: list[_Word]) -> dict[str, bool | None]:
    """`Semua ada kecuali buku nikah`, `kabeh enek, mung surate sing ilang`: the one that is named is not there, or open; the other is."""
    turn = next((word for word in words if word.kind in ("except", "only")), None)
    if turn is None or len({paper.kind for paper in papers}) != 1 or papers[0].start < turn.start:
        return {}
    head = line[: turn.start]
    if not found_words(f"{head} ", "all") or _value([w for w in words if w.start < turn.start and w.kind in _VALUES]) is not True:
        return {}
    said = [word for word in words if word.start > turn.start and word.kind in _VALUES]
    named = papers[0].kind
    return {named: _value(said) if said else False if turn.kind == "except" else None, _OTHER[named]: True}


@cache
def _no_matter() -> re.Pattern[str]:
    return re.compile(rf" {any_of(phrases('papers', 'no_matter'))}(?= )")


@cache
def _others() -> re.Pattern[str]:
    owned, people = any_of(phrases("papers", "owned_by")), any_of(phrases("papers", "other_people"))
    return re.compile(rf" {owned} (?:si )?{people}(?= )")


def found_others(line: str) -> list[int]:
    """Where it is said that a paper is another person's (`punya bapak saya`, `nggone kakange`)."""
    return [found.start() for found in _others().finditer(line)]


def _nearest(papers: list[_Word], start: int) -> _Word:
    """The last paper in front of a word, else the first."""
    return next((paper for paper in reversed(papers) if paper.start < start), papers[0])


def _same_part(line: str, paper: _Word, start: int) -> bool:
    """Whether no stop lies between a paper and a word of it."""
    low, high = sorted((paper.start, start))
    return not _parted(line, low, high, ".?")


def _own(line: str, words: list[_Word], papers: list[_Word], at: int) -> bool | None:
    """The word of having that belongs to a paper: behind it up to the next paper, else in front of it within its part."""
    paper = papers[at]
    stop = papers[at + 1].start if at + 1 < len(papers) else len(line)
    behind = [word for word in words if paper.end <= word.start + 1 and word.start < stop and word.kind in _VALUES]
    behind = [word for word in behind if not _parted(line, paper.end, word.start, ". ?")]
    begin = papers[at - 1].end if at else 0
    before = [word for word in words if begin <= word.start and word.end <= paper.start + 1 and word.kind in _VALUES]
    before = [
        word
        for word in before
        if not _parted(line, word.end, paper.start, ".?" if at == 0 else ",.?") and not _belongs_before(line, word, papers, at)
    ]
    if not behind and not before and any(word.kind == "only" and paper.start - word.end <= 1 for word in words):
        return True
    if not behind and at and _AS_WELL.search(line[paper.end - 1 : stop + 1]):
        return _own(line, words, papers, at - 1)
    chosen = behind if behind and not (before and _parted(line, paper.end, behind[0].start, ",")) else before[-1:]
    if not chosen and at + 1 < len(papers) and _joined(line, paper.end, papers[at + 1].start):
        return _own(line, words, papers, at + 1)
    if not chosen and at and _joined(line, papers[at - 1].end, paper.start):
        between = [word for word in words if papers[at - 1].end <= word.start < paper.start and word.kind in _VALUES]
        return _value(between) if between else _own_behind_or_before(line, words, papers, at - 1)
    return _value(chosen)


NEAR = 4
"""Words between two papers that are told of in one breath (`akta kawin dari capil sama surat bidan`)."""
_AS_WELL = re.compile(rf" {either('too')} ")


def _names_other_papers_only(line: str, words: list[_Word]) -> bool:
    """`Yang ada cuma KTP sama KK`: neither of the two."""
    return (
        any(word.kind == "only" for word in words)
        and bool(re.search(rf" {either('cards')} ", line))
        and any(w.kind == "have" for w in words)
    )


def _own_behind_or_before(line: str, words: list[_Word], papers: list[_Word], at: int) -> bool | None:
    paper = papers[at]
    begin = papers[at - 1].end if at else 0
    before = [word for word in words if begin <= word.start and word.end <= paper.start + 1 and word.kind in _VALUES]
    return _value(before[-1:])


def _belongs_before(line: str, word: _Word, papers: list[_Word], at: int) -> bool:
    """Whether a word in front of a paper belongs to the paper before it: no break lies between those two."""
    return at > 0 and not _parted(line, papers[at - 1].end, word.start, ",.?")


def _value(chosen: list[_Word]) -> bool | None:
    kinds = [word.kind for word in chosen]
    if not kinds or "open" in kinds:
        return None
    if {"lost", "not_fetched"} & set(kinds):
        sure = [kind for kind in kinds if kind in ("have", "have_not", "not_not")]
        return None if not sure or sure[-1] == "bare_not" else sure[-1] != "have_not"
    if "not_not" in kinds:
        return True
    if kinds[0] == "have" and "have_not" in kinds[1:] and len(kinds) > 1:
        return True
    return {"have": True, "have_not": False, "bare_not": False}[kinds[0]]


_BIRTHS = ("lahir", "lahiran", "kelahiran", "lair", "laire", "lairan")
"""A letter only behind `surat`, `yang`: `lair ten griyo` tells of the birth."""
_VALUES = frozenset({"have", "have_not", "bare_not", "open", "not_not", "lost", "not_fetched"})


def _parted(line: str, start: int, end: int, marks: str) -> bool:
    return any(f" {mark} " in line[max(start - 1, 0) : end + 1] for mark in marks.replace(" ", ""))


def _joined(line: str, start: int, end: int) -> bool:
    between = line[start:end].replace(",", " ").split()
    joiners = phrases("papers", "joiners")
    return all(word in joiners for word in between) or (
        len(between) <= NEAR and between[-1:] != [] and between[-1] in joiners and "." not in between
    )


def _asks(line: str, words: list[_Word]) -> bool:
    return " ? " in line or re.search(rf" {either('may', 'how')} {either('not')}\b", line) is not None


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    kinds = ("not_not", "unregistered", "have_not", "lost", "not_fetched", "open", "have", "except", "only", "bare_not")
    return {kind: re.compile(rf" {any_of(phrases('papers', kind))}(?= )") for kind in kinds}


def _found(line: str) -> list[_Word]:
    """Every word of having, the longest first; none of them twice."""
    left, words = line, []
    for kind, pattern in _patterns().items():
        for found in list(pattern.finditer(left)):
            if kind == "bare_not" and re.search(rf"{either('may', 'matters')} $", left[: found.start() + 1]):
                continue
            words.append(_Word(kind, found.start() + 1, found.end()))
            left = left[: found.start() + 1] + "_" * (found.end() - found.start() - 1) + left[found.end() :]
    return sorted(words, key=lambda word: word.start)


@cache
def _names_of(kind: str) -> re.Pattern[str]:
    return re.compile(rf" {any_of(phrases('documents', 'items')[kind])}(?: (?:{either('endings', 'self')}|kami|asli))?(?= )")


@cache
def _signs_of(kind: str) -> re.Pattern[str]:
    """What a paper is told by where both were asked for; a birth's own word only behind `surat` or `yang`."""
    signs = any_of(sign for sign in phrases("documents", "paper_signs")[kind] if sign not in _BIRTHS)
    lead = rf"(?:(?:{either('letter', 'which', 'from')}|bukune?|buku) ){{0,3}}"
    return re.compile(rf" (?:{either('which', 'letter')} ){{1,3}}{any_of(_BIRTHS)}(?= )| {lead}(?:{signs})(?= )")


def _papers(line: str, by_sign: bool) -> list[_Word]:
    """Where the two papers are named, by their own names or by what was asked."""
    found = []
    left = line
    for kind in (LETTER, BOOK):
        for match in _names_of(kind).finditer(left):
            found.append(_Word(kind, match.start() + 1, match.end()))
    for hit in found:
        left = left[: hit.start] + "_" * (hit.end - hit.start) + left[hit.end :]
    if by_sign:
        for kind in (LETTER, BOOK):
            if any(hit.kind == kind for hit in found):
                continue
            sign = _signs_of(kind).search(left)
            if sign and not re.search(r" (?:nikah|kawin) (?:siri|resmi)", left[sign.start() : sign.end() + 6]):
                found.append(_Word(kind, sign.start() + 1, sign.end()))
    return sorted(found, key=lambda word: word.start)
