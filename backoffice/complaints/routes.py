"""Pages of the complaints desk: the inbox with its tabs, one thread beside its list, and the parts of it that come again."""

from datetime import datetime
from typing import Any

from sanic import Blueprint, HTTPResponse, Request
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.actor import Actor
from backoffice.audit.service import LOOK_LASTS, Audit
from backoffice.complaints.inbox import Inbox, due_of
from backoffice.complaints.models import WHATSAPP, Complaint, ComplaintMessage
from backoffice.complaints.reading import others_here, read, unread
from backoffice.complaints.recording import may_record
from backoffice.complaints.service import ComplaintService
from backoffice.complaints.sight import has_desk
from backoffice.complaints.thread import Thread, load
from backoffice.complaints.window import window_of
from backoffice.errors import Forbidden, NotFound
from backoffice.services import Services
from backoffice.staff.service import StaffService
from backoffice.web.pages import page
from backoffice.web.pictures import picture_response
from backoffice.web.texts import text
from standard.clock import today, write_date
from standard.complaints import channels, ready_answers
from storage.blobs import BlobError

LOOKED_AT, LIST_LOOKED_AT = "aduan_dilihat", "daftar_aduan_dilihat"

complaint_pages = Blueprint("complaints", url_prefix="/pengaduan")


@complaint_pages.get("/")
async def show_inbox(request: Request) -> HTTPResponse:
    """A tab of the inbox: `?tab=baru|saya|jatuh_tempo|terbuka|terbatas|selesai`."""
    return page(request, "complaints.html", **await _list_looked_at(request))


@complaint_pages.get("/isi")
async def show_inbox_rows(request: Request) -> HTTPResponse:
    """The inner part of the inbox, fetched again when something changed."""
    return page(request, "complaint_rows.html", **await _list_looked_at(request))


@complaint_pages.get("/baru")
async def show_form(request: Request) -> HTTPResponse:
    """The form for what came by letter, telephone, box, web or e-mail."""
    if not may_record(request.ctx.signed_in.actor):
        raise Forbidden
    return page(request, "complaint_new.html", channels=channels())


@complaint_pages.get("/<number:str>")
async def show_complaint(request: Request, number: str) -> HTTPResponse:
    """One thread beside the list that it was opened from. That it was looked at is noted."""
    services: Services = request.app.ctx.services
    actor, now = request.ctx.signed_in.actor, services.clock()
    async with services.database.write() as session:
        found = await load(session, StaffService(session, services.settings, now), number, actor, now)
        await Audit(session, now).note(LOOKED_AT, actor.id, number, {})
    frames = {
        kind: text(f"complaints.frame_{kind}", petugas=actor.name, aduan=number, isi="{isi}") for kind in ("open", "closed")
    }  # fmt: skip
    inbox = await _list_looked_at(request) if has_desk(actor) else {"complaints": [], "tabs": []}
    return page(request, "complaint.html", **{**inbox, **_shown(found), "ready": _ready(found.complaint, actor), "frames": frames})


@complaint_pages.get("/<number:str>/utas")
async def show_messages(request: Request, number: str) -> HTTPResponse:
    """The messages alone, fetched again when something changed: what is being written beside them stays."""
    services: Services = request.app.ctx.services
    actor, now = request.ctx.signed_in.actor, services.clock()
    async with services.database.write() as session:
        found = await load(session, StaffService(session, services.settings, now), number, actor, now)
        await _note_look(session, number, actor, now)
    return page(request, "complaint_thread.html", **_shown(found))


@complaint_pages.get("/<number:str>/daftar")
async def show_list(request: Request, number: str) -> HTTPResponse:
    """The list beside a thread, fetched again when something changed. Who may not see the thread has no list beside it."""
    services: Services = request.app.ctx.services
    async with services.database.read() as session:
        service = ComplaintService(session, services.clock())
        await service.require_sight(await service.get(number), request.ctx.signed_in.actor)
    return page(request, "complaint_list.html", **{**await _list_looked_at(request), "open_number": number})


@complaint_pages.post("/<number:str>/hadir")
async def say_here(request: Request, number: str) -> HTTPResponse:
    """Says that the page is open, and who else has it open."""
    services: Services = request.app.ctx.services
    actor, now = request.ctx.signed_in.actor, services.clock()
    async with services.database.write() as session:
        service = ComplaintService(session, now)
        complaint = await service.get(number)
        await service.require_sight(complaint, actor)
        await read(session, complaint, actor, now)
        here = await others_here(session, complaint, actor, now)
    return page(request, "complaint_here.html", here=here)


@complaint_pages.get("/<number:str>/jendela")
async def show_window(request: Request, number: str) -> HTTPResponse:
    """How long the citizen can still be written to freely, as the bot says."""
    services: Services = request.app.ctx.services
    actor, now = request.ctx.signed_in.actor, services.clock()
    async with services.database.read() as session:
        service = ComplaintService(session, now)
        complaint = await service.get(number)
        await service.require_sight(complaint, actor)
    window = await window_of(services, request.app.ctx.http, complaint.contact["id"]) if complaint.channel == WHATSAPP else None
    return page(request, "complaint_window.html", window=window, channel=channels().get(complaint.channel))


@complaint_pages.get("/<number:str>/lampiran/<message_id:str>/<index:int>")
async def show_attachment(request: Request, number: str, message_id: str, index: int) -> HTTPResponse:
    """A picture, written anew and stamped; of a PDF its first page."""
    services: Services = request.app.ctx.services
    actor, now = request.ctx.signed_in.actor, services.clock()
    async with services.database.write() as session:
        service = ComplaintService(session, now)
        complaint = await service.get(number)
        await service.require_sight(complaint, actor)
        message = await session.get(ComplaintMessage, message_id)
        if message is None or message.complaint_id != complaint.id or not 0 <= index < len(message.attachments):
            raise NotFound
        await _note_look(session, number, actor, now)
    stamp = text("complaints.stamp", date=write_date(today(now)), number=number)
    file = message.attachments[index]
    try:
        data = await services.blobs.get(file["blob"])
    except BlobError as error:
        raise NotFound from error
    pdf = file["mime"] == "application/pdf"
    return await picture_response(services.opener.pdf_page(data, 0) if pdf else services.opener.picture(data, stamp))


async def _note_look(session: AsyncSession, number: str, actor: Actor, now: datetime) -> None:
    """That a part of the thread was fetched by itself is a look at it, unless one was noted a short while ago."""
    audit = Audit(session, now)
    if not await audit.noted_since(now - LOOK_LASTS, LOOKED_AT, actor.id, number):
        await audit.note(LOOKED_AT, actor.id, number, {})


async def _list_looked_at(request: Request) -> dict[str, Any]:
    """The list, which shows names and the beginnings of what was said; a look at it is noted once for a while."""
    shown = await _inbox(request)
    services: Services = request.app.ctx.services
    actor, now = request.ctx.signed_in.actor, services.clock()
    async with services.database.read() as session:
        known = await Audit(session, now).noted_since(now - LOOK_LASTS, LIST_LOOKED_AT, actor.id, shown["tab"])
    if not known:
        async with services.database.write() as session:
            await Audit(session, now).note(LIST_LOOKED_AT, actor.id, shown["tab"], {})
    return shown


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
        unread_ids = await unread(session, listed.complaints, actor)
    return {
        "complaints": listed.complaints,
        "next": listed.next,
        "tab": tab,
        "tabs": tabs,
        "counts": counts,
        "holders": names,
        "unread": unread_ids,
        "due_of": due_of,
        "records": may_record(actor),
        "later": "dari" in request.args,
    }


def _shown(found: Thread) -> dict[str, Any]:
    return {
        "thread": found,
        "complaint": found.complaint,
        "messages": found.messages,
        "works": found.works,
        "names": found.names,
        "due": due_of(found.complaint),
        "open_number": found.complaint.number,
        "channel": channels().get(found.complaint.channel),
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
