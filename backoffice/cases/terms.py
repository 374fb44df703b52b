"""How words of a case are stored: those that name one person or paper as keyed hashes, parts of names hidden so that they are still found
by their beginning."""

from standard.clock import read_day
from storage import beginnings
from storage.keyring import Keyring, is_digest

HASHED = ("nik", "ibu", "kk", "telepon", "surat", "anak")
"""Kinds that are compared whole. Of a child (`anak`) the name is hashed and the date beside it stays, for near dates are alike, too."""

BEGUN = "nama"
"""The kind of which the beginning is enough."""

NUMBERS = ("akta", "nik")
"""Kinds of issued numbers that are kept as hashes; the number of a parcel tells of nobody."""


def stored_term(keyring: Keyring, kind: str, term: str) -> str:
    """A word as the table holds it."""
    return wanted_terms(keyring, kind, term)[0]


def wanted_terms(keyring: Keyring, kind: str, term: str) -> list[str]:
    """All forms in which a word may stand: by each key, the newest first, and as an older program wrote it."""
    if kind == BEGUN:
        return [term] if beginnings.is_hidden(term) else [*beginnings.forms(keyring, _about(kind), term), term]
    if kind not in HASHED or is_digest(term):
        return [term]
    name, _, day = term.rpartition(" ")
    if kind == "anak" and name and read_day(day) is not None:
        return [f"{digest} {day}" for digest in keyring.digests(_about(kind), name)] + [term]
    return [*keyring.digests(_about(kind), term), term]


def stored_number(keyring: Keyring, kind: str, number: str) -> str:
    """An issued number as the table holds it."""
    return wanted_number(keyring, kind, number)[0]


def wanted_number(keyring: Keyring, kind: str, number: str) -> list[str]:
    """All forms in which it may stand."""
    return [*keyring.digests(f"issued_numbers.{kind}", number), number]


def _about(kind: str) -> str:
    return f"case_terms.{kind}"
