"""The service API of what applicants say about a case under way."""

from sanic import HTTPResponse, Request, json

from backoffice.api.access import read_body, require_blobs
from backoffice.api.routes import api
from backoffice.applicant.announcing import mail_papers
from backoffice.applicant.messages import accept
from backoffice.audit.service import Audit
from backoffice.cases.mail_address import Tried, send_anew, try_code
from backoffice.cases.repository import CaseRepository
from backoffice.errors import Invalid
from backoffice.services import Services
from contracts.case import CaseMessage, CaseMessageTaken, MailCode, MailCodeTaken
from standard.stages import HOLD


@api.put("/cases/<number:str>/messages/<turn:str>")
async def put_case_message(request: Request, number: str, turn: str) -> HTTPResponse:
    """What the applicant says about a case; the same turn again changes nothing."""
    services: Services = request.app.ctx.services
    if len(turn) > 80:
        raise Invalid(field="turn")
    given = read_body(request, CaseMessage)
    await require_blobs(services.blobs, [picture.blob for picture in given.attachments])
    async with services.database.write() as session:
        case = await accept(session, services.clock(), number, turn, given)
        taken = CaseMessageTaken(number=case.number, stage=case.stage, held=HOLD in case.facts)
    await services.live.tell()
    return json(taken.body())


@api.put("/mail-codes/<turn:str>")
async def put_mail_code(request: Request, turn: str) -> HTTPResponse:
    """A code that was typed in the chat, or the wish for another one; the same turn again changes nothing."""
    services: Services = request.app.ctx.services
    if len(turn) > 80:
        raise Invalid(field="turn")
    given, now = read_body(request, MailCode), services.clock()
    async with services.database.write() as session:
        if given.code is None:
            taken = await send_anew(session, now, given.numbers, turn)
        else:
            tried, case, left = await try_code(session, services.settings, now, given.numbers, turn, given.code)
            if tried is Tried.CONFIRMED and case is not None:
                await CaseRepository(session).lock(case.number)
                await mail_papers(session, case, now)
                await Audit(session, now).note("surel_dipastikan", None, case.number, {})
            taken = MailCodeTaken(state=tried.value, number=case.number if case else None, left=left)
    await services.live.tell()
    return json(taken.body())
