"""Passkeys in the browser: made and taken off on the own account, asked for at sign-in and before a signature."""

import re

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import text as plain

from backoffice.actor import SignedIn
from backoffice.errors import Invalid, NotFound, TooManyAttempts
from backoffice.services import Services
from backoffice.staff import cookies, passkeys, proof
from backoffice.staff.entering import let_in
from backoffice.staff.models import Staff
from backoffice.staff.people import People
from backoffice.staff.service import StaffService
from backoffice.staff.throttle import at_code, at_proof
from backoffice.web.bodies import field_of
from backoffice.web.pages import page, see_other
from backoffice.web.problems import sentence_of
from backoffice.web.security import form_of
from backoffice.web.texts import text

passkey_pages = Blueprint("passkeys")
SIGNED_ON = re.compile(r"/persetujuan|/permohonan/[A-Z0-9-]{1,40}(/disetujui-siak)?")
"""The pages on which something is signed."""


@passkey_pages.post("/akun/kunci/tantangan")
async def ask_for_new(request: Request) -> HTTPResponse:
    """What the browser needs to make a passkey."""
    services: Services = request.app.ctx.services
    signed_in: SignedIn = request.ctx.signed_in
    async with services.database.write() as session:
        staff = await session.get_one(Staff, signed_in.staff_id)
        asked = await passkeys.registration(session, services.settings, services.clock(), staff, signed_in.session_hash)
    return plain(asked, content_type="application/json")


@passkey_pages.post("/masuk/kunci/tantangan")
async def ask_to_sign(request: Request) -> HTTPResponse:
    """What the browser needs to sign with a passkey of the account."""
    services: Services = request.app.ctx.services
    signed_in: SignedIn = request.ctx.signed_in
    async with services.database.write() as session:
        asked = await passkeys.question(session, services.settings, services.clock(), signed_in.staff_id, signed_in.session_hash)
    return plain(asked, content_type="application/json")


@passkey_pages.post("/akun/kunci")
async def add(request: Request) -> HTTPResponse:
    """Keeps a new passkey, when the password is right too; all other sessions end."""
    services: Services = request.app.ctx.services
    signed_in: SignedIn = request.ctx.signed_in
    form = form_of(request)
    try:
        await _require_password(request)
        async with services.database.write() as session:
            staff = await session.get_one(Staff, signed_in.staff_id)
            now = services.clock()
            answer, label = form.get("kunci", ""), form.get("label", "")
            await passkeys.register(session, services.settings, now, staff, signed_in.session_hash, answer, label)
            await People(session, now).end_sessions(staff, signed_in.actor, but=signed_in.session_hash)
            token = await StaffService(session, services.settings, now).renew(signed_in.session_hash)
    except Invalid as problem:
        return page(request, "passkey.html", status=422, problem=text(f"passkey.wrong.{problem.values['field']}"))
    response = see_other("/akun", "passkey_added")
    cookies.write(request, response, cookies.SESSION, token)
    return response


@passkey_pages.get("/akun/kunci")
async def show_new(request: Request) -> HTTPResponse:
    """The form for a new passkey."""
    return page(request, "passkey.html", problem=None)


@passkey_pages.post("/akun/kunci/lepas")
async def take_off(request: Request) -> HTTPResponse:
    """Takes a passkey off, when the password is right."""
    services: Services = request.app.ctx.services
    signed_in: SignedIn = request.ctx.signed_in
    try:
        await _require_password(request)
    except Invalid:
        return see_other("/akun", "passkey_kept")
    async with services.database.write() as session:
        staff = await session.get_one(Staff, signed_in.staff_id)
        await passkeys.remove(session, services.clock(), staff, form_of(request).get("id", ""))
        await People(session, services.clock()).end_sessions(staff, signed_in.actor, but=signed_in.session_hash)
    return see_other("/akun", "passkey_removed")


@passkey_pages.post("/masuk/kunci")
async def sign_in(request: Request) -> HTTPResponse:
    """The second step of signing in, with a passkey."""
    services: Services = request.app.ctx.services
    signed_in: SignedIn = request.ctx.signed_in
    if not signed_in.code_due:
        raise NotFound
    now = services.clock()
    attempt = at_code(services.settings, signed_in.username, cookies.device_of(request, signed_in.username, now))
    answer = form_of(request).get("kunci", "")
    try:
        right = await passkeys.prove(services, signed_in.staff_id, signed_in.session_hash, answer, attempt, "masuk_gagal")
    except TooManyAttempts as problem:
        return page(request, "code.html", status=problem.status, problem=sentence_of(problem))
    if not right:
        return page(request, "code.html", status=401, problem=text("passkey.wrong.passkey"))
    return await let_in(request)


@passkey_pages.post("/akun/kunci/bukti")
async def confirm(request: Request) -> HTTPResponse:
    """Proves before a signature that it is still the same person; back to the page on which it is signed."""
    services: Services = request.app.ctx.services
    signed_in: SignedIn = request.ctx.signed_in
    attempt, form = at_proof(services.settings, signed_in.session_hash), form_of(request)
    back = form.get("ke", "") if SIGNED_ON.fullmatch(form.get("ke", "")) else "/persetujuan"
    if not await passkeys.prove(services, signed_in.staff_id, signed_in.session_hash, form.get("kunci", ""), attempt):
        return see_other(back, "passkey_wrong")
    async with services.database.write() as session:
        await StaffService(session, services.settings, services.clock()).confirm(signed_in.session_hash)
    return see_other(back, "passkey_confirmed")


async def _require_password(request: Request) -> None:
    """Raises Invalid (`password`) and TooManyAttempts."""
    services: Services = request.app.ctx.services
    signed_in: SignedIn = request.ctx.signed_in
    attempt = at_proof(services.settings, signed_in.session_hash)
    if not await proof.prove_password(services, signed_in.staff_id, field_of(request, "password"), attempt):
        raise Invalid(field="password")
