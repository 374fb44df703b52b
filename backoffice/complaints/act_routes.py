"""What the desk does with a complaint: answers, notes, hands over, merges, prefers, restricts, records."""

from sanic import HTTPResponse, Request

from backoffice.actor import Actor
from backoffice.audit.service import Audit
from backoffice.complaints import merging
from backoffice.complaints.desk import Desk
from backoffice.complaints.files import take_in
from backoffice.complaints.recording import may_record, record
from backoffice.complaints.routes import complaint_pages
from backoffice.complaints.service import ComplaintService, may_answer
from backoffice.errors import Forbidden, Invalid
from backoffice.services import Services
from backoffice.web.pages import see_other
from backoffice.web.security import form_of

ANSWERS = ("jawab", "tanya", "selesaikan", "tolak")
"""The acts that send the citizen an answer."""


@complaint_pages.post("/baru")
async def record_complaint(request: Request) -> HTTPResponse:
    """Takes in what came another way. Who recorded a restricted one sees it no more, and reads its number."""
    services: Services = request.app.ctx.services
    actor: Actor = request.ctx.signed_in.actor
    if not may_record(actor):
        raise Forbidden
    files = await take_in(services, _uploads(request))
    async with services.database.write() as session:
        complaint, seen = await record(session, services.clock(), form_of(request), files, actor)
    await services.live.tell()
    return see_other(f"/pengaduan/{complaint.number}" if seen else "/pengaduan", "recorded", number=complaint.number)


@complaint_pages.post("/<number:str>/jawab")
async def answer(request: Request, number: str) -> HTTPResponse:
    """Sends the desk's answer into the chat; who answers first has the complaint in hand."""
    services: Services = request.app.ctx.services
    actor, form = request.ctx.signed_in.actor, form_of(request)
    act = "selesaikan" if form.get("closes") == "ya" else form.get("act") or "jawab"
    if act not in ANSWERS:
        raise Invalid(field="act")
    await _require_answering(request, number)
    files = await take_in(services, _uploads(request))
    async with services.database.write() as session:
        service = ComplaintService(session, services.clock())
        complaint = await service.answer(number, actor, form.get("text", ""), act, form.get("key", ""), files)
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


@complaint_pages.post("/<number:str>/utamakan")
async def prefer(request: Request, number: str) -> HTTPResponse:
    """Puts it before the others, or back."""
    services: Services = request.app.ctx.services
    async with services.database.write() as session:
        urgent = form_of(request).get("segera") == "ya"
        await Desk(session, services.clock()).prefer(number, urgent, request.ctx.signed_in.actor)
    await services.live.tell()
    return see_other(f"/pengaduan/{number}", "preferred")


@complaint_pages.post("/<number:str>/gabung")
async def merge(request: Request, number: str) -> HTTPResponse:
    """Goes on in another complaint of the same person."""
    services: Services = request.app.ctx.services
    into = form_of(request).get("ke", "")
    async with services.database.write() as session:
        await merging.merge(session, services.clock(), number, into, request.ctx.signed_in.actor)
    await services.live.tell()
    return see_other(f"/pengaduan/{into}", "merged")


@complaint_pages.post("/<number:str>/ulang")
async def send_again(request: Request, number: str) -> HTTPResponse:
    """Tries what did not reach the citizen once more."""
    services: Services = request.app.ctx.services
    async with services.database.write() as session:
        await Desk(session, services.clock()).send_again(number, request.ctx.signed_in.actor)
    await services.live.tell()
    return see_other(f"/pengaduan/{number}", "retried")


async def _require_answering(request: Request, number: str) -> None:
    """Before a file of somebody is opened. Raises NotFound, Forbidden."""
    services: Services = request.app.ctx.services
    async with services.database.read() as session:
        service = ComplaintService(session, services.clock())
        complaint = await service.get(number)
        await service.require_sight(complaint, request.ctx.signed_in.actor)
    if not may_answer(complaint, request.ctx.signed_in.actor):
        raise Forbidden


def _uploads(request: Request) -> list[tuple[str, bytes]]:
    given = request.files.getlist("berkas") if request.files else None
    return [(file.name or "", file.body) for file in given or ()]
