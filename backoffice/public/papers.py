"""Gives akta and KK out for number and PIN: the address of an e-mail is confirmed by what only the chat tells."""

from datetime import timedelta

from sanic import Blueprint, HTTPResponse, Request, raw
from sqlalchemy import select

from backoffice.applicant.given import given_out
from backoffice.audit.service import Audit
from backoffice.cases.models import Case
from backoffice.cases.pin import is_pin
from backoffice.cases.repository import CaseRepository
from backoffice.errors import NotFound, TooManyAttempts
from backoffice.public.guessing import papers_closed_for, pin_attempt, short
from backoffice.services import Services
from backoffice.staff.throttle import admit, forgive
from backoffice.web.formats import write_wait
from backoffice.web.pages import page
from backoffice.web.security import form_of

papers_pages = Blueprint("papers")


@papers_pages.get("/dokumen")
async def ask(request: Request) -> HTTPResponse:
    """The form; the e-mail brings the number, never the PIN."""
    return page(request, "papers.html", number=short(request.args.get("nomor")), pin="", papers=None, problem=None, wait="")


@papers_pages.post("/dokumen")
async def show(request: Request) -> HTTPResponse:
    """What can be fetched. A wrong PIN and an unknown number read the same."""
    return await _with_pin(request, None)


@papers_pages.post("/dokumen/unduh")
async def fetch(request: Request) -> HTTPResponse:
    """One file; number and PIN come along again, for nothing is remembered between two requests."""
    return await _with_pin(request, form_of(request).get("berkas", ""))


async def _with_pin(request: Request, wanted: str | None) -> HTTPResponse:
    services: Services = request.app.ctx.services
    form = form_of(request)
    number, pin = short(form.get("nomor")).upper(), short(form.get("pin"))
    attempt = pin_attempt(services, request, number)
    if closed := await papers_closed_for(services, request, number):
        told = {"problem": "closed", "wait": write_wait(-(-closed // timedelta(seconds=1)))}
        return page(request, "papers.html", 429, number=number, pin="", papers=None, **told)
    try:
        await admit(services, attempt)
    except TooManyAttempts as many:
        told = {"problem": "wait", "wait": write_wait(int(many.values["seconds"]))}
        return page(request, "papers.html", 429, number=number, pin="", papers=None, **told)
    async with services.database.read() as session:
        case = await session.scalar(select(Case).where(Case.number == number))
        papers = given_out(case, await CaseRepository(session).products(case), services.clock()) if case is not None else []
    if not is_pin(services.settings, number, pin) or case is None:
        return page(request, "papers.html", 404, number=number, pin="", papers=None, problem="unknown", wait="")
    await forgive(services, attempt)
    if wanted is None:
        return page(request, "papers.html", number=number, pin=pin, papers=papers, problem=None, wait="")
    paper = next((paper for paper in papers if paper.id == wanted), None)
    if paper is None:
        raise NotFound
    content = await services.blobs.get(paper.blob)
    async with services.database.write() as session:
        await Audit(session, services.clock()).note("dokumen_diunduh", None, number, {"product": paper.id})
    headers = {"Content-Disposition": f'attachment; filename="{paper.name}"'}
    return raw(content, content_type="application/pdf", headers=headers)
