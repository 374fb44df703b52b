"""Pages on which accounts are looked after; who audits may read them."""

from sanic import Blueprint, HTTPResponse, Request

from backoffice.errors import Forbidden, Invalid
from backoffice.services import Services
from backoffice.staff import passwords
from backoffice.staff.actor import Actor
from backoffice.staff.people import People
from backoffice.staff.service import StaffService
from backoffice.web.edge import read_day, whole_number
from backoffice.web.pages import page, see_other
from backoffice.web.security import form_of
from backoffice.web.texts import text
from standard.roles import Permission

people_pages = Blueprint("people", url_prefix="/staf")


@people_pages.get("/")
async def show_people(request: Request) -> HTTPResponse:
    """All accounts with their roles, those in use first."""
    services: Services = request.app.ctx.services
    manages = _reader(request).may(Permission.MANAGE_STAFF)
    async with services.database.read() as session:
        people = await People(session, services.clock()).every()
    return page(request, "people.html", people=people, manages=manages)


@people_pages.get("/baru")
async def show_new(request: Request) -> HTTPResponse:
    """The form of a new account."""
    _manager(request)
    return page(request, "person_new.html", problem=None, given={}, held=[])


@people_pages.post("/baru")
async def create(request: Request) -> HTTPResponse:
    """Makes the account, and shows its first password once."""
    services: Services = request.app.ctx.services
    by, form, held = _manager(request), form_of(request), request.form.getlist("role") or []
    username, password = form.get("username", "").lower(), passwords.make_password()
    try:
        if not passwords.USERNAME.fullmatch(username):
            raise Invalid(field="username_form")
        if not 1 <= len(form.get("name", "")) <= 120:
            raise Invalid(field="name")
        hashed = await passwords.make_hash(password)
        async with services.database.write() as session:
            await StaffService(session, services.settings, services.clock()).create(username, form["name"], held, hashed, True, by)
    except Invalid as problem:
        sentence = text(f"people.wrong.{problem.values['field']}")
        return page(request, "person_new.html", status=422, problem=sentence, given=form, held=held)
    return page(request, "person_password.html", username=username, password=password)


@people_pages.get("/akun/<username:str>")
async def show_person(request: Request, username: str) -> HTTPResponse:
    """One account: roles, deputies, sessions, and what can be done about it."""
    return await _person_page(request, username, None)


@people_pages.post("/akun/<username:str>/<act:str>")
async def act(request: Request, username: str, act: str) -> HTTPResponse:
    """One act on an account, named by its button."""
    services: Services = request.app.ctx.services
    by, form = _manager(request), form_of(request)
    if act == "kata-sandi":
        password = passwords.make_password()
        hashed = await passwords.make_hash(password)
        async with services.database.write() as session:
            await StaffService(session, services.settings, services.clock()).reset_password(username, hashed, by=by)
        return page(request, "person_password.html", username=username, password=password)
    doing = ACTS.get(act)
    if doing is None:
        raise Invalid(field="act")
    try:
        async with services.database.write() as session:
            await doing(People(session, services.clock()), username, form, request.form.getlist("role") or [], by)
    except Invalid as problem:
        return await _person_page(request, username, text(f"people.wrong.{problem.values['field']}"))
    return see_other(f"/staf/akun/{username}", "person_saved")


async def _change(people: People, username: str, form: dict[str, str], held: list[str], by: Actor) -> None:
    await people.change(username, form.get("name", ""), held, by, form.get("email"))


async def _close(people: People, username: str, _form: dict[str, str], _held: list[str], by: Actor) -> None:
    await people.set_active(username, False, by)


async def _open(people: People, username: str, _form: dict[str, str], _held: list[str], by: Actor) -> None:
    await people.set_active(username, True, by)


async def _remove_code(people: People, username: str, _form: dict[str, str], _held: list[str], by: Actor) -> None:
    await people.remove_second_factor(username, by)


async def _end_sessions(people: People, username: str, form: dict[str, str], _held: list[str], by: Actor) -> None:
    await people.end_sessions(await people.lock(username), by, only=form.get("sesi") or None)


async def _stand_in(people: People, username: str, form: dict[str, str], _held: list[str], by: Actor) -> None:
    absent, _, role = form.get("untuk", "").partition(":")
    first, last = read_day(form.get("dari")), read_day(form.get("sampai"))
    if first is None or last is None:
        raise Invalid(field="period")
    await people.stand_in(username, absent, role, first, last, by)


async def _end_deputy(people: People, username: str, form: dict[str, str], _held: list[str], by: Actor) -> None:
    await people.end_deputy(username, whole_number(form.get("plt")), by)


ACTS = {
    "ubah": _change,
    "tutup": _close,
    "buka": _open,
    "lepas-kode": _remove_code,
    "sesi": _end_sessions,
    "plt": _stand_in,
    "akhiri-plt": _end_deputy,
}


async def _person_page(request: Request, username: str, problem: str | None) -> HTTPResponse:
    services: Services = request.app.ctx.services
    actor = _reader(request)
    async with services.database.read() as session:
        people = People(session, services.clock())
        person, every = await people.one(username), await people.every()
        sessions = await people.sessions(person.staff.id)
    return page(
        request, "person.html", status=422 if problem else 200, person=person, sessions=sessions, problem=problem,
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
