"""The real action server, with one part replaced: the document check reads labelled pictures, so that no test waits for an eye to look."""

import asyncio
from pathlib import Path

from sanic import Sanic

from actions.app import make_app
from actions.catalogue import Catalogue
from actions.settings import Settings
from intake.handover.backoffice import BackOffice
from intake.opening import AREA, MIGRATIONS
from intake.service import Intake
from runtime.calling import http_client
from runtime.responses import read_responses
from storage.database import Database
from storage.keyring import Keyring
from storage.migrations import run_migrations
from storage.opening import open_blobs
from tests.actions.conftest import FakeChecker


def main() -> None:
    """Serves until it is stopped."""
    settings = Settings()
    Path(settings.intake_database_url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    asyncio.run(run_migrations(settings.intake_database_url, MIGRATIONS))
    intake = Intake(
        Database.open(settings.intake_database_url, Keyring(settings.blob_key.get_secret_value())),
        open_blobs(settings.blob_url, settings.blob_key.get_secret_value(), AREA),
        FakeChecker(),
        BackOffice(http_client(settings.backoffice_url, settings.actions_backoffice_token)),
    )
    app = make_app(settings, Catalogue(read_responses(settings.responses_folder)), intake)
    app.prepare(host=settings.actions_host, port=settings.actions_port, single_process=True, access_log=False, motd=False)
    Sanic.serve_single(primary=app)


if __name__ == "__main__":
    main()
