"""Pages of the complaints desk: the inbox with its tabs, one thread with its answer, and the desk's other acts."""

from typing import Any

from sanic import Blueprint, HTTPResponse, Request
from sqlalchemy import select

from backoffice.actor import Actor
from backoffice.audit.service import Audit
from backoffice.complaints.desk import Desk
from backoffice.complaints.inbox import Inbox, due_of
from backoffice.complaints.models import Breach, Complaint, ComplaintMessage
from backoffice.complaints.service import ComplaintService, may_answer
from backoffice.complaints.sight import has_desk
from backoffice.errors import Forbidden, Invalid, NotFound
from backoffice.notices.models import Notice
from backoffice.services import Services
from backoffice.staff.models import Staff
from backoffice.staff.service import StaffService
from backoffice.web.pages import page, see_other
from backoffice.web.pictures import picture_response
from backoffice.web.security import form_of
from backoffice.web.texts import text
from standard.clock import today, write_date
from standard.complaint_flow import open_states
from standard.complaints import ready_answers
from storage.blobs import BlobError

ANSWERS = ("jawab", "tanya", "selesaikan", "tolak")
"""The acts that send the citizen an answer."""

complaint_pages = Blueprint("complaints", url_prefix="/pengaduan")


@complaint_pages.get("/")
async def show_inbox(request: Request) -> HTTPResponse:
    """A tab of the inbox: `?tab=baru|saya|jatuh_tempo|terbuka|terbatas|selesai`."""
    return page(request, "complaints.html", **await _inbox(request))


@complaint_pages.get("/isi")
async def show_inbox_rows(request: Request) -> HTTPResponse:
    """The inner part of the inbox, fetched again when something changed."""
    return page(request, "complaint_rows.html", **await _inbox(request))


@complaint_pages.get("/<number:str>")
async def show_complaint(request: Request, number: str) -> HTTPResponse:
    """One thread. That it was looked at is noted."""
    services: Services = request.app.ctx.services
    actor, now = request.ctx.signed_in.actor, services.clock()
    async with services.database.write() as session:
        service = ComplaintService(session, now)
        complaint = await service.get(number)
        await service.require_sight(complaint, actor)
        await Audit(session, now).note("aduan_dilihat", actor.id, number, {})
        query = select(ComplaintMessage).where(ComplaintMessage.complaint_id == complaint.id).order_by(ComplaintMessage.at)
        messages = list(await session.scalars(query))
        sent = [message.notice_id for message in messages if message.notice_id]
        states = {notice.id: notice.state for notice in await session.scalars(select(Notice).where(Notice.id.in_(sent)))}
        desk = Desk(session, now)
        colleagues, history = await desk.colleagues(complaint), await desk.history(number)
        names = await StaffService(session, services.settings, now).names(
            {key for key in (complaint.assigned_to, complaint.reader_id) if key}
        )
        reads = complaint.restricted and complaint.reader_id == actor.id
        everybody = list(await session.scalars(select(Staff).where(Staff.active).order_by(Staff.name))) if reads else []
        breach = await session.scalar(select(Breach).where(Breach.complaint_id == complaint.id)) if reads else None
    answers = may_answer(complaint, actor)
    frames = {
        kind: text(f"complaints.frame_{kind}", petugas=actor.name, aduan=number, isi="{isi}") for kind in ("open", "closed")
    }  # fmt: skip
    return page(
        request,
        "complaint.html",
        complaint=complaint,
        messages=messages,
        states=states,
        answers=answers,
        works=answers and complaint.state in open_states(),
        reader=names.get(complaint.reader_id or ""),
        everybody=everybody,
        breach=breach,
        ready=_ready(complaint, actor),
        colleagues=colleagues,
        history=history,
        names=names,
        due=due_of(complaint),
        frames=frames,
    )


@complaint_pages.get("/<number:str>/lampiran/<message_id:str>/<index:int>")
async def show_attachment(request: Request, number: str, message_id: str, index: int) -> HTTPResponse:
    """A picture that the citizen sent, written anew and stamped."""
    services: Services = request.app.ctx.services
    async with services.database.read() as session:
        service = ComplaintService(session, services.clock())
        complaint = await service.get(number)
        await service.require_sight(complaint, request.ctx.signed_in.actor)
        message = await session.get(ComplaintMessage, message_id)
    if message is None or message.complaint_id != complaint.id or not 0 <= index < len(message.attachments):
        raise NotFound
    stamp = text("complaints.stamp", date=write_date(today(services.clock())), number=number)
    try:
        data = await services.blobs.get(message.attachments[index]["blob"])
    except BlobError as error:
        raise NotFound from error
    return await picture_response(services.opener.picture(data, stamp))


@complaint_pages.post("/<number:str>/jawab")
async def answer(request: Request, number: str) -> HTTPResponse:
    """Sends the desk's answer into the chat; who answers first has the complaint in hand."""
    services: Services = request.app.ctx.services
    actor, form = request.ctx.signed_in.actor, form_of(request)
    act = "selesaikan" if form.get("closes") == "ya" else form.get("act") or "jawab"
    if act not in ANSWERS:
        raise Invalid(field="act")
    async with services.database.write() as session:
        complaint = await ComplaintService(session, services.clock()).answer(number, actor, form.get("text", ""), act, form.get("key", ""))
        complaint.assigned_to = complaint.assigned_to or actor.id
        await Audit(session, services.clock()).note("aduan_dijawab", actor.id, number, {"act": act})
    await services.live.tell()
    return see_other(f"/pengaduan/{number}", "answered")


@complaint_pages.post("/<number:str>/serahkan")
async def assign(request: Request, number: str) -> HTTPResponse:
    """Takes the complaint (no name given), or gives it to a colleague."""
    services: Services = request.app.ctx.services
    actor: Actor = request.ctx.signed_in.actor
    async with services.database.write() as session:
        await Desk(session, services.clock()).assign(number, form_of(request).get("kepada") or actor.id or "", actor)
    await services.live.tell()
    return see_other(f"/pengaduan/{number}", "assigned")


@complaint_pages.post("/<number:str>/perihal")
async def change_category(request: Request, number: str) -> HTTPResponse:
    """Says what it is about; whoever moves a complaint out of their own sight goes back to the inbox."""
    services: Services = request.app.ctx.services
    actor: Actor = request.ctx.signed_in.actor
    async with services.database.write() as session:
        still_seen = await Desk(session, services.clock()).change_category(number, form_of(request).get("perihal", ""), actor)
    await services.live.tell()
    return see_other(f"/pengaduan/{number}" if still_seen else "/pengaduan", "category_changed")


@complaint_pages.post("/<number:str>/catatan")
async def note(request: Request, number: str) -> HTTPResponse:
    """Keeps a note that only colleagues read."""
    services: Services = request.app.ctx.services
    form = form_of(request)
    async with services.database.write() as session:
        await Desk(session, services.clock()).note(number, form.get("catatan", ""), request.ctx.signed_in.actor, form.get("key", ""))
    await services.live.tell()
    return see_other(f"/pengaduan/{number}", "note_kept")


@complaint_pages.post("/<number:str>/pembatasan")
async def decide(request: Request, number: str) -> HTTPResponse:
    """The reader lifts the restriction, with a reason, or says that it stays."""
    services: Services = request.app.ctx.services
    actor, form = request.ctx.signed_in.actor, form_of(request)
    async with services.database.write() as session:
        desk = Desk(session, services.clock())
        if form.get("putusan") == "tetap":
            await desk.keep(number, actor)
        else:
            await desk.lift(number, form.get("alasan", ""), actor)
    await services.live.tell()
    return see_other(f"/pengaduan/{number}", "restriction_decided")


@complaint_pages.post("/<number:str>/terlapor")
async def accuse(request: Request, number: str) -> HTTPResponse:
    """Says who is accused: they and those over them see nothing of it."""
    services: Services = request.app.ctx.services
    async with services.database.write() as session:
        await Desk(session, services.clock()).accuse(number, form_of(request).get("terlapor", ""), request.ctx.signed_in.actor)
    await services.live.tell()
    return see_other(f"/pengaduan/{number}", "accused_noted")


@complaint_pages.post("/<number:str>/asisten")
async def hand_back(request: Request, number: str) -> HTTPResponse:
    """Ends the talk and lets the bot serve again."""
    services: Services = request.app.ctx.services
    async with services.database.write() as session:
        await Desk(session, services.clock()).hand_back(number, request.ctx.signed_in.actor, form_of(request).get("key", ""))
    await services.live.tell()
    return see_other("/pengaduan", "handed_back")


async def _inbox(request: Request) -> dict[str, Any]:
    services: Services = request.app.ctx.services
    actor: Actor = request.ctx.signed_in.actor
    if not has_desk(actor):
        raise Forbidden
    async with services.database.read() as session:
        inbox = Inbox(session, actor, services.clock())
        tabs = inbox.tabs()
        wanted = request.args.get("tab")
        tab = wanted if wanted in tabs else "terbuka"
        listed, counts = await inbox.page(tab, request.args.get("dari")), await inbox.counts()
        holders = {row.assigned_to for row in listed.complaints if row.assigned_to}
        names = await StaffService(session, services.settings, services.clock()).names(holders)
    return {
        "complaints": listed.complaints,
        "next": listed.next,
        "tab": tab,
        "tabs": tabs,
        "counts": counts,
        "names": names,
        "due_of": due_of,
        "later": "dari" in request.args,
    }


def _ready(complaint: Complaint, actor: Actor) -> list[tuple[str, str]]:
    """The ready answers for it with what they name filled in: label and text."""
    values = {
        "nama": complaint.contact.get("name") or text("complaints.citizen"),
        "aduan": complaint.number,
        "tanggal": write_date(today(complaint.answer_due)),
        "petugas": actor.name or "",
    }
    return [(row.label, row.text.format_map(values)) for row in ready_answers(complaint.category)]
