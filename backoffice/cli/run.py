"""Runs one command on the installation's database, and says in one sentence what could not be done."""

import argparse
from collections.abc import Awaitable, Callable
from pathlib import Path

from backoffice.actor import Actor
from backoffice.errors import Problem
from backoffice.services import Services
from backoffice.settings import Settings
from backoffice.subscriptions import subscribe_all
from backoffice.web.texts import text
from runtime.commandline import NotDone
from storage.migrations import DatabaseNotCurrent, require_current

MIGRATIONS = Path(__file__).parent.parent / "migrations"
ADMINISTRATOR = Actor(None, "Administrator (baris perintah)", frozenset({"supervisor", "administrator"}))
"""Who acts from the shell: whoever reaches it has the database anyway; the events say so."""

Command = Callable[[Services, argparse.Namespace], Awaitable[str]]
"""Does something, and says what was done."""


async def run(command: Command, settings: Settings, arguments: argparse.Namespace) -> str:
    """Does the command on an installation that was started, and returns what it says. Raises NotDone."""
    try:
        await require_current(settings.backoffice_database_url, MIGRATIONS)
    except DatabaseNotCurrent as fault:
        raise NotDone(f"Not done: {fault}") from fault
    subscribe_all(mails=bool(settings.smtp_url))
    services = Services.open(settings)
    try:
        return await command(services, arguments)
    except Problem as problem:
        raise NotDone(f"Not done: {_plain(problem)}.") from problem
    except OSError as fault:
        raise NotDone(f"Not done: {fault.strerror or type(fault).__name__} ({fault.filename or ''}).") from fault
    finally:
        await services.database.close()


SENTENCES = {
    "unknown": "there is no account of that name (python -m backoffice user list), or no case of that number",
    "invalid username": "no open account has that name (python -m backoffice user list)",
    "invalid name": "a name has 1 to 120 characters",
    "invalid role": "the case waits for nobody of that person's roles; name somebody who does its next step",
    "invalid roles": "those roles can't be held together (an administrator holds no other), or one of them is none",
    "invalid email": "that is no e-mail address",
    "forbidden": "two administrators have to do that, on the page Staf (docs/backoffice.md)",
    "wrong_stage": "the case is not at a stage at which that can be done; its page says where it stands",
}
"""What the problems that commands meet mean to whoever typed one. Others are told in the words that officers read."""


def _plain(problem: Problem) -> str:
    """A sentence without its full stop."""
    field = problem.values.get("field")
    known = SENTENCES.get(f"{problem.code} {field}" if field else problem.code)
    return known or str(text(f"problem.{problem.code}", **problem.values)).rstrip(".")
