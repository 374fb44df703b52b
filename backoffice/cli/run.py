"""Runs one errand on the installation's database, and says in one sentence what could not be done."""

import argparse
from collections.abc import Awaitable, Callable
from pathlib import Path

from backoffice.actor import Actor
from backoffice.errors import Problem
from backoffice.services import Services
from backoffice.settings import Settings
from storage.migrations import DatabaseNotCurrent, require_current

MIGRATIONS = Path(__file__).parent.parent / "migrations"
ADMINISTRATOR = Actor(None, "Administrator (baris perintah)", frozenset({"supervisor", "administrator"}))
"""Who acts from the shell: whoever reaches it has the database anyway; the events say so."""

Errand = Callable[[Services, argparse.Namespace], Awaitable[str]]
"""Does something, and says what was done."""


class NotDone(Exception):
    """An errand ended without success; the message says why."""


async def run(errand: Errand, settings: Settings, arguments: argparse.Namespace) -> str:
    """Does the errand on an installation that was started, and returns what it says. Raises NotDone."""
    try:
        await require_current(settings.backoffice_database_url, MIGRATIONS)
    except DatabaseNotCurrent as fault:
        raise NotDone(f"Not done: {fault}") from fault
    services = Services.open(settings)
    try:
        return await errand(services, arguments)
    except Problem as problem:
        field = problem.values.get("field")
        raise NotDone(f"Not done: {problem.code}{f' ({field})' if field else ''}.") from problem
    finally:
        await services.database.close()
