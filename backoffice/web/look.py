"""The one stylesheet of all pages: its parts are written apart, joined once when the process starts, and served as one file."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from sanic import HTTPResponse, Request, Sanic, raw

PARTS = (
    "tokens", "base", "bar", "tabs", "lists", "case", "viewer", "sheet", "compared", "approvals", "chat", "rooms", "charts", "desk",
    "narrow", "touch", "public", "monitor", "print",
)  # fmt: skip
"""In the order in which they count: what comes later wins."""

PATH = "/static/look.css"
FOLDER = Path(__file__).parent / "static" / "look"


@cache
def stylesheet() -> bytes:
    """All parts, one after another."""
    return b"\n".join((FOLDER / f"{part}.css").read_bytes() for part in PARTS)


@cache
def stylesheet_url() -> str:
    """Its address, which changes with its content: browsers may keep it for good."""
    return f"{PATH}?v={hashlib.sha256(stylesheet()).hexdigest()[:12]}"


async def send_stylesheet(_request: Request) -> HTTPResponse:
    return raw(stylesheet(), content_type="text/css; charset=utf-8")


def install(app: Sanic[Any, Any]) -> None:
    """Serves it, beside the static files."""
    app.add_route(send_stylesheet, PATH, name="look")


def theme_of(request: Request) -> str:
    """`light` or `dark` where somebody chose one on this machine, else nothing."""
    chosen = request.cookies.get("tampilan") if request.cookies else None
    return {"terang": "light", "gelap": "dark"}.get(chosen or "", "")
