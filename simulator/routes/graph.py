"""Plays the Graph API: messages, media, the number's own data; Bearer token and faults on demand included."""

import asyncio
import base64
import json
from typing import Any

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import html, raw
from sanic.response import json as answer_json

from simulator.faults import Fault, Place
from simulator.graph_errors import GraphError
from simulator.judge.media import judge_upload
from simulator.model import Media
from simulator.sending import record, take
from simulator.world import DAY, World

blueprint = Blueprint("graph")
VERSION = "/<version:v[0-9]+\\.[0-9]+>"
LIVES = {"received": 7 * DAY, "uploaded": 30 * DAY}
"""How long a media id lives (contract 0.4)."""
HTML_500 = "<!DOCTYPE html><html><title>Error</title><body>Sorry, something went wrong.</body></html>"


def _world(request: Request) -> World:
    world: World = request.app.ctx.world
    return world


def _authorise(request: Request) -> None:
    if request.token != _world(request).settings.access_token:
        raise GraphError(190, "Invalid OAuth access token - Cannot parse access token")


def _of_this_number(request: Request, version: str, number_id: str) -> None:
    """Refuses another number's id; notes a Graph version other than the agreed one."""
    world = _world(request)
    if number_id != world.settings.phone_number_id:
        world.violate(100, "path", f"Object with ID '{number_id}' does not exist", None)
        raise GraphError(100, f"Unsupported request. Object with ID '{number_id}' does not exist.", subcode=33)
    if version != world.settings.graph_version:
        world.violate(100, "path", f"Graph version {version} instead of {world.settings.graph_version}", None)


async def _wait_or_drop(request: Request, fault: Fault | None) -> None:
    """The two faults that hit an answer after the work is done."""
    if fault and fault.kind == "slow_answer":
        await asyncio.sleep(fault.delay)
    elif fault and fault.kind == "lost_answer" and request.transport:
        request.transport.abort()  # type: ignore[attr-defined]


def _trouble(request: Request, place: Place, names: frozenset[str] = frozenset()) -> Fault | None:
    return _world(request).faults.take(place, names)


def _before(fault: Fault | None) -> HTTPResponse | None:
    """The answer of a fault that hits before any work is done."""
    if fault and fault.kind == "non_json":
        return html(HTML_500, status=500)
    if fault and fault.kind == "error":
        raise GraphError(fault.code, "Ordered by a test.", status=fault.status)
    return None


@blueprint.post(f"{VERSION}/<number_id>/messages")
async def send(request: Request, version: str, number_id: str) -> HTTPResponse:
    """Sends a message, or marks one as read."""
    _authorise(request)
    _of_this_number(request, version, number_id)
    world, delivery = _world(request), request.app.ctx.delivery
    body = _body(world, request)
    fault = _trouble(request, "messages", _names(world, body))
    if fault and fault.kind == "non_json":
        record(world, body, "non_json")
        return html(HTML_500, status=500)
    answer = take(world, delivery, body, fault)
    await _wait_or_drop(request, fault)
    return answer_json(answer)


def _body(world: World, request: Request) -> Any:
    try:
        return json.loads(request.body)
    except ValueError:
        world.violate(100, "", "The request body is not JSON.", request.body[:500].decode("utf-8", "replace"))
        raise GraphError(100, "The request body is not JSON.") from None


def _names(world: World, body: Any) -> frozenset[str]:
    """What the recipient is called: number, BSUID, phone id. Read receipts have none."""
    address = (body.get("to") or body.get("recipient")) if isinstance(body, dict) else None
    if not isinstance(address, str):
        return frozenset()
    phone = world.find_phone(address)
    return frozenset(name for name in (address, phone and phone.number, phone and phone.user_id, phone and phone.id) if name)


@blueprint.post(f"{VERSION}/<number_id>/media")
async def upload(request: Request, version: str, number_id: str) -> HTTPResponse:
    """Takes a file that is to be sent later."""
    _authorise(request)
    _of_this_number(request, version, number_id)
    world, fault = _world(request), _trouble(request, "media_upload")
    if early := _before(fault):
        return early
    form: dict[str, Any] = request.form or {}
    files: dict[str, Any] = request.files or {}
    file = files.get("file")
    if form.get("messaging_product") != "whatsapp" or file is None:
        details = "messaging_product and file are required as multipart/form-data."
        world.violate(100, "media", details, {key: form.get(key) for key in form})
        raise GraphError(100, details)
    mime = form.get("type") or file.type
    objection = judge_upload(mime, file.body)
    if objection:
        world.violate(131053, "media", objection, {"type": mime, "filename": file.name, "size": len(file.body)})
        raise GraphError(131053, objection)
    media = world.add_media(file.body, mime, file.name, "uploaded")
    await _wait_or_drop(request, fault)
    return answer_json({"id": media.id})


def _media(request: Request, media_id: str) -> Media:
    """The media object, while its id lives. Raises GraphError 100/33."""
    world = _world(request)
    media = world.media.get(media_id)
    if media is None or world.now() - media.created > LIVES[media.origin]:
        raise GraphError(100, f"Unsupported get request. Object with ID '{media_id}' does not exist.", subcode=33)
    number = request.args.get("phone_number_id")
    if number is not None and number != world.settings.phone_number_id:
        raise GraphError(100, "The media belongs to another phone number.", subcode=33)
    return media


@blueprint.get(f"{VERSION}/<node_id:[0-9A-Za-z_]+>")
async def node(request: Request, version: str, node_id: str) -> HTTPResponse:
    """The business number's data, or a media id's data with a fresh address."""
    _authorise(request)
    world = _world(request)
    settings = world.settings
    if node_id == settings.phone_number_id:
        shown = {"verified_name": settings.business_name, "display_phone_number": f"+{settings.business_number}", "quality_rating": "GREEN"}
        return answer_json({**shown, "throughput": {"level": "STANDARD"}, "id": node_id})
    fault = _trouble(request, "media_info")
    if early := _before(fault):
        return early
    media = _media(request, node_id)
    checksum = media.sha256 if world.behaviour.sha256_encoding == "hex" else base64.b64encode(bytes.fromhex(media.sha256)).decode()
    row = {"mime_type": media.mime, "sha256": checksum, "file_size": media.size, "id": media.id}
    await _wait_or_drop(request, fault)
    return answer_json({"messaging_product": "whatsapp", "url": world.media_url(media), **row})


@blueprint.delete(f"{VERSION}/<node_id:[0-9A-Za-z_]+>")
async def delete(request: Request, version: str, node_id: str) -> HTTPResponse:
    """Forgets a file."""
    _authorise(request)
    _world(request).drop_media(_media(request, node_id).id)
    return answer_json({"success": True})


@blueprint.get("/whatsapp_business/attachments/<token>")
async def download(request: Request, token: str) -> HTTPResponse:
    """The bytes behind a media address: 401 without the token, 404 once the address has ended."""
    if request.token != _world(request).settings.access_token:
        return html(HTML_500, status=401)
    world, fault = _world(request), _trouble(request, "media_download")
    if early := _before(fault):
        return early
    media_id, ends = world.media_urls.get(token, ("", 0.0))
    if world.now() >= ends or media_id not in world.media:
        return html("<!DOCTYPE html><title>Not found</title>", status=404)
    content = world.store.media_bytes(media_id)
    if fault and fault.kind == "corrupt":
        content = content[:-1] + bytes([content[-1] ^ 0xFF])
    await _wait_or_drop(request, fault)
    return raw(content, content_type=world.media[media_id].mime)


@blueprint.exception(GraphError)  # type: ignore[untyped-decorator]
async def graph_error(request: Request, error: GraphError) -> HTTPResponse:
    """Answers as Meta does."""
    return answer_json(error.body(), status=error.status)
