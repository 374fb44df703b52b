"""Reads which documents a caption or a wish names (`jenis_berkas`): the one reader, of Rasa's extractor and of the intake."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from language.lists import book, either, load, phrases, word_set
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
_NAMED_WITNESS = re.compile(rf"(?:ke )?{either('which_of_two')} {either('addressed')} [^\W\d_]+(?: [^\W\d_]+){{0,3}}$")
_REACH = 3
"""Words behind an SPTJM in which it is said what it is about."""
_SHORTEST_SKELETON = 3
_SHORTEST_SLIP = 5
MOST_PARTS = 3
"""So many words run together are parted (`suratketeranganlahir`)."""
_ENDINGS = word_set("words", "document_endings")
_NUMBERED = re.compile(r"(?<=[^\W\d_])(?=\d)")
_VOWELS = re.compile(r"[aiueo]")


@dataclass(frozen=True)
class Named:
    """A document that a text names, by the words `start` to before `end`."""

    value: str
    start: int
    end: int


def find_documents(text: str) -> list[Named]:
    """Every document that the text names, in order (`kk sama ktp saya` names two)."""
    typed = _mended(words(_NUMBERED.sub(" ", text) if _NUMBERED.search(text) else text))
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
    if (whole := _whole(word)) is not None:
        return [whole]
    return _parted(word) or [_near(word) or word]


def _whole(word: str) -> str | None:
    """The word of the lists from which only vowels were left out: all of them (`nkh`), or some (`nkah`, `istr`)."""
    if (whole := _skeletons().get(word)) is not None:
        return whole
    same_bones = _by_bones().get(_VOWELS.sub("", word), ()) if len(word) >= _SHORTEST_SKELETON else ()
    longer = sorted((known for known in same_bones if _holds(known, word)), key=len)
    return longer[0] if longer and (len(longer) == 1 or len(longer[0]) < len(longer[1])) else None


def _parted(word: str, most: int = MOST_PARTS) -> list[str]:
    """The words that were run together, of which one may lack vowels (`bukunkh`); nothing where it does not divide so."""
    for at in range(len(word) - 1, 1, -1):
        first, rest = word[:at], word[at:]
        if first not in _vocabulary():
            continue
        if rest in _vocabulary() or rest in _ENDINGS:
            return [first + rest] if rest in _ENDINGS else [first, rest]
        if most > 2 and (parts := _parted(rest, most - 1)):
            return [first, *parts]
        if len(rest) >= _SHORTEST_SKELETON and (whole := _whole(rest)) is not None:
            return [first, whole]
    return []


def _near(word: str) -> str | None:
    """The only word of the lists that begins alike and is one slip away: a letter too many, too few, another, or two exchanged."""
    if len(word) < _SHORTEST_SLIP:
        return None
    near = [known for known in _vocabulary() if known[0] == word[0] and len(known) >= _SHORTEST_SLIP and _one_slip(word, known)]
    return near[0] if len(near) == 1 else None


def _one_slip(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    at = next((at for at, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(long) - len(short) == 1:
        return short[at:] == long[at + 1 :]
    exchanged = short[at : at + 2] == long[at : at + 2][::-1] and short[at + 2 :] == long[at + 2 :]
    return len(short) == len(long) and (short[at + 1 :] == long[at + 1 :] or exchanged)


def _holds(known: str, word: str) -> bool:
    """Whether the letters of `word` stand in `known` in their order."""
    letters = iter(known)
    return len(known) > len(word) and all(letter in letters for letter in word)


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
def _by_bones() -> dict[str, tuple[str, ...]]:
    """The words of the lists by their consonants."""
    found: dict[str, tuple[str, ...]] = {}
    for word in sorted(_vocabulary()):
        bones = _VOWELS.sub("", word)
        found[bones] = (*found.get(bones, ()), word)
    return found


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
