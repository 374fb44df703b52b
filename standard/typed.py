"""Bounds what a person typed or tapped, where it comes in: runs of white space become one mark, and every text has a longest length. Pure.

Every reader behind may then rely on it: no text is longer than WhatsApp lets people write, and no run of white space is longer than a
blank line. Words, lines and paragraphs stay as they were typed.
"""

import re
from typing import Any, NamedTuple

TEXT_LONGEST = 4096
"""What WhatsApp lets a person write in one message."""
CAPTION_LONGEST = 1024
"""What WhatsApp lets a person write below a photo."""
NAME_LONGEST = 200
"""Of names that a phone gives: of a person, a file, a place, a button. WhatsApp's own limits are far below it."""
ID_LONGEST = 256
"""Of the id of a button (WhatsApp's limit); all of them are ours."""

_INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff"
_RUN = re.compile(rf"\s[\s{_INVISIBLE}]*")
_LINE_END = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
_CONTROLS = dict.fromkeys(code for code in [*range(32), *range(127, 160)] if not chr(code).isspace())


class Bounded(NamedTuple):
    """A text within its bounds; `cut` where its end was left out."""

    text: str
    cut: bool


def collapsed(text: str) -> str:
    """The text with each run of white space as one space, one line end or one blank line."""
    return _RUN.sub(_one_mark, text)


def bounded(text: str, longest: int = TEXT_LONGEST) -> Bounded:
    """The text without control characters, its runs of white space as one space, one line end or one blank line, at most `longest` long.

    What is bounded already stays the same.
    """
    tidy = collapsed(text.translate(_CONTROLS)).strip()
    return Bounded(tidy[:longest].rstrip(), len(tidy) > longest)


def bounded_within(value: Any, longest: int = TEXT_LONGEST) -> tuple[Any, bool]:
    """The same of every text within a JSON value, and whether any was cut."""
    match value:
        case str():
            return bounded(value, longest)
        case dict():
            inner = {key: bounded_within(one, longest) for key, one in value.items()}
            return {key: one for key, (one, _) in inner.items()}, any(cut for _, cut in inner.values())
        case list():
            rows = [bounded_within(one, longest) for one in value]
            return [one for one, _ in rows], any(cut for _, cut in rows)
    return value, False


def _one_mark(run: re.Match[str]) -> str:
    ends = len(_LINE_END.findall(run[0]))
    return "\n" * min(ends, 2) or " "
