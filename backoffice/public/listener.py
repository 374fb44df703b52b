"""Serves the public pages beside the office, in its process, on a socket of their own."""

import socket
from typing import Any

from sanic import Sanic

from backoffice.public.app import create_public_app


def open_public_listener(office: Sanic[Any, Any], listening: socket.socket) -> None:
    """From the office's start to its end."""

    async def begin(app: Sanic[Any, Any]) -> None:
        public = create_public_app(app.ctx.services)
        server: Any = await public.create_server(sock=listening, return_asyncio_server=True, access_log=False)
        await server.startup()
        await server.start_serving()
        app.ctx.public_server = server

    async def end(app: Sanic[Any, Any]) -> None:
        app.ctx.public_server.close()
        await app.ctx.public_server.wait_closed()

    office.after_server_start(begin)
    office.before_server_stop(end)
