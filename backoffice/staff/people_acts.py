"""The acts on accounts by the names of their buttons, done at once or when a second administrator has confirmed them."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.actor import Actor
from backoffice.errors import Invalid
from backoffice.services import Services
from backoffice.staff import passwords
from backoffice.staff.account_notices import tell_by_mail
from backoffice.staff.four_eyes import NEW, PASSWORD
from backoffice.staff.people import People
from backoffice.staff.service import StaffService
from backoffice.web.edge import whole_number
from standard.clock import read_day


@dataclass(frozen=True)
class FirstPassword:
    """A password for somebody's next sign-in, hashed before any transaction begins."""

    password: str
    hashed: str

    @classmethod
    async def make(cls) -> "FirstPassword":
        password = passwords.make_password()
        return cls(password, await passwords.make_hash(password))


async def perform(
    session: AsyncSession,
    services: Services,
    act: str,
    username: str,
    form: dict[str, str],
    held: list[str],
    by: Actor,
    first: FirstPassword,
) -> bool:
    """Does the act and tells the person. True where `first` is the account's password now. Raises Invalid, NotFound, Forbidden."""
    people, accounts = People(session, services.clock()), StaffService(session, services.settings, services.clock())
    if act == NEW:
        await accounts.create(username, form.get("name", ""), held, first.hashed, True, by)
        return True
    staff = await people.lock(username)
    address = staff.email
    if act == PASSWORD:
        await accounts.reset_password(username, first.hashed, by=by)
    elif act in ACTS:
        await ACTS[act](people, username, form, held, by)
    else:
        raise Invalid(field="act")
    tell_by_mail(session, services, staff, address, by)
    return act == PASSWORD


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


CHANGE = "ubah"
ACTS = {
    CHANGE: _change,
    "tutup": _close,
    "buka": _open,
    "lepas-kode": _remove_code,
    "sesi": _end_sessions,
    "plt": _stand_in,
    "akhiri-plt": _end_deputy,
}
