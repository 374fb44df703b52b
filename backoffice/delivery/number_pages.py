"""Takes the numbers from SIAK, first and corrected; the papers that are there are compared anew with what should stand on them now."""

from sanic import HTTPResponse, Request

from backoffice.actor import SignedIn
from backoffice.cases.payloads import effects
from backoffice.cases.routes import HANDLED_ELSEWHERE, back_to, not_taken, read_version
from backoffice.cases.service import CaseService
from backoffice.cases.service import Request as Act
from backoffice.delivery.service import compare_anew
from backoffice.errors import Doubtful, Invalid
from backoffice.services import Services
from backoffice.web.pages import see_other
from backoffice.web.security import form_of
from standard.clock import today


async def put_numbers(request: Request, number: str, transition: str) -> HTTPResponse:
    """Keeps the numbers. What can't be right, or is unusual, is said beside the form, with all that was typed still in it."""
    services: Services = request.app.ctx.services
    signed_in: SignedIn = request.ctx.signed_in
    form, now = form_of(request), services.clock()
    wanted = Act(transition, read_version(form), form.get("key") or None, form)
    try:
        async with services.database.read() as session:
            service = CaseService(session, now, services.settings.take_idle_minutes)
            case = await service.repository.get(number)
            await service.permitted(case, signed_in.actor, wanted)
            siak = {**case.siak, **effects(transition, form, case, today(now)).get("siak", {})}
            held = await service.repository.products(case)
        warnings = await compare_anew(services, case.bundle, siak, held)
        async with services.database.write() as session:
            service = CaseService(session, now, services.settings.take_idle_minutes)
            case = await service.repository.lock(number)
            await service.act(case, signed_in.actor, wanted)
            for product in await service.repository.products(case):
                product.warnings = warnings.get(product.id, product.warnings)
    except (Invalid, Doubtful) as problem:
        return await not_taken(request, number, transition, form, problem)
    await services.live.tell()
    return see_other(back_to(request) or f"/permohonan/{number}", transition)


HANDLED_ELSEWHERE.update(dict.fromkeys(("siak_diinput", "nomor_diperbaiki", "nomor_diperbaiki_akhir", "nik_dicatat"), put_numbers))
