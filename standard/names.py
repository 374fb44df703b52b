"""Judges a child's name by Permendagri 73/2022 as this office applies it (design decisions: child's name)."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from standard import facts

MAX_LENGTH = 60
"""Characters, spaces among them (Permendagri 73/2022 Ps 4)."""

MIN_WORDS = 2
"""Words (Permendagri 73/2022 Ps 4)."""

TOLERATED = frozenset("'-.")
"""Marks that the rule forbids and that families insist on (`Nur'aini`): the officer decides."""

_ROMAN_OR_LATIN = re.compile(r"[A-Za-z]")


class NameProblem(StrEnum):
    """What a name can run against; the catalogue of texts has a sentence for each."""

    EMPTY = "nama_kosong"
    ONE_WORD = "nama_satu_kata"
    TOO_LONG = "nama_terlalu_panjang"
    DIGITS = "nama_angka"
    SYMBOLS = "nama_simbol"
    FOREIGN_LETTERS = "nama_huruf_asing"
    TITLE = "nama_gelar"
    PUNCTUATION = "nama_tanda_baca"
    ABBREVIATION = "nama_singkatan"


class Severity(StrEnum):
    """`STOP`: another name has to be given. `WARN`: it is told, asked once more, and then taken with a flag for the officer."""

    STOP = "stop"
    WARN = "warn"


@dataclass(frozen=True)
class Finding:
    """One problem of a name; `detail` is the part of the name that it is about, for the sentence."""

    problem: NameProblem
    severity: Severity
    detail: str = ""


def judge_name(name: str) -> list[Finding]:
    """Every problem of a name, those that stop it first; an empty list is a good name. What a name means, no machine judges."""
    official = official_name(name)
    if not any(character.isalnum() for character in official):
        return [Finding(NameProblem.EMPTY, Severity.STOP)]
    findings = [Finding(problem, severity, detail) for problem, severity, check in _CHECKS if (detail := check(official)) is not None]
    return sorted(findings, key=lambda finding: finding.severity is Severity.WARN)


def official_name(name: str) -> str:
    """The name as the register writes it: composed letters, upper case, single spaces, one kind of apostrophe and hyphen."""
    text = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", name).upper())
    text = re.sub(r"[’‘`´ʼ]", "'", text)
    return " ".join(re.sub(r"[‐-―]", "-", text).split())


def _one_word(name: str) -> str | None:
    return name if len(name.split()) < MIN_WORDS else None


def _too_long(name: str) -> str | None:
    return str(len(name)) if len(name) > MAX_LENGTH else None


def _all_that(accept: Callable[[str], bool]) -> Callable[[str], str | None]:
    """A check that gathers the different characters of a kind, in order."""
    return lambda name: " ".join(dict.fromkeys(filter(accept, name))) or None


def _is_symbol(character: str) -> bool:
    """Neither letter, mark on a letter, digit, space nor tolerated: those have rows of their own."""
    category = unicodedata.category(character)
    return not (character.isspace() or character.isnumeric() or category[0] in "LM" or character in TOLERATED)


def _is_marked_latin(character: str) -> bool:
    base = unicodedata.normalize("NFD", character)[0]
    return bool(_ROMAN_OR_LATIN.match(base)) and not character.isascii()


def _is_other_script(character: str) -> bool:
    return unicodedata.category(character)[0] in "LM" and not character.isascii() and not _is_marked_latin(character)


def _title(name: str) -> str | None:
    """Titles in front, and titles behind: `SE` ends a name only as a degree, but may well begin one."""
    typed = [_bare(word) for word in re.split(r"[\s,]+", name)]
    typed = [word for word in typed if word]
    before = _words_of("titles_before")
    after = _words_of("titles_after")
    found = _while_in(before, typed[:-1]) + _while_in(after, reversed(typed[1:]))[::-1]
    return " ".join(word.upper() for word in found) or None


def without_titles(name: str) -> str:
    """A name without its titles, which the register leaves out; the name itself where nothing would be left."""
    typed = name.replace(",", " ").split()
    bare = [_bare(word) for word in typed]
    first = len(_while_in(_words_of("titles_before"), bare[:-1]))
    last = len(typed) - len(_while_in(_words_of("titles_after"), reversed(bare[first + 1 :])))
    return " ".join(typed[first:last]) or name


def _abbreviation(name: str) -> str | None:
    """A single letter, or a known short form (`MUH`, `ABD`)."""
    typed = [_bare(word) for word in name.split()]
    short = [word for word in typed if (len(word) == 1 and word.isalpha()) or word in facts.load("names")["abbreviations"]]
    return " ".join(word.upper() for word in short) or None


def _bare(word: str) -> str:
    return word.replace(".", "").strip("'-").lower()


def _while_in(titles: frozenset[str], typed: Iterable[str]) -> list[str]:
    found: list[str] = []
    for word in typed:
        if word not in titles:
            break
        found.append(word)
    return found


@cache
def _words_of(section: str) -> frozenset[str]:
    return frozenset(word for words in facts.load("names")[section].values() for word in words)


_CHECKS: tuple[tuple[NameProblem, Severity, Callable[[str], str | None]], ...] = (
    (NameProblem.ONE_WORD, Severity.STOP, _one_word),
    (NameProblem.TOO_LONG, Severity.STOP, _too_long),
    (NameProblem.DIGITS, Severity.STOP, _all_that(str.isnumeric)),
    (NameProblem.SYMBOLS, Severity.STOP, _all_that(_is_symbol)),
    (NameProblem.FOREIGN_LETTERS, Severity.STOP, _all_that(_is_other_script)),
    (NameProblem.TITLE, Severity.STOP, _title),
    (NameProblem.FOREIGN_LETTERS, Severity.WARN, _all_that(_is_marked_latin)),
    (NameProblem.PUNCTUATION, Severity.WARN, _all_that(TOLERATED.__contains__)),
    (NameProblem.ABBREVIATION, Severity.WARN, _abbreviation),
)
