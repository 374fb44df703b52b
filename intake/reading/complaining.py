"""Reads what is said of complaining itself: that this is no complaint, that a child is to be registered, that the name is to be kept."""

from functools import cache
from typing import Any

from language.lists import phrases, word_set
from language.phrases import Phrasebook, words

BETWEEN = 2
"""Words between the denial and what it denies: `bukan mau ngadu`."""

EDGE = 4
"""Words from the message's beginning within which a denial or a wish speaks of the message itself, not of what others said."""

NAMELESS_LONGEST = 6
"""Words up to which a message only wants to be without a name."""


def denies_complaint(text: str) -> bool:
    """Whether the message says that it, or what was sent, is no complaint (`sanes pengaduan`, `ora ngadu`, `itu kk, bukan bukti`)."""
    typed = words(text)
    return any(_earnestly(typed, at) and (start <= EDGE or at + BETWEEN >= len(typed) - 1) for start, at in _denials(typed))


def _denials(typed: list[str]) -> list[tuple[int, int]]:
    """Where a word of denial stands, and where what it denies."""
    rows = phrases("complaints", "denied")
    found = []
    for start, word in enumerate(typed):
        if word in rows["not"]:
            found += [(start, at) for at in range(start + 1, min(start + 2 + BETWEEN, len(typed))) if typed[at] in rows["noun"]]
        if word in rows["never"] and typed[start + 1 : start + 2] and typed[start + 1] in rows["verb"]:
            found.append((start, start + 1))
    return found


def _earnestly(typed: list[str], at: int) -> bool:
    return not set(typed[at + 1 : at + 2 + BETWEEN]) & word_set("complaints", "earnest")


def begins_registration(text: str) -> bool:
    """Whether the message says at its beginning, or behind a denial, that a child is to be registered (`badhe damel akte kangge putu`)."""
    typed = words(text)
    ends = [at + 1 for _, at in _denials(typed)]
    return any(hit.start <= EDGE or any(end <= hit.start <= end + EDGE for end in ends) for hit in _book("registering").found(typed))


def wants_no_name(text: str) -> bool:
    """Whether the message only says that the complaint is to be without a name (`tanpa nama saja pak`)."""
    typed = words(text)
    return len(typed) <= NAMELESS_LONGEST and bool(_book("nameless").found(typed))


def keeps_name(text: str) -> bool:
    """Whether the writer's name is not to be told (`jgn sebut nama saya ya pak`)."""
    return bool(_book("unnamed").found(text))


def takes_back_leaving(text: str) -> bool:
    """Whether the message says, asked whether to stop, that it does not come to that (`gak jadi batal`)."""
    return bool(_book("stays").found(text))


def gives_thanks(text: str) -> bool:
    """Whether it thanks or praises."""
    return bool(_book("thanks").found(text))


def names_complaint(text: str) -> bool:
    """Whether a complaint is named in it."""
    return bool(_book("named").found(text))


@cache
def _book(section: str) -> Phrasebook[Any]:
    return Phrasebook({True: phrases("complaints", section)})
