"""Facts of a case that follow from its documents and products, and so are never stored. Pure."""

from collections.abc import Iterable

from backoffice.delivery.models import Phase, Product
from backoffice.documents.models import DocumentState

COMPUTED = frozenset({"semua_diperiksa", "ada_yang_salah", "semua_benar", "perbaikan_lengkap", "draf_lengkap", "final_lengkap"})


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


def facts_of_products(products: Iterable[Product], children: int) -> frozenset[str]:
    """Whether every draft, every final PDF is there."""
    held = {phase: {(p.kind, p.child) for p in products if p.phase == phase} for phase in Phase} if (products := list(products)) else {}
    wanted = set(wanted_products(children))
    return frozenset(
        fact for phase, fact in ((Phase.DRAFT, "draf_lengkap"), (Phase.FINAL, "final_lengkap")) if wanted <= held.get(phase, set())
    )
