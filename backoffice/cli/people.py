"""Commands about accounts: make, list, new password, roles, close and open."""

import argparse
import getpass
import sys

from backoffice.cli.run import ADMINISTRATOR, NotDone
from backoffice.errors import Invalid
from backoffice.services import Services
from backoffice.staff import passwords
from backoffice.staff.demo import make_demo_staff
from backoffice.staff.people import People, Person
from backoffice.staff.service import StaffService
from backoffice.staff.strength import is_guessable


async def demo(services: Services, _arguments: argparse.Namespace) -> str:
    """One account per role."""
    return f"Demo accounts: {await make_demo_staff(services)}"


async def show(services: Services, _arguments: argparse.Namespace) -> str:
    """Every account with its roles; a deputy's with the last day."""
    async with services.database.read() as session:
        return "\n".join(_line(person) for person in await People(session, services.clock()).every())


async def create(services: Services, arguments: argparse.Namespace) -> str:
    """A new account with a first password."""
    password = await _ask_password(arguments.username, arguments.name)
    hashed = await passwords.make_hash(password)
    async with services.database.write() as session:
        staff = StaffService(session, services.settings, services.clock())
        try:
            await staff.create(arguments.username, arguments.name, arguments.role, hashed, must_change=True)
        except Invalid as problem:
            if problem.values.get("field") != "username":
                raise
            raise NotDone(f"Not done: there is an account {arguments.username} already (python -m backoffice user list).") from None
    return _tell(arguments.username, password)


async def reset(services: Services, arguments: argparse.Namespace) -> str:
    """A new password; all sessions end."""
    password = await _ask_password(arguments.username)
    hashed = await passwords.make_hash(password)
    async with services.database.write() as session:
        await StaffService(session, services.settings, services.clock()).reset_password(arguments.username, hashed)
        if arguments.second_factor:
            await People(session, services.clock()).remove_second_factor(arguments.username, ADMINISTRATOR)
    return _tell(arguments.username, password)


async def change_roles(services: Services, arguments: argparse.Namespace) -> str:
    """Own roles as named, no others."""
    async with services.database.write() as session:
        people = People(session, services.clock())
        person = await people.one(arguments.username)
        await people.change(arguments.username, person.staff.name, arguments.role, ADMINISTRATOR)
    return f"{arguments.username}: done"


async def close(services: Services, arguments: argparse.Namespace) -> str:
    """Closes the account and ends its sessions."""
    async with services.database.write() as session:
        await People(session, services.clock()).set_active(arguments.username, False, ADMINISTRATOR)
    return f"{arguments.username}: done"


async def reopen(services: Services, arguments: argparse.Namespace) -> str:
    """Opens a closed account again."""
    async with services.database.write() as session:
        await People(session, services.clock()).set_active(arguments.username, True, ADMINISTRATOR)
    return f"{arguments.username}: done"


async def _ask_password(username: str, name: str = "") -> str:
    typed = getpass.getpass("Password (empty: make one): ") if sys.stdin.isatty() else ""
    if typed and await is_guessable(typed, username, name):
        raise NotDone("Not done: that password is soon guessed. Leave it empty, and a good one is made.")
    return typed or passwords.make_password()


def _tell(username: str, password: str) -> str:
    return f"{username}: {password} (to be changed at the first sign-in)"


def _line(person: Person) -> str:
    deputised = [f"plt:{row.role} until {row.valid_until:%Y-%m-%d}" for row in person.deputies if row.valid_until]
    states = ["active" if person.staff.active else "closed", *(["second factor"] if person.staff.totp_secret else [])]
    return f"{person.staff.username:<20} {', '.join([*sorted(person.own), *deputised]):<30} {', '.join(states):<22} {person.staff.name}"
