"""Reads who reports: of all persons that a message names, the one who the writer says to be."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from intake.reading import Relation
from intake.reading.frame.line import spelled_line
from intake.reading.frame.matching import any_of, found_words
from language.lists import phrases
from language.phrases import ENDINGS, words

FEW = 4
"""Words of a part of a sentence that is nothing but who somebody is."""
_SELF = re.compile(
    r" (?:saya|sy|aku|aq|kulo|kula|dalem|ini|iki|niki|q|(?:yg|yang|sing|ingkang) (?:lapor|nglapor|ngurus|daftar|ndaftar)"
    r"|dengan|pelapor|pelapore|pelapornya|pelaporipun)"
    r"(?: (?:sendiri|dhewe|piyambak|ini|iki|niki|itu|adalah|selaku|sbg|sebagai|nggih|yo|ya|pak|bu|mas|mbak|min|saya|kulo|kula|aku"
    r"|cuma|cm|mung|namung|hanya|jadi|dadi|minangka|dados|alias|,)){0,4}$"
)
_ABOUT = re.compile(
    r"^(?: (?:nya|ne|e|saya|kulo|sing|yang|yg|isih|masih|taksih|tasih|lagi|nembe|kerja|nyambut"
    r"|di|neng|ten|teng|sudah|wis|sampun|udah|nggak|ora|gak|mboten|meninggal|boleh|ke|malah)){1,4} "
)
_PARENTS = (Relation.AYAH, Relation.IBU)
_BIRTH_OF_WIFE = re.compile(
    r" (?:istri|istriku|bojoku|bojone|bojo kulo|semah kulo|suaminya|suami)(?: saya| kulo| wedok)? (?:yg |yang |sing "
    r"|ingkang |baru |lagi |nembe |bar ){0,3}(?:lahiran|melahirkan|nglairke|babaran|lairan|nglahirke) "
)
_SELF_BIRTH = re.compile(
    r"(?<!anak) (?:saya|aku|kulo)(?: sendiri| dhewe| piyambak)? (?:yg |yang |sing |ingkang |baru "
    r"|bar ){0,3}(?:melahirkan|lahiran|nglairke|babaran|lairan) "
)


@dataclass(frozen=True)
class _Named:
    relation: Relation
    start: int
    end: int


def read_reporter_said(text: str) -> str | None:
    """What the writer is to the child, by the name of a relation or in two words (`adik ibu`); None where the message leaves it open."""
    line = _PROFESSION.sub(r" \g<what> ", spelled_line(text))
    if _BIRTH_OF_WIFE.search(line):
        return Relation.AYAH
    if _SELF_BIRTH.search(line):
        return Relation.IBU
    named = list(_named(line))
    if not named:
        return None
    own = [one for one in named if _SELF.search(line[: one.start - 1]) and not (_parted_from_self(line, one) and _is_about(line, one))]
    if own:
        return _joined(line, named, own[-1])
    first = named[0]
    if (
        len(named) == 1
        and found_words(line[: first.start], "denial")
        and re.search(r" (?:tapi|tp|nanging|ning|melainkan) ", line[: first.start])
    ):
        return _joined(line, named, first)
    part = re.split(r" [,.?] ", line[first.start - 1 :])[0]
    alone = len(part.split()) <= FEW and not _is_about(line, first)
    leads = not re.sub(r"[\s,.]|\b(?:iya|ya|nggih|inggih|pak|bu|mas|mbak|assalam\w*|kulo|saya)\b", "", line[: first.start])
    rest = [
        word
        for word in re.findall(r"[^\W\d_]+", line[first.end : first.end + len(part) - (first.end - first.start)])
        if word not in _light() and not _KIND_OF_PARENT.match(f" {word} ")
    ]
    if leads and alone and not rest and len(_relations(line, named, first)) == 1:
        return _joined(line, named, first)
    return None


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
    + r" (?:saya|sy|aku|aq|kulo|kula|ini|iki|niki|pelapor|pelapornya|pelapore)"
    + r"(?: (?:sendiri|dhewe|piyambak|itu|adalah|nggih|yo|ya|niki))?$"
)
"""The writer, not the name or the mother of the writer."""


_PROFESSION = re.compile(
    r" (?:bu|ibu|pak|bapak|mbak|mas) (?:(?!dan |lan |sama |dari )[^\W\d_]+ )?"
    r"(?P<what>bidan|bidhan|perawat|mantri|lurah|kades|modin|carik|bayan|rt|rw|kader)\w{0,4} "
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


_JOINS = re.compile(r" ?(?:dan|lan|sama|karo|kaliyan|,|atau|utawa|opo) ?")


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


_KIND_OF_PARENT = re.compile(r" ?(mertua|tiri|angkat|asuh|kuwalon)\w* ")
_OF_WHOM = re.compile(r"(?: ?(?:dari|saking|soko|saka|si|ne|nya|e|kandung|pihak))* ?")


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
