"""What came to the complaints desk and is no complaint: it is linked to a case, or stands in it as what the applicant said."""

from datetime import datetime

from sanic import Blueprint, HTTPResponse, Request
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.actor import Actor
from backoffice.applicant.messages import accept
from backoffice.audit.service import Audit
from backoffice.cases.models import Case
from backoffice.cases.repository import CaseRepository
from backoffice.complaints.models import Complaint, ComplaintMessage
from backoffice.complaints.service import ComplaintService, may_answer
from backoffice.errors import Forbidden, Invalid, NotFound
from backoffice.services import Services
from backoffice.web.pages import see_other
from backoffice.web.security import form_of
from contracts import case as contract

to_case_pages = Blueprint("complaints_to_cases", url_prefix="/pengaduan/<number:str>")

STORY = "cerita"
"""How a form names the first words of a complaint; each later message goes by its id."""


async def link(session: AsyncSession, now: datetime, number: str, case_number: str, by: Actor) -> None:
    """Says which case a complaint is about; an empty number takes the link away. Raises NotFound, Forbidden, Invalid.

    A report without a name is linked to none: that would name the person.
    """
    complaint = await _workable(session, now, number, by)
    if complaint.anonymous:
        raise Invalid(field="anonymous")
    wanted = case_number.strip().upper()
    if wanted:
        wanted = (await _case(session, wanted)).number
    complaint.case_number = wanted or None
    await Audit(session, now).note("aduan_ditautkan", by.id, number, {"case": wanted})


async def split(session: AsyncSession, now: datetime, number: str, part: str, by: Actor) -> None:
    """Puts a message into the case as what its applicant said; the desk keeps the thread, or closes it. Raises as `link`.

    What is kept secret goes into no case.
    """
    complaint = await _workable(session, now, number, by)
    if complaint.restricted or complaint.anonymous:
        raise Invalid(field="restricted")
    if not complaint.case_number:
        raise Invalid(field="case_number")
    message = await session.get(ComplaintMessage, part) if part != STORY else None
    if part != STORY and (message is None or message.complaint_id != complaint.id or message.direction != "in"):
        raise NotFound
    case = await _case(session, complaint.case_number)
    if case.contact != complaint.contact["id"]:
        raise Invalid(field="other_person")
    said = contract.CaseMessage(
        kind=contract.MessageKind.ANSWER,
        text=message.text if message else complaint.text,
        at=message.at if message else complaint.created_at,
        attachments=[{"blob": file["blob"], "mime": file["mime"]} for file in (message.attachments if message else ())],
    )
    await accept(session, now, case.number, f"{complaint.number}:{part}"[:80], said)
    await Audit(session, now).note("aduan_dipindah_ke_berkas", by.id, number, {"case": case.number})


@to_case_pages.post("/tautkan")
async def link_case(request: Request, number: str) -> HTTPResponse:
    """The case that it is about."""
    services: Services = request.app.ctx.services
    async with services.database.write() as session:
        await link(session, services.clock(), number, form_of(request).get("permohonan", ""), request.ctx.signed_in.actor)
    await services.live.tell()
    return see_other(f"/pengaduan/{number}", "linked")


@to_case_pages.post("/ke-permohonan")
async def put_into_case(request: Request, number: str) -> HTTPResponse:
    """A message that is no complaint: into the case."""
    services: Services = request.app.ctx.services
    async with services.database.write() as session:
        await split(session, services.clock(), number, form_of(request).get("bagian", ""), request.ctx.signed_in.actor)
    await services.live.tell()
    return see_other(f"/pengaduan/{number}", "put_into_case")


async def _workable(session: AsyncSession, now: datetime, number: str, by: Actor) -> Complaint:
    service = ComplaintService(session, now)
    complaint = await service.lock(number)
    await service.require_sight(complaint, by)
    if not may_answer(complaint, by):
        raise Forbidden
    return complaint


async def _case(session: AsyncSession, number: str) -> Case:
    try:
        return await CaseRepository(session).get(number)
    except NotFound as error:
        raise Invalid(field="case_number") from error
