"""The tracking page and the page on verifying a paper: no login, no cookie, nothing personal, guesses slowed down."""

from dataclasses import dataclass
from datetime import date, datetime

from sanic import Blueprint, HTTPResponse, Request
from sqlalchemy import select

from backoffice.applicant.given import stand
from backoffice.cases.models import Case, IssuedNumber
from backoffice.cases.pin import is_pin
from backoffice.cases.repository import CaseRepository
from backoffice.cases.terms import wanted_number
from backoffice.errors import TooManyAttempts
from backoffice.public.guessing import attempt_at, pin_attempt, short
from backoffice.services import Services
from backoffice.staff.throttle import admit, forgive
from backoffice.web.formats import write_wait
from backoffice.web.pages import page
from backoffice.web.security import form_of
from standard import facts, stages
from standard.clock import read_day
from standard.stages import CaseClock
from storage.database import keyring_of

public_pages = Blueprint("public")


@dataclass(frozen=True)
class Progress:
    """What is told of an application: the sentence of its stage, and by when the papers are promised, where the clock runs."""

    number: str
    status: str
    deadline: datetime | None


@public_pages.get("/lacak")
async def ask_number(request: Request) -> HTTPResponse:
    """The form; the address on a receipt brings the number, never the PIN."""
    return page(request, "track.html", number=short(request.args.get("nomor")), told=None, problem=None, wait="")


@public_pages.post("/lacak")
async def track(request: Request) -> HTTPResponse:
    """Where the application stands. A wrong PIN and an unknown number read the same."""
    services: Services = request.app.ctx.services
    form = form_of(request)
    number, pin = short(form.get("nomor")).upper(), short(form.get("pin"))
    attempt = pin_attempt(services, request, number)
    try:
        await admit(services, attempt)
    except TooManyAttempts as many:
        return page(request, "track.html", 429, number=number, told=None, problem="wait", wait=write_wait(int(many.values["seconds"])))
    async with services.database.read() as session:
        case = await session.scalar(select(Case).where(Case.number == number))
    if not is_pin(services.settings, number, pin) or case is None:
        return page(request, "track.html", 404, number=number, told=None, problem="unknown", wait="")
    await forgive(services, attempt)
    stage = stages.stages()[case.stage]
    told = Progress(case.number, stage.status, case.deadline if stage.clock is CaseClock.RUNNING else None)
    return page(request, "track.html", number=number, told=told, problem=None, wait="")


@public_pages.get("/keaslian")
async def explain(request: Request) -> HTTPResponse:
    """How a paper's QR and signature are verified at the national addresses, and a form for our own answer."""
    return page(request, "verify.html", papers=facts.load("papers"), number="", day="", answer=None, wait="")


@public_pages.post("/keaslian")
async def verify(request: Request) -> HTTPResponse:
    """Whether an akta of that number was issued for a child of that day through this service: both have to be right."""
    services: Services = request.app.ctx.services
    form = form_of(request)
    number, typed = short(form.get("nomor")).upper(), short(form.get("tanggal"))
    values = {"papers": facts.load("papers"), "number": number, "day": typed, "wait": ""}
    attempt = attempt_at(services, request, "verify", number)
    try:
        await admit(services, attempt)
    except TooManyAttempts as many:
        return page(request, "verify.html", 429, **(values | {"answer": "wait", "wait": write_wait(int(many.values["seconds"]))}))
    day = _day(typed)
    if day is None:
        await forgive(services, attempt)
        return page(request, "verify.html", 422, **values, answer="day")
    issued = await _issued(services, number, day)
    if issued:
        await forgive(services, attempt)
    return page(request, "verify.html", **values, answer="issued" if issued else "unknown")


async def _issued(services: Services, number: str, day: date) -> bool:
    """Whether the papers of that child's case went out, and still stand."""
    query = select(Case, IssuedNumber.child).join(Case, Case.id == IssuedNumber.case_id)
    async with services.database.read() as session:
        same = IssuedNumber.number.in_(wanted_number(keyring_of(session), "akta", number))
        row = (await session.execute(query.where(IssuedNumber.kind == "akta", same))).first()
        if row is None:
            return False
        case, child = row
        out = stand(case, await CaseRepository(session).products(case))
    born = [str(record.get("tanggal_lahir")) for record in case.bundle.get("anak") or []]
    return out and child < len(born) and born[child] == day.isoformat()


def _day(typed: str) -> date | None:
    """The day as a browser's own field sends it, or with the day first as people write it."""
    first = read_day(typed)
    return first or read_day("-".join(f"{part:0>2}" for part in reversed(typed.replace("/", "-").replace(".", "-").split("-"))))
