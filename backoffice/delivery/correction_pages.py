"""Takes a value that an officer puts right: the case's row, its event with a keyed hash, the value beside it, the papers compared anew."""

from sanic import HTTPResponse, Request

from backoffice.actor import SignedIn
from backoffice.cases.corrections import corrected, put_right, read_correction
from backoffice.cases.repository import TRANSITIONS
from backoffice.cases.routes import HANDLED_ELSEWHERE, not_taken, read_version
from backoffice.cases.service import CaseService
from backoffice.cases.service import Request as Act
from backoffice.cases.values import CaseValues
from backoffice.delivery.service import compare_anew
from backoffice.errors import Invalid
from backoffice.services import Services
from backoffice.web.pages import see_other
from backoffice.web.security import form_of


async def put_data_right(request: Request, number: str, transition: str) -> HTTPResponse:
    """One value in the place of another, with a reason; goes back to the document from which it was done, else to the case."""
    services: Services = request.app.ctx.services
    signed_in: SignedIn = request.ctx.signed_in
    form, now = form_of(request), services.clock()
    minutes, key = services.settings.take_idle_minutes, form.get("key") or None
    try:
        async with services.database.read() as session:
            service = CaseService(session, now, minutes)
            case = await service.repository.get(number)
            if key and await service.repository.event_of_request(case, key):
                return see_other(f"/permohonan/{number}", transition)
            await service.permitted(case, signed_in.actor, Act(transition, read_version(form), key, form))
            bundle, held = corrected(case.bundle, read_correction(form, case.bundle)), await service.repository.products(case)
        warnings = await compare_anew(services, bundle, case.siak, held)
        async with services.database.write() as session:
            service, values = CaseService(session, now, minutes), CaseValues(session)
            case = await service.repository.lock(number)
            correction = read_correction(form, case.bundle)
            digest = await values.digest(case, correction.key, correction.value)
            wanted = Act(
                transition,
                read_version(form),
                key,
                form,
                extra={"fields": {correction.key: digest}, **({"changed": [correction.key]} if correction.changes else {})},
            )
            if correction.changes:
                await put_right(session, case, correction)
            event = await service.act(case, signed_in.actor, wanted)
            if event is not None:
                await values.keep(case, event, correction.key, (correction.before, correction.value))
            for product in await service.repository.products(case):
                product.warnings = warnings.get(product.id, product.warnings)
    except Invalid as problem:
        return await not_taken(request, number, transition, form, problem)
    await services.live.tell()
    document = form.get("document", "")
    return see_other(f"/permohonan/{number}/berkas/{document}" if document.isascii() and document else f"/permohonan/{number}", transition)


HANDLED_ELSEWHERE.update(dict.fromkeys(TRANSITIONS, put_data_right))
