"""Starts the back office, or does an administrator's errand: `python -m backoffice --help`."""

import asyncio
import gc
import json
import socket
import sys

import structlog

from backoffice.api.openapi import make_document
from backoffice.app import create_app
from backoffice.cli.parser import make_parser
from backoffice.cli.run import MIGRATIONS, NotDone, run
from backoffice.settings import Settings, SettingsIncomplete, load_settings
from runtime import logs
from storage.migrations import run_migrations


def main() -> int:
    """Returns the exit status: 0, 1 for what is said in one sentence, 2 for a usage error."""
    arguments = make_parser().parse_args()
    logs.set_up("backoffice")
    try:
        settings = load_settings()
    except SettingsIncomplete as problem:
        print(problem, file=sys.stderr)
        return 1
    if hasattr(arguments, "errand"):
        try:
            print(asyncio.run(run(arguments.errand, settings, arguments)))
        except NotDone as problem:
            print(problem, file=sys.stderr)
            return 1
        return 0
    if arguments.area == "openapi":
        print(json.dumps(make_document(create_app(settings)), indent=1, ensure_ascii=False))
        return 0
    try:
        settings.require_proxy_count()
    except SettingsIncomplete as problem:
        print(problem, file=sys.stderr)
        return 1
    return serve(settings)


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
    structlog.get_logger().info("backoffice_ready", host=settings.backoffice_host, port=settings.backoffice_port)
    _settle_memory()
    app.run(sock=here, single_process=True, access_log=False, motd=False)
    return 0


def _settle_memory() -> None:
    """What the start has made stays for good: Python's collector needn't go through it again, nor stop a page at every 700 objects.

    With a stack of twenty cards that was a third of the page's time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


if __name__ == "__main__":
    sys.exit(main())
