"""Migrates a service's database from the shell: `python -m storage upgrade|revision FOLDER SETTING [message]`.

`SETTING` names the environment variable that holds the database's URL:
on the command line everybody on the machine could read its password.
"""

import argparse
import asyncio
import os
import sys

from storage.migrations import DatabaseNotCurrent, make_revision, run_migrations


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m storage", description=__doc__)
    parser.add_argument("command", choices=["upgrade", "revision"])
    parser.add_argument("scripts", help="the Alembic folder of a service, such as bot/migrations")
    parser.add_argument("setting", help="the environment variable with the database's URL, such as INTAKE_DATABASE_URL")
    parser.add_argument("message", nargs="?", default="change", help="what a new revision does, in a few words")
    given = parser.parse_args()
    url = os.environ.get(given.setting, "")
    if "://" in given.setting or not url:
        parser.error("name an environment variable that holds the database's URL; the URL itself would be seen in the list of processes")
    match given.command:
        case "upgrade":
            try:
                asyncio.run(run_migrations(url, given.scripts))
            except DatabaseNotCurrent as problem:
                sys.exit(str(problem))
        case "revision":
            asyncio.run(make_revision(url, given.scripts, given.message))


main()
