"""Takes the address to which a KIA goes where none was written, or another is right: the case's row, its event, the value beside it."""

from sanic import HTTPResponse, Request

from backoffice.actor import SignedIn
from backoffice.cases.parcels import address_of
from backoffice.cases.routes import HANDLED_ELSEWHERE, back_to, not_taken, read_version
from backoffice.cases.service import CaseService
from backoffice.cases.service import Request as Act
from backoffice.cases.values import CaseValues
from backoffice.errors import Invalid
from backoffice.services import Services
from backoffice.web.pages import see_other
from backoffice.web.security import form_of

FIELD = "alamat_kia"
FEWEST_WORDS = 3
LONGEST = 300


async def put_address(request: Request, number: str, transition: str) -> HTTPResponse:
    """Keeps the address; the chain holds a keyed hash of it, and the applicant reads it."""
    services: Services = request.app.ctx.services
    signed_in: SignedIn = request.ctx.signed_in
    form, now = form_of(request), services.clock()
    key = form.get("key") or None
    try:
        async with services.database.write() as session:
            service, values = CaseService(session, now, services.settings.take_idle_minutes), CaseValues(session)
            case = await service.repository.lock(number)
            if key and await service.repository.event_of_request(case, key):
                return see_other(back_to(request) or f"/permohonan/{number}", transition)
            await service.permitted(case, signed_in.actor, Act(transition, read_version(form), key, form))
            address, before = read_address(form), address_of(case.bundle)
            digest = await values.digest(case, FIELD, address)
            case.bundle = {**case.bundle, FIELD: {**(case.bundle.get(FIELD) or {}), "alamat": address, "source": "petugas"}}
            event = await service.act(
                case, signed_in.actor, Act(transition, read_version(form), key, form, extra={"fields": {FIELD: digest}})
            )
            if event is not None:
                await values.keep(case, event, FIELD, (before, address))
    except Invalid as problem:
        return await not_taken(request, number, transition, form, problem)
    await services.live.tell()
    return see_other(back_to(request) or f"/permohonan/{number}", transition)


def read_address(form: dict[str, str]) -> str:
    """The address as it was typed, in one line. Raises Invalid."""
    address = " ".join(form.get("alamat", "").split())
    if len(address) > LONGEST or len(address.split()) < FEWEST_WORDS:
        raise Invalid(field="alamat", sentence="invalid.address")
    return address


HANDLED_ELSEWHERE["kia_alamat"] = put_address
