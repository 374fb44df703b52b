"""Starts the back office, or does an administrator's errand: `python -m backoffice [serve | user create|reset|demo | openapi]`."""

import argparse
import asyncio
import getpass
import json
import logging
import socket
import sys
from pathlib import Path

import structlog

from backoffice.api.openapi import make_document
from backoffice.app import create_app
from backoffice.errors import Invalid, NotFound
from backoffice.services import Services
from backoffice.settings import Settings, SettingsIncomplete, load_settings
from backoffice.staff import passwords
from backoffice.staff.demo import make_demo_staff
from backoffice.staff.service import StaffService
from standard import roles
from storage.migrations import run_migrations

MIGRATIONS = Path(__file__).parent / "migrations"


def main() -> int:
    """Returns the exit status: 0, 1 for what is said in one sentence, 2 for a usage error."""
    arguments = _parser().parse_args()
    configure_logs()
    try:
        settings = load_settings()
    except SettingsIncomplete as problem:
        print(problem, file=sys.stderr)
        return 1
    if arguments.area == "user":
        return asyncio.run(_user(settings, arguments))
    if arguments.area == "openapi":
        print(json.dumps(make_document(create_app(settings)), indent=1, ensure_ascii=False))
        return 0
    return serve(settings)


def configure_logs() -> None:
    """Lines for a person or a collector. A traceback never shows the values of variables: citizens' data are among them."""
    processors = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback),
    ]
    structlog.configure(processors=processors, wrapper_class=structlog.make_filtering_bound_logger(logging.INFO))


def serve(settings: Settings) -> int:
    """Migrates the database and serves until stopped."""
    here = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    here.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        here.bind((settings.backoffice_host, settings.backoffice_port))
    except OSError:
        print(f"Port {settings.backoffice_port} is taken: stop who listens there, or set BACKOFFICE_PORT.", file=sys.stderr)
        return 1
    asyncio.run(run_migrations(settings.backoffice_database_url, MIGRATIONS))
    app = create_app(settings)
    structlog.get_logger().info("backoffice_ready", url=f"http://{settings.backoffice_host}:{settings.backoffice_port}")
    app.run(sock=here, single_process=True, access_log=False, motd=False)
    return 0


async def _user(settings: Settings, arguments: argparse.Namespace) -> int:
    await run_migrations(settings.backoffice_database_url, MIGRATIONS)
    services = Services.open(settings)
    try:
        if arguments.command == "demo":
            print(f"Demo accounts: {await make_demo_staff(services)}")
            return 0
        password = getpass.getpass("Password (empty: make one): ") if sys.stdin.isatty() else ""
        password = password or passwords.make_password()
        async with services.database.write() as session:
            staff = StaffService(session, settings, services.clock())
            if arguments.command == "create":
                await staff.create(arguments.username, arguments.name, arguments.role, password, must_change=True)
            else:
                await staff.reset_password(arguments.username, password)
        print(f"{arguments.username}: {password} (to be changed at the first sign-in)")
    except Invalid as problem:
        print(f"Not done: {problem.values['field']} is taken or unknown.", file=sys.stderr)
        return 1
    except NotFound:
        print("Not done: there is no such account.", file=sys.stderr)
        return 1
    finally:
        await services.database.close()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m backoffice", description=__doc__)
    areas = parser.add_subparsers(dest="area")
    areas.add_parser("serve", help="serve pages and API (what happens without a command, too)")
    areas.add_parser("openapi", help="print the OpenAPI document of the service API")
    user = areas.add_parser("user", help="accounts").add_subparsers(dest="command", required=True)
    user.add_parser("demo", help="one account per role, for `make run`")
    create = user.add_parser("create", help="a new account")
    create.add_argument("username")
    create.add_argument("name")
    create.add_argument("--role", action="append", required=True, choices=list(roles.roles()))
    reset = user.add_parser("reset", help="a new password, and the account unlocked")
    reset.add_argument("username")
    return parser


if __name__ == "__main__":
    sys.exit(main())
