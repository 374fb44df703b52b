"""Migrates a service's database from the shell: `python -m storage upgrade|revision FOLDER URL [message]`."""

import argparse
import asyncio

from storage.migrations import make_revision, run_migrations


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m storage", description=__doc__)
    parser.add_argument("command", choices=["upgrade", "revision"])
    parser.add_argument("scripts", help="the Alembic folder of a service, such as bot/migrations")
    parser.add_argument("url", help="the database, such as sqlite:///var/intake.db")
    parser.add_argument("message", nargs="?", default="change", help="what a new revision does, in a few words")
    given = parser.parse_args()
    match given.command:
        case "upgrade":
            asyncio.run(run_migrations(given.url, given.scripts))
        case "revision":
            asyncio.run(make_revision(given.url, given.scripts, given.message))


main()
