"""Starts the simulator: `python -m simulator`."""

import socket
import sys

import structlog
from pydantic import ValidationError

from runtime import logs
from simulator.app import create_app
from simulator.settings import Settings

HOST = "127.0.0.1"
"""Never anything else: whoever reaches the control API can do everything."""


def main() -> int:
    """Serves until it is stopped; returns the exit code."""
    logs.set_up("simulator")
    log = structlog.get_logger("simulator")
    try:
        settings = Settings()
    except ValidationError as error:
        print("Simulator: these settings are missing or wrong in the environment or .env:", file=sys.stderr)
        for fault in error.errors():
            print(f"  {fault['loc'][0]}: {fault['msg']}", file=sys.stderr)
        return 1
    door = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((HOST, settings.port))
    except OSError:
        print(
            f"Simulator: port {settings.port} on {HOST} is taken. Stop the program that uses it, or set SIMULATOR_PORT to a free one.",
            file=sys.stderr,
        )
        return 1
    app = create_app(settings)

    @app.after_server_start
    async def tell(_: object) -> None:
        log.info("simulator_ready", host=HOST, port=settings.port)

    app.run(sock=door, single_process=True, motd=False, access_log=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
