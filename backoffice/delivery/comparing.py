"""Compares what stands on a paper with what the case says should stand there: the number, the children's names, their NIK. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

Pages = Sequence[Sequence[str]]
"""A paper's pages as lines of text; what one cell breaks over several lines is one of them, with line breaks."""

_ALIKE = str.maketrans("OQDILZSGB", "000112568")
"""Letters that readers take for digits."""
_AKTA = re.compile(r"(?<!\d)\d{4}-L[UT]-\d{8}-\d{4}(?!\d)")
_SIXTEEN = re.compile(r"(?<!\d)\d{16}(?!\d)")
_AFTER_A_NAME = frozenset({"L", "P", "LAKI", "PEREMPUAN", "LK", "PR", "ANAK"})
"""Words in capitals that stand behind a name on a KK or an akta without being part of it."""


@dataclass(frozen=True)
class Expected:
    """What should stand on a paper, each by the code of the warning where it does not; `number` and `names` are of the case."""

    number: str
    names: tuple[str, ...]
    niks: tuple[str, ...] = ()


def missing(expected: Expected, pages: Pages) -> frozenset[str]:
    """Codes of what was not found: `number_missing`, `name_missing`, `nik_missing`. An empty expectation is never found."""
    digits = [_digits(line) for page in pages for line in page]
    found = {
        "number_missing": bool(expected.number) and any(_digits(expected.number) in line for line in digits),
        "name_missing": bool(expected.names) and all(stands(name, pages) and not broken_off(name, pages) for name in expected.names),
        "nik_missing": all(any(_digits(nik) in line for line in digits) for nik in expected.niks),
    }
    return frozenset(code for code, holds in found.items() if not holds)


def stands(name: str, pages: Pages) -> bool:
    """Whether the whole name stands on a line, with no further name before or behind it: another child's may be longer by a word."""
    return any(not _goes_on(before, behind) for before, behind in _around(name, pages))


def broken_off(name: str, pages: Pages) -> bool:
    """Whether the name stands somewhere with a further name in the next line of its cell: a reader of rows alone would not see that."""
    return any("\n" in (before[-1:], behind[:1]) and _goes_on(before, behind) for before, behind in _around(name, pages))


def _around(name: str, pages: Pages) -> Iterator[tuple[str, str]]:
    """What stands before and behind the name in each line that has it."""
    words = _words(name)
    if not words:
        return
    joined = r"[^A-Z]*".join(re.escape(letter) for letter in "".join(words))
    pattern = re.compile(rf"(?<![A-Z]){joined}(?![A-Z])")
    for line in (line for page in pages for line in page):
        for match in pattern.finditer(line.upper()):
            yield line[: match.start()], line[match.end() :]


def numbers_in(texts: Iterable[str]) -> set[str]:
    """Akta numbers and numbers of sixteen digits that stand in these texts, such as what a QR code says."""
    return {number for text in texts for number in (*_AKTA.findall(text.upper()), *_SIXTEEN.findall(text))}


def _goes_on(before: str, behind: str) -> bool:
    """Whether a word in capitals follows or leads directly, in a line whose own words are read as they are written."""
    led = re.search(r"(?<![A-Z])([A-Z]{2,})[ \n]$", before)
    follows = re.match(r"[ \n]([A-Z']{2,})(?![a-z])", behind)
    return any(found is not None and found.group(1) not in _AFTER_A_NAME for found in (led, follows))


def _digits(text: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", text.upper()).translate(_ALIKE)


def _words(name: str) -> list[str]:
    return re.findall(r"[A-Z]+", name.upper())


def says(expected: Expected, text: str) -> bool:
    """Whether a PDF's own text says the same: it may confirm what was read off the page, never stand for it."""
    plain = _digits(text)
    return all(_digits(part) in plain for part in (expected.number, *expected.niks)) and all(_told(name, plain) for name in expected.names)


def _told(name: str, plain: str) -> bool:
    """Whether the name stands there whole, or in two parts, one behind the other: the text of a table has other cells between its lines."""
    words = [_digits(word) for word in name.split()]
    halves = (("".join(words[:at]), "".join(words[at:])) for at in range(1, len(words) + 1))
    return any((begin := plain.find(first)) >= 0 and second in plain[begin + len(first) :] for first, second in halves)


def alike(one: str, other: str) -> bool:
    """Whether two numbers are the same, whatever stands between their digits."""
    return _digits(one) == _digits(other)
