"""Pages of the own account: the code at sign-in, the second factor, the own sessions, and who may do what."""

from sanic import Blueprint, HTTPResponse, Request, redirect

from backoffice.actor import SignedIn
from backoffice.errors import Invalid, NotFound, TooManyAttempts
from backoffice.services import Services
from backoffice.staff import cookies, passkeys, proof, totp
from backoffice.staff.account_notices import changes_by_others
from backoffice.staff.entering import let_in
from backoffice.staff.models import Staff
from backoffice.staff.people import People
from backoffice.staff.routes import must_enrol
from backoffice.staff.service import StaffService
from backoffice.staff.throttle import at_code, at_proof
from backoffice.web import navigation
from backoffice.web.bodies import field_of
from backoffice.web.pages import page, see_other
from backoffice.web.problems import sentence_of
from backoffice.web.security import form_of
from backoffice.web.texts import text
from standard import roles, stages
from standard.roles import Permission

own_pages = Blueprint("own_account")


@own_pages.get("/masuk/kode")
async def show_code(request: Request) -> HTTPResponse:
    """The second step of signing in."""
    signed_in: SignedIn = request.ctx.signed_in
    return page(request, "code.html", problem=None) if signed_in.code_due else redirect(navigation.home(signed_in.actor), status=303)


@own_pages.post("/masuk/kode")
async def give_code(request: Request) -> HTTPResponse:
    """Opens the session for the right code."""
    services: Services = request.app.ctx.services
    signed_in: SignedIn = request.ctx.signed_in
    now = services.clock()
    attempt = at_code(services.settings, signed_in.username, cookies.device_of(request, signed_in.username, now))
    try:
        right = await proof.prove_code(services, signed_in.staff_id, form_of(request).get("code", ""), attempt, "masuk_gagal")
    except TooManyAttempts as problem:
        return page(request, "code.html", status=problem.status, problem=sentence_of(problem))
    if not right:
        return page(request, "code.html", status=401, problem=text("second_factor.wrong.code"))
    return await let_in(request)


@own_pages.get("/akun")
async def show_account(request: Request) -> HTTPResponse:
    """Roles, second factor and sessions of one's own."""
    services: Services = request.app.ctx.services
    signed_in: SignedIn = request.ctx.signed_in
    async with services.database.read() as session:
        people = People(session, services.clock())
        person, sessions = await people.one(signed_in.username), await people.sessions(signed_in.actor.id or "")
        changes = await changes_by_others(session, person.staff)
        keys = await passkeys.of_account(session, person.staff.id)
        named = {row.stands_for for row in person.deputies if row.stands_for} | {row.staff_id for row in changes if row.staff_id}
        names = await StaffService(session, services.settings, services.clock()).names(named)
    return page(request, "account.html", person=person, sessions=sessions, names=names, changes=changes, passkeys=keys)


@own_pages.post("/akun/sesi")
async def end_session(request: Request) -> HTTPResponse:
    """Ends one of one's own sessions, or all but this one."""
    services: Services = request.app.ctx.services
    signed_in: SignedIn = request.ctx.signed_in
    only = form_of(request).get("sesi") or None
    async with services.database.write() as session:
        people = People(session, services.clock())
        staff = await people.lock(signed_in.username)
        await people.end_sessions(staff, signed_in.actor, only=only, but=None if only else signed_in.session_hash)
    return see_other("/akun", "sessions_ended")


@own_pages.get("/akun/kode")
async def show_enrolment(request: Request) -> HTTPResponse:
    """A QR code for the authenticator app, made for this page only."""
    return _enrolment(request, None, None)


@own_pages.post("/akun/kode")
async def enrol(request: Request) -> HTTPResponse:
    """Makes the proposed secret the second factor, when app and password agree."""
    services: Services = request.app.ctx.services
    signed_in: SignedIn = request.ctx.signed_in
    form = form_of(request)
    attempt = at_proof(services.settings, signed_in.session_hash)
    try:
        if not await proof.prove_password(services, signed_in.staff_id, field_of(request, "password"), attempt):
            raise Invalid(field="password")
        async with services.database.write() as session:
            staff = await session.get(Staff, signed_in.actor.id, with_for_update=True)
            if staff is None or staff.totp_secret:
                raise NotFound
            await proof.enrol(session, services.settings, services.clock(), staff, form.get("sealed", ""), form.get("code", ""))
            await People(session, services.clock()).end_sessions(staff, signed_in.actor, but=signed_in.session_hash)
            token = await StaffService(session, services.settings, services.clock()).renew(signed_in.session_hash)
    except Invalid as problem:
        return _enrolment(request, text(f"second_factor.wrong.{problem.values['field']}"), form.get("sealed"))
    response = see_other("/akun", "code_enrolled")
    cookies.write(request, response, cookies.SESSION, token)
    return response


@own_pages.get("/staf/hak")
async def show_permissions(request: Request) -> HTTPResponse:
    """The one table of who may do what, as the server holds it."""
    acts = [row for row in stages.transitions().values() if row.roles]
    return page(request, "permissions.html", permissions=list(Permission), acts=acts, all_roles=list(roles.roles().values()))


def _enrolment(request: Request, problem: str | None, sealed: str | None) -> HTTPResponse:
    services: Services = request.app.ctx.services
    signed_in: SignedIn = request.ctx.signed_in
    if signed_in.code:
        raise NotFound
    staff_id = signed_in.actor.id or ""
    seal = proof.seal_of(services.settings)
    secret = seal.open(sealed, staff_id) if sealed else None
    if secret is None or sealed is None:
        secret = totp.new_secret()
        sealed = seal.close(secret, staff_id)
    spaced = " ".join(secret[place : place + 4] for place in range(0, len(secret), 4))
    return page(
        request, "enrol.html", status=422 if problem else 200, problem=problem, sealed=sealed, secret=spaced,
        qr=totp.qr_code(secret, signed_in.username), required=must_enrol(request, signed_in),
    )  # fmt: skip
