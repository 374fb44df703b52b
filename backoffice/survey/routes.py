"""Pages of the survey: the index of a period with its XLSX and its sheet, and what is to be done better."""

import asyncio

from sanic import Blueprint, HTTPResponse, Request, raw

from backoffice.actor import Actor
from backoffice.audit.service import Audit
from backoffice.errors import Forbidden
from backoffice.services import Services
from backoffice.survey import service
from backoffice.survey.sheet import make_sheet, tables_of, written
from backoffice.web.edge import whole_number
from backoffice.web.pages import page, see_other
from backoffice.web.security import form_of
from backoffice.web.tables import XLSX, make_xlsx
from standard.clock import today
from standard.roles import Permission

survey_pages = Blueprint("survey", url_prefix="/survei")


@survey_pages.get("/")
async def show_survey(request: Request) -> HTTPResponse:
    """The index of `?tahun=` and `?bagian=tahun|1|2`."""
    services: Services = request.app.ctx.services
    _reader(request)
    period = _period(request)
    async with services.database.read() as session:
        found = await service.result(session, period)
        decided, before = await service.improvements(session, period.year), await service.improvements(session, period.year - 1)
    years = range(today(services.clock()).year, service.FIRST_YEAR - 1, -1)
    return page(
        request, "survey.html", result=found, decided=decided, before=before, years=years, parts=list(service.PARTS), written=written
    )  # fmt: skip


@survey_pages.get("/unduh/<form:str>")
async def export(request: Request, form: str) -> HTTPResponse:
    """The tables as XLSX, or the sheet to be published as PDF; nobody is named in them."""
    services: Services = request.app.ctx.services
    actor, period, now = _reader(request), _period(request), services.clock()
    async with services.database.write() as session:
        found = await service.result(session, period)
        await Audit(session, now).note("survei_diunduh", actor.id, None, {"format": form[:10], "year": period.year, "part": period.part})
    name = f"skm-{period.first}-{period.last}"
    if form == "pdf":
        made, mime, kind = await asyncio.to_thread(make_sheet, found, now), "application/pdf", "inline"
    else:
        made, mime, kind, form = await asyncio.to_thread(make_xlsx, tables_of(found)), XLSX, "attachment", "xlsx"
    return raw(made, content_type=mime, headers={"Content-Disposition": f'{kind}; filename="{name}.{form}"', "Cache-Control": "no-store"})


@survey_pages.post("/perbaikan")
async def decide(request: Request) -> HTTPResponse:
    """What is to be done better in a year."""
    services: Services = request.app.ctx.services
    actor, form = _reader(request), form_of(request)
    year = whole_number(form.get("tahun")) or 0
    async with services.database.write() as session:
        await service.decide(session, services.clock(), year, form.get("perbaikan", ""), actor)
    return see_other(f"/survei?tahun={year}", "improvement_kept")


@survey_pages.post("/perbaikan/<improvement_id:str>")
async def follow_up(request: Request, improvement_id: str) -> HTTPResponse:
    """What came of it."""
    services: Services = request.app.ctx.services
    actor = _reader(request)
    async with services.database.write() as session:
        year = await service.follow_up(session, services.clock(), improvement_id, form_of(request).get("hasil", ""), actor)
    return see_other(f"/survei?tahun={year + 1}" if year < today(services.clock()).year else f"/survei?tahun={year}", "improvement_kept")


def _period(request: Request) -> service.Period:
    given = request.args.get("tahun")
    return service.read_period(whole_number(given) if given else None, request.args.get("bagian"), request.app.ctx.services.clock())


def _reader(request: Request) -> Actor:
    actor: Actor = request.ctx.signed_in.actor
    if not actor.may(Permission.REPORTS):
        raise Forbidden
    return actor
