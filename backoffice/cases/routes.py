"""Pages of the queue and of one case, and the buttons on them."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from sanic import Blueprint, HTTPResponse, Request

from backoffice.actor import SignedIn
from backoffice.cases import holding, ledger, undoing
from backoffice.cases.comparison import Compared, compare
from backoffice.cases.corrections import of_field
from backoffice.cases.duplicates import DECIDED, find_duplicates
from backoffice.cases.models import Case
from backoffice.cases.queue_page import gather_queue
from backoffice.cases.queues import Queues
from backoffice.cases.repository import CaseRepository
from backoffice.cases.service import CaseService
from backoffice.cases.service import Request as Act
from backoffice.cases.values import CaseValues, Change
from backoffice.cases.view import CaseView, view_case
from backoffice.errors import Doubtful, Forbidden, Invalid, Problem
from backoffice.services import Services
from backoffice.staff.confirmation import has_proof
from backoffice.web.edge import whole_number
from backoffice.web.inline import is_inline
from backoffice.web.pages import page, see_other
from backoffice.web.problems import sentence_of
from backoffice.web.security import form_of
from standard import stages
from standard.roles import Permission

case_pages = Blueprint("cases")

HANDLED_ELSEWHERE: dict[str, Callable[[Request, str, str], Awaitable[HTTPResponse]]] = {}
"""Transitions by whose form more than the case changes: the area that knows how enters its handler here."""

COMPLETE = "lengkap"
"""What may follow the last document's word in the same press."""

NEXT_AMONG = 30
"""Of the most urgent cases so many are looked at for one that nobody has."""

OF_A_DOCUMENT = ("document", "paper")
LISTS = {"perhatian": "/perhatian", "kia_cetak": "/kia", "kia_kirim": "/kia?tahap=kia_kirim", "kia_antar": "/kia?tahap=kia_antar"}
"""Lists with buttons of their own for a case, by the name that their forms give."""


@case_pages.get("/antrean")
async def show_queue(request: Request) -> HTTPResponse:
    """The queue with its tabs, or what a search finds."""
    return page(request, "queue.html", **await gather_queue(request))


@case_pages.get("/antrean/isi")
async def show_queue_rows(request: Request) -> HTTPResponse:
    """The inner part of the queue, fetched again when something changed."""
    return page(request, "queue_rows.html", **await gather_queue(request))


@case_pages.post("/antrean/berikutnya")
async def take_next(request: Request) -> HTTPResponse:
    """Takes the most urgent case that waits for one's work and that nobody has, and opens it."""
    services: Services = request.app.ctx.services
    signed_in: SignedIn = request.ctx.signed_in
    actor, now, minutes = signed_in.actor, services.clock(), services.settings.take_idle_minutes
    if not actor.takes_cases:
        raise Forbidden
    async with services.database.write() as session:
        found = await CaseRepository(session).lock_all(ids := await Queues(session, actor, now).first("tugas", NEXT_AMONG))
        held = {key: holding.holder(case, now) for key, case in found.items()}
        case = next((found[key] for key in ids if key in found and held[key] in (None, actor.id)), None)
        if case is not None and held[case.id] is None:
            holding.take(case, actor, now, minutes)
            ledger.record(session, case, "diambil", actor, now, {"from_staff": None})
        number = case.number if case is not None else None
    await services.live.tell()
    return see_other(f"/permohonan/{number}") if number else see_other("/antrean", "no_next")


@case_pages.get("/permohonan/<number:str>")
async def show_case(request: Request, number: str) -> HTTPResponse:
    """The page of a case. That it was looked at is an event."""
    return await case_page(request, number, "case.html", "permohonan")


@case_pages.get("/permohonan/<number:str>/siak")
async def show_siak(request: Request, number: str) -> HTTPResponse:
    """All fields for the entry into SIAK, each to be copied with one click."""
    return await case_page(request, number, "siak.html", "siak")


@case_pages.post("/permohonan/<number:str>/ambil")
async def take(request: Request, number: str) -> HTTPResponse:
    """Takes the case into one's own hands."""
    services: Services = request.app.ctx.services
    signed_in: SignedIn = request.ctx.signed_in
    actor, now = signed_in.actor, services.clock()
    if not (actor.takes_cases or actor.may(Permission.TAKE_OVER)):
        raise Forbidden
    async with services.database.write() as session:
        service = CaseService(session, now, services.settings.take_idle_minutes)
        case = await service.repository.lock(number)
        before = holding.holder(case, now)
        if actor.takes_cases and not stages.offered(case.stage, await service.facts(case), actor.roles):
            raise Forbidden
        holding.take(case, actor, now, services.settings.take_idle_minutes)
        if before != actor.id:
            ledger.record(session, case, "diambil", actor, now, {"from_staff": before})
    await services.live.tell()
    return see_other(f"/permohonan/{number}")


@case_pages.post("/permohonan/<number:str>/lepas")
async def release(request: Request, number: str) -> HTTPResponse:
    """Lets the case go: the holder, or a supervisor."""
    services: Services = request.app.ctx.services
    signed_in: SignedIn = request.ctx.signed_in
    actor, now = signed_in.actor, services.clock()
    async with services.database.write() as session:
        case = await CaseService(session, now, services.settings.take_idle_minutes).repository.lock(number)
        held_by = holding.holder(case, now)
        if held_by is not None and held_by != actor.id and not actor.may(Permission.TAKE_OVER):
            raise Forbidden
        if held_by is not None:
            holding.release(case)
            ledger.record(session, case, "dilepas", actor, now, {"from_staff": held_by})
    await services.live.tell()
    return see_other(back_to(request) or "/antrean", "released")


@case_pages.post("/permohonan/<number:str>/serahkan")
async def hand_over(request: Request, number: str) -> HTTPResponse:
    """Puts the case into a colleague's hands."""
    services: Services = request.app.ctx.services
    signed_in: SignedIn = request.ctx.signed_in
    actor, now, minutes = signed_in.actor, services.clock(), services.settings.take_idle_minutes
    async with services.database.write() as session:
        case = await CaseService(session, now, minutes).repository.lock(number)
        view = await view_case(session, case, actor, now)
        to = next((colleague for colleague in view.colleagues if colleague.id == form_of(request).get("staff")), None)
        if to is None:
            raise Forbidden
        before = holding.holder(case, now)
        holding.hand_over(case, actor, to.id, now, minutes)
        ledger.record(session, case, "dialihkan", actor, now, {"from_staff": before, "to_staff": to.id, "to_name": to.name})
    await services.live.tell()
    return see_other(back_to(request) or f"/permohonan/{number}", "handed_over")


def back_to(request: Request) -> str | None:
    """Where a list wants to be shown again after one of its buttons."""
    return LISTS.get(form_of(request).get("kembali", ""))


@case_pages.post("/permohonan/<number:str>/bukan-ganda")
async def not_a_duplicate(request: Request, number: str) -> HTTPResponse:
    """Says that another case is about another child (twins, a namesake)."""
    services: Services = request.app.ctx.services
    signed_in: SignedIn = request.ctx.signed_in
    actor, now, minutes = signed_in.actor, services.clock(), services.settings.take_idle_minutes
    other = form_of(request).get("other", "")
    async with services.database.write() as session:
        case = await CaseService(session, now, minutes).repository.lock(number)
        if not (actor.takes_cases or actor.may(Permission.TAKE_OVER)):
            raise Forbidden
        holding.require(case, actor, now, minutes)
        if any(duplicate.case.number == other for duplicate in await find_duplicates(session, case)):
            ledger.record(session, case, DECIDED, actor, now, {"other": other})
    return see_other(f"/permohonan/{number}", "not_a_duplicate")


@case_pages.post("/permohonan/<number:str>/laku/<transition:str>")
async def act(request: Request, number: str, transition: str) -> HTTPResponse:
    """Does a transition, and goes back to the case (or where the form wants)."""
    if transition in HANDLED_ELSEWHERE:
        return await HANDLED_ELSEWHERE[transition](request, number, transition)
    services: Services = request.app.ctx.services
    signed_in: SignedIn = request.ctx.signed_in
    form, confirmed, row = form_of(request), await has_proof(request), stages.transitions().get(transition)
    try:
        async with services.database.write() as session:
            service = CaseService(session, services.clock(), services.settings.take_idle_minutes)
            case = await service.repository.lock(number)
            concerned = await service.repository.document(case, form.get("document", "")) if row and row.about in OF_A_DOCUMENT else None
            document = concerned if row and row.about == "document" else None
            wanted = Act(transition, read_version(form), form.get("key") or None, form, document, confirmed=confirmed)
            done = await service.act(case, signed_in.actor, wanted)
            event = done or (await service.repository.event_of_request(case, wanted.key) if wanted.key else None)
            if done is not None and document is not None and form.get("lalu") == COMPLETE:
                following = Act(COMPLETE, case.version, f"{wanted.key}:{COMPLETE}"[:64] if wanted.key else None, form, confirmed=confirmed)
                transition, event = COMPLETE, await service.act(case, signed_in.actor, following)
            here = f"/permohonan/{number}" + (f"/berkas/{concerned.submission}" if concerned else "")
            target = await _after(service, case, form) if document is not None else back_to(request) or here
    except Invalid as problem:
        if row is None or row.about or problem.values["field"] == "version":
            raise
        return await not_taken(request, number, transition, form, problem)
    await services.live.tell()
    return see_other(target, transition, **({"urung": number} if undoing.offers(event) else {}))


@case_pages.post("/permohonan/<number:str>/urungkan")
async def undo(request: Request, number: str) -> HTTPResponse:
    """Takes back one's last act on the case, within seconds."""
    services: Services = request.app.ctx.services
    signed_in: SignedIn = request.ctx.signed_in
    async with services.database.write() as session:
        now, minutes = services.clock(), services.settings.take_idle_minutes
        service = CaseService(session, now, minutes)
        case = await service.repository.lock(number)
        await undoing.undo(session, service, case, signed_in.actor, now, minutes)
    await services.live.tell()
    return see_other(f"/permohonan/{number}", "undone")


async def _after(service: CaseService, case: Case, form: dict[str, str]) -> str:
    """After a document was decided, the next one that waits; after the last, the case."""
    waiting = [document for document in await service.repository.documents(case) if document.state == "baru"]
    here = f"/permohonan/{case.number}"
    return f"{here}/berkas/{waiting[0].submission}" if waiting else here


@dataclass(frozen=True)
class FailedForm:
    """A form of the case's page that was not taken: what was typed comes back in it, and `sentence` says what is to be done.

    `doubtful`: it is taken when somebody says that what is unusual was looked at.
    """

    transition: str
    given: dict[str, str]
    field: str
    sentence: str
    status: int
    code: str

    @property
    def doubtful(self) -> bool:
        return self.code == Doubtful.code


NOTHING_FAILED = FailedForm("", {}, "", "", 200, "")


def failed_form(transition: str, form: dict[str, str], problem: Problem) -> FailedForm:
    """Of a problem that the person can mend in the form itself."""
    return FailedForm(transition, form, str(problem.values.get("field", "")), sentence_of(problem), problem.status, problem.code)


async def not_taken(request: Request, number: str, transition: str, form: dict[str, str], problem: Problem) -> HTTPResponse:
    """Of a problem that the person can mend in the form: said there where its page waits for the answer, else on the case's page with all
    that was typed in it. What is unusual comes on the page in any case: it brings the box that says that it was looked at.
    """
    if is_inline(request) and not isinstance(problem, Doubtful):
        raise problem
    return await case_page(request, number, "case.html", "permohonan", failed_form(transition, form, problem))


async def case_page(request: Request, number: str, template: str, what: str, failed: FailedForm = NOTHING_FAILED) -> HTTPResponse:
    """A page about one case, with its view; the look is noted first."""
    services: Services = request.app.ctx.services
    signed_in: SignedIn = request.ctx.signed_in
    if not signed_in.actor.may(Permission.SEE_CASES):
        raise Forbidden
    now = services.clock()
    async with services.database.write() as session:
        case = await CaseService(session, now, services.settings.take_idle_minutes).look(number, signed_in.actor, what)
        view = await view_case(session, case, signed_in.actor, now)
        changes = await CaseValues(session).changes(case)
    compared = compare(view.case.bundle, view.documents, changes, view.settled) if view.identity else []
    asked = _asked_for(request, view, compared, changes, failed)
    writes = signed_in.actor.may(Permission.WRITE_TO_APPLICANT)
    in_siak = services.settings.siak_approvals and signed_in.actor.may(Permission.TAKE_OVER)
    values = {"view": view, "case": view.case, "failed": failed, "compared": compared, "writes": writes, "in_siak": in_siak}
    values["asked"] = asked
    return page(request, template, status=failed.status, **values)


def _asked_for(
    request: Request, view: CaseView, compared: list[Compared], changes: Mapping[str, list[tuple[int, Change]]], failed: FailedForm
) -> Compared | None:
    """The row of the field that is to be put right (`?ubah=`), or could not be: any of the form, whether a paper names it or not."""
    key = request.args.get("ubah") or (failed.given.get("field", "") if failed.transition in view.data else "")
    if not key or not view.identity or not view.data:
        return None
    return next((row for row in compared if row.key == key), None) or of_field(view.case.bundle, key, changes)


def read_version(form: dict[str, str]) -> int:
    """The version that a form was made from. Raises Invalid where it says none."""
    if (version := whole_number(form.get("version"), otherwise=-1)) < 0:
        raise Invalid(field="version")
    return version
