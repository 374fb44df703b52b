"""Starts the action server: `python -m actions`."""

import sys

from pydantic import ValidationError
from sanic import Sanic

from actions.app import make_app
from actions.settings import Settings
from runtime import logs


def main() -> None:
    """Serves until it is stopped. A missing secret is named, and nothing is started."""
    logs.set_up("actions")
    try:
        settings = Settings()
    except ValidationError as error:
        missing = ", ".join(str(fault["loc"][0]).upper() for fault in error.errors())
        print(f"actions: not set or wrong: {missing}", file=sys.stderr)
        raise SystemExit(2) from None
    app = make_app(settings)
    app.config.RESPONSE_TIMEOUT = RESPONSE_SECONDS
    app.prepare(host=settings.actions_host, port=settings.actions_port, single_process=True, access_log=False, motd=False)
    Sanic.serve_single(primary=app)


RESPONSE_SECONDS = 300
"""An album is checked within one call; Rasa waits as long."""


if __name__ == "__main__":
    main()
