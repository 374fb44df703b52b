"""Serves a second application in a process that serves one already, on a socket of its own, from the first one's start to its end."""

import socket
from collections.abc import Callable
from typing import Any

from sanic import Sanic

from runtime.patience import PatientProtocol


def serve_beside(first: Sanic[Any, Any], make: Callable[[], Sanic[Any, Any]], listening: socket.socket) -> None:
    """`make`: the second application, made when the first one's services are there."""
    servers: list[Any] = []

    async def begin(app: Sanic[Any, Any]) -> None:
        server: Any = await make().create_server(sock=listening, protocol=PatientProtocol, return_asyncio_server=True, access_log=False)
        await server.startup()
        await server.start_serving()
        servers.append(server)

    async def end(app: Sanic[Any, Any]) -> None:
        for server in servers:
            server.close()
            await server.wait_closed()

    first.after_server_start(begin)
    first.before_server_stop(end)
