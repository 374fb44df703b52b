"""The page of the team: who is on duty by which decision, what each has in hand, what is missing; giving a case to somebody."""

from sanic import Blueprint, HTTPResponse, Request

from backoffice.actor import Actor
from backoffice.errors import Forbidden, Invalid
from backoffice.roster.service import Rosters, may_assign, may_read
from backoffice.services import Services
from backoffice.web.pages import page, see_other
from backoffice.web.problems import sentence_of
from backoffice.web.security import form_of
from standard.clock import read_day
from standard.roles import Permission

roster_pages = Blueprint("roster", url_prefix="/tim")


@roster_pages.get("/")
async def show_roster(request: Request) -> HTTPResponse:
    """The roster of today."""
    return await _page(request)


@roster_pages.get("/jumlah")
async def show_count(request: Request) -> HTTPResponse:
    """The number beside the menu's entry: how many are missing."""
    services: Services = request.app.ctx.services
    _reader(request)
    async with services.database.read() as session:
        roster = await Rosters(session, services.clock()).read()
    return page(request, "roster_count.html", missing=roster.missing)


@roster_pages.post("/tunjuk")
async def assign(request: Request) -> HTTPResponse:
    """Assigns an officer by a decision; what is wrong with it is said beside the form, with all that was typed still in it."""
    services: Services = request.app.ctx.services
    form = form_of(request)
    try:
        async with services.database.write() as session:
            rosters = Rosters(session, services.clock())
            first, last = read_day(form.get("dari")), read_day(form.get("sampai"))
            await rosters.assign(form.get("staf", ""), form.get("keputusan", ""), first, last, _reader(request))
    except Invalid as problem:
        return await _page(request, 422, sentence_of(problem), form)
    return see_other("/tim", "officer_assigned")


@roster_pages.post("/akhiri")
async def end(request: Request) -> HTTPResponse:
    """Takes an assignment back."""
    services: Services = request.app.ctx.services
    async with services.database.write() as session:
        await Rosters(session, services.clock()).end(form_of(request).get("penunjukan", ""), _reader(request))
    return see_other("/tim", "assignment_ended")


@roster_pages.post("/beri")
async def give(request: Request) -> HTTPResponse:
    """Gives the most urgent free case of their queue to an officer."""
    services: Services = request.app.ctx.services
    async with services.database.write() as session:
        rosters, minutes = Rosters(session, services.clock()), services.settings.take_idle_minutes
        number = await rosters.give_next(form_of(request).get("staf", ""), _reader(request), minutes)
    await services.live.tell()
    return see_other("/tim", "handed_over") if number else see_other("/tim", "no_next")


async def _page(request: Request, status: int = 200, problem: str | None = None, given: dict[str, str] | None = None) -> HTTPResponse:
    services: Services = request.app.ctx.services
    actor = _reader(request)
    async with services.database.read() as session:
        roster = await Rosters(session, services.clock()).read()
    assigns, gives = may_assign(actor), actor.may(Permission.TAKE_OVER)
    return page(request, "roster.html", status, roster=roster, assigns=assigns, gives=gives, problem=problem, given=given or {})


def _reader(request: Request) -> Actor:
    actor: Actor = request.ctx.signed_in.actor
    if not may_read(actor):
        raise Forbidden
    return actor
