"""Notes who fetched a part of a case that is no page of its own: pictures, the chat, products."""

from sanic import Request

from backoffice.cases.models import Case
from backoffice.cases.service import CaseService
from backoffice.services import Services


async def note_part(request: Request, case: Case, what: str, *shown_by: str) -> None:
    """An event of its own, unless this person's look at it, or at what shows it (`shown_by`), was noted lately."""
    services: Services = request.app.ctx.services
    actor, now, minutes = request.ctx.signed_in.actor, services.clock(), services.settings.take_idle_minutes
    async with services.database.read() as session:
        if await CaseService(session, now, minutes).looked_lately(case, actor, what, *shown_by):
            return
    async with services.database.write() as session:
        await CaseService(session, now, minutes).look(case.number, actor, what)
