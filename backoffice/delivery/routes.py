"""Uploads of drafts and finals, their pages as pictures, and the printed bundle."""

import asyncio

from sanic import Blueprint, HTTPResponse, Request, raw

from backoffice.actor import SignedIn
from backoffice.cases import holding
from backoffice.cases.documents import CaseDocument
from backoffice.cases.looks import note_part
from backoffice.cases.models import Case
from backoffice.cases.products import Product
from backoffice.cases.repository import CaseRepository
from backoffice.cases.routes import read_version
from backoffice.cases.service import CaseService
from backoffice.cases.service import Request as Act
from backoffice.cases.view import view_case
from backoffice.delivery.bundle_pdf import make_bundle_pdf
from backoffice.delivery.service import UPLOADS, look_at, place_of, upload
from backoffice.errors import Forbidden, Invalid, NotFound, NotTaken
from backoffice.services import Services
from backoffice.web.pages import see_other
from backoffice.web.pictures import picture_response
from backoffice.web.security import form_of
from backoffice.web.texts import text
from documents import Corners, Page, Unopened
from standard.clock import today, write_date
from standard.roles import Permission
from storage.blobs import BlobError

PAGE_SIDE = 1754
"""Pixels of a page's longer side: A4 at 150 dots per inch."""

SHOWN_BY = ("permohonan", "persetujuan")
"""Looks at a whole case that stand for the pages of its drafts and finals."""

delivery_pages = Blueprint("delivery", url_prefix="/permohonan/<number:str>")


@delivery_pages.post("/unggah/<transition:str>")
async def put_product(request: Request, number: str, transition: str) -> HTTPResponse:
    """Takes a PDF in: a draft (voiding approvals of the one before) or a final. Who may not bring it has none of it opened."""
    services: Services = request.app.ctx.services
    signed_in: SignedIn = request.ctx.signed_in
    form, file = form_of(request), request.files.get("berkas") if request.files else None
    if transition not in UPLOADS:
        raise NotFound
    if file is None or not file.body:
        raise Invalid(field="pdf")
    wanted = Act(transition, read_version(form), form.get("key") or None, form)
    async with services.database.read() as session:
        service = CaseService(session, services.clock(), services.settings.take_idle_minutes)
        case = await service.repository.get(number)
        place = await place_of(service, case, signed_in.actor, wanted)
    looked = await look_at(services.opener, file.body, case, place, services.signers) if place else None
    if place and looked:
        await upload(services, number, signed_in.actor, wanted, place, file.body, looked)
    await services.live.tell()
    return see_other(f"/permohonan/{number}", "uploaded")


@delivery_pages.get("/produk/<product_id:str>/halaman/<index:int>")
async def show_product_page(request: Request, number: str, product_id: str, index: int) -> HTTPResponse:
    """A page of a draft or final as a picture: every browser shows it, phones too."""
    data = await _product(request, number, product_id, *SHOWN_BY)
    return await picture_response(request.app.ctx.services.opener.pdf_page(data, index, PAGE_SIDE))


@delivery_pages.get("/produk/<product_id:str>/pdf")
async def get_product(request: Request, number: str, product_id: str) -> HTTPResponse:
    """The PDF itself, to be saved or printed."""
    data = await _product(request, number, product_id)
    headers = {"Cache-Control": "no-store", "Content-Disposition": f'attachment; filename="{number}-{product_id[:8]}.pdf"'}
    return raw(data, content_type="application/pdf", headers=headers)


@delivery_pages.get("/cetak.pdf")
async def print_bundle(request: Request, number: str) -> HTTPResponse:
    """The bundle as one PDF for the printer: cover with checklist, the data of F-2.01, every document."""
    services: Services = request.app.ctx.services
    signed_in: SignedIn = request.ctx.signed_in
    now = services.clock()
    async with services.database.write() as session:
        service = CaseService(session, now, services.settings.take_idle_minutes)
        _require_sight(request, await service.repository.get(number))
        case = await service.look(number, signed_in.actor, "cetak")
        view = await view_case(session, case, signed_in.actor, now)
    stamp = text("document.stamp", date=write_date(today(now)), number=number)
    pictures = {
        held["blob"]: await _picture(services, held["blob"], stamp, _read_on(document, at))
        for document in view.documents
        for at, held in enumerate(document.pages)
    }
    printed = await asyncio.to_thread(make_bundle_pdf, view, pictures, signed_in.actor.name or "", now)
    headers = {"Cache-Control": "no-store", "Content-Disposition": f'inline; filename="{number}.pdf"'}
    return raw(printed, content_type="application/pdf", headers=headers)


async def _picture(services: Services, blob: str, stamp: str, read: list[Corners]) -> Page | None:
    """The paper without what lies around it, where it is sure where that ends."""
    try:
        return await services.opener.paper(await services.blobs.get(blob), stamp, read)
    except (BlobError, Unopened):
        return None


def _read_on(document: CaseDocument, page: int) -> list[Corners]:
    """Where the document check read something on a page."""
    boxes = [box for box in (document.check.get("boxes") or {}).values() if int(box.get("page", 0)) == page]
    return [(int(box["left"]), int(box["top"]), int(box["right"]), int(box["bottom"])) for box in boxes]


async def _product(request: Request, number: str, product_id: str, *shown_by: str) -> bytes:
    services: Services = request.app.ctx.services
    async with services.database.read() as session:
        case = await CaseRepository(session).get(number)
        _require_sight(request, case)
        product = await session.get(Product, product_id)
    if product is None or product.case_id != case.id:
        raise NotFound
    await note_part(request, case, f"produk:{product.kind}" if shown_by else f"unduh:{product.kind}", *shown_by)
    try:
        return await services.blobs.get(product.blob)
    except BlobError as error:
        raise NotFound from error


def _require_sight(request: Request, case: Case) -> None:
    actor = request.ctx.signed_in.actor
    if not actor.may(Permission.SEE_CASES):
        raise Forbidden
    if not holding.may_see_identity(case, actor, request.app.ctx.services.clock()):
        raise NotTaken(number=case.number)
