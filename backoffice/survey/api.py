"""The service API of the survey: an answer of the chat."""

from sanic import HTTPResponse, Request, json

from backoffice.api.access import read_body
from backoffice.api.routes import api
from backoffice.errors import Invalid
from backoffice.services import Services
from backoffice.survey.service import take
from contracts.survey import SurveyAnswer, SurveyTaken


@api.put("/surveys/<number:str>/<turn:str>", ctx_callers=("actions",))
async def put_survey_answer(request: Request, number: str, turn: str) -> HTTPResponse:
    """Counts an answer; the same turn again is counted once, a second answer never."""
    services: Services = request.app.ctx.services
    if len(turn) > 80:
        raise Invalid(field="turn")
    given = read_body(request, SurveyAnswer)
    async with services.database.write() as session:
        counted = await take(session, number, turn, given)
    return json(SurveyTaken(counted=counted).body())
