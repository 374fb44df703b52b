"""Reads what is said of a KK of another office: that another follows, that the family has moved here, or that this is all. Pure."""

from intake.drafts.domicile import key_of
from intake.drafts.model import Draft
from intake.questions.question import NOTHING, Reading, Said
from intake.reading import is_question, read_choice

REPLACE, MOVED, ENOUGH = "ganti", "pindah", "cukup"
FLAG = "kk_luar"


def read_moved(said: Said, draft: Draft, child: int) -> Reading[str]:
    """One of the three."""
    picked = said.choice or (None if is_question(said.text) else read_choice(said.text, said.choices))
    return picked if picked in (REPLACE, MOVED, ENOUGH) else NOTHING


def store_moved(draft: Draft, child: int, value: str) -> None:
    """Who says that they moved goes on; the officer sees it."""
    if value == MOVED:
        draft.explained[key_of(draft)] = ""
        draft.flag(FLAG)
