"""The papers that an applicant is given: as attachments of a notice, and on the page of the e-mail's link."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from backoffice.cases.models import Case
from backoffice.cases.products import Phase, Product
from backoffice.cases.service import all_facts

OPEN_FOR = timedelta(days=30)
"""After a paper was uploaded: who has lost it later finds it in the chat."""

LOOKED_AT_AGAIN = "koreksi"
"""The stage of a case of which the applicant has said that something on the papers is wrong."""


@dataclass(frozen=True)
class Paper:
    """One file that is given out."""

    id: str
    name: str
    blob: str
    until: datetime


def given_out(case: Case, products: list[Product], now: datetime) -> list[Paper]:
    """The finals that stand and are not older than OPEN_FOR; none while it is looked at whether something on them is wrong."""
    if not stand(case, products) or case.stage == LOOKED_AT_AGAIN:
        return []
    finals = [product for product in products if product.phase == Phase.FINAL]
    several = sum(product.kind == "akta" for product in finals) > 1
    return [
        Paper(product.id, filename_of(case, product, several), product.blob, product.uploaded_at + OPEN_FOR)
        for product in sorted(finals, key=lambda product: (product.kind, product.child))
        if now < product.uploaded_at + OPEN_FOR
    ]


def stand(case: Case, products: list[Product]) -> bool:
    """Whether the papers went out, were not called back, and the office would send them again as they are (`kirim_ulang`)."""
    return "final_ditarik" not in case.facts and {"dokumen_dikirim", "final_sesuai"} <= all_facts(case, (), products)


def attachments_of(case: Case, products: list[Product]) -> list[dict[str, str]]:
    finals = [product for product in products if product.phase == Phase.FINAL]
    several = sum(product.kind == "akta" for product in finals) > 1
    return [
        {
            "filename": filename_of(case, product, several),
            "mime": "application/pdf",
            "sha256": product.blob,
            "url": f"/api/files/{product.id}",
        }
        for product in sorted(finals, key=lambda product: (product.kind, product.child))
    ]


def filename_of(case: Case, product: Product, several: bool) -> str:
    """The name under which the applicant keeps a PDF: `Akta Kelahiran 1 LM-….pdf`."""
    title = "Kartu Keluarga" if product.kind == "kk" else "Akta Kelahiran"
    return f"{title}{f' {product.child + 1}' if several and product.kind == 'akta' else ''} {case.number}.pdf"
