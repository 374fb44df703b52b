"""Serves the public pages beside the office, in its process, on a socket of their own."""

import socket
from typing import Any

from sanic import Sanic

from backoffice.public.app import create_public_app
from runtime.second_listener import serve_beside


def open_public_listener(office: Sanic[Any, Any], listening: socket.socket) -> None:
    """From the office's start to its end."""
    serve_beside(office, lambda: create_public_app(office.ctx.services), listening)
