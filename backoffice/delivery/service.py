"""Takes drafts and final PDFs in, each in its place: one KK, and one akta for each child."""

import hashlib
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.actor import Actor
from backoffice.blob_owners import new_arrival, of_product
from backoffice.cases.models import Case
from backoffice.cases.products import Phase, Product
from backoffice.cases.service import CaseService, Request, children_of
from backoffice.delivery.comparing import Expected
from backoffice.delivery.looking import warnings_of
from backoffice.errors import Invalid, TooBusy
from backoffice.services import Services, Signers
from backoffice.web.edge import whole_number
from documents import Busy, Opener, Unopened
from storage.blobs import BlobError
from storage.kept_blobs import let_go, need

UPLOADS = {
    "unggah_draf_kk": ("kk", Phase.DRAFT),
    "unggah_draf_akta": ("akta", Phase.DRAFT),
    "unggah_final_kk": ("kk", Phase.FINAL),
    "unggah_final_akta": ("akta", Phase.FINAL),
    "tarik_final_kk": ("kk", Phase.FINAL),
    "tarik_final_akta": ("akta", Phase.FINAL),
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
    """What was found in a PDF: its pages and codes of warnings (`delivery.comparing`)."""

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


async def look_at(opener: Opener, data: bytes, case: Case, place: Place, signers: Signers) -> Looked:
    """Opens the PDF in the confined workers and compares it with the case. Raises Invalid where it can't be taken, TooBusy."""
    return await compare(opener, data, case.bundle, case.siak, place, signers)


async def compare(opener: Opener, data: bytes, bundle: dict[str, Any], siak: dict[str, Any], place: Place, signers: Signers) -> Looked:
    """The same against numbers from SIAK that need not be the case's yet."""
    try:
        found = await opener.examine(data, signers.roots)
        expected = expected_of(bundle, siak, place)
        return Looked(found.pages, sorted(await warnings_of(opener, data, found, expected, place.phase, signers)))
    except Unopened as unopened:
        raise Invalid(field=unopened.cause if unopened.cause in REFUSED else "pdf") from unopened
    except Busy as busy:
        raise TooBusy from busy


@dataclass(frozen=True)
class Taken:
    """A PDF that was looked at, and what is to be done with it."""

    wanted: Request
    place: Place
    data: bytes
    looked: Looked


async def upload(services: Services, number: str, actor: Actor, wanted: Request, place: Place, data: bytes, looked: Looked) -> None:
    """Does the uploading transition and puts the PDF in its place: it is stored when all has been permitted, not before.

    Raises what `CaseService.act` raises.
    """
    await upload_all(services, number, actor, [Taken(wanted, place, data, looked)])


async def upload_all(services: Services, number: str, actor: Actor, papers: Sequence[Taken]) -> None:
    """The same for several papers: all of them, or none. Raises what `CaseService.act` raises."""
    blobs, now, arrival = [hashlib.sha256(paper.data).hexdigest() for paper in papers], services.clock(), new_arrival()
    async with services.database.write() as session:
        await need(session, arrival, blobs, now)
    async with services.database.write() as session:
        service = CaseService(session, now, services.settings.take_idle_minutes)
        case = await service.repository.lock(number)
        for paper, blob in zip(papers, blobs, strict=True):
            if await put_in_place(session, service, case, actor, paper.wanted, paper.place, blob, paper.looked, now):
                await session.flush()
                await services.blobs.put(paper.data)
        await let_go(session, [arrival])


async def put_in_place(
    session: AsyncSession,
    service: CaseService,
    case: Case,
    actor: Actor,
    wanted: Request,
    place: Place,
    blob: str,
    looked: Looked,
    now: datetime,
) -> bool:
    """The same within the caller's transaction, the blob left to the caller; false where this very request was done before."""
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
        await session.execute(update(Product).where(*same, Product.replaced_at.is_(None)).values(replaced_at=now))
        session.add(product)
        await need(session, of_product(product.id), [blob], now)
    return event is not None


def expected_of(bundle: dict[str, Any], siak: dict[str, Any], place: Place) -> Expected:
    """What should stand on a paper: on a KK its number and every child, on an akta its number and that child."""
    entered, children = siak.get("anak") or [], bundle.get("anak") or []
    if place.kind == "kk":
        names, rows, number = children, entered, siak.get("no_kk")
    else:
        names, rows = children[place.child : place.child + 1], entered[place.child : place.child + 1]
        number = rows[0].get("akta") if rows else None
    niks = tuple(str(row["nik"]) for row in rows if row.get("nik"))
    return Expected(number or "", tuple(str(child.get("nama") or "") for child in names), niks)


async def compare_anew(services: Services, bundle: dict[str, Any], siak: dict[str, Any], held: Iterable[Product]) -> dict[str, list[str]]:
    """The warnings of each of these papers against data that changed; a paper whose bytes are gone keeps its own."""
    found = {}
    for product in held:
        try:
            data = await services.blobs.get(product.blob)
        except BlobError:
            continue
        place = Place(product.kind, product.child, Phase(product.phase))
        found[product.id] = (await compare(services.opener, data, bundle, siak, place, services.signers)).warnings
    return found
