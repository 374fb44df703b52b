"""Pages of the complaints desk: the inbox, and one thread with its answer."""

from sanic import Blueprint, HTTPResponse, Request
from sqlalchemy import select

from backoffice.audit.service import Audit
from backoffice.complaints.models import Complaint, ComplaintMessage, ComplaintState
from backoffice.complaints.service import ComplaintService, may_answer, require_sight
from backoffice.errors import Forbidden
from backoffice.notices.models import Notice
from backoffice.services import Services
from backoffice.web.pages import page, see_other
from backoffice.web.security import form_of
from standard.roles import Permission

complaint_pages = Blueprint("complaints", url_prefix="/pengaduan")
PAGE = 100


@complaint_pages.get("/")
async def show_inbox(request: Request) -> HTTPResponse:
    """What waits for an answer, the urgent and the soonest due first; `?tab=selesai` what has ended."""
    return page(request, "complaints.html", **await _inbox(request))


@complaint_pages.get("/isi")
async def show_inbox_rows(request: Request) -> HTTPResponse:
    """The inner part of the inbox, fetched again when something changed."""
    return page(request, "complaint_rows.html", **await _inbox(request))


@complaint_pages.get("/<number:str>")
async def show_complaint(request: Request, number: str) -> HTTPResponse:
    """One thread. That it was looked at is noted."""
    services: Services = request.app.ctx.services
    actor = request.ctx.signed_in.actor
    async with services.database.write() as session:
        complaint = await ComplaintService(session, services.clock()).get(number)
        require_sight(complaint, actor)
        await Audit(session, services.clock()).note("aduan_dilihat", actor.id, number, {})
        query = select(ComplaintMessage).where(ComplaintMessage.complaint_id == complaint.id).order_by(ComplaintMessage.at)
        messages = list(await session.scalars(query))
        sent = [message.notice_id for message in messages if message.notice_id]
        states = {notice.id: notice.state for notice in await session.scalars(select(Notice).where(Notice.id.in_(sent)))}
    return page(request, "complaint.html", complaint=complaint, messages=messages, states=states, answers=may_answer(complaint, actor))


@complaint_pages.post("/<number:str>/jawab")
async def answer(request: Request, number: str) -> HTTPResponse:
    """Sends the desk's answer into the chat."""
    services: Services = request.app.ctx.services
    actor, form = request.ctx.signed_in.actor, form_of(request)
    async with services.database.write() as session:
        await ComplaintService(session, services.clock()).answer(
            number, actor, form.get("text", ""), form.get("closes") == "ya", form.get("key", "")
        )
        await Audit(session, services.clock()).note("aduan_dijawab", actor.id, number, {"closes": form.get("closes") == "ya"})
    await services.live.tell()
    return see_other(f"/pengaduan/{number}", "answered")


async def _inbox(request: Request) -> dict[str, object]:
    services: Services = request.app.ctx.services
    actor = request.ctx.signed_in.actor
    if not actor.may(Permission.COMPLAINTS):
        raise Forbidden
    tab = "selesai" if request.args.get("tab") == "selesai" else "terbuka"
    closed = Complaint.state == ComplaintState.CLOSED
    query = select(Complaint).where(closed if tab == "selesai" else ~closed)
    if not actor.may(Permission.RESTRICTED_COMPLAINTS):
        query = query.where(Complaint.restricted.is_(False))
    order = (Complaint.closed_at.desc(),) if tab == "selesai" else (Complaint.urgent.desc(), Complaint.answer_due)
    async with services.database.read() as session:
        rows = list(await session.scalars(query.order_by(*order).limit(PAGE)))
    return {"complaints": rows, "tab": tab}
