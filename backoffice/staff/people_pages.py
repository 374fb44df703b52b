"""Pages on which accounts are looked after; who audits may read them."""

from typing import Any

from sanic import Blueprint, HTTPResponse, Request

from backoffice.actor import Actor
from backoffice.errors import Forbidden, Invalid
from backoffice.services import Services
from backoffice.staff import passwords
from backoffice.staff.four_eyes import NEW, FourEyes
from backoffice.staff.people import People
from backoffice.staff.people_acts import CHANGE, FirstPassword, perform
from backoffice.web.bodies import choices_of
from backoffice.web.inline import is_inline
from backoffice.web.pages import page, see_other
from backoffice.web.security import form_of
from backoffice.web.texts import text
from standard import roles
from standard.roles import Permission

people_pages = Blueprint("people", url_prefix="/staf")


@people_pages.get("/")
async def show_people(request: Request) -> HTTPResponse:
    """All accounts with their roles, those in use first."""
    services: Services = request.app.ctx.services
    manages = _reader(request).may(Permission.MANAGE_STAFF)
    async with services.database.read() as session:
        people = await People(session, services.clock()).every()
        waiting = await FourEyes(session, services.clock()).waiting()
    return page(request, "people.html", people=people, manages=manages, waiting=waiting)


@people_pages.get("/baru")
async def show_new(request: Request) -> HTTPResponse:
    """The form of a new account."""
    _manager(request)
    return page(request, "person_new.html", problem=None, given={}, held=[])


@people_pages.post("/baru")
async def create(request: Request) -> HTTPResponse:
    """Makes the account, and shows its first password once."""
    by, form, held = _manager(request), form_of(request), choices_of(request, "role")
    username = form.get("username", "").lower()
    try:
        if not passwords.USERNAME.fullmatch(username):
            raise Invalid(field="username_form")
        if not 1 <= len(form.get("name", "")) <= 120:
            raise Invalid(field="name")
        if not roles.can_be_held(held):
            raise Invalid(field="roles")
        return await _do(request, NEW, username, form, held, by)
    except Invalid as problem:
        sentence = _told(request, problem)
        return page(request, "person_new.html", status=422, problem=sentence, given=form, held=held)


@people_pages.get("/akun/<username:str>")
async def show_person(request: Request, username: str) -> HTTPResponse:
    """One account: roles, deputies, sessions, and what can be done about it."""
    return await _person_page(request, username, None)


@people_pages.post("/akun/<username:str>/<act:str>")
async def act(request: Request, username: str, act: str) -> HTTPResponse:
    """One act on an account, named by its button."""
    by, form, held = _manager(request), form_of(request), choices_of(request, "role")
    try:
        return await _do(request, act, username, form, held, by)
    except Invalid as problem:
        return await _person_page(request, username, _told(request, problem), form | {"roles": held} if act == CHANGE else {})


@people_pages.post("/permintaan/<request_id:str>/<decision:str>")
async def decide(request: Request, request_id: str, decision: str) -> HTTPResponse:
    """A second administrator lets a change of a guarded account happen, or not."""
    services: Services = request.app.ctx.services
    by, first = _manager(request), await FirstPassword.make()
    async with services.database.write() as session:
        asked = await FourEyes(session, services.clock()).decide(request_id, decision == "setuju", by)
        if not asked.granted:
            return see_other("/staf", "request_refused")
        form = {name: value for name, value in asked.form.items() if name != "roles"}
        shown = await perform(session, services, asked.act, asked.username, form, asked.form["roles"], by, first)
    return _done(request, asked.username, first if shown else None)


async def _do(request: Request, act: str, username: str, form: dict[str, str], held: list[str], by: Actor) -> HTTPResponse:
    """Does the act, or puts it aside for a second administrator where the account is a guarded one."""
    services: Services = request.app.ctx.services
    first = await FirstPassword.make()
    async with services.database.write() as session:
        four_eyes = FourEyes(session, services.clock())
        if await four_eyes.are_needed(act, username, form, held):
            await four_eyes.ask(act, username, form, held, by)
            return see_other("/staf", "request_made")
        shown = await perform(session, services, act, username, form, held, by, first)
    return _done(request, username, first if shown else None)


def _told(request: Request, problem: Invalid) -> str:
    """What is wrong, for the page. Raises Invalid with the same sentence where the form waits for it itself."""
    sentence = f"people.wrong.{problem.values['field']}"
    if is_inline(request):
        raise Invalid(field=problem.values["field"], sentence=sentence)
    return text(sentence)


def _done(request: Request, username: str, first: FirstPassword | None) -> HTTPResponse:
    if first is not None:
        return page(request, "person_password.html", username=username, password=first.password)
    return see_other(f"/staf/akun/{username}", "person_saved")


async def _person_page(request: Request, username: str, problem: str | None, given: dict[str, Any] | None = None) -> HTTPResponse:
    """`given`: what was typed into the form of the account's data, where it was not taken."""
    services: Services = request.app.ctx.services
    actor = _reader(request)
    async with services.database.read() as session:
        people = People(session, services.clock())
        person, every = await people.one(username), await people.every()
        sessions = await people.sessions(person.staff.id)
    return page(
        request, "person.html", status=422 if problem else 200, person=person, sessions=sessions, problem=problem, given=given or {},
        names={each.staff.id: each.staff.name for each in every}, manages=actor.may(Permission.MANAGE_STAFF),
        others=[each for each in every if each.staff.id != person.staff.id and each.own],
    )  # fmt: skip


def _reader(request: Request) -> Actor:
    actor: Actor = request.ctx.signed_in.actor
    if not (actor.may(Permission.MANAGE_STAFF) or actor.may(Permission.AUDIT)):
        raise Forbidden
    return actor


def _manager(request: Request) -> Actor:
    actor: Actor = request.ctx.signed_in.actor
    if not actor.may(Permission.MANAGE_STAFF):
        raise Forbidden
    return actor
