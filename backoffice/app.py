"""Puts the back office together: `create_app(settings)` gives the Sanic application with all its areas."""

import time
from typing import Any

from sanic import HTTPResponse, Request, Sanic

from backoffice.api.routes import api
from backoffice.applicant import api as applicant_api
from backoffice.applicant.chat import chat_pages, notice_pages, says_pages
from backoffice.applicant.to_case import to_case_pages
from backoffice.approvals.in_siak_pages import in_siak_pages
from backoffice.approvals.routes import approval_pages
from backoffice.background import make_jobs
from backoffice.cases import api as cases_api
from backoffice.cases import known as known_cases
from backoffice.cases.routes import case_pages
from backoffice.cases.searches import Searches
from backoffice.complaints import act_routes
from backoffice.complaints import api as complaints_api
from backoffice.complaints import known as known_complaints
from backoffice.complaints.breach_routes import breach_pages
from backoffice.complaints.routes import complaint_pages
from backoffice.delivery import address_pages, correction_pages, number_pages, several_pages
from backoffice.delivery import api as delivery_api
from backoffice.delivery.kia_pages import kia_pages
from backoffice.delivery.routes import delivery_pages
from backoffice.documents.routes import document_pages
from backoffice.escalation.routes import attention_pages
from backoffice.inspection.routes import audit_pages
from backoffice.monitor.routes import monitor_pages
from backoffice.notices import routes as notice_api
from backoffice.reports.routes import report_pages
from backoffice.roster import api as roster_api
from backoffice.roster.routes import roster_pages
from backoffice.services import Services
from backoffice.settings import Settings
from backoffice.siak.routes import siak_pages
from backoffice.staff.own_pages import own_pages
from backoffice.staff.passkey_pages import passkey_pages
from backoffice.staff.people_pages import people_pages
from backoffice.staff.routes import account_pages, find_session, gate, sign_in_pages
from backoffice.staff.service import name_of
from backoffice.subscriptions import subscribe_all
from backoffice.survey import api as survey_api
from backoffice.survey.routes import survey_pages
from backoffice.watching.health import REQUESTS, SECONDS, health_of
from backoffice.web import look, problems
from backoffice.web.bodies import TAKEN_IN, ReadableRequest
from backoffice.web.edge import refuse_unreadable
from backoffice.web.inline import go_on
from backoffice.web.pages import STATIC
from backoffice.web.security import add_headers
from backoffice.web.stream import stream_pages
from backoffice.web.texts import catalogue
from backoffice.wording import add_words
from runtime.bodies import SMALL, Allowance, Bodies, receive_bodies
from runtime.calling import http_client
from runtime.entrance import FIRST, is_caller, keep_private, know_callers, require_host
from runtime.health import health_routes
from runtime.patience import SILENT_SECONDS

LARGEST_BODY = 30 * 1024 * 1024
GRACE = 2.0
"""Seconds that begun work gets when the process is told to stop."""

PAGE_AREAS = (act_routes, address_pages, correction_pages, number_pages, several_pages)
"""Modules that add their pages to those of their area by being imported."""

API_AREAS = (
    applicant_api, cases_api, known_cases, complaints_api, known_complaints, delivery_api, notice_api, roster_api, survey_api,
)  # fmt: skip
"""Areas that add their routes to the service API by being imported."""

SIGNED_IN = (
    account_pages, own_pages, passkey_pages,
    people_pages, stream_pages, case_pages, chat_pages, document_pages, approval_pages, delivery_pages,
    complaint_pages, breach_pages, survey_pages,
    to_case_pages, audit_pages, report_pages, attention_pages, kia_pages,
    notice_pages, says_pages, siak_pages, roster_pages, in_siak_pages,
)  # fmt: skip
"""Areas whose pages are for signed-in staff only: the gate stands before each of them."""

for area in SIGNED_IN:
    area.on_request(gate)


def create_app(settings: Settings, services: Services | None = None, background: bool = True) -> Sanic[Any, Any]:
    """The application. Tests bring `services` of their own and do without the background work."""
    catalogue()  # read now: a file that is changed or broken later changes nothing in a running process
    subscribe_all(mails=bool(settings.smtp_url))
    add_words()
    app = Sanic("backoffice", log_config=None, configure_logging=False, request_class=ReadableRequest)
    app.config.update(
        FALLBACK_ERROR_FORMAT="text", OAS=False, GRACEFUL_SHUTDOWN_TIMEOUT=2.0, RESPONSE_TIMEOUT=60,
        KEEP_ALIVE_TIMEOUT=30, REQUEST_TIMEOUT=SILENT_SECONDS, ACCESS_LOG=False, MOTD=False, AUTO_EXTEND=False,
    )  # fmt: skip
    if settings.trusted_proxies:
        app.config.PROXIES_COUNT = settings.trusted_proxies
    receive_bodies(app, Bodies(LARGEST_BODY, allowance_of, forgotten=TAKEN_IN))
    app.ctx.services = services or Services.open(settings)
    app.ctx.searches = Searches()
    know_callers(app, actions=settings.actions_backoffice_token, bot=settings.bot_backoffice_token)
    for blueprint in (*SIGNED_IN, sign_in_pages, monitor_pages, api, health_routes(health_of)):
        app.blueprint(blueprint)
    look.install(app)
    app.static("/static", STATIC, name="static")
    app.on_request(start_timing)
    app.on_request(require_host, priority=FIRST)
    app.on_request(keep_private("/api"), priority=FIRST)
    app.on_request(refuse_unreadable)
    app.on_response(go_on)  # type: ignore[no-untyped-call]
    app.on_response(add_headers)  # type: ignore[no-untyped-call]
    app.on_response(count_request)  # type: ignore[no-untyped-call]
    problems.install(app, name_of)
    app.ctx.background = background
    app.before_server_start(open_background)
    app.before_server_stop(close)
    return app


async def allowance_of(request: Request) -> Allowance:
    """Files come from our own processes and from staff who are signed in; strangers have nothing large to say."""
    signed_in = None if request.path.startswith("/api/") else await find_session(request)
    known = is_caller(request) if signed_in is None else not signed_in.code_due
    return Allowance(LARGEST_BODY) if known else Allowance(SMALL, stranger=True)


async def start_timing(request: Request) -> None:
    request.ctx.began = time.monotonic()


async def count_request(request: Request, response: HTTPResponse) -> None:
    route = request.route.path if request.route else "none"
    REQUESTS.labels(request.method, route, response.status).inc()
    if hasattr(request.ctx, "began"):
        SECONDS.labels(route).observe(time.monotonic() - request.ctx.began)


async def open_background(app: Sanic[Any, Any]) -> None:
    """Starts what works beside the requests."""
    app.ctx.http = http_client()
    services: Services = app.ctx.services
    app.ctx.jobs = make_jobs(services, app.ctx.http)
    if app.ctx.background:
        app.ctx.jobs.start()


async def close(app: Sanic[Any, Any]) -> None:
    """Stops it, and lets go of the database."""
    await app.ctx.jobs.stop(GRACE)
    await app.ctx.http.aclose()
    await app.ctx.services.opener.close()
    await app.ctx.services.database.close()
