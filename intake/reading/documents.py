"""Reads which documents a caption or a wish names (contract `intents.md`, entity `jenis_berkas`)."""

import re
from collections.abc import Iterator
from enum import StrEnum

from intake.reading.lists import book, phrases
from intake.reading.numbers import read_position
from intake.reading.phrases import Hit, words
from standard.kinds import Item


class Vague(StrEnum):
    """A document named without its place: whoever asks has to find out whose, from the photo or by a question."""

    KTP = "ktp"
    KTP_SAKSI = "ktp_saksi"
    KTP_PASANGAN = "ktp_pasangan"
    SPTJM = "sptjm"


Named = Item | Vague

_CARD_OF: dict[str, Named] = {
    "ayah": Item.KTP_AYAH,
    "suami": Item.KTP_AYAH,
    "ibu": Item.KTP_IBU,
    "istri": Item.KTP_IBU,
    "pelapor": Item.KTP_PELAPOR,
    "pasangan": Vague.KTP_PASANGAN,
    "saksi": Vague.KTP_SAKSI,
}
_WITNESS = {1: Item.KTP_SAKSI_1, 2: Item.KTP_SAKSI_2}
_NAMED_WITNESS = re.compile(
    r"(?:ke )?(?:[12]|i|ii|satu|dua|siji|loro|pertama|kedua|kalih|setunggal) (?:pak|bu|mas|mbak|mbah) [^\W\d_]+(?: [^\W\d_]+){0,3}$"
)
_REACH = 3
"""Words behind an SPTJM in which it is said what it is about."""
_ROMAN = {"i": 1, "ii": 2, "a": 1, "b": 2}


def read_items(text: str) -> tuple[Named, ...]:
    """Every document that the text names, in order, each once (`kk sama ktp saya` names two)."""
    typed = words(text)
    papers = [hit for hit in book("documents", "items").found(typed) if not _is_sister(hit, typed)]
    if not papers:
        return tuple(dict.fromkeys(_cards(typed))) if _names_a_person_only(typed) else ()
    ends = [hit.start for hit in papers[1:]] + [len(typed)]
    named = (name for hit, end in zip(papers, ends, strict=True) for name in _named(hit, typed, end))
    return tuple(dict.fromkeys(named))


def read_item(text: str) -> Named | None:
    """The one document that the text names, or None where it names none or several."""
    found = read_items(text)
    return found[0] if len(found) == 1 else None


def _named(paper: Hit[str], typed: list[str], end: int) -> Iterator[Named]:
    if paper.value == "sptjm":
        about = book("documents", "sptjm_about").found(typed[paper.end : min(end, paper.end + _REACH)])
        yield Item(about[0].value) if about else Vague.SPTJM
    elif paper.value != "ktp":
        yield Item(paper.value)
    elif typed[paper.end - 1].endswith("ku"):
        yield Item.KTP_PELAPOR
    else:
        cards = list(_cards(typed[paper.end : end]))
        yield from cards or [Vague.KTP]


def _cards(typed: list[str]) -> Iterator[Named]:
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
            yield from _witnesses(typed, owner, after.start if after else len(typed))
        elif owner.value in ("ayah", "ibu") and _is_writers_own(typed, owner):
            yield Vague.KTP
        else:
            yield _CARD_OF[owner.value]


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
    pronouns = set(phrases("documents", "possessive"))
    return any(typed[hit.start] not in pronouns for hit in owners) and all(_ROMAN.get(word) or read_position(word) for word in rest)


def _is_writers_own(typed: list[str], owner: Hit[str]) -> bool:
    """Whether it is `bapakku` or `bapak saya`."""
    behind = typed[owner.end : owner.end + 1]
    return typed[owner.start].endswith("ku") or bool(set(behind) & set(phrases("documents", "possessive")))


def _witnesses(typed: list[str], owner: Hit[str], end: int) -> Iterator[Named]:
    numbers = {_ROMAN.get(word) or read_position(word) for word in typed[owner.end : end]}
    cards: list[Named] = [_WITNESS[number] for number in sorted(_WITNESS.keys() & numbers)]
    yield from cards or [_CARD_OF["saksi"]]
