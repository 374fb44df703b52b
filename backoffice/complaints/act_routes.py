"""What the desk does with a complaint: answers, notes, hands over, merges, prefers, restricts, records."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from sanic import HTTPResponse, Request

from backoffice.actor import Actor
from backoffice.audit.service import Audit
from backoffice.complaints import mail_address
from backoffice.complaints.desk import Desk
from backoffice.complaints.files import take_in
from backoffice.complaints.recording import may_record, record
from backoffice.complaints.routes import complaint_pages
from backoffice.complaints.service import ComplaintService, may_answer
from backoffice.errors import Forbidden, Invalid
from backoffice.services import Services
from backoffice.staff.throttle import admit, forgive
from backoffice.web.pages import see_other
from backoffice.web.security import form_of

T = TypeVar("T")

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


async def _tried(request: Request, act: Callable[[Desk], Awaitable[T]]) -> T:
    """One act of the desk in a transaction of its own; everybody who has the desk open is told."""
    services: Services = request.app.ctx.services
    async with services.database.write() as session:
        found = await act(Desk(session, services.clock()))
    await services.live.tell()
    return found


async def _acted(request: Request, number: str, said: str, act: Callable[[Desk], Awaitable[object]]) -> HTTPResponse:
    """The same; leads back to the thread, where `said` is shown."""
    await _tried(request, act)
    return see_other(f"/pengaduan/{number}", said)


@complaint_pages.post("/<number:str>/serahkan")
async def assign(request: Request, number: str) -> HTTPResponse:
    """Takes the complaint (no name given), or gives it to a colleague."""
    actor: Actor = request.ctx.signed_in.actor
    to = form_of(request).get("kepada") or actor.id or ""
    return await _acted(request, number, "assigned", lambda desk: desk.assign(number, to, actor))


@complaint_pages.post("/<number:str>/perihal")
async def change_category(request: Request, number: str) -> HTTPResponse:
    """Says what it is about; whoever moves a complaint out of their own sight goes back to the inbox."""
    actor, category = request.ctx.signed_in.actor, form_of(request).get("perihal", "")
    still_seen = await _tried(request, lambda desk: desk.change_category(number, category, actor))
    return see_other(f"/pengaduan/{number}" if still_seen else "/pengaduan", "category_changed")


@complaint_pages.post("/<number:str>/catatan")
async def note(request: Request, number: str) -> HTTPResponse:
    """Keeps a note that only colleagues read."""
    actor, form = request.ctx.signed_in.actor, form_of(request)
    return await _acted(request, number, "note_kept", lambda desk: desk.note(number, form.get("catatan", ""), actor, form.get("key", "")))


@complaint_pages.post("/<number:str>/pembatasan")
async def decide(request: Request, number: str) -> HTTPResponse:
    """The reader lifts the restriction, with a reason, or says that it stays."""
    actor, form = request.ctx.signed_in.actor, form_of(request)
    keeps, reason = form.get("putusan") == "tetap", form.get("alasan", "")
    return await _acted(
        request, number, "restriction_decided", lambda desk: desk.keep(number, actor) if keeps else desk.lift(number, reason, actor)
    )


@complaint_pages.post("/<number:str>/terlapor")
async def accuse(request: Request, number: str) -> HTTPResponse:
    """Says who is accused: they and those over them see nothing of it."""
    actor, accused = request.ctx.signed_in.actor, form_of(request).get("terlapor", "")
    return await _acted(request, number, "accused_noted", lambda desk: desk.accuse(number, accused, actor))


@complaint_pages.post("/<number:str>/asisten")
async def hand_back(request: Request, number: str) -> HTTPResponse:
    """Ends the talk and lets the bot serve again."""
    actor, key = request.ctx.signed_in.actor, form_of(request).get("key", "")
    await _tried(request, lambda desk: desk.hand_back(number, actor, key))
    return see_other("/pengaduan", "handed_back")


@complaint_pages.post("/<number:str>/utamakan")
async def prefer(request: Request, number: str) -> HTTPResponse:
    """Puts it before the others, or back."""
    actor, urgent = request.ctx.signed_in.actor, form_of(request).get("segera") == "ya"
    return await _acted(request, number, "preferred", lambda desk: desk.prefer(number, urgent, actor))


@complaint_pages.post("/<number:str>/gabung")
async def merge(request: Request, number: str) -> HTTPResponse:
    """Goes on in another complaint of the same person."""
    actor, into = request.ctx.signed_in.actor, form_of(request).get("ke", "")
    return await _acted(request, into, "merged", lambda desk: desk.merge(number, into, actor))


@complaint_pages.post("/<number:str>/surel")
async def confirm_address(request: Request, number: str) -> HTTPResponse:
    """Takes the code that the reporter said, or mails another (`lagi`)."""
    services: Services = request.app.ctx.services
    actor, form = request.ctx.signed_in.actor, form_of(request)
    await _require_answering(request, number)
    async with services.database.read() as session:
        attempt = mail_address.attempt_at(services, await ComplaintService(session, services.clock()).get(number))
    if again := form.get("lagi") == "ya":
        said = "mail_code_sent"
    else:
        said = "mail_confirmed"
        await admit(services, attempt)
    async with services.database.write() as session:
        complaint = await ComplaintService(session, services.clock()).lock(number)
        if not mail_address.waits(complaint):
            raise Invalid(field="act")
        if again:
            await mail_address.ask(session, complaint, services.clock())
        elif not await mail_address.confirm(services, session, complaint, form.get("kode", ""), actor):
            raise Invalid(field="mail_code")
    if not again:
        await forgive(services, attempt)
    await services.live.tell()
    return see_other(f"/pengaduan/{number}", said)


@complaint_pages.post("/<number:str>/ulang")
async def send_again(request: Request, number: str) -> HTTPResponse:
    """Tries what did not reach the citizen once more."""
    actor = request.ctx.signed_in.actor
    return await _acted(request, number, "retried", lambda desk: desk.send_again(number, actor))


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
