"""Pages of signing in and out and of the own password, and the gate before all other pages."""

import asyncio
import secrets
from urllib.parse import quote

from sanic import Blueprint, HTTPResponse, Request, redirect

from backoffice.errors import FormExpired, Invalid, Problem
from backoffice.services import Services
from backoffice.staff import passwords
from backoffice.staff.service import SignedIn, StaffService
from backoffice.web import navigation
from backoffice.web.pages import page, see_other
from backoffice.web.security import form_of, require_own_form
from backoffice.web.texts import text

COOKIE = "lm_sesi"
FORM_COOKIE = "lm_masuk"
"""Carries the token of the sign-in form, which has no session yet (double submit)."""

BY_ITSELF = "hx-request"
"""Carried by what an open page fetches without anybody's hand: such a page, left alone, does not keep its session alive."""

MAY_CHANGE_PASSWORD = frozenset({"/kata-sandi", "/keluar"})
MAY_GIVE_CODE = frozenset({"/masuk/kode", "/keluar"})

sign_in_pages = Blueprint("sign_in")
account_pages = Blueprint("account")


async def gate(request: Request) -> HTTPResponse | None:
    """Lets only signed-in staff through, and a first password only to the page where it is changed. Forms must be our own."""
    signed_in = await find_session(request)
    if signed_in is None:
        target = f"/masuk?lanjut={quote(request.path)}" if request.method == "GET" else "/masuk"
        if BY_ITSELF in request.headers:
            return HTTPResponse(status=401, headers={"HX-Redirect": "/masuk"})
        return redirect(target, status=303)
    request.ctx.signed_in = signed_in
    if request.method not in ("GET", "HEAD"):
        require_own_form(request, signed_in.csrf)
    if signed_in.code_due and request.path not in MAY_GIVE_CODE:
        return redirect("/masuk/kode", status=303)
    if not signed_in.code_due and signed_in.must_change_password and request.path not in MAY_CHANGE_PASSWORD:
        return redirect("/kata-sandi", status=303)
    return None


async def find_session(request: Request) -> SignedIn | None:
    """Who sent this request."""
    services: Services = request.app.ctx.services
    token = request.cookies.get(COOKIE)
    if not token:
        return None
    async with services.database.read() as session:
        found = await StaffService(session, services.settings, services.clock()).find(token)
    if found is None:
        return None
    signed_in, touch_is_due = found
    if touch_is_due and BY_ITSELF not in request.headers:
        async with services.database.write() as session:
            await StaffService(session, services.settings, services.clock()).touch(signed_in.session_hash)
    return signed_in


@sign_in_pages.get("/masuk")
async def show_sign_in(request: Request) -> HTTPResponse:
    """The sign-in form."""
    if signed_in := await find_session(request):
        return redirect(navigation.home(signed_in.actor), status=303)
    return _sign_in_form(request, None)


@sign_in_pages.post("/masuk")
async def sign_in(request: Request) -> HTTPResponse:
    """Opens a session for the right name and password, after which the browser goes on to where it wanted to be."""
    services: Services = request.app.ctx.services
    form = form_of(request)
    try:
        require_own_form(request, request.cookies.get(FORM_COOKIE) or "")
    except FormExpired as problem:
        return _sign_in_form(request, problem)
    username = form.get("username", "")
    async with services.database.read() as session:
        stored = await StaffService(session, services.settings, services.clock()).stored_password(username)
    right = await asyncio.to_thread(passwords.is_right, stored, request.form.get("password", ""))
    async with services.database.write() as session:
        staff = StaffService(session, services.settings, services.clock())
        token = await staff.sign_in(username, stored if right else None, request.client_ip, request.headers.get("user-agent", ""))
    if isinstance(token, Problem):
        return _sign_in_form(request, token)
    wanted = form.get("lanjut", "")
    response = redirect(wanted if wanted.startswith("/") and not wanted.startswith(("//", "/\\")) else "/", status=303)
    _set_cookie(request, response, COOKIE, str(token))
    return response


@account_pages.post("/keluar")
async def sign_out(request: Request) -> HTTPResponse:
    """Ends the session."""
    services: Services = request.app.ctx.services
    signed_in: SignedIn = request.ctx.signed_in
    async with services.database.write() as session:
        await StaffService(session, services.settings, services.clock()).sign_out(signed_in.session_hash, signed_in.actor)
    response = redirect("/masuk", status=303)
    response.delete_cookie(COOKIE)
    return response


@account_pages.get("/")
async def home(request: Request) -> HTTPResponse:
    """Goes to where this person's day begins."""
    return redirect(navigation.home(request.ctx.signed_in.actor), status=303)


@account_pages.get("/kata-sandi")
async def show_password(request: Request) -> HTTPResponse:
    """The form for the own password."""
    return page(request, "password.html", problem=None)


@account_pages.post("/kata-sandi")
async def change_password(request: Request) -> HTTPResponse:
    """Changes the own password."""
    services: Services = request.app.ctx.services
    signed_in: SignedIn = request.ctx.signed_in
    old, new = request.form.get("old", ""), request.form.get("new", "")
    try:
        if new != request.form.get("again", ""):
            raise Invalid(field="again")
        async with services.database.write() as session:
            await StaffService(session, services.settings, services.clock()).change_password(
                signed_in.actor, old, new, signed_in.session_hash
            )
    except Invalid as problem:
        return page(request, "password.html", status=422, problem=text(f"password.wrong.{problem.values['field']}"))
    return see_other(navigation.home(signed_in.actor), "password")


def _sign_in_form(request: Request, problem: Problem | None) -> HTTPResponse:
    token = secrets.token_urlsafe(24)
    sentence = text(f"problem.{problem.code}", **problem.values) if problem else None
    wanted = (request.form.get("lanjut") if request.form else None) or request.args.get("lanjut", "")
    shown = page(request, "sign_in.html", status=problem.status if problem else 200, problem=sentence, token=token, wanted=wanted)
    _set_cookie(request, shown, FORM_COOKIE, token)
    return shown


def _set_cookie(request: Request, response: HTTPResponse, name: str, value: str) -> None:
    settings = request.app.ctx.services.settings
    response.add_cookie(
        name, value, path="/", httponly=True, samesite="Lax", secure=settings.secure_cookies, max_age=settings.session_hours * 3600
    )
