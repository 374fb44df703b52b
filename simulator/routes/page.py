"""Serves the phone's page: the static files, its live events, the pictures in its bubbles and in the drawer."""

import asyncio
from dataclasses import asdict
from json import dumps
from pathlib import Path

from sanic import Blueprint, HTTPResponse, Request
from sanic.exceptions import NotFound
from sanic.response import file, json, raw

from simulator import drawer, props
from simulator.hub import CLOSED
from simulator.routes.phones import message_json, phone_json
from simulator.shown import preview

STATIC = Path(__file__).parent.parent / "static"
INLINE = {"image/jpeg", "image/png", "image/webp", "application/pdf", "audio/ogg", "audio/mpeg", "audio/mp4", "video/mp4"}
"""What a browser may show itself; anything else is only downloaded."""
CONTENT_SECURITY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' blob:",
        "media-src 'self' blob:",
        "connect-src 'self'",
        "frame-src 'self'",
        "frame-ancestors 'self'",
        "form-action 'none'",
        "base-uri 'none'",
    )
)

blueprint = Blueprint("page")
blueprint.static("/static", STATIC, name="static")


@blueprint.get("/")
async def page(request: Request) -> HTTPResponse:
    """The phone."""
    return await file(
        STATIC / "index.html",
        headers={"Content-Security-Policy": CONTENT_SECURITY, "Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"},
    )


@blueprint.get("/healthz")
async def alive(request: Request) -> HTTPResponse:
    """Alive."""
    return json({"ok": True})


@blueprint.get("/control/start")
async def start(request: Request) -> HTTPResponse:
    """What the page needs at its start: the business, the phones, the stickers."""
    world = request.app.ctx.world
    business = {"name": world.settings.business_name, "number": f"+{world.settings.business_number}"}
    phones = [phone_json(world, phone) for phone in world.phones.values()]
    return json({"business": business, "phones": phones, "stickers": list(props.STICKERS), "webhook": world.settings.webhook_url})


@blueprint.get("/control/events")
async def events(request: Request) -> None:
    """Server-sent events: `message`, `update`, `typing`, `phone`, `cleared`, `webhook`, `violation`, `reset`."""
    world = request.app.ctx.world
    answer = await request.respond(content_type="text/event-stream", headers={"Cache-Control": "no-store"})
    with world.hub.listen() as queue:
        await answer.send("retry: 1000\n\n")
        while (event := await queue.get()) != CLOSED:
            name, data = event
            if name in ("message", "update"):
                known = world.messages.get(data["id"])
                data = message_json(known) if known else data
            await answer.send(f"event: {name}\ndata: {dumps(data)}\n\n")


@blueprint.get("/control/flows/<flow>")
async def flow(request: Request, flow: str) -> HTTPResponse:
    """A published Flow's JSON, which the phone plays."""
    found = request.app.ctx.world.flows.get(flow)
    if found is None:
        raise NotFound("no such flow")
    return json(found)


@blueprint.get("/control/specimen")
async def specimen(request: Request) -> HTTPResponse:
    """The drawer's groups."""
    return json({"groups": drawer.contents(request.app.ctx.world.settings.specimen)})


async def _picture(content: bytes, mime: str, width: int) -> HTTPResponse:
    try:
        return raw(
            await asyncio.to_thread(preview, mime, content, width), content_type="image/jpeg", headers={"Cache-Control": "max-age=3600"}
        )
    except ValueError as error:
        raise NotFound("no preview") from error


@blueprint.get("/control/specimen/preview/<wanted:path>")
async def specimen_preview(request: Request, wanted: str) -> HTTPResponse:
    """A drawer document's thumbnail."""
    try:
        path = drawer.find(request.app.ctx.world.settings.specimen, wanted)
    except FileNotFoundError as error:
        raise NotFound("not in the drawer") from error
    return await _picture(path.read_bytes(), drawer.mime_of(path.name), 240)


@blueprint.get("/media/<media_id>")
async def media(request: Request, media_id: str) -> HTTPResponse:
    """A bubble's file, as the phone opens it."""
    world = request.app.ctx.world
    found = world.media.get(media_id)
    if found is None:
        raise NotFound("no such file")
    mime = found.mime.split(";")[0]
    headers = {"Cache-Control": "max-age=3600", "X-Content-Type-Options": "nosniff"}
    if mime not in INLINE:
        headers["Content-Disposition"] = "attachment"
    return raw(world.store.media_bytes(media_id), content_type=mime, headers=headers)


@blueprint.get("/media/<media_id>/preview")
async def media_preview(request: Request, media_id: str) -> HTTPResponse:
    """A bubble's picture: a photo made smaller, or a PDF's first page."""
    world = request.app.ctx.world
    found = world.media.get(media_id)
    if found is None:
        raise NotFound("no such file")
    return await _picture(world.store.media_bytes(media_id), found.mime.split(";")[0], 660)


@blueprint.get("/stickers/<name>")
async def sticker(request: Request, name: str) -> HTTPResponse:
    """A sticker to choose."""
    if name not in props.STICKERS:
        raise NotFound("no such sticker")
    return raw(props.sticker(name), content_type="image/webp", headers={"Cache-Control": "max-age=3600"})


@blueprint.get("/control/state")
async def state(request: Request) -> HTTPResponse:
    """The panel's figures: clock, open faults, held webhooks, violations, the bill's short form."""
    world, delivery = request.app.ctx.world, request.app.ctx.delivery
    last = delivery.posts[-1] if delivery.posts else None
    return json(
        {"skew": world.skew, "held": delivery.held, "violations": len(world.violations), "last_post": asdict(last) if last else None}
    )
