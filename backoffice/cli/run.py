"""Runs one command on the installation's database, and says in one sentence what could not be done."""

import argparse
from collections.abc import Awaitable, Callable
from pathlib import Path

from backoffice.actor import Actor
from backoffice.errors import Problem
from backoffice.services import Services
from backoffice.settings import Settings
from backoffice.subscriptions import subscribe_all
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
    subscribe_all()
    services = Services.open(settings)
    try:
        return await command(services, arguments)
    except Problem as problem:
        raise NotDone(f"Not done: {_plain(problem)}.") from problem
    except OSError as fault:
        raise NotDone(f"Not done: {fault.strerror or type(fault).__name__} ({fault.filename or ''}).") from fault
    finally:
        await services.database.close()


def _plain(problem: Problem) -> str:
    field = problem.values.get("field")
    return f"{problem.code}{f' ({field})' if field else ''}"
