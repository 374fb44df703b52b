"""The service API that bot and actions call (docs/contracts.md): areas add their routes to `api` by being imported, and name the bot
where it calls them. Here: blobs."""

import hashlib

from sanic import Blueprint, HTTPResponse, Request, json

from backoffice.blob_owners import new_arrival
from backoffice.errors import HashMismatch
from backoffice.services import Services
from runtime.entrance import only_callers
from storage.blobs import BlobHashWrong

api = Blueprint("api", url_prefix="/api")
api.on_request(only_callers("actions"))


@api.put("/blobs/<sha256:str>")
async def put_blob(request: Request, sha256: str) -> HTTPResponse:
    """Keeps bytes under their hash: 201, or 200 when they were there."""
    services: Services = request.app.ctx.services
    if hashlib.sha256(request.body).hexdigest() != sha256:
        raise HashMismatch
    try:
        known = await services.blobs.exists(sha256)
    except BlobHashWrong as error:
        raise HashMismatch from error
    await services.kept.put(request.body, new_arrival())
    return json({"sha256": sha256}, status=200 if known else 201)
