"""Serves the capture page on a socket of its own: an application that shows nothing of anybody, and can only take files."""

import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import structlog
from sanic import HTTPResponse, Request, Sanic, html, json, raw
from sanic.exceptions import SanicException

from bot.access import refusal
from bot.blob_owners import of_capture
from bot.capture import links, texts
from runtime.bodies import SMALL, Allowance, Bodies, CarefulRequest, receive_bodies
from runtime.entrance import FIRST, require_host
from runtime.patience import SILENT_SECONDS
from runtime.second_listener import serve_beside
from standard.clock import Clock
from standard.kinds import KIND_OF, Item, Kind
from storage.database import Database
from storage.kept_blobs import KeptBlobs, let_go

log = structlog.get_logger()

SENT_AT_ONCE = 96 * 1024 * 1024
"""Bytes that files of all senders together hold at one moment."""
SECRET = "x-tautan"  # noqa: S105 - a name
"""The header that bears a link's secret: neither address nor body, so that it stands in no log."""
LONGEST_SECRET = 100
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src 'self' blob:; "
    "connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(self), microphone=(), geolocation=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
SHAPES = {Kind.KTP: "card", Kind.KK: "wide"}
"""How a document's frame lies; all others are upright sheets."""


@dataclass(frozen=True)
class Receiving:
    """What the page needs of the bot. `most`: bytes of a file; `sentence`: gives a text by its key; `arrived` hears of each file."""

    database: Database
    blobs: KeptBlobs
    clock: Clock
    most: int
    sentence: Callable[[str], str]
    arrived: Callable[[], None]


def create_capture_app(receiving: Receiving, name: str = "bot-capture") -> Sanic[Any, Any]:
    """The application. Raises what `sentence` raises where the catalogue lacks a text of the page."""
    app: Sanic[Any, Any] = Sanic(name, configure_logging=False, request_class=CarefulRequest)
    app.config.update(ACCESS_LOG=False, MOTD=False, FALLBACK_ERROR_FORMAT="json", REQUEST_TIMEOUT=SILENT_SECONDS, TOUCHUP=False)
    bodies = Bodies(receiving.most, partial(_allowance, receiving), forgotten=receiving.most * 2, shared=SENT_AT_ONCE)
    receive_bodies(app, bodies)
    app.on_request(require_host, priority=FIRST)
    shown = texts.page(receiving.sentence)
    files = {name: (texts.PAGE / name).read_bytes() for name in texts.FILES}

    async def secure(_request: Request, response: HTTPResponse) -> None:
        for header, value in HEADERS.items():
            response.headers.setdefault(header, value)

    app.on_response(secure)  # type: ignore[no-untyped-call]

    @app.exception(SanicException)
    async def tell(_request: Request, error: SanicException) -> HTTPResponse:
        return refusal(error.status_code, "refused", "refused")

    @app.get("/healthz")
    async def healthy(_request: Request) -> HTTPResponse:
        return json({"ok": True})

    @app.get("/foto")
    async def show(_request: Request) -> HTTPResponse:
        return html(shown)

    @app.get("/foto/<file:str>")
    async def show_file(_request: Request, file: str) -> HTTPResponse:
        return raw(files[file], content_type=f"{texts.FILES[file]}; charset=utf-8") if file in files else _nothing()

    @app.post("/foto/tautan")
    async def ask(request: Request) -> HTTPResponse:
        """For which shape of document the link is. 200, 410."""
        item = await _item(receiving, request)
        return json({"shape": _shape(item)}) if item is not None else refusal(410, "spent", "The link is over.")

    @app.post("/foto/kirim")
    async def send(request: Request) -> HTTPResponse:
        """Takes one file. 204 it is in the queue, 410 the link is over, 413, 415, 503."""
        if await _item(receiving, request, spent=True) is None:
            return refusal(410, "spent", "The link is over.")
        return await _take(receiving, _secret(request), request.body)

    return app


async def _take(receiving: Receiving, secret: str, data: bytes) -> HTTPResponse:
    mime = type_of(data)
    if mime is None:
        return refusal(415, "wrong_type", "A photo or a PDF.")
    owner = of_capture(links.digest(secret))
    blob = await receiving.blobs.put(data, owner)
    try:
        async with receiving.database.write() as session:
            fresh = await links.take(session, secret, blob, mime, receiving.clock())
    except links.Spent:
        fresh = None
    if not fresh:  # not needed twice
        async with receiving.database.write() as session:
            await let_go(session, [owner])
        await receiving.blobs.erase_unneeded([blob])
    if fresh is None:
        return refusal(410, "spent", "The link is over.")
    receiving.arrived()
    return raw(b"", status=204)


async def _allowance(receiving: Receiving, request: Request) -> Allowance:
    """A file comes only from whoever has a link; nobody else brings anything large."""
    known = request.path == "/foto/kirim" and await _item(receiving, request, spent=True) is not None
    return Allowance(receiving.most if known else SMALL, stranger=True)


async def _item(receiving: Receiving, request: Request, *, spent: bool = False) -> str | None:
    """For which document the request's link was made, if it is one; `spent`: also where something was sent by it today."""
    secret = _secret(request)
    if not secret:
        return None
    async with receiving.database.read() as session:
        try:
            return await links.item_of(session, secret, receiving.clock(), spent=spent)
        except links.Spent:
            return None


def _secret(request: Request) -> str:
    given = request.headers.get(SECRET) or ""
    return given if len(given) <= LONGEST_SECRET and given.isascii() else ""


def _shape(item: str) -> str:
    return SHAPES.get(KIND_OF[Item(item)], "sheet") if item in set(Item) else "sheet"


_STARTS: Sequence[tuple[bytes, str]] = ((b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"), (b"%PDF-", "application/pdf"))
_BRANDS = {b"avif": "image/avif", b"heic": "image/heic", b"heix": "image/heic", b"mif1": "image/heic"}


def type_of(data: bytes) -> str | None:
    """What the first bytes say: a picture or a PDF. Whether it really is one the confined check says."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data[4:8] == b"ftyp":
        return _BRANDS.get(data[8:12])
    return next((mime for start, mime in _STARTS if data.startswith(start)), None)


def _nothing() -> HTTPResponse:
    return refusal(404, "unknown", "There is nothing here.")


def open_capture_listener(bot_app: Sanic[Any, Any], receiving: Receiving, listening: socket.socket) -> None:
    """From the bot's start to its end."""
    serve_beside(bot_app, lambda: create_capture_app(receiving), listening)
