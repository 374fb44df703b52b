"""Says of a bundle what lists can be filtered by: the kind of its papers, and what an officer must mind. Pure."""

from collections.abc import Iterator

from contracts.bundle import Bundle
from standard import sensitive
from standard.kinds import Item
from standard.requirements import Reporter

KIND = "ciri"
"""The kind of the words (`CaseTerm`) that these features are kept as."""

PAPERS = (Item.SURAT_NIKAH, Item.SPTJM_PASUTRI, Item.SPTJM_KELAHIRAN)
FLAGS = ("anak_seorang_ibu", "lewat_60_hari", "perlu_cek_petugas")
FEATURES = (*map(str, PAPERS), "kembar", "pelapor_lain", *FLAGS, "peringatan", "peka")
"""Every feature, in the order in which a list offers them."""


def features_of(bundle: Bundle) -> Iterator[str]:
    """The features that a bundle has as it arrives."""
    flags = {flag.partition(":")[0] for flag in bundle.flags}
    yield from {document.item for document in bundle.documents} & {str(paper) for paper in PAPERS}
    if len(bundle.anak) > 1:
        yield "kembar"
    if bundle.conditions.pelapor == Reporter.LAIN:
        yield "pelapor_lain"
    yield from (flag for flag in FLAGS if flag in flags)
    if bundle.warnings:
        yield "peringatan"
    if any(flag.startswith(sensitive.FLAG) for flag in bundle.flags):
        yield "peka"
