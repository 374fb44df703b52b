"""The chat with the applicant, beside a case: shown from the bot, written to through the outbox, tried again where sending failed."""

from collections.abc import Sequence
from dataclasses import dataclass

import httpx
import structlog
from pydantic import ValidationError
from sanic import Blueprint, HTTPResponse, Request

from backoffice.actor import SignedIn
from backoffice.applicant.messages import messages_of
from backoffice.cases import holding, ledger
from backoffice.cases.documents import CaseDocument
from backoffice.cases.looks import note_part
from backoffice.cases.repository import CaseRepository
from backoffice.cases.retry import may_retry, retry_failed
from backoffice.cases.view import view_case
from backoffice.complaints.concealment import secrets_of, without
from backoffice.errors import Forbidden, Invalid, NotTaken
from backoffice.notices.outbox import Outbox
from backoffice.services import Services
from backoffice.web.pages import page, see_other
from backoffice.web.security import form_of
from contracts.chat import ChatLine, ChatPage
from standard.roles import Permission

chat_pages = Blueprint("chat", url_prefix="/permohonan/<number:str>/percakapan")
notice_pages = Blueprint("notice_pages", url_prefix="/permohonan/<number:str>/kabar")
says_pages = Blueprint("applicant_says", url_prefix="/permohonan/<number:str>/kata-pemohon")
log = structlog.get_logger()

SHOWN = 50
MESSAGE_LENGTH = 2000


@chat_pages.get("/")
async def show_chat(request: Request, number: str) -> HTTPResponse:
    """The latest messages, as a part of the case's page. Without the bot the rest of the page works all the same.

    What belongs to a restricted complaint is left out for who may not see those.
    """
    services: Services = request.app.ctx.services
    actor = request.ctx.signed_in.actor
    async with services.database.read() as session:
        cases = CaseRepository(session)
        case = await cases.get(number)
        secrets = await secrets_of(session, case.contact, actor)
        pictures = pictures_of(await cases.held_documents(case))
    if not actor.may(Permission.SEE_CASES):
        raise Forbidden
    if not holding.may_see_identity(case, actor, services.clock()):
        raise NotTaken(number=number)
    await note_part(request, case, "percakapan")
    messages = await fetch_messages(services, request.app.ctx.http, case.contact)
    shown = None if messages is None else list(without(messages, secrets))
    return page(request, "chat.html", case=case, messages=shown, pictures=pictures)


@chat_pages.post("/")
async def write(request: Request, number: str) -> HTTPResponse:
    """Writes to the applicant in the officer's name."""
    services: Services = request.app.ctx.services
    signed_in: SignedIn = request.ctx.signed_in
    actor, form, now = signed_in.actor, form_of(request), services.clock()
    if not actor.may(Permission.WRITE_TO_APPLICANT):
        raise Forbidden
    if not 1 <= len(form.get("text", "")) <= MESSAGE_LENGTH:
        raise Invalid(field="message")
    async with services.database.write() as session:
        cases = CaseRepository(session)
        case = await cases.lock(number)
        if not form.get("key") or await cases.event_of_request(case, form["key"]) is None:
            holding.require(case, actor, now, services.settings.take_idle_minutes)
            notice = Outbox(session, now).add("pesan_petugas", case.contact, number, {"text": form["text"], "officer": actor.name}, case.id)
            ledger.record(session, case, "pesan_petugas", actor, now, {"notice": notice.id}, key=form.get("key") or None)
    await services.live.tell()
    return see_other(f"/permohonan/{number}", "message_sent")


@says_pages.get("/")
async def show_what_the_applicant_says(request: Request, number: str) -> HTTPResponse:
    """Corrections, wishes to wait and answers of the applicant, as a part of the case's page that comes again when something changed."""
    services: Services = request.app.ctx.services
    actor = request.ctx.signed_in.actor
    if not actor.may(Permission.SEE_CASES):
        raise Forbidden
    async with services.database.read() as session:
        case = await CaseRepository(session).get(number)
        view = await view_case(session, case, actor, services.clock())
        said = await messages_of(session, [case.id])
    return page(request, "case_messages.html", case=case, view=view, said=said)


@notice_pages.post("/ulang")
async def retry(request: Request, number: str) -> HTTPResponse:
    """Tries the notices of the case once more that have failed."""
    services: Services = request.app.ctx.services
    actor = request.ctx.signed_in.actor
    if not may_retry(actor):
        raise Forbidden
    async with services.database.write() as session:
        await retry_failed(session, await CaseRepository(session).lock(number), actor, services.clock())
    await services.live.tell()
    return see_other(f"/permohonan/{number}", "retried")


@dataclass(frozen=True)
class ChatPicture:
    """A page of a document, as its thumbnail is fetched."""

    item: str
    submission: str
    index: int


def pictures_of(documents: Sequence[CaseDocument]) -> dict[str, list[ChatPicture]]:
    """The pages that each line of the chat brought."""
    found: dict[str, list[ChatPicture]] = {}
    for document in documents:
        for index, held in enumerate(document.pages):
            if line := held.get("line"):
                found.setdefault(line, []).append(ChatPicture(document.item, document.submission, index))
    return found


async def fetch_messages(services: Services, http: httpx.AsyncClient, contact: str) -> list[ChatLine] | None:
    """The latest messages with that contact, the oldest first; None where the bot does not answer."""
    try:
        answer = await http.get(
            f"{services.settings.bot_url}/internal/contacts/{contact}/messages",
            params={"limit": SHOWN},
            headers={"Authorization": services.settings.backoffice_bot_token.authorization},
            timeout=5,
        )
        answer.raise_for_status()
        return sorted(ChatPage.model_validate_json(answer.content).messages, key=lambda line: line.at)
    except (httpx.HTTPError, ValidationError) as error:
        log.info("chat_unavailable", problem=type(error).__name__)
        return None
