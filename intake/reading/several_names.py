"""Reads the names of several children from one message, in the order of their birth."""

import re

from intake.reading.names import Name, read_name
from language.lists import either

_ORDER = (
    re.compile(
        rf"(?i)(?<!\w)(?:{either('which')}\s{either('first_born')}|kakak\w{{0,3}}"
        r"|mbak\s?yu\w{0,3}|mase|masnya|1[.)])(?!\w)\s?:?"
    ),
    re.compile(
        rf"(?i)(?<!\w)(?:{either('which')}\s{either('second_born')}"
        r"|ad(?:h?ik|ek)\w{0,3}|adh?ine|2[.)])(?!\w)\s?:?"
    ),
)
"""How the first and the second of twins are told apart."""
_JOINT = re.compile(rf"(?i)\s{either('and')}\s|[,;\n]")
FULL = 2
"""Words of a name that stands in a row with another; one word may be a part of the name before."""


def read_names(text: str, count: int) -> dict[int, Name]:
    """The names by their place, from 0; empty where the message does not part them."""
    marks = sorted((found.start(), found.end(), at) for at, pattern in enumerate(_ORDER) for found in pattern.finditer(text))
    if marks:
        ends = [start for start, _, _ in marks[1:]] + [len(text)]
        stated = {at: read_name(text[end:stop].strip(" ,.;:")) for (_, end, at), stop in zip(marks, ends, strict=True)}
        return {at: name for at, name in stated.items() if name is not None and at < count and len(name.official.split()) >= FULL}
    names = [read_name(part) for part in _JOINT.split(text) if part.strip()]
    whole = [name for name in names if name is not None and len(name.official.split()) >= FULL]
    return dict(enumerate(whole)) if len(whole) == len(names) == count else {}
