"""Reads who reports: of all persons that a message names, the one who the writer says to be."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from intake.reading import Relation
from intake.reading.frame.line import spelled_line
from intake.reading.frame.matching import any_of, found_words
from language.lists import either, phrases
from language.phrases import ENDINGS, words

FEW = 4
"""Words of a part of a sentence that is nothing but who somebody is."""
_SELF = re.compile(
    rf" (?:{either('self', 'calling_oneself', 'this', 'reporter')}|{either('which')} {either('reporting')})"
    rf"(?: (?:{either('alone', 'this', 'that', 'being', 'agreeing', 'address', 'address_of_staff', 'self', 'only')}|,)){{0,4}}$"
)
_REPORTS = re.compile(
    rf" ?(?:(?:{either('endings', 'child')}|desa)\w{{0,3}} )?{either('which')} "
    rf"(?:{either('going_to')} )?{either('reporting_begun')}\w* "
)
"""`Bidan yg lapor`: who reports, by what they do."""
_ABOUT = re.compile(rf"^(?: {either('speaks_on')}){{1,4}} ")
_PARENTS = (Relation.AYAH, Relation.IBU)
_BIRTH_OF_WIFE = re.compile(
    rf" {either('my_spouse', 'spouse_said')}(?: (?:{either('self')}|wedok))? (?:{either('which', 'just_now')} ){{0,3}}"
    rf"{either('gave_birth')} "
)
_BIRTH_BY_WIFE = re.compile(
    rf" {either('gave_birth')}(?: {either('that', 'agreeing')})? "
    rf"(?:istri|istriku|{either('my_spouse')})(?: (?:{either('self')}|wedok))? "
)
_SELF_BIRTH = re.compile(
    rf"(?<!anak) {either('self')}(?: {either('alone')})? (?:{either('which', 'just_now')} ){{0,3}}"
    rf"{either('gave_birth')} "
)


@dataclass(frozen=True)
class _Named:
    relation: Relation
    start: int
    end: int


def read_reporter_said(text: str) -> str | None:
    """What the writer is to the child, by the name of a relation or in two words (`adik ibu`); None where the message leaves it open."""
    line = _PROFESSION.sub(r" \g<what> ", spelled_line(text))
    if _BIRTH_OF_WIFE.search(line) or _BIRTH_BY_WIFE.search(line):
        return Relation.AYAH
    if _SELF_BIRTH.search(line):
        return Relation.IBU
    named = list(_named(line))
    if not named:
        return None
    reports = [one for one in named if _REPORTS.match(line[one.end :])]
    if len(reports) == 1 and not found_words(line, "denial"):
        return _joined(line, named, reports[0])
    own = [one for one in named if _SELF.search(line[: one.start - 1]) and not (_parted_from_self(line, one) and _is_about(line, one))]
    if own:
        return _joined(line, named, own[-1])
    first = named[0]
    if len(named) == 1 and found_words(line[: first.start], "denial") and re.search(rf" {either('contrast')} ", line[: first.start]):
        return _joined(line, named, first)
    part = re.split(r" [,.?] ", line[first.start - 1 :])[0]
    alone = len(part.split()) <= FEW and not _is_about(line, first)
    leads = not re.sub(rf"[\s,.]|\b(?:{either('agreeing', 'address')}|assalam\w*|kulo|saya)\b", "", line[: first.start])
    rest = [
        word
        for word in re.findall(r"[^\W\d_]+", line[first.end : first.end + len(part) - (first.end - first.start)])
        if word not in _light() and not _KIND_OF_PARENT.match(f" {word} ")
    ]
    if leads and alone and not rest and len(_relations(line, named, first)) == 1:
        return _joined(line, named, first)
    return None


def reporter_told(text: str) -> str | None:
    """What the writer says to be though it was not asked: with `saya` or the like right before it, and nobody's title (`saya ibu Siti`)."""
    line = _PROFESSION.sub(r" \g<what> ", spelled_line(text))
    if _BIRTH_OF_WIFE.search(line) or _BIRTH_BY_WIFE.search(line):
        return Relation.AYAH
    if _SELF_BIRTH.search(line):
        return Relation.IBU
    named = list(_named(line))
    own = [one for one in named if _SELF_ONLY.search(line[: one.start - 1]) and not _is_about(line, one) and not _is_title(line, one)]
    return _joined(line, named, own[-1]) if own else None


def _is_title(line: str, one: _Named) -> bool:
    """Whether a name follows: `saya ibu Siti`, `kulo bu Tutik`; a parent is called so by anybody."""
    behind = next(iter(line[one.end :].split()), ",")
    return one.relation in _PARENTS and behind not in {*_light(), ",", "."} and not _WISH.fullmatch(behind)


_WISH = re.compile(rf"{either('going_to', 'begins_wish')}")
"""What may follow who somebody is."""


def reporter_corrected(text: str) -> str | None:
    """What the writer says to be where something said before is taken back: only with `saya`, `ini` or the like before it."""
    line = spelled_line(text)
    own = [one for one in _named(line) if _SELF_ONLY.search(line[: one.start - 1]) and not _is_about(line, one)]
    return _joined(line, list(_named(line)), own[-1]) if own else None


def denies_relation(text: str) -> bool:
    """Whether somebody is said not to be a relation (`saya bukan ibunya`)."""
    line = spelled_line(text)
    ends = [end for start, end in found_words(line, "denial") if line[start:end].strip() in ("bukan", "bkn", "dudu", "sanes")]
    return any(
        end <= found.start("all") and not line[end : found.start("all")].strip()
        for end in ends
        for found in _relations_told().finditer(line)
    )


_NOT_OF = (
    "nama",
    "asma",
    "jeneng",
    "ktp",
    "kk",
    "lahir",
    "lair",
    "alamat",
    "anak",
    "suami",
    "istri",
    "ibu",
    "bapak",
    "bojo",
    "tanggal",
    "punya",
    "rumah",
)
_SELF_ONLY = re.compile(
    "".join(rf"(?<! {word})" for word in _NOT_OF)
    + rf" {either('self', 'this', 'reporter')}"
    + rf"(?: (?:{either('alone', 'that', 'agreeing', 'this')}|adalah))?$"
)
"""The writer, not the name or the mother of the writer."""


_PROFESSION = re.compile(
    rf" {either('titles')} (?:(?!(?:{either('and')}|dari) )[^\W\d_]+ )?"
    rf"(?P<what>{either('offices')})\w{{0,4}} "
)
"""`Ibu Siti bidan`, `pak modin`: a title before what somebody is by profession is no relation to the child."""


def _is_about(line: str, one: _Named) -> bool:
    """Whether a person is only spoken of (`ibunya masih di puskesmas`)."""
    return _ABOUT.match(line[one.end - 1 :].replace(" , ", " ")) is not None


def _parted_from_self(line: str, one: _Named) -> bool:
    return line[: one.start].rstrip().endswith(",")


@cache
def _light() -> frozenset[str]:
    """What may stand behind the word for who somebody is."""
    own = (
        *(
            "bayi",
            "anak",
            "lare",
            "kandung",
            "dari",
            "saking",
            "soko",
            "si",
            "bayinya",
            "bayine",
            "selaku",
            "desa",
            "kembar",
            "wali",
            "ipar",
            "angkat",
        ),
        *("sendiri", "dewe", "dhewe", "nolong", "yang", "yg", "sing", "cedak", "cedhak", "warung", "pakdhe", "pakde"),
    )
    relations = (word for row in phrases("people", "relation").values() for text in row for word in words(text))
    return frozenset([*own, *ENDINGS, *relations, *(word for text in phrases("answers", "filler") for word in words(text))])


_JOINS = re.compile(rf" ?(?:{either('and', 'or')}|,) ?")


def _relations(line: str, named: list[_Named], first: _Named) -> set[Relation]:
    """Those who are named in one breath with the first (`ayah dan ibu`; not `neneknya, ibunya anak saya`)."""
    return {first.relation} | {
        one.relation
        for one in named
        if _JOINS.fullmatch(line[first.end : one.start]) and ("," not in line[first.end : one.start] or not _goes_on(line, one))
    }


def _goes_on(line: str, one: _Named) -> bool:
    return re.match(r"\s*(?:$|[,.])", line[one.end :]) is None


def _joined(line: str, named: list[_Named], one: _Named) -> str:
    """`Bapaknya ibunya bayi` is a grandfather, `adiknya ibu` an aunt or uncle in the writer's words; `ibu mertua` stays what it is."""
    behind = _KIND_OF_PARENT.match(line[one.end :])
    if behind is not None and one.relation in _PARENTS:
        return f"{'ibu' if one.relation is Relation.IBU else 'bapak'} {behind[1]}"
    after = next(
        (other for other in named if other.start >= one.end and _OF_WHOM.fullmatch(line[one.end : other.start])),
        None,
    )
    spouse = line[one.start : one.end].startswith(("suami", "istri"))
    if after is None or spouse or after.relation not in _PARENTS:
        return one.relation
    if one.relation is Relation.KAKAK:
        parent = "ibu" if after.relation is Relation.IBU else "bapak"
        return f"{'adik' if line[one.start :].startswith('ad') else 'kakak'} {parent}"
    if one.relation not in _PARENTS:
        return one.relation
    return Relation.KAKEK if one.relation is Relation.AYAH else Relation.NENEK


_KIND_OF_PARENT = re.compile(rf" ?({either('step_kin')})\w* ")
_OF_WHOM = re.compile(rf"(?: ?{either('from', 'endings', 'parent_side')})* ?")


@cache
def _relations_told() -> re.Pattern[str]:
    patterns = "|".join(f"(?P<{name}>{any_of(texts)})" for name, texts in phrases("people", "relation").items())
    return re.compile(rf" (?P<all>{patterns})(?= )")


def _named(line: str) -> Iterator[_Named]:
    rows = phrases("people", "relation")
    denials = [end for _, end in found_words(line, "denial")]
    for found in _relations_told().finditer(line):
        if any(end <= found.start("all") and not line[end : found.start("all")].strip() for end in denials):
            continue
        name = next(value for value in rows if found[value])
        yield _Named(Relation(name), found.start("all"), found.end("all"))
