"""Starts the action server: `python -m actions`."""

import argparse
import asyncio
import sys
from pathlib import Path

from sanic import Sanic

from actions.app import make_app
from actions.catalogue import Catalogue
from actions.settings import Settings
from intake.opening import (
    BlobKeyWrong,
    BlobStoreUnknown,
    NotConfined,
    NotReconciled,
    copy_of_subject,
    probe,
    prove_area,
    reconcile_intake,
    reseal_intake,
)
from runtime.calling import http_client
from runtime.listening import PortTaken, listen
from runtime.patience import PatientProtocol
from runtime.process import begin
from runtime.release import add_release
from runtime.responses import ResponsesWrong, read_responses
from runtime.settings import SettingsWrong, read
from standard.place import office_folder

RESPONSE_SECONDS = 300
"""An album is checked within one call; Rasa waits as long."""


def parser() -> argparse.ArgumentParser:
    """The command line; without a command the server starts."""
    made = argparse.ArgumentParser(prog="python -m actions", description="Starts the action server, or runs a command.")
    add_release(made)
    commands = made.add_subparsers(dest="command")
    commands.add_parser("reconcile", help="after a restore: take over what the back office has, send it again what it has lost")
    copy = commands.add_parser("subject", help="after `python -m bot subject`: the copy of one person's drafts")
    copy.add_argument("folder", type=Path, metavar="FOLDER")
    commands.add_parser("reseal", help="bring the rows of drafts to the newest key of BLOB_KEY, and encrypt what is plain")
    return made


async def reconcile(settings: Settings) -> str:
    """Does it over the running back office, and says what was done."""
    async with http_client(settings.backoffice_url, settings.actions_backoffice_token) as office:
        return await reconcile_intake(
            settings.intake_database_url, settings.blob_url, settings.blob_key.get_secret_value(), office, settings.landa_mewa_var
        )


def main() -> int:
    """Serves until it is stopped. Returns 1 with one sentence where it can't."""
    arguments = parser().parse_args()
    begin("actions")
    try:
        settings = read(Settings, "The action server")
        if arguments.command == "reseal":
            said, left = asyncio.run(reseal_intake(settings.intake_database_url, settings.blob_key.get_secret_value()))
            print(said)
            return 1 if left else 0
        if arguments.command == "subject":
            key = settings.blob_key.get_secret_value()
            print(asyncio.run(copy_of_subject(settings.intake_database_url, settings.blob_url, key, arguments.folder)))
            return 0
        if arguments.command == "reconcile":
            print(asyncio.run(reconcile(settings)))
            return 0
        catalogue = Catalogue(read_responses(settings.responses_folder, office_folder()))
        prove_area(settings.blob_url, settings.blob_key.get_secret_value())
        confinement = probe(unconfined=settings.unconfined_workers)
        listening = listen(settings.actions_host, settings.actions_port, "ACTIONS_PORT")
    except (SettingsWrong, ResponsesWrong, BlobKeyWrong, BlobStoreUnknown, NotConfined, PortTaken, NotReconciled) as fault:
        print(fault, file=sys.stderr)
        return 1
    app = make_app(settings, catalogue, confinement=confinement)
    app.config.RESPONSE_TIMEOUT = RESPONSE_SECONDS
    app.prepare(sock=listening, protocol=PatientProtocol, single_process=True, access_log=False, motd=False)
    Sanic.serve_single(primary=app)
    return 0
