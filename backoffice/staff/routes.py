"""Pages of signing in and out and of the own password, and the gate before all other pages."""

import secrets
from urllib.parse import quote

from sanic import Blueprint, HTTPResponse, Request, redirect

from backoffice.actor import SignedIn
from backoffice.errors import Forbidden, FormExpired, Invalid, NotSignedIn, Problem, TooManyAttempts, WrongCredentials
from backoffice.services import Services
from backoffice.staff import cookies, passwords, throttle
from backoffice.staff.models import Staff
from backoffice.staff.origin import network_of
from backoffice.staff.proof import prove_password
from backoffice.staff.service import StaffService, written
from backoffice.staff.strength import is_guessable
from backoffice.web import navigation
from backoffice.web.bodies import field_of
from backoffice.web.inline import is_inline
from backoffice.web.pages import page, see_other
from backoffice.web.problems import sentence_of
from backoffice.web.security import form_of, require_own_form
from backoffice.web.texts import text
from standard import roles
from standard.roles import Permission

BY_ITSELF = "hx-request"
"""Carried by what an open page fetches without anybody's hand: such a page, left alone, does not keep its session alive."""

SIGN_OUT = "/keluar"
MAY_CHANGE_PASSWORD = frozenset({"/kata-sandi", SIGN_OUT})
MAY_ENROL = frozenset({"/akun/kode", "/akun/kunci", "/akun/kunci/tantangan", "/kata-sandi", SIGN_OUT})
CASES = "permohonan/"
"""Where every address of a case begins."""

MAY_GIVE_CODE = frozenset({"/masuk/kode", "/masuk/kunci", "/masuk/kunci/tantangan", SIGN_OUT})

sign_in_pages = Blueprint("sign_in")
account_pages = Blueprint("account")


async def gate(request: Request) -> HTTPResponse | None:
    """Lets only signed-in staff through, and a first password only to the page where it is changed. Forms must be our own."""
    signed_in = await find_session(request)
    if signed_in is None:
        target = f"/masuk?lanjut={quote(request.path)}" if request.method == "GET" else "/masuk"
        if BY_ITSELF in request.headers:
            return HTTPResponse(status=401, headers={"HX-Redirect": "/masuk"})
        if is_inline(request) and request.path != SIGN_OUT:
            raise NotSignedIn(sentence="form_problem.signed_out", sign_in="/masuk")
        return redirect(target, status=303)
    request.ctx.signed_in = signed_in
    if request.method not in ("GET", "HEAD"):
        require_own_form(request, signed_in.csrf)
    if signed_in.code_due and request.path not in MAY_GIVE_CODE:
        if is_inline(request):
            raise NotSignedIn(sentence="form_problem.signed_out", sign_in="/masuk/kode")
        return redirect("/masuk/kode", status=303)
    if not signed_in.code_due and signed_in.must_change_password and request.path not in MAY_CHANGE_PASSWORD:
        return redirect("/kata-sandi", status=303)
    if must_enrol(request, signed_in) and request.path not in MAY_ENROL:
        return redirect("/akun/kode", status=303)
    if request.route is not None and request.route.path.startswith(CASES) and not signed_in.actor.may(Permission.SEE_CASES):
        raise Forbidden  # before the case is looked for: its number, too, is no business of theirs
    return None


def must_enrol(request: Request, signed_in: SignedIn) -> bool:
    """Whether the roles held need a second factor that is not enrolled yet: nothing else is open then."""
    required: bool = request.app.ctx.services.settings.requires_second_factor
    return required and not signed_in.second_factor and not signed_in.code_due and roles.guarded(signed_in.actor.roles)


async def find_session(request: Request) -> SignedIn | None:
    """Who sent this request."""
    services: Services = request.app.ctx.services
    token = cookies.read(request, cookies.SESSION)
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
    form, now = form_of(request), services.clock()
    username, address = written(form.get("username", "")), request.client_ip[:64]
    device = cookies.device_of(request, username, now)
    attempt = throttle.at_password(services.settings, username, network_of(address), device)
    try:
        require_own_form(request, cookies.read(request, cookies.FORM))
        await throttle.admit(services, attempt)
    except (FormExpired, TooManyAttempts) as problem:
        return _sign_in_form(request, problem)
    async with services.database.read() as session:
        stored = await StaffService(session, services.settings, now).stored_password(username)
    right = await passwords.is_right(stored, field_of(request, "password"), stranger=device is None)
    async with services.database.write() as session:
        staff = StaffService(session, services.settings, now)
        opened = await staff.sign_in(username, stored if right else None, address, request.headers.get("user-agent", ""))
        if opened is not None:
            await throttle.Throttle(session, now).forgive(attempt)
    if opened is None:
        return _sign_in_form(request, WrongCredentials())
    wanted = "/akun" if opened.news else form.get("lanjut", "")
    response = redirect(wanted if wanted.startswith("/") and not wanted.startswith(("//", "/\\")) else "/", status=303)
    cookies.write(request, response, cookies.SESSION, opened.token)
    if not opened.code_due:
        cookies.remember_device(request, response, username, now)
    return response


@account_pages.post(SIGN_OUT)
async def sign_out(request: Request) -> HTTPResponse:
    """Ends the session."""
    services: Services = request.app.ctx.services
    signed_in: SignedIn = request.ctx.signed_in
    async with services.database.write() as session:
        await StaffService(session, services.settings, services.clock()).sign_out(signed_in.session_hash, signed_in.actor)
    response = redirect("/masuk", status=303)
    cookies.remove(request, response, cookies.SESSION)
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
    old, new = field_of(request, "old"), field_of(request, "new")
    attempt = throttle.at_proof(services.settings, signed_in.session_hash)
    try:
        if new != field_of(request, "again"):
            raise Invalid(field="again")
        async with services.database.read() as session:
            own = await session.get_one(Staff, signed_in.staff_id)
        if new == old or await is_guessable(new, own.username, own.name, own.email):
            raise Invalid(field="new")
        if not await prove_password(services, signed_in.staff_id, old, attempt):
            raise Invalid(field="old")
        hashed = await passwords.make_hash(new)
        async with services.database.write() as session:
            staff = StaffService(session, services.settings, services.clock())
            token = await staff.change_password(signed_in.actor, hashed, signed_in.session_hash)
    except Invalid as problem:
        return page(request, "password.html", status=422, problem=text(f"password.wrong.{problem.values['field']}"))
    response = see_other(navigation.home(signed_in.actor), "password")
    cookies.write(request, response, cookies.SESSION, token)
    return response


def _sign_in_form(request: Request, problem: Problem | None) -> HTTPResponse:
    token = secrets.token_urlsafe(24)
    sentence = sentence_of(problem) if problem else None
    wanted = (request.form.get("lanjut") if request.form else None) or request.args.get("lanjut", "")
    shown = page(request, "sign_in.html", status=problem.status if problem else 200, problem=sentence, token=token, wanted=wanted)
    cookies.write(request, shown, cookies.FORM, token)
    return shown
