"""The form with which an approval that SIAK holds already is noted, where the office has switched that on."""

from sanic import Blueprint, HTTPResponse, Request

from backoffice.approvals.in_siak import InSiak, read_form
from backoffice.cases.routes import read_version
from backoffice.cases.service import CaseService
from backoffice.cases.service import Request as Act
from backoffice.errors import ConfirmationNeeded, Invalid, NotFound
from backoffice.services import Services
from backoffice.staff.confirmation import has_proof
from backoffice.web.pages import page, see_other
from backoffice.web.problems import sentence_of
from backoffice.web.security import form_of
from standard.clock import today

in_siak_pages = Blueprint("approvals_in_siak", url_prefix="/permohonan/<number:str>/disetujui-siak")


@in_siak_pages.get("/")
async def show(request: Request, number: str) -> HTTPResponse:
    """What the case waits for, and who may have given it."""
    return await _page(request, number)


@in_siak_pages.post("/")
async def record(request: Request, number: str) -> HTTPResponse:
    """Notes it; what is wrong is said beside the form, with all that was typed still in it."""
    services, form, confirmed = _services(request), form_of(request), await has_proof(request)
    try:
        given = read_form(form, today(services.clock()))
        async with services.database.write() as session:
            service = CaseService(session, services.clock(), services.settings.take_idle_minutes)
            case = await service.repository.lock(number)
            wanted = Act(form.get("transisi", ""), read_version(form), form.get("key") or None, form, confirmed=confirmed)
            by = request.ctx.signed_in.actor
            await InSiak(session, services.clock()).record(service, case, by, wanted, form.get("oleh", ""), given)
    except (Invalid, ConfirmationNeeded) as problem:
        return await _page(request, number, problem.status, sentence_of(problem), form)
    await services.live.tell()
    return see_other(f"/permohonan/{number}", "in_siak")


async def _page(
    request: Request, number: str, status: int = 200, problem: str | None = None, given: dict[str, str] | None = None
) -> HTTPResponse:
    services, actor = _services(request), request.ctx.signed_in.actor
    async with services.database.write() as session:
        service = CaseService(session, services.clock(), services.settings.take_idle_minutes)
        case = await service.look(number, actor, "permohonan")
        waiting = await InSiak(session, services.clock()).waiting(case, actor)
    return page(request, "in_siak.html", status, case=case, waiting=waiting, problem=problem, given=given or {})


def _services(request: Request) -> Services:
    services: Services = request.app.ctx.services
    if not services.settings.siak_approvals:
        raise NotFound
    return services
