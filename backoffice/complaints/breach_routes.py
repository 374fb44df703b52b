"""Pages of the register of breaches: the list, one record with its notifications, and the register as XLSX."""

import asyncio

from sanic import Blueprint, HTTPResponse, Request, raw

from backoffice.actor import Actor
from backoffice.audit.service import Audit
from backoffice.complaints import breaches
from backoffice.errors import Forbidden
from backoffice.services import Services
from backoffice.web.pages import page, see_other
from backoffice.web.security import form_of
from backoffice.web.tables import XLSX, Cell, make_xlsx
from backoffice.web.texts import text
from standard.clock import write_moment
from standard.roles import Permission

breach_pages = Blueprint("breaches", url_prefix="/kebocoran")
COLUMNS = ("number", "known", "due", "people", "revealed", "how", "measures", "told_people", "told_authority", "closed")


@breach_pages.get("/")
async def show_register(request: Request) -> HTTPResponse:
    """The register, as far as the actor may see it."""
    services: Services = request.app.ctx.services
    async with services.database.read() as session:
        records = await breaches.register(session, _reader(request))
    return page(request, "breaches.html", records=records)


@breach_pages.get("/unduh.xlsx")
async def export(request: Request) -> HTTPResponse:
    """The same as a table."""
    services: Services = request.app.ctx.services
    actor = _reader(request)
    async with services.database.write() as session:
        records = await breaches.register(session, actor)
        await Audit(session, services.clock()).note("kebocoran_diunduh", actor.id, None, {"count": len(records)})
    rows: list[list[Cell]] = [[text(f"breach.{name}") for name in COLUMNS], *map(_row, records)]
    made = await asyncio.to_thread(make_xlsx, {text("breach.title"): rows})
    headers = {"Content-Disposition": 'attachment; filename="register-kebocoran.xlsx"', "Cache-Control": "no-store"}
    return raw(made, content_type=XLSX, headers=headers)


@breach_pages.get("/<breach_id:str>")
async def show_record(request: Request, breach_id: str) -> HTTPResponse:
    """One record, and the notifications that it makes."""
    services: Services = request.app.ctx.services
    actor = _reader(request)
    async with services.database.read() as session:
        record = await breaches.find(session, breach_id, actor)
    return page(request, "breach.html", record=record, works=breaches.works_on(record, actor) and record.breach.closed_at is None)


@breach_pages.post("/<breach_id:str>")
async def describe(request: Request, breach_id: str) -> HTTPResponse:
    """What became known, how, and what was done."""
    services: Services = request.app.ctx.services
    async with services.database.write() as session:
        await breaches.describe(session, services.clock(), breach_id, form_of(request), _reader(request))
    return see_other(f"/kebocoran/{breach_id}", "breach_described")


@breach_pages.post("/<breach_id:str>/beri-tahu")
async def note_told(request: Request, breach_id: str) -> HTTPResponse:
    """Those concerned, or the authority, were told; or it is closed."""
    services: Services = request.app.ctx.services
    async with services.database.write() as session:
        await breaches.note_told(session, services.clock(), breach_id, form_of(request).get("siapa", ""), _reader(request))
    return see_other(f"/kebocoran/{breach_id}", "breach_told")


def _row(record: breaches.Record) -> list[Cell]:
    breach = record.breach
    moments = [breach.told_people_at, breach.told_authority_at, breach.closed_at]
    told = [write_moment(moment) if moment else "" for moment in moments]
    words = [breach.revealed, breach.how, breach.measures]
    return [record.number, write_moment(breach.known_at), write_moment(breach.due), breach.people, *words, *told]


def _reader(request: Request) -> Actor:
    actor: Actor = request.ctx.signed_in.actor
    if not actor.may(Permission.RESTRICTED_COMPLAINTS):
        raise Forbidden
    return actor
