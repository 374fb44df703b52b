"""The page on which a document is looked at beside what was read from it, and its pictures."""

from collections.abc import Awaitable, Callable

from sanic import Blueprint, HTTPResponse, Request

from backoffice.actor import SignedIn
from backoffice.cases import holding
from backoffice.cases.comparison import Compared, compare
from backoffice.cases.documents import CaseDocument, DocumentState
from backoffice.cases.looks import note_part
from backoffice.cases.models import Case
from backoffice.cases.repository import CaseRepository
from backoffice.cases.routes import NOTHING_FAILED
from backoffice.cases.service import CaseService
from backoffice.cases.values import CaseValues
from backoffice.cases.view import view_case
from backoffice.documents.reading import code_of, fields_of, warnings_of
from backoffice.errors import Forbidden, NotFound, NotTaken
from backoffice.services import Services
from backoffice.web.pages import page
from backoffice.web.pictures import picture_response
from backoffice.web.texts import text
from documents import THUMBNAIL, Page
from standard.clock import today, write_date
from standard.roles import Permission
from storage.blobs import BlobError

SHOWS_FULL, SHOWS_SMALL = ("persetujuan", "cetak"), ("permohonan",)
"""Looks at a whole case that stand for the pictures that are shown with it: whole pages, and small ones only."""

document_pages = Blueprint("documents", url_prefix="/permohonan/<number:str>/berkas/<submission:str>")


@document_pages.get("/")
async def show_document(request: Request, number: str, submission: str) -> HTTPResponse:
    """One document: its picture, what was read from it, and the officer's decision. That it was looked at is an event."""
    services: Services = request.app.ctx.services
    signed_in: SignedIn = request.ctx.signed_in
    now = services.clock()
    async with services.database.write() as session:
        service = CaseService(session, now, services.settings.take_idle_minutes)
        case = await service.repository.lock(number)
        _require_sight(request, case)
        document = await service.repository.document(case, submission)
        await service.look(number, signed_in.actor, f"berkas:{document.item}")
        view = await view_case(session, case, signed_in.actor, now)
        changes = await CaseValues(session).changes(case)
    every = compare(case.bundle, view.documents, changes, view.settled)
    rows = [row for row in every if document.item in row.papers and _own(row, document)]
    others_right = all(held.state == DocumentState.RIGHT for held in view.documents if held.id != document.id)
    places = [held.submission for held in view.documents]
    here = places.index(submission) if submission in places else None
    return page(
        request,
        "document.html",
        view=view,
        case=case,
        document=document,
        fields=[field for field in fields_of(document) if field.name not in {reading.box for row in rows for reading in row.readings}],
        code=code_of(document),
        compared=rows,
        completes=others_right and not case.bundle.get("warnings") and not any(row.differs for row in every),
        corrects=next(iter(view.data.values()), None),
        failed=NOTHING_FAILED,
        warnings=warnings_of(case.bundle, document.item),
        previous=places[here - 1] if here else None,
        following=places[here + 1] if here is not None and here + 1 < len(places) else None,
    )


@document_pages.get("/halaman/<index:int>")
async def show_page(request: Request, number: str, submission: str, index: int) -> HTTPResponse:
    """The picture of a page, stamped; `?kecil=1` gives the thumbnail."""
    opener = request.app.ctx.services.opener
    if request.args.get("kecil"):
        return await _picture(request, number, submission, index, lambda data: opener.picture(data, longest=THUMBNAIL), small=True)
    stamp = text("document.stamp", date=write_date(today(request.app.ctx.services.clock())), number=number)
    return await _picture(request, number, submission, index, lambda data: opener.picture(data, stamp))


@document_pages.get("/kolom/<name:str>")
async def show_field(request: Request, number: str, submission: str, name: str) -> HTTPResponse:
    """The part of the page where a field was read."""
    _, document = await _find(request, number, submission)
    box = (document.check.get("boxes") or {}).get(name)
    if not box:
        raise NotFound
    corners = (int(box["left"]), int(box["top"]), int(box["right"]), int(box["bottom"]))
    opener = request.app.ctx.services.opener
    return await _picture(request, number, submission, int(box.get("page", 0)), lambda data: opener.crop(data, corners), small=True)


async def _picture(
    request: Request, number: str, submission: str, index: int, make: Callable[[bytes], Awaitable[Page]], small: bool = False
) -> HTTPResponse:
    case, document = await _find(request, number, submission)
    shown_by = (*SHOWS_FULL, *SHOWS_SMALL) if small else SHOWS_FULL
    await note_part(request, case, f"halaman:{document.item}", f"berkas:{document.item}", *shown_by)
    if not 0 <= index < len(document.pages):
        raise NotFound
    try:
        data = await request.app.ctx.services.blobs.get(document.pages[index]["blob"])
    except BlobError as error:
        raise NotFound from error
    return await picture_response(make(data))


async def _find(request: Request, number: str, submission: str) -> tuple[Case, CaseDocument]:
    services: Services = request.app.ctx.services
    async with services.database.read() as session:
        cases = CaseRepository(session)
        case = await cases.get(number)
        _require_sight(request, case)
        return case, await cases.document(case, submission)


def _own(row: Compared, document: CaseDocument) -> bool:
    """Whether the row is about this document: of twins' letters only the child whose letter it is."""
    return row.child is None or not row.readings or any(reading.submission == document.submission for reading in row.readings)


def _require_sight(request: Request, case: Case) -> None:
    services: Services = request.app.ctx.services
    actor = request.ctx.signed_in.actor
    if not actor.may(Permission.SEE_CASES):
        raise Forbidden
    if not holding.may_see_identity(case, actor, services.clock()):
        raise NotTaken(number=case.number)
