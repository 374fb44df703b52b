"""Takes drafts and final PDFs in, each in its place: one KK, and one akta for each child."""

import hashlib
import re
import uuid
from dataclasses import dataclass, replace

from sqlalchemy import update

from backoffice.cases.models import Case
from backoffice.cases.service import CaseService, Request, children_of
from backoffice.delivery.models import Phase, Product
from backoffice.documents.uses import note_arrival
from backoffice.errors import Invalid, TooBusy
from backoffice.services import Services
from backoffice.staff.actor import Actor
from backoffice.web.edge import whole_number
from documents import Busy, Opener, Unopened

UPLOADS = {
    "unggah_draf_kk": ("kk", Phase.DRAFT),
    "unggah_draf_akta": ("akta", Phase.DRAFT),
    "unggah_final_kk": ("kk", Phase.FINAL),
    "unggah_final_akta": ("akta", Phase.FINAL),
}
"""What each uploading transition brings."""

REFUSED = {"pdf_active", "pdf_locked", "too_heavy"}
"""Causes that staff read a sentence of their own of (`invalid.<cause>`); whatever else ails the file has one for all."""


@dataclass(frozen=True)
class Place:
    """Where an upload belongs: `child` counts from 0, and is 0 for a KK."""

    kind: str
    child: int
    phase: Phase


@dataclass(frozen=True)
class Looked:
    """What was found in a PDF: its pages and codes of warnings (`no_signature`, `number_missing`, `name_missing`)."""

    pages: int
    warnings: list[str]


async def place_of(service: CaseService, case: Case, actor: Actor, wanted: Request) -> Place | None:
    """Where the file belongs, for somebody who may bring it now; None where this very request was done before. Looks at no byte of it.

    Raises what `CaseService.permitted` raises, and Invalid for an unknown child.
    """
    if wanted.key and await service.repository.event_of_request(case, wanted.key):
        return None
    await service.permitted(case, actor, wanted)
    kind, phase = UPLOADS[wanted.transition]
    child = whole_number(wanted.form.get("child") or "0", otherwise=-1)
    if not 0 <= child < children_of(case):
        raise Invalid(field="child")
    return Place(kind, child if kind == "akta" else 0, phase)


async def look_at(opener: Opener, data: bytes, case: Case, place: Place) -> Looked:
    """Opens the PDF in the confined worker and compares it with the case. Raises Invalid where it can't be taken, TooBusy."""
    try:
        found = await opener.examine(data)
    except Unopened as unopened:
        raise Invalid(field=unopened.cause if unopened.cause in REFUSED else "pdf") from unopened
    except Busy as busy:
        raise TooBusy from busy
    words = _plain(found.text)
    wanted = _expected(case, place.kind, place.child)
    warnings = [code for code, text in wanted.items() if words and text and _plain(text) not in words]
    if place.phase is Phase.FINAL and not found.signed and not found.coded:
        warnings.append("no_signature")
    return Looked(found.pages, warnings)


async def upload(services: Services, number: str, actor: Actor, wanted: Request, place: Place, data: bytes, looked: Looked) -> None:
    """Does the uploading transition and puts the PDF in its place: it is stored when all has been permitted, not before.

    Raises what `CaseService.act` raises.
    """
    blob, now = hashlib.sha256(data).hexdigest(), services.clock()
    async with services.database.write() as session:
        await note_arrival(session, blob, now)
    async with services.database.write() as session:
        service = CaseService(session, now, services.settings.take_idle_minutes)
        case = await service.repository.lock(number)
        kind, child, phase = place.kind, place.child, place.phase
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
        same = (Product.case_id == case.id, Product.kind == kind, Product.child == child, Product.phase == phase)
        with session.no_autoflush:
            event = await service.act(case, actor, replace(wanted, product=product))
        if event is not None:
            await services.blobs.put(data)
            await session.execute(update(Product).where(*same, Product.replaced_at.is_(None)).values(replaced_at=now))
            session.add(product)


def _plain(text: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", text.upper())


def _expected(case: Case, kind: str, child: int) -> dict[str, str]:
    """The texts that should stand in a product, by the code of the warning where one does not."""
    entered = (case.siak.get("anak") or [{}] * (child + 1))[child]
    names = case.bundle.get("anak") or [{}] * (child + 1)
    number = case.siak.get("no_kk", "") if kind == "kk" else entered.get("akta", "")
    return {"number_missing": number or "", "name_missing": str(names[child].get("nama") or "")}
