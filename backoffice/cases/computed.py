"""Facts of a case that follow from its documents and products, and so are never stored. Pure."""

from collections.abc import Iterable

from backoffice.cases.documents import DocumentState
from backoffice.cases.products import BLOCKING, Phase, Product

ALLOWED = "final_diizinkan"
"""A second person has allowed the finals now in place; whatever replaces one clears it (`stages.yml`)."""


def facts_of_documents(given: Iterable[str]) -> frozenset[str]:
    """What the states of the documents now in place say: all looked at, some wrong, all right, every wrong one replaced."""
    states = set(given)
    found = {
        "semua_diperiksa": DocumentState.NEW not in states,
        "ada_yang_salah": DocumentState.WRONG in states,
        "semua_benar": states == {DocumentState.RIGHT},
        "perbaikan_lengkap": DocumentState.WRONG not in states,
    }
    return frozenset(fact for fact, holds in found.items() if holds)


def wanted_products(children: int) -> list[tuple[str, int]]:
    """What is made for a bundle: one KK, and one akta for each child (kind, child)."""
    return [("kk", 0), *(("akta", child) for child in range(children))]


def facts_of_products(products: Iterable[Product], children: int, stored: frozenset[str] = frozenset()) -> frozenset[str]:
    """Whether every draft, every final PDF is there, and whether the finals agree with the case or were allowed by a second person."""
    products, wanted = list(products), set(wanted_products(children))
    held = {phase: {(p.kind, p.child) for p in products if p.phase == phase} for phase in Phase}
    found = {fact for phase, fact in ((Phase.DRAFT, "draf_lengkap"), (Phase.FINAL, "final_lengkap")) if wanted <= held[phase]}
    if "final_lengkap" in found:
        doubtful = any(BLOCKING & set(p.warnings) for p in products if p.phase == Phase.FINAL) and ALLOWED not in stored
        found.add("final_diragukan" if doubtful else "final_sesuai")
    return frozenset(found)
