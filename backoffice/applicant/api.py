"""The service API of what applicants say about a case under way."""

from sanic import HTTPResponse, Request, json

from backoffice.api.access import read_body, require_blobs
from backoffice.api.routes import api
from backoffice.applicant.messages import accept
from backoffice.errors import Invalid
from backoffice.services import Services
from contracts.case import CaseMessage, CaseMessageTaken
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
