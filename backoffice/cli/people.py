"""Commands about accounts: make, list, new password, roles, close and open."""

import argparse
import getpass
import re
import sys
from collections.abc import Mapping
from typing import Any

from backoffice.cli.run import ADMINISTRATOR
from backoffice.errors import Invalid
from backoffice.services import Services
from backoffice.staff import passwords
from backoffice.staff.demo import make_demo_staff
from backoffice.staff.people import People, Person
from backoffice.staff.service import StaffService
from backoffice.staff.strength import is_guessable
from runtime.commandline import NotDone, listing, require_yes


def read_username(given: str) -> str:
    """A user name as accounts hold it. Raises ArgumentTypeError."""
    name = given.strip().lower()
    if not re.fullmatch(r"[a-z0-9][a-z0-9._-]{1,39}", name):
        raise argparse.ArgumentTypeError("2 to 40 small letters, figures, dots, - and _, without blanks")
    return name


def read_name(given: str) -> str:
    """A person's name. Raises ArgumentTypeError."""
    if not 1 <= len(given.strip()) <= 120:
        raise argparse.ArgumentTypeError("the person's full name in quotes, 1 to 120 characters")
    return given.strip()


async def demo(services: Services, _arguments: argparse.Namespace) -> str:
    """One account per role."""
    return f"Demo accounts: {await make_demo_staff(services)}"


async def show(services: Services, arguments: argparse.Namespace) -> str:
    """Every account with its roles; a deputy's with the last day."""
    async with services.database.read() as session:
        people = await People(session, services.clock()).every()
    return listing(arguments, [_row(person) for person in people], _line, "There is no account yet (user create).")


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
    """Own roles as named, no others; asks where nobody would hold a role any more. Raises NotDone."""
    if left := await _left_without(services, arguments.username, set(arguments.role)):
        require_yes(arguments, f"Nobody else holds {left}.")
    async with services.database.write() as session:
        people = People(session, services.clock())
        person = await people.one(arguments.username)
        await people.change(arguments.username, person.staff.name, arguments.role, ADMINISTRATOR)
    return f"{arguments.username}: done"


async def close(services: Services, arguments: argparse.Namespace) -> str:
    """Closes the account and ends its sessions; asks where nobody would hold a role any more. Raises NotDone."""
    if left := await _left_without(services, arguments.username, set()):
        require_yes(arguments, f"Nobody else holds {left}.")
    async with services.database.write() as session:
        await People(session, services.clock()).set_active(arguments.username, False, ADMINISTRATOR)
    return f"{arguments.username}: done"


async def reopen(services: Services, arguments: argparse.Namespace) -> str:
    """Opens a closed account again."""
    async with services.database.write() as session:
        await People(session, services.clock()).set_active(arguments.username, True, ADMINISTRATOR)
    return f"{arguments.username}: done"


async def _left_without(services: Services, username: str, kept: set[str]) -> str:
    """The roles that only this account holds now and would hold no more, for a sentence."""
    async with services.database.read() as session:
        people = await People(session, services.clock()).every()
    held = {role for person in people if person.staff.active and person.staff.username != username for role in person.own}
    own = {role for person in people if person.staff.active and person.staff.username == username for role in person.own}
    return ", ".join(sorted(own - kept - held))


async def _ask_password(username: str, name: str = "") -> str:
    typed = getpass.getpass("Password (empty: make one): ") if sys.stdin.isatty() else ""
    if typed and await is_guessable(typed, username, name):
        raise NotDone("Not done: that password is soon guessed. Leave it empty, and a good one is made.")
    return typed or passwords.make_password()


def _tell(username: str, password: str) -> str:
    return f"{username}: {password} (to be changed at the first sign-in)"


def _row(person: Person) -> dict[str, Any]:
    deputies = [{"role": row.role, "until": f"{row.valid_until:%Y-%m-%d}"} for row in person.deputies if row.valid_until]
    return {
        "username": person.staff.username, "name": person.staff.name, "roles": sorted(person.own), "deputies": deputies,
        "active": person.staff.active, "second_factor": person.has_second_factor,
    }  # fmt: skip


def _line(row: Mapping[str, Any]) -> str:
    held = ", ".join([*row["roles"], *(f"plt:{deputy['role']} until {deputy['until']}" for deputy in row["deputies"])])
    states = ["active" if row["active"] else "closed", *(["second factor"] if row["second_factor"] else [])]
    return f"{row['username']:<20} {held:<30} {', '.join(states):<22} {row['name']}"
