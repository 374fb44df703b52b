"""Starts the simulator: `python -m simulator`."""

import sys

import structlog

from runtime.listening import PortTaken, listen
from runtime.process import begin
from runtime.settings import SettingsWrong, read
from simulator.app import create_app
from simulator.settings import Settings

HOST = "127.0.0.1"
"""Never anything else: whoever reaches the control API can do everything."""


def main() -> int:
    """Serves until it is stopped; returns the exit code."""
    begin("simulator")
    log = structlog.get_logger("simulator")
    try:
        settings = read(Settings, "The simulator")
        listening = listen(HOST, settings.port, "SIMULATOR_PORT")
    except (SettingsWrong, PortTaken) as fault:
        print(fault, file=sys.stderr)
        return 1
    app = create_app(settings)

    @app.after_server_start
    async def tell(_: object) -> None:
        log.info("simulator_ready", host=HOST, port=settings.port)

    app.run(sock=listening, single_process=True, motd=False, access_log=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
