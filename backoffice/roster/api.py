"""The service API of the work that waits: asked for each receipt."""

from sanic import HTTPResponse, Request, json

from backoffice.api.routes import api
from backoffice.roster.ahead import work_ahead
from backoffice.services import Services
from contracts.case import WorkAhead


@api.get("/work-ahead")
async def get_work_ahead(request: Request) -> HTTPResponse:
    """How much work stands before an application that comes in now."""
    services: Services = request.app.ctx.services
    async with services.database.read() as session:
        ahead = await work_ahead(session, services.clock())
    return json(WorkAhead(minutes=int(ahead.total_seconds() // 60)).body())
