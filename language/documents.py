"""Reads which documents a caption or a wish names (`jenis_berkas`): the one reader, of Rasa's extractor and of the intake."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from language.lists import book, load, phrases, word_set
from language.normaliser import Normaliser
from language.phrases import Hit, words

VAGUE = frozenset({"ktp", "ktp_saksi", "ktp_pasangan", "sptjm"})
"""Documents named without their place: whoever asks has to find out whose, from the photo or by a question."""

_CARD_OF = {
    "ayah": "ktp_ayah",
    "suami": "ktp_ayah",
    "ibu": "ktp_ibu",
    "istri": "ktp_ibu",
    "pelapor": "ktp_pelapor",
    "pasangan": "ktp_pasangan",
    "saksi": "ktp_saksi",
}
_WITNESS = {1: "ktp_saksi_1", 2: "ktp_saksi_2"}
_NAMED_WITNESS = re.compile(
    r"(?:ke )?(?:[12]|i|ii|satu|dua|siji|loro|pertama|kedua|kalih|setunggal) (?:pak|bu|mas|mbak|mbah) [^\W\d_]+(?: [^\W\d_]+){0,3}$"
)
_REACH = 3
"""Words behind an SPTJM in which it is said what it is about."""
_SHORTEST_SKELETON = 3
_VOWELS = re.compile(r"[aiueo]")


@dataclass(frozen=True)
class Named:
    """A document that a text names, by the words `start` to before `end`."""

    value: str
    start: int
    end: int


def find_documents(text: str) -> list[Named]:
    """Every document that the text names, in order (`kk sama ktp saya` names two)."""
    typed = _mended(words(text))
    papers = [hit for hit in book("documents", "items").found(typed) if not _is_sister(hit, typed)]
    if not papers:
        return list(_cards(typed, 0, len(typed))) if _names_a_person_only(typed) else []
    ends = [hit.start for hit in papers[1:]] + [len(typed)]
    return [named for hit, end in zip(papers, ends, strict=True) for named in _named(hit, typed, end)]


def name_documents(text: str) -> tuple[str, ...]:
    """The values alone, each once."""
    return tuple(dict.fromkeys(named.value for named in find_documents(text)))


def _named(paper: Hit[str], typed: list[str], end: int) -> Iterator[Named]:
    if paper.value == "sptjm":
        about = book("documents", "sptjm_about").found(typed[paper.end : min(end, paper.end + _REACH)])
        yield Named(about[0].value if about else "sptjm", paper.start, paper.end + (about[0].end if about else 0))
    elif paper.value != "ktp":
        yield Named(paper.value, paper.start, paper.end)
    elif typed[paper.end - 1].endswith("ku"):
        yield Named("ktp_pelapor", paper.start, paper.end)
    else:
        cards = list(_cards(typed[paper.end : end], paper.end, paper.end))
        yield from [Named(card.value, paper.start, card.end) for card in cards] or [Named("ktp", paper.start, paper.end)]


def _cards(typed: list[str], shift: int, end: int) -> Iterator[Named]:
    """The cards of the persons named: `suami istri` two, `bapak saya` (the writer's father) none for sure, `saksi 1 dan 2` two."""
    owners = book("documents", "owners").found(typed)
    for at, owner in enumerate(owners):
        before = owners[at - 1] if at else None
        after = owners[at + 1] if at + 1 < len(owners) else None
        if owner.value == "pelapor" and before is not None:
            continue
        if owner.value == "pasangan" and next((one.value for one in owners[at + 1 :] if one.value != "pelapor"), None) in ("ayah", "ibu"):
            continue  # `bojo lanang`: the next word says which of the two
        if owner.value == "saksi":
            values: list[str] = _witnesses(typed, owner, after.start if after else len(typed))
        elif owner.value in ("ayah", "ibu") and _is_writers_own(typed, owner):
            values = ["ktp"]
        else:
            values = [_CARD_OF[owner.value]]
        yield from (Named(value, shift + owner.start, shift + owner.end) for value in values)


def _is_sister(paper: Hit[str], typed: list[str]) -> bool:
    """Whether it is a `kk` that addresses somebody (`makasih kk`)."""
    return paper.value == "kk" and 0 < paper.start == len(typed) - 1 and typed[paper.start - 1] in phrases("documents", "before_sister")


def _names_a_person_only(typed: list[str]) -> bool:
    """Whether a caption is nothing but a person whose card it is (`saksi 1`, `niki bojo kulo`)."""
    owners = book("documents", "owners").found(typed)
    covered = {at for hit in owners for at in range(hit.start, hit.end)}
    if owners[:1] and owners[0].value == "saksi" and owners[0].start == 0 and _NAMED_WITNESS.match(" ".join(typed[owners[0].end :])):
        return True
    rest = [word for at, word in enumerate(typed) if at not in covered and word not in phrases("documents", "around")]
    pronouns = word_set("documents", "possessive")
    return any(typed[hit.start] not in pronouns for hit in owners) and all(_place(word) is not None for word in rest)


def _is_writers_own(typed: list[str], owner: Hit[str]) -> bool:
    """Whether it is `bapakku` or `bapak saya`."""
    behind = typed[owner.end : owner.end + 1]
    return typed[owner.start].endswith("ku") or bool(set(behind) & word_set("documents", "possessive"))


def _witnesses(typed: list[str], owner: Hit[str], end: int) -> list[str]:
    numbers = {_place(word) for word in typed[owner.end : end]}
    return [_WITNESS[number] for number in sorted(_WITNESS.keys() & numbers)] or [_CARD_OF["saksi"]]


def _place(word: str) -> int | None:
    """Which of several: `2`, `kedua`, `ii`, `b`."""
    return int(word) if word.isdecimal() and len(word) < 3 else _places().get(word)


def _mended(typed: list[str]) -> list[str]:
    """The words with those that no list knows spelled as the lists do: slips, vowels left out, two words run together."""
    mended: list[str] = []
    for word in typed:
        mended += [word] if not word.isalpha() or _knows(word) else _spelled(word)
    return mended


def _spelled(word: str) -> list[str]:
    other = _normaliser().word(word)
    if other != word and all(_knows(part) for part in other.split()):
        return other.split()
    whole = _skeletons().get(word)
    if whole is not None:
        return [whole]
    parts = ([word[:at], word[at:]] for at in range(2, len(word) - 1))
    return next((pair for pair in parts if all(part in _vocabulary() for part in pair)), [word])


def _knows(word: str) -> bool:
    return word in _around() or any(part.knows(word) for part in (book("documents", "items"), book("documents", "owners")))


@cache
def _vocabulary() -> frozenset[str]:
    """The words of papers and of whose they are, of three letters and more, and those two that are papers themselves."""
    texts = [text for section in ("items", "owners") for row in phrases("documents", section).values() for text in row]
    found = {word for text in texts for word in words(text)}
    return frozenset(word for word in found if len(word) > 2 or word == "kk")


@cache
def _skeletons() -> dict[str, str]:
    """Words without their vowels (`nkh`, `srt`), where only one word leaves these."""
    found: dict[str, set[str]] = {}
    for word in _vocabulary():
        found.setdefault(_VOWELS.sub("", word), set()).add(word)
    return {bones: next(iter(whole)) for bones, whole in found.items() if len(whole) == 1 and len(bones) >= _SHORTEST_SKELETON}


@cache
def _around() -> frozenset[str]:
    return word_set("documents", "around") | word_set("documents", "before_sister") | word_set("documents", "possessive") | _places().keys()


@cache
def _places() -> dict[str, int]:
    rows: dict[str, list[str]] = {place: str(texts).split(", ") for place, texts in load("documents")["places"].items()}
    return {text: int(place) for place, texts in rows.items() for text in texts}


@cache
def _normaliser() -> Normaliser:
    return Normaliser()
