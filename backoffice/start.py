"""Starts the back office, or does an administrator's command: `python -m backoffice --help`."""

import asyncio
import gc
import json
import socket
import sys
from collections.abc import Mapping
from typing import Any

import structlog

from backoffice.api.openapi import make_document
from backoffice.app import create_app
from backoffice.cli.parser import make_parser
from backoffice.cli.run import MIGRATIONS, run
from backoffice.public.listener import open_public_listener
from backoffice.settings import Settings
from documents import NotConfined, probe
from runtime.commandline import NotDone
from runtime.listening import PortTaken, listen
from runtime.patience import PatientProtocol
from runtime.process import begin
from runtime.settings import SettingsWrong, read
from storage.blobs import BlobKeyWrong, BlobStoreUnknown
from storage.migrations import DatabaseNotCurrent, run_migrations
from storage.opening import prove_key


def main() -> int:
    """Returns the exit status: 0, 1 for what is said in one sentence, 2 for a usage error."""
    arguments = make_parser().parse_args()
    begin("backoffice")
    try:
        settings = read(Settings, "The back office")
    except SettingsWrong as problem:
        print(problem, file=sys.stderr)
        return 1
    if hasattr(arguments, "run"):
        try:
            print(asyncio.run(run(arguments.run, settings, arguments)))
        except NotDone as problem:
            print(problem, file=sys.stderr)
            return 1
        return 0
    if arguments.area == "openapi":
        print(json.dumps(make_document(create_app(settings)), indent=1, ensure_ascii=False))
        return 0
    try:
        settings.require_proxy_count()
        prove_key(settings.blob_url, settings.blob_key.get_secret_value(), "backoffice")
        confinement = probe(unconfined=settings.unconfined_workers)
        listening = listen(settings.backoffice_host, settings.backoffice_port, "BACKOFFICE_PORT")
        public = listen(settings.public_host, settings.public_port, "PUBLIC_PORT") if settings.public_port else None
    except (SettingsWrong, BlobKeyWrong, BlobStoreUnknown, NotConfined, PortTaken) as problem:
        print(problem, file=sys.stderr)
        return 1
    return serve(settings, listening, public, confinement)


def serve(settings: Settings, listening: socket.socket, public: socket.socket | None, confinement: Mapping[str, Any]) -> int:
    """Migrates the database and serves until stopped."""
    try:
        asyncio.run(run_migrations(settings.backoffice_database_url, MIGRATIONS))
    except DatabaseNotCurrent as problem:
        print(problem, file=sys.stderr)
        return 1
    app = create_app(settings)
    app.ctx.confinement = confinement
    if public is not None:
        open_public_listener(app, public)
    structlog.get_logger().info("backoffice_ready", host=settings.backoffice_host, port=settings.backoffice_port)
    _settle_memory()
    app.run(sock=listening, protocol=PatientProtocol, single_process=True, access_log=False, motd=False)
    return 0


def _settle_memory() -> None:
    """What the start has made stays for good: Python's collector needn't go through it again, nor stop a page at every 700 objects.

    With a stack of twenty cards that was a third of the page's time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
