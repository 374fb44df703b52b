"""The switch for the central SIAK, and the line about it that every page of staff shows."""

from sanic import Blueprint, HTTPResponse, Request

from backoffice.actor import Actor
from backoffice.errors import Forbidden
from backoffice.services import Services
from backoffice.siak import outages
from backoffice.staff.service import StaffService
from backoffice.web.pages import page, see_other
from standard import stages
from standard.roles import Permission

siak_pages = Blueprint("siak", url_prefix="/siak-pusat")


@siak_pages.get("/kabar")
async def show_line(request: Request) -> HTTPResponse:
    """A part of every page: since when it can't be used and who noted it; for who may, the switch."""
    services: Services = request.app.ctx.services
    actor: Actor = request.ctx.signed_in.actor
    async with services.database.read() as session:
        outage = await outages.current(session)
        names = await StaffService(session, services.settings, services.clock()).names(
            {outage.began_by} if outage and outage.began_by else set()
        )
    return page(request, "siak_line.html", outage=outage, names=names, switches=may_switch(actor))


@siak_pages.post("/<act:str>")
async def switch(request: Request, act: str) -> HTTPResponse:
    """Begins (`mulai`) or ends (`selesai`) a time in which it can't be used."""
    services: Services = request.app.ctx.services
    actor: Actor = request.ctx.signed_in.actor
    if not may_switch(actor) or act not in ("mulai", "selesai"):
        raise Forbidden
    async with services.database.write() as session:
        done = await (outages.begin if act == "mulai" else outages.end)(session, actor, services.clock())
    await services.live.tell()
    return see_other("/antrean", f"siak_{act}" if done else "siak_same")


def may_switch(actor: Actor) -> bool:
    """Those who enter into SIAK, and their superiors at the desk."""
    return bool(actor.roles & stages.transitions()["siak_diinput"].roles) or actor.may(Permission.TAKE_OVER)
