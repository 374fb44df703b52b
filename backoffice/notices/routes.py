"""Hears from the bot how far a notice has come."""

from sanic import HTTPResponse, Request, json

from backoffice.api.access import read_body
from backoffice.api.routes import api
from backoffice.errors import NotFound
from backoffice.notices.models import Notice, NoticeState
from backoffice.services import Services
from contracts.notice import NoticeReport, NoticeStanding

ORDER = list(NoticeState)
"""States only go up in this order: a report that comes late changes nothing. A failure is overtaken by whatever shows that it arrived."""


@api.put("/notices/<notice_id:str>/state", ctx_callers=("bot",))
async def put_state(request: Request, notice_id: str) -> HTTPResponse:
    """Merges one report, upward only."""
    services: Services = request.app.ctx.services
    report = read_body(request, NoticeReport)
    async with services.database.write() as session:
        notice = await session.get(Notice, notice_id, with_for_update=True)
        if notice is None:
            raise NotFound
        if ORDER.index(NoticeState(report.state)) > ORDER.index(NoticeState(notice.state)):
            notice.state, notice.state_at = report.state, report.at
        state = notice.state
    await services.live.tell()
    return json(NoticeStanding(state=state).body())
