"""The page of the audit with its filters, and the same list as CSV."""

from urllib.parse import urlencode

from sanic import Blueprint, HTTPResponse, Request
from sqlalchemy import select

from backoffice.actor import Actor
from backoffice.audit.service import Audit
from backoffice.errors import Forbidden
from backoffice.inspection import chain
from backoffice.inspection.listing import Filter, Listing, all_rows, read_place
from backoffice.inspection.wording import acts_to_choose, line_of
from backoffice.services import Services
from backoffice.staff.models import Staff
from backoffice.web.pages import page
from backoffice.web.tables import csv_line
from backoffice.web.texts import text
from standard.clock import read_day
from standard.registration import APPLICATION, prefix
from standard.roles import Permission

audit_pages = Blueprint("audit", url_prefix="/audit")
COLUMNS = ("at", "who", "role", "subject", "act", "detail")


@audit_pages.get("/")
async def show_audit(request: Request) -> HTTPResponse:
    """The list, newest first, with its filters in the address. For one case it says whether its chain is whole."""
    services: Services = request.app.ctx.services
    _require_right(request)
    wanted = read_filter(request)
    async with services.database.read() as session:
        rows, following = await Listing(session, request.ctx.signed_in.actor).page(wanted, read_place(request.args.get("dari")))
        staff = list(await session.scalars(select(Staff).order_by(Staff.name)))
        number = _case_number(wanted)
        broken = await chain.check_number(session, number) if number else None
    kept = _address(request)
    following_page = f"/audit?{urlencode({**kept, 'dari': following})}" if following else None
    return page(
        request,
        "audit.html",
        rows=rows,
        staff=staff,
        wanted=wanted,
        acts=acts_to_choose(),
        address=urlencode(kept),
        number=number if rows or broken else None,
        broken=broken,
        next=following_page,
        later="dari" in request.args,
    )


@audit_pages.get("/unduh.csv")
async def export(request: Request) -> None:
    """The list that the filters leave, as CSV. That it was exported is itself noted."""
    services: Services = request.app.ctx.services
    actor = _require_right(request)
    wanted = read_filter(request)
    async with services.database.write() as session:
        await Audit(session, services.clock()).note("audit_diekspor", actor.id, None, {"filter": _address(request)})
    headers = {"Content-Disposition": 'attachment; filename="audit-landa-mewa.csv"', "Cache-Control": "no-store"}
    response = await request.respond(content_type="text/csv; charset=utf-8", headers=headers)
    await response.send("\ufeff" + csv_line([text(f"audit.{column}") for column in COLUMNS]))
    async for rows in all_rows(services.database, wanted, actor):
        await response.send("".join(csv_line(line_of(row)) for row in rows))


def read_filter(request: Request) -> Filter:
    """The filter that an address names; what can't be read is left out."""
    return Filter(
        staff_id=request.args.get("siapa") or None,
        subject=(request.args.get("tentang") or "").strip()[:80] or None,
        act=request.args.get("tindakan") or None,
        first=read_day(request.args.get("mulai")),
        last=read_day(request.args.get("sampai")),
    )


def _address(request: Request) -> dict[str, str]:
    return {name: request.args[name][0] for name in ("siapa", "tentang", "tindakan", "mulai", "sampai") if request.args.get(name)}


def _case_number(wanted: Filter) -> str | None:
    """The case that the filter names, if it names one."""
    subject = (wanted.subject or "").upper()
    return subject if subject.startswith(f"{prefix(APPLICATION)}-") else None


def _require_right(request: Request) -> Actor:
    actor: Actor = request.ctx.signed_in.actor
    if not actor.may(Permission.AUDIT):
        raise Forbidden
    return actor
