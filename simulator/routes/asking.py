"""Reads what a control request asks for, and answers plainly when it asks wrongly."""

from typing import Any

from sanic import HTTPResponse, Request
from sanic.exceptions import SanicException
from sanic.response import json

from simulator.hand import CannotSend, File, Hand
from simulator.model import Phone
from simulator.photos import NotAPhoto


class AskedWrongly(SanicException):
    """A control request that makes no sense: the text says why."""

    status_code = 422
    quiet = True


class NoSuchPhone(SanicException):
    """No phone of that id, number or BSUID."""

    status_code = 404
    quiet = True


def members(request: Request) -> dict[str, Any]:
    """The request's JSON object; an empty body is an empty object. Raises AskedWrongly."""
    if not request.body:
        return {}
    asked = request.json
    if not isinstance(asked, dict):
        raise AskedWrongly("a JSON object is wanted")
    return asked


def phone_of(request: Request, name: str) -> Phone:
    """The phone in the path: by id, `+62…` or BSUID. Raises NoSuchPhone."""
    phone: Phone | None = request.app.ctx.world.find_phone(name)
    if phone is None:
        raise NoSuchPhone(f"no phone {name}")
    return phone


def hand_of(request: Request, name: str) -> Hand:
    """The hand on that phone."""
    return Hand(request.app.ctx.world, request.app.ctx.delivery, phone_of(request, name))


def files_of(request: Request) -> list[File]:
    """The uploaded files, in the order given. Raises AskedWrongly when there is none."""
    uploads = [upload for uploads in (request.files or {}).values() for upload in uploads]
    if not uploads:
        raise AskedWrongly("no file")
    return [File(upload.name or "berkas", upload.type or "application/octet-stream", upload.body) for upload in uploads]


async def answer_wrong(request: Request, error: Exception) -> HTTPResponse:
    """`{"error": …}` with the error's status."""
    return json({"error": str(error)}, status=getattr(error, "status_code", 422))


async def answer_not_a_photo(request: Request, error: NotAPhoto) -> HTTPResponse:
    """The sentence that the page shows."""
    return json({"error": "Berkas ini bukan foto yang dapat dibuka. Kirim sebagai dokumen?"}, status=422)


HANDLERS = {AskedWrongly: answer_wrong, NoSuchPhone: answer_wrong, CannotSend: answer_wrong, NotAPhoto: answer_not_a_photo}
