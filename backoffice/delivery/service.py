"""Takes drafts and final PDFs in, each in its place: one KK, and one akta for each child."""

import asyncio
import uuid
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.cases.models import Case
from backoffice.cases.service import CaseService, Request, children_of
from backoffice.delivery import pdf
from backoffice.delivery.models import Phase, Product
from backoffice.errors import Invalid
from backoffice.staff.actor import Actor
from storage.blobs import BlobStore

UPLOADS = {
    "unggah_draf_kk": ("kk", Phase.DRAFT),
    "unggah_draf_akta": ("akta", Phase.DRAFT),
    "unggah_final_kk": ("kk", Phase.FINAL),
    "unggah_final_akta": ("akta", Phase.FINAL),
}
"""What each uploading transition brings."""


async def look_at(data: bytes, case: Case, transition: str, child: int) -> pdf.Looked:
    """Opens the PDF and compares it with the case. Raises Invalid where it is none."""
    kind, phase = UPLOADS[transition]
    try:
        return await asyncio.to_thread(pdf.look, data, _expected(case, kind, child), phase is Phase.FINAL)
    except pdf.NoPdf:
        raise Invalid(field="pdf") from None


async def upload(
    session: AsyncSession,
    service: CaseService,
    blobs: BlobStore,
    case: Case,
    actor: Actor,
    wanted: Request,
    data: bytes,
    looked: pdf.Looked,
    now: datetime,
) -> None:
    """Puts a PDF in its place and does the uploading transition. Raises what `CaseService.act` raises, and Invalid for an unknown child."""
    kind, phase = UPLOADS[wanted.transition]
    child = int(wanted.form.get("child", "0") or 0) if kind == "akta" else 0
    if not 0 <= child < children_of(case):
        raise Invalid(field="child")
    blob = await blobs.put(data)
    product = Product(
        id=str(uuid.uuid4()),
        case_id=case.id,
        kind=kind,
        child=child,
        phase=phase,
        blob=blob,
        filename=f"{phase} {kind} {case.number}{f'-{child + 1}' if kind == 'akta' else ''}.pdf",
        pages=looked.pages,
        warnings=looked.warnings,
        uploaded_by=actor.id,
        uploaded_at=now,
    )
    same = (Product.case_id == case.id, Product.kind == kind, Product.child == child, Product.phase == phase, Product.replaced_at.is_(None))
    with session.no_autoflush:
        event = await service.act(case, actor, Request(wanted.transition, wanted.version, wanted.key, wanted.form, product=product))
    if event is not None:
        await session.execute(update(Product).where(*same).values(replaced_at=now))
        session.add(product)


def _expected(case: Case, kind: str, child: int) -> dict[str, str]:
    """The texts that should stand in a product, by the code of the warning where one does not."""
    entered = (case.siak.get("anak") or [{}] * (child + 1))[child]
    names = case.bundle.get("anak") or [{}] * (child + 1)
    number = case.siak.get("no_kk", "") if kind == "kk" else entered.get("akta", "")
    return {"number_missing": number or "", "name_missing": str(names[child].get("nama") or "")}
