"""Pages of the reports: figures with charts, the list behind each number, the exports, the yearly evaluation."""

import asyncio
from datetime import date
from urllib.parse import urlencode

from sanic import Blueprint, HTTPResponse, Request, raw

from backoffice.actor import Actor
from backoffice.audit.service import Audit
from backoffice.cases.place import ELSEWHERE
from backoffice.cases.queues import read_cursor, read_id, write_cursor
from backoffice.errors import Forbidden, Invalid, NotFound
from backoffice.reports import period
from backoffice.reports.charts import issued_chart, stage_chart
from backoffice.reports.effort import counted_days, effort
from backoffice.reports.lists import OF_COMPLAINTS, Lists
from backoffice.reports.period import Cut, Scope, read_scope
from backoffice.reports.photo_decisions import photo_figures
from backoffice.reports.queries import Report, Reports
from backoffice.reports.wording import category_label, name_of, reason_label, spreads_in_order, tables_of
from backoffice.reports.yearly_pdf import Voice, make_yearly_pdf
from backoffice.services import Services
from backoffice.staff.service import StaffService
from backoffice.survey import service as survey
from backoffice.survey.sheet import tables_of as survey_tables
from backoffice.web.edge import whole_number
from backoffice.web.pages import page
from backoffice.web.tables import XLSX, csv_line, make_xlsx
from backoffice.web.texts import text
from standard import facts
from standard.clock import today
from standard.roles import Permission
from standard.stages import CaseClock

report_pages = Blueprint("reports", url_prefix="/laporan")
FIRST_YEAR = 2021
"""The year of the decree (Seed)."""


@report_pages.get("/")
async def show_report(request: Request) -> HTTPResponse:
    """The figures of a period; each opens the list behind it."""
    services: Services = request.app.ctx.services
    actor, scope = _reader(request), _scope(request)
    report, names = await _report(services, scope, actor)
    ordered = spreads_in_order(report)
    return page(
        request,
        "report.html",
        report=report,
        names=names,
        ordered=ordered,
        reason_label=reason_label,
        category_label=category_label,
        issued_chart=issued_chart(report.columns, scope.cut),
        stage_chart=stage_chart(
            [(row.label, spread, row.minutes * 60 if row.minutes else None) for row, spread in ordered if row.clock is not CaseClock.ENDED]
        ),
        choices=period.choices(today(services.clock())),
        places=[*facts.load("places")["kecamatan"].values(), ELSEWHERE],
        cuts=list(Cut),
        address=urlencode(_address(scope)),
        year=today(services.clock()).year,
    )


@report_pages.get("/tangan")
async def show_effort(request: Request) -> HTTPResponse:
    """Acts and time for a case, by role."""
    services: Services = request.app.ctx.services
    _reader(request)
    scope = _scope(request)
    first, last = counted_days(scope)
    async with services.database.read() as session:
        rows = await effort(session, scope)
    return page(request, "report_effort.html", rows=rows, first=first, last=last, address=urlencode(_address(scope)))


@report_pages.get("/foto")
async def show_photos(request: Request) -> HTTPResponse:
    """What the photo check passed, and what officers found in it."""
    services: Services = request.app.ctx.services
    _reader(request)
    scope = _scope(request)
    async with services.database.read() as session:
        rows = await photo_figures(session, scope)
    return page(
        request,
        "report_photos.html",
        rows=rows,
        first=scope.first,
        last=scope.last,
        address=urlencode(_address(scope)),
        reason_label=reason_label,
    )


@report_pages.get("/daftar")
async def show_lines(request: Request) -> HTTPResponse:
    """The cases or complaints behind a number."""
    services: Services = request.app.ctx.services
    actor, scope, what = _reader(request), _scope(request), request.args.get("apa", "")
    kind, _, detail = what.partition(":")
    async with services.database.read() as session:
        lists = Lists(session, scope, services.clock(), actor)
        try:
            if kind in OF_COMPLAINTS:
                found = await lists.complaints(what, read_cursor(request.args.get("dari", ""), key=str))
            else:
                found = await lists.cases(what, read_cursor(request.args.get("dari", ""), read_id))
        except KeyError:
            raise NotFound from None
        names = await StaffService(session, services.settings, services.clock()).names({detail.partition(":")[0]})
    kept = _address(scope)
    return page(
        request,
        "report_lines.html",
        lines=found.rows,
        of_complaints=kind in OF_COMPLAINTS,
        opens=actor.may(Permission.COMPLAINTS),
        kind=kind,
        about=name_of(kind, detail, scope, names),
        scope=scope,
        back=urlencode(kept),
        next=f"/laporan/daftar?{urlencode({**kept, 'apa': what, 'dari': write_cursor(*found.next)})}" if found.next else None,
    )


@report_pages.get("/unduh/<form:str>")
async def export(request: Request, form: str) -> HTTPResponse:
    """The tables as CSV or XLSX, without personal data."""
    services: Services = request.app.ctx.services
    actor, scope = _reader(request), _scope(request)
    if form not in ("csv", "xlsx"):
        raise NotFound
    report, _ = await _report(services, scope, actor)
    await _note(services, actor, scope, form)
    name = f"laporan-landa-mewa-{scope.first}-{scope.last}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    tables = tables_of(report)
    if form == "xlsx":
        return raw(await asyncio.to_thread(make_xlsx, tables), content_type=XLSX, headers=headers)
    lines = [csv_line([title, *row]) for title, rows in tables.items() for row in rows]
    return raw(("\ufeff" + "".join(lines)).encode(), content_type="text/csv; charset=utf-8", headers=headers)


@report_pages.get("/evaluasi.pdf")
async def yearly(request: Request) -> HTTPResponse:
    """The evaluation of one year for signature (Seed N)."""
    services: Services = request.app.ctx.services
    actor, now = _reader(request), services.clock()
    year = whole_number(request.args.get("tahun"))
    if not FIRST_YEAR <= year <= today(now).year:
        raise Invalid(field="tahun")
    scope = Scope(date(year, 1, 1), date(year, 12, 31), None, Cut.MONTH)
    report, _ = await _report(services, scope, actor)
    await _note(services, actor, scope, "pdf")
    made = await asyncio.to_thread(make_yearly_pdf, report, year, actor.name or "", now, await _voice(services, year))
    headers = {"Content-Disposition": f'inline; filename="evaluasi-{year}.pdf"', "Cache-Control": "no-store"}
    return raw(made, content_type="application/pdf", headers=headers)


async def _voice(services: Services, year: int) -> Voice:
    async with services.database.read() as session:
        found = await survey.result(session, survey.Period(year, "tahun"))
        decided, before = await survey.improvements(session, year), await survey.improvements(session, year - 1)
    return Voice(
        survey_tables(found),
        [row.text for row in decided],
        [text("reports.followed", text=row.text, outcome=row.outcome or text("reports.not_followed")) for row in before],
    )


async def _report(services: Services, scope: Scope, reader: Actor) -> tuple[Report, dict[str, str]]:
    async with services.database.read() as session:
        report = await Reports(session, scope, services.clock(), reader).whole()
        names = await StaffService(session, services.settings, services.clock()).names({staff_id for staff_id, _ in report.officers})
    return report, names


async def _note(services: Services, actor: Actor, scope: Scope, form: str) -> None:
    async with services.database.write() as session:
        data = {"format": form, "filter": _address(scope)}
        await Audit(session, services.clock()).note("laporan_diekspor", actor.id, None, data)


def _scope(request: Request) -> Scope:
    given = {name: request.args.get(name) for name in ("mulai", "sampai", "kecamatan", "per")}
    return read_scope(given["mulai"], given["sampai"], given["kecamatan"], given["per"], today(request.app.ctx.services.clock()))


def _address(scope: Scope) -> dict[str, str]:
    kept = {"mulai": scope.first.isoformat(), "sampai": scope.last.isoformat(), "per": str(scope.cut)}
    return kept | ({"kecamatan": scope.kecamatan} if scope.kecamatan else {})


def _reader(request: Request) -> Actor:
    actor: Actor = request.ctx.signed_in.actor
    if not actor.may(Permission.REPORTS):
        raise Forbidden
    return actor
