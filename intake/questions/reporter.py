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
    r" (?:saya|sy|aku|kulo|kula|ini|iki|niki|q)(?: (?:sendiri|dhewe|piyambak|ini|iki|niki|itu"
    r"|adalah|selaku|sbg|sebagai|nggih|yo|ya|pak|bu|mas|mbak)){0,3}$"
)
_ABOUT = re.compile(
    r"^(?: (?:nya|ne|e|saya|kulo|sing|yang|yg|isih|masih|taksih|tasih|lagi|nembe|kerja|nyambut"
    r"|di|neng|ten|teng|sudah|wis|sampun|udah|nggak|ora|gak|mboten|meninggal|boleh|ke|malah)){1,4} "
)
_PARENTS = (Relation.AYAH, Relation.IBU)
_BIRTH_OF_WIFE = re.compile(
    r" (?:istri|istriku|bojoku|bojo kulo|semah kulo)(?: saya| kulo| wedok)? (?:yg |yang |sing "
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


def read_reporter_said(text: str) -> Relation | None:
    """The relation of the writer to the child, or None where the message leaves it open or speaks only of others."""
    line = spelled_line(text)
    if _BIRTH_OF_WIFE.search(line):
        return Relation.AYAH
    if _SELF_BIRTH.search(line):
        return Relation.IBU
    named = list(_named(line))
    if not named:
        return None
    own = [one for one in named if _SELF.search(line[: one.start - 1])]
    if own:
        return _joined(line, named, own[-1])
    first = named[0]
    if (
        len(named) == 1
        and found_words(line[: first.start], "denial")
        and re.search(r" (?:tapi|tp|nanging|ning|melainkan) ", line[: first.start])
    ):
        return first.relation
    part = re.split(r" [,.?] ", line[first.start - 1 :])[0]
    alone = len(part.split()) <= FEW and not _ABOUT.match(line[first.end - 1 :].replace(" , ", " "))
    leads = not re.sub(r"[\s,.]|\b(?:iya|ya|nggih|inggih|pak|bu|mas|mbak|assalam\w*|kulo|saya)\b", "", line[: first.start])
    rest = [
        word
        for word in re.findall(r"[^\W\d_]+", line[first.end : first.end + len(part) - (first.end - first.start)])
        if word not in _light()
    ]
    if leads and alone and not rest and len(_relations(line, named, first)) == 1:
        return _joined(line, named, first)
    return None


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
            "wali",
            "ipar",
            "angkat",
        ),
        *("sendiri", "dewe", "dhewe", "nolong", "yang", "yg", "sing", "cedak", "cedhak", "warung", "pakdhe", "pakde"),
    )
    relations = (word for row in phrases("people", "relation").values() for text in row for word in words(text))
    return frozenset([*own, *ENDINGS, *relations, *(word for text in phrases("answers", "filler") for word in words(text))])


def _relations(line: str, named: list[_Named], first: _Named) -> set[Relation]:
    """Those who are named in one breath with the first (`ayah dan ibu`)."""
    return {first.relation} | {
        one.relation for one in named if re.fullmatch(r" ?(?:dan|lan|sama|karo|kaliyan|,|atau|utawa|opo) ?", line[first.end : one.start])
    }


def _joined(line: str, named: list[_Named], one: _Named) -> Relation | None:
    """`Bapaknya ibunya bayi` is a grandfather; `mertua dari ibunya` stays what it is."""
    after = next(
        (
            other
            for other in named
            if other.start >= one.end and re.fullmatch(r"(?: ?(?:dari|saking|soko|ne|nya|e))* ?", line[one.end : other.start])
        ),
        None,
    )
    spouse = line[one.start : one.end].startswith(("suami", "istri"))
    if after is None or spouse or after.relation not in _PARENTS or one.relation not in _PARENTS:
        return one.relation
    return Relation.KAKEK if one.relation is Relation.AYAH else Relation.NENEK


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
