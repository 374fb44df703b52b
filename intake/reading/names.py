"""Reads a name in an answer, without `namanya …`, `jenenge …`, `asmanipun …` around it. `standard.names` judges it."""

import re
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz

from language.lists import either, load, phrases
from language.phrases import ENDINGS, plain, words
from standard.names import official_name

LONGEST_LINE = 160
ALIKE = 65
"""How alike two spellings of one word are at least, in hundredths."""
MOST_WORDS = 14
"""More than any name has; a name of more than 60 characters is read, so that the applicant can be told that it is too long."""

_LAUGHTER = re.compile(r"(?:wk)+w?|(?:h[aei]){2,}h?|(?:x[aei]){2,}")
_EDGE = ' \t.,:;!=*_~"“”()[]<>-–—'


@dataclass(frozen=True)
class Name:
    """A name as typed and as the register writes it: upper case, single spaces."""

    typed: str
    official: str


def read_name(text: str) -> Name | None:
    """The name in an answer, or None where the text asks, puts off, or speaks of something else."""
    line = _line_with_name(text)
    if "?" in line or not 0 < len(line) <= LONGEST_LINE:
        return None
    before, comma, behind = line.rpartition(",")
    if comma and set(words(before)) & _never("corrections") and len(words(behind)) > 1:
        line = behind
    line = _without_other_spelling(_introduced(line))
    first, stop, rest = line.partition(". ")
    line = first if stop and len(words(first)) > 1 and _put_off(rest) else line
    if _put_off(line) or set(words(line)[1:-1]) & _never("slipped"):
        return None
    head, colon, stated = line.rpartition(":")
    line = stated if colon and len(words(stated)) > 1 and len(words(head)) > 1 else line
    bare = _without_remark(_without_edges(_behind_marker(_of_the_child(line))))
    if bare is None:
        return None
    typed = plain(bare).split()
    letters = sum(character.isalpha() for character in bare)
    if (
        letters < 2
        or letters < len(bare.replace(" ", "")) / 2
        or len(typed) > MOST_WORDS
        or any(_is_no_name(word.strip(_EDGE), typed) or _LAUGHTER.fullmatch(word) for word in typed)
    ):
        return None
    return Name(bare, official_name(bare))


def _introduced(line: str) -> str:
    """`Niki putri kula, Rara Sawitri`, `kulo piyambak, Tukiman`: what follows the comma, where only who it is stands before."""
    before, comma, behind = line.partition(",")
    return behind if comma and words(before) and set(words(before)) <= _never("introduces") and len(words(behind)) > 0 else line


_OTHER_SPELLING = re.compile(
    rf"(?i)[ ,](?:(?:{either('agreeing', 'address')}|lho)[ ,]{{1,2}}){{0,3}}"
    rf"(?:{either('not_it')} (?P<other>[^\W\d_]{{1,40}}(?: [^\W\d_]{{1,40}}){{0,2}})"
    rf"|{either('use')} (?:huruf )?[a-z]\b[^\n]{{0,60}})(?: {either('agreeing', 'address')})?[.!]{{0,3}}$"
)


def _without_other_spelling(line: str) -> str:
    """`Minggu Lestari ya bukan Minggi`, `Rizky Saputra pake y`: the name, without how it is not spelled."""
    line = " ".join(line.split())
    found = _OTHER_SPELLING.search(line)
    if found is None or not line[: found.start()].strip():
        return line
    named = words(line[: found.start()])
    if any(all(fuzz.ratio(other, word) < ALIKE for word in named) for other in words(found["other"] or "")):
        return line
    return line[: found.start()]


def announces(text: str) -> bool:
    """Whether a text says that a name comes, and then something (`nama: …`, `jenenge …`)."""
    found = _pattern("markers").match(text.strip())
    return found is not None and bool(words(text.strip()[found.end() :]))


def without_patronym(name: str) -> str:
    """`KUSNAN BIN SARIDIN` without the father's name."""
    found = _whole_words("patronym").search(name)
    return name[: found.start()].strip() if found and name[: found.start()].strip() else name


def _is_no_name(word: str, typed: list[str]) -> bool:
    """Whether a word speaks of something else; `sabar`, `benar` beside a word of no list are names, too."""
    if word not in _never("never"):
        return False
    base = frozenset(load("spelling/base")["words"].split())
    strange = [other for other in typed if other not in base and other not in _never("never") and len(other) > 2]
    return word not in _never("also_names") or not strange


def _put_off(line: str) -> bool:
    """`Belum dikasih nama`: a denial before the word for a name."""
    found = _pattern("markers").search(line)
    return found is not None and bool(set(words(line[: found.start()])) & _never("not_yet"))


def _of_the_child(line: str) -> str:
    """`Kakaknya namanya X, yang ini Y`: what is said of this child."""
    found = _whole_words("this_child").search(line)
    return line[found.end() :] if found and _whole_words("others").search(line[: found.start()]) else line


@cache
def _whole_words(section: str) -> re.Pattern[str]:
    return re.compile(rf"(?i)(?<![^\W_])(?:{_alternatives(section)})(?![^\W_])")


@cache
def _remark() -> re.Pattern[str]:
    return re.compile(rf"(?i)\s?(?:,(?!\s?[a-z.]{{1,6}}$)|\(|\.\.\.|(?<=[a-z]{{4}})\.\s)|\s(?:{_alternatives('remarks')})(?![^\W_])")


def _without_remark(bare: str) -> str | None:
    """The name without what is said of it behind (`… pakai koma atas`, `…, satu f`); None where that changes the name itself."""
    if _whole_words("changing").search(bare):
        return None
    cut = _without_edges(_remark().split(bare, maxsplit=1)[0])
    return cut if cut else bare


def _line_with_name(text: str) -> str:
    """The only line, or the one that says `nama`: a whole form is often sent at once."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) <= 1:
        return lines[0] if lines else ""
    marked = [line for line in lines if _pattern("markers").search(line)]
    return marked[0] if len(marked) == 1 else ""


def _behind_marker(line: str) -> str:
    """What follows the last marker, or comes before it where nothing follows (`Siti Aminah jenenge`)."""
    markers = list(_pattern("markers").finditer(line))
    if not markers:
        return line
    behind = line[markers[-1].end() :]
    while (connector := _leading("connectors").match(behind)) is not None:
        behind = behind[connector.end() :]
    return behind if _without_edges(behind) else line[: markers[0].start()]


def _without_edges(line: str) -> str:
    """Without address, thanks, quotes and marks on both sides; single spaces."""
    bare = re.sub(r"\([^)]{0,160}\)", " ", _without_emoji(line)).strip(_EDGE)
    while (edge := _leading("around").match(bare) or _trailing("around").search(bare)) is not None:
        bare = (bare[: edge.start()] + bare[edge.end() :]).strip(_EDGE)
    return " ".join(bare.split())


def _without_emoji(line: str) -> str:
    return re.sub(r"[\U0001F300-\U0001FAFF\u2600-\u27BF\u200d\ufe0f]", " ", line)


@cache
def _alternatives(section: str) -> str:
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in sorted(phrases("names", section), key=len, reverse=True))


@cache
def _pattern(section: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{_alternatives(section)})(?:{'|'.join(ENDINGS)})?(?![^\W_])", re.IGNORECASE)


@cache
def _leading(section: str) -> re.Pattern[str]:
    return re.compile(rf"[\s:=.,\-]*(?:{_alternatives(section)})(?![^\W_])[\s:=.,\-]*", re.IGNORECASE)


@cache
def _trailing(section: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\s,.])[\s,.]+(?:{_alternatives(section)})[\s.,!]*$", re.IGNORECASE)


@cache
def _never(section: str) -> frozenset[str]:
    return frozenset(phrases("names", section))
