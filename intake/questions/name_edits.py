"""Changes a stored name as people tell it: a word spelled anew, left out, added or joined, or one letter more or less."""

import re
from collections.abc import Callable, Iterator
from functools import cache

from rapidfuzz import fuzz

from language.lists import either, load, phrases, word_set
from language.phrases import ENDINGS, plain

ALIKE = 65
"""How alike a word and its new spelling are at least, in hundredths."""
SAME = 88
"""From here on a typed word is the stored one with a slip."""
LEAST = 2
"""Letters of a word that can be a part of a name."""


def edited_name(text: str, stored: str) -> str | None:
    """The name after the change that the text asks for, in upper case; None where it asks for none that is clear."""
    line = " ".join(re.sub(r"[\"“”‘’()]", " ", plain(text)).replace("'", "").replace(",", ", ").replace(" ,", ",").split())
    if "?" in line or not stored:
        return None
    for edit in (_respelled, _letter_edit, _added, _dropped, _joined_or_parted, _written_so, _told_anew):
        made = edit(line, stored.split())
        if made is not None:
            name = " ".join(word for word in made if word)
            return name if name and name != stored else None
    return None


def _any(section: str) -> str:
    texts = sorted({plain(text) for text in phrases("name_edits", section)}, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(text) for text in texts) + ")"


_END = rf"(?:[ -]?(?:{'|'.join(ENDINGS)}))?"
_WORD = r"[^\W\d_]{2,30}"
_WORDS = re.compile(_WORD)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """What each change looks like in a line with single spaces."""
    more, behind, front, becomes, not_it, turn, without = map(_any, ("more", "behind", "front", "becomes", "not_it", "turn", "without"))
    letter = rf"(?:{_any('letter')}{_END} )?([a-z])\b"
    where = rf"(?: (?:{either('at')} ?)?({behind}|{front}){_END})?"
    span = rf"({_WORD}(?: {_WORD})?)"
    made = {
        "not_but": rf"\b{not_it} {span},? (?:{turn} ){{1,3}}{span}",
        "is_not": rf"\b{span},? (?:{_any('particles')} )?{not_it} {span}",
        "not_comma": rf"\b{not_it} {span}, {span}",
        "becomes": rf"\b({_WORD}){_END} (?:(?:anak|si) )?{becomes} ({_WORD}(?: {_WORD}){{0,3}})",
        "more": rf"\b{more} {letter}{where}(?: ({_WORD}))?",
        "without": rf"\b{without} {letter}{where}",
        "times": rf"\b([a-z])[ -]?{either('endings')}? (?:(?:cukup|{either('only')}) )?({_any('once')}|{_any('twice')})\b",
        "dropped": rf"\b{without} ({_WORD})|\b({_WORD}){_END} (?:{_any('dropped')})\b",
        "with": rf"\b{_any('with')} {letter}",
        "turns": rf"[:,;]|\b{turn}\b",
        "joined": rf"\b{_any('joined')}\b",
        "parted": rf"\b{_any('parted')}\b",
    }
    for name, place in (("front", front), ("behind", behind)):
        made[f"added_{name}"] = (
            rf"\b{place}{_END} (?:{more}(?:, | )){{1,3}}(?:{_any('name_word')}{_END} )?({_WORD}(?: {_WORD})?)"
            rf"|\b{more} (?:{_any('name_word')}{_END} )?({_WORD}(?: {_WORD})?) (?:{either('at')} ?)?{place}"
        )
    made |= {name: _any(name) for name in ("once", "front", "behind")}
    return {name: re.compile(pattern) for name, pattern in made.items()}


def _clean(word: str, typed: list[str]) -> str:
    """The word without an ending that the stored one does not have (`hikmahe`, `arume`)."""
    word = word.strip(" -")
    bare = [word[: -len(ending)] for ending in ENDINGS if word.endswith(ending) and len(word) - len(ending) >= LEAST]
    best = max((word, *bare), key=lambda form: max(fuzz.ratio(form.upper(), own) for own in typed))
    return best.upper()


def _which(word: str, typed: list[str], least: int) -> int | None:
    """The one word of the name that is meant."""
    scores = sorted(((fuzz.ratio(word.upper(), own), at) for at, own in enumerate(typed)), reverse=True)
    alike = [row for row in scores if row[0] >= least]
    return alike[0][1] if len(alike) == 1 or (len(alike) > 1 and alike[0][0] > alike[1][0] + 5) else None


def _is_name_word(word: str) -> bool:
    """Whether a word may be a part of a name: none of those that tell of the change or answer."""
    return len(word) >= LEAST and word not in _speech()


@cache
def _speech() -> frozenset[str]:
    names = ("around", "remarks", "changing", "never")
    lists = [word_set("names", section) - word_set("names", "also_names") for section in names]
    own = [word_set("name_edits", section) for section in load("name_edits")]
    return word_set("words", "speakers").union(*lists, *own)


def _respelled(line: str, typed: list[str]) -> list[str] | None:
    """`Bukan khotijah tapi khadijah`, `Wiyoga sanes Wiyoko`, `Arum diganti Harum`."""
    for old, new in _patterns()["becomes"].findall(line):
        at = _which(_clean(old, typed), typed, SAME)
        fresh = [word.upper() for word in new.split() if _is_name_word(word)]
        if at is not None and fresh and fresh != [typed[at]]:
            return [*typed[:at], *fresh, *typed[at + 1 :]]
    pairs = [*_patterns()["not_but"].findall(line), *((old, new) for new, old in _patterns()["is_not"].findall(line))]
    pairs += _patterns()["not_comma"].findall(line)
    for old, new in pairs:
        for was in (old, *old.split()):
            made = _put(was, new, typed)
            if made is not None:
                return made
    return None


def _put(was: str, new: str, typed: list[str]) -> list[str] | None:
    """The name with the new words in the place of those that are denied."""
    fresh = [_clean(word, typed) if len(new.split()) == 1 else word.upper() for word in new.split() if _is_name_word(word)]
    gone = [_which(_clean(word, typed), typed, SAME) for word in was.split()]
    if not fresh or not gone or None in gone or len(set(gone)) != len(gone):
        return None
    places = [at for at in gone if at is not None]
    if len(fresh) > len(places):  # the words in front may be what was said of it: the one that is alike is the new one
        alike = [word for word in fresh if max(fuzz.ratio(word, typed[at]) for at in places) >= ALIKE]
        fresh = alike if len(alike) == len(places) else fresh
    if len(fresh) != len(places) or any(typed[at] == word for at, word in zip(places, fresh, strict=True)):
        return None
    made = list(typed)
    for at, word in zip(places, fresh, strict=True):
        made[at] = word
    return made


def _letter_edit(line: str, typed: list[str]) -> list[str] | None:
    """`Kurang h di belakang aulia`, `hikmah tidak pakai h`, `z nya satu saja`, `huruf a-nya dobel`."""
    more, without, once = (_patterns()[name].search(line) for name in ("more", "without", "times"))
    named = [at for word in _WORDS.findall(line) if _is_name_word(word) and (at := _which(_clean(word, typed), typed, SAME)) is not None]
    at = named[0] if len(set(named)) == 1 else 0 if len(typed) == 1 else None
    common = frozenset(load("spelling/base")["words"].split())
    if not named and any(_is_name_word(word) and word not in common for word in _WORDS.findall(line)):
        return None  # it speaks of another name
    if more:
        front = more[2] is not None and _patterns()["front"].fullmatch(more[2]) is not None
        at = at if at is not None else (0 if front else len(typed) - 1) if more[2] and len(typed) == 1 else None
        if at is None or more[2] is None:
            return None
        return _with(typed, at, more[1].upper() + typed[at] if front else typed[at] + more[1].upper())
    if without:
        gone = without[1].upper()
        holds = [place for place, own in enumerate(typed) if own.count(gone) == 1 and at in (None, place)]
        if without[2] and at is not None and _patterns()["behind"].fullmatch(without[2]) and typed[at].endswith(gone):
            return _with(typed, at, typed[at][:-1])
        return _with(typed, holds[0], typed[holds[0]].replace(gone, "")) if len(holds) == 1 else None
    if once:
        one, two = once[1].upper(), 2 * once[1].upper()
        if _patterns()["once"].fullmatch(once[2]):
            holds = [place for place, own in enumerate(typed) if two in own and at in (None, place)]
            return _with(typed, holds[0], typed[holds[0]].replace(two, one, 1)) if len(holds) == 1 else None
        so = next(_spelt(line, typed, lambda word: two in word), None)
        if so is not None:
            return so
        holds = [place for place, own in enumerate(typed) if own.count(one) == 1 and at in (None, place)]
        return _with(typed, holds[0], typed[holds[0]].replace(one, two)) if len(holds) == 1 else None
    return None


def _with(typed: list[str], at: int, word: str) -> list[str]:
    return [*typed[:at], word, *typed[at + 1 :]]


def _added(line: str, typed: list[str]) -> list[str] | None:
    """`Belakangnya ditambah Wibowo`, `kurang Muhammad di depan`, `nama belakangnya kurang, tambahi Prawiro`."""
    for name, ahead in (("added_front", True), ("added_behind", False)):
        found = _patterns()[name].search(line)
        words = [word.upper() for word in (found[1] or found[2]).split() if _is_name_word(word)] if found else []
        if words and not any(fuzz.ratio(word, own) >= SAME for word in words for own in typed):
            return [*words, *typed] if ahead else [*typed, *words]
    return None


def _dropped(line: str, typed: list[str]) -> list[str] | None:
    """`Tanpa Muhammad`, `ndak usah pake Setiawan`, `Putri-nya dihapus`."""
    if len(typed) < LEAST:
        return None
    for found in _patterns()["dropped"].finditer(line):
        word = found[1] or found[2]
        at = _which(_clean(word, typed), typed, 95) if _is_name_word(word) else None
        if at is not None:
            return [*typed[:at], *typed[at + 1 :]]
    return None


def _joined_or_parted(line: str, typed: list[str]) -> list[str] | None:
    """`Wahyuningsih digandeng`, `Nur Aini dipisah`: the same letters with or without a space between."""
    joins, parts = (_patterns()[name].search(line) for name in ("joined", "parted"))
    if bool(joins) == bool(parts):
        return None
    said = [word.upper() for word in _WORDS.findall(line) if _is_name_word(word)]
    for size in (1, 2, 3) if joins else (3, 2):
        for begin in range(len(said) - size + 1):
            run = said[begin : begin + size]
            for at in range(len(typed)):
                for end in range(at + 1, len(typed) + 1):
                    if "".join(run) == "".join(typed[at:end]):
                        if joins and end - at > 1:
                            return [*typed[:at], "".join(run), *typed[end:]]
                        if parts and size > end - at:
                            return [*typed[:at], *run, *typed[end:]]
    return None


def _written_so(line: str, typed: list[str]) -> list[str] | None:
    """`Rizka pake z`, `Harum nganggo h`: the word is written as it should be, and the letter says what is new in it."""
    found = _patterns()["with"].search(line)
    if found is None:
        return None
    letter = found[1].upper()
    return next(_spelt(line, typed, lambda word: letter in word), None)


def _spelt(line: str, typed: list[str], fits: Callable[[str], bool]) -> Iterator[list[str]]:
    """The name with a typed word that is nearly one of its own, but spelled otherwise."""
    for word in _WORDS.findall(line)[::-1]:
        if not _is_name_word(word) or not fits(clean := _clean(word, typed)):
            continue
        at = _which(clean, typed, ALIKE)
        if at is not None and clean != typed[at]:
            yield _with(typed, at, clean)


def _told_anew(line: str, typed: list[str]) -> list[str] | None:
    """`Gemilang kurang huruf: Gemilang Jatmiko`: the whole name once more, with a word of it spelled otherwise."""
    for part in _patterns()["turns"].split(line)[1:]:
        said = [word.upper() for word in part.split(".")[0].split()]
        if len(said) == len(typed) > 1 and all(_is_name_word(word.lower()) for word in said):
            differs = [at for at, word in enumerate(said) if word != typed[at]]
            if len(differs) == 1:
                return said
    return None
