"""Takes several papers dropped at once: each is put where it belongs, or none of them where that can't be told."""

from sanic import HTTPResponse, Request

from backoffice.actor import SignedIn
from backoffice.cases.products import Phase
from backoffice.cases.routes import read_version
from backoffice.cases.service import CaseService
from backoffice.cases.service import Request as Act
from backoffice.cases.view import view_case
from backoffice.delivery.routes import delivery_pages
from backoffice.delivery.service import UPLOADS, Place, Taken, look_at, place_of, upload_all
from backoffice.delivery.sorting import place_for, transition_for
from backoffice.errors import Invalid, TooBusy
from backoffice.services import Services
from backoffice.web.pages import see_other
from backoffice.web.security import form_of
from documents import Busy, Unopened

MOST = 9
"""Papers of one drop: a KK and the akta of eight children."""


@delivery_pages.post("/unggah")
async def put_several(request: Request, number: str) -> HTTPResponse:
    """Takes drafts, or finals, all at once. Which is which is read off each page, never taken from a file's name."""
    services: Services = request.app.ctx.services
    signed_in: SignedIn = request.ctx.signed_in
    form = form_of(request)
    files = [file.body for file in request.files.getlist("berkas") or [] if file.body] if request.files else []
    if not 1 <= len(files) <= MOST:
        raise Invalid(field="pdf" if not files else "several_most")
    version = read_version(form)
    async with services.database.read() as session:
        service = CaseService(session, services.clock(), services.settings.take_idle_minutes)
        case = await service.repository.get(number)
        view = await view_case(session, case, signed_in.actor, services.clock())
        offered = [row for row, transition in view.uploads.items() if not transition.reason]
        for first in offered[:1]:
            await service.permitted(case, signed_in.actor, Act(first, version))
    phase = next((UPLOADS[row][1] for row in offered if row in UPLOADS), None)
    if phase is None:
        raise Invalid(field="several")
    places = [await _place(services, data, phase, case.bundle, case.siak) for data in files]
    rows = [transition_for(place, offered) if place else None for place in places]
    if None in rows or len(set(places)) < len(places):
        raise Invalid(field="several")
    taken: list[Taken] = []
    for at, (data, row, place) in enumerate(zip(files, rows, places, strict=True)):
        assert row is not None and place is not None
        press: str | None = f"{form['key']}-{at}" if form.get("key") else None
        wanted = Act(row, version if at == 0 else None, press, {**form, "child": str(place.child)})
        async with services.database.read() as session:
            service = CaseService(session, services.clock(), services.settings.take_idle_minutes)
            case = await service.repository.get(number)
            allowed = await place_of(service, case, signed_in.actor, wanted)
        if allowed:
            taken.append(Taken(wanted, allowed, data, await look_at(services.opener, data, case, allowed, services.signers)))
    await upload_all(services, number, signed_in.actor, taken)
    await services.live.tell()
    return see_other(f"/permohonan/{number}", "uploaded_several", n=len(files))


async def _place(services: Services, data: bytes, phase: Phase, bundle: dict[str, object], siak: dict[str, object]) -> Place | None:
    try:
        lines = [line for page in await services.opener.read_lines(data) for line in page]
    except Unopened as unopened:
        raise Invalid(field="pdf") from unopened
    except Busy as busy:
        raise TooBusy from busy
    return place_for(lines, phase, bundle, siak)
