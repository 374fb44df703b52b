"""Starts the action server: `python -m actions`."""

import sys

from sanic import Sanic

from actions.app import make_app
from actions.catalogue import Catalogue
from actions.settings import Settings
from intake.opening import BlobKeyWrong, BlobStoreUnknown, NotConfined, probe, prove_area
from runtime.listening import PortTaken, listen
from runtime.process import begin
from runtime.responses import ResponsesWrong, read_responses
from runtime.settings import SettingsWrong, read
from standard.place import office_folder

RESPONSE_SECONDS = 300
"""An album is checked within one call; Rasa waits as long."""


def main() -> int:
    """Serves until it is stopped. Returns 1 with one sentence where it can't."""
    begin("actions")
    try:
        settings = read(Settings, "The action server")
        catalogue = Catalogue(read_responses(settings.responses_folder, office_folder()))
        prove_area(settings.blob_url, settings.blob_key.get_secret_value())
        confinement = probe(unconfined=settings.unconfined_workers)
        listening = listen(settings.actions_host, settings.actions_port, "ACTIONS_PORT")
    except (SettingsWrong, ResponsesWrong, BlobKeyWrong, BlobStoreUnknown, NotConfined, PortTaken) as fault:
        print(fault, file=sys.stderr)
        return 1
    app = make_app(settings, catalogue, confinement=confinement)
    app.config.RESPONSE_TIMEOUT = RESPONSE_SECONDS
    app.prepare(sock=listening, single_process=True, access_log=False, motd=False)
    Sanic.serve_single(primary=app)
    return 0
