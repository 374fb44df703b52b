"""Reads what our own processes send to the service API."""

from datetime import datetime
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from sanic import Request

from backoffice.errors import BlobsMissing, Invalid
from contracts.moments import read_moment
from contracts.shape import Contact, as_far_as_readable, wrong_fields
from storage.blobs import BlobStore

Shape = TypeVar("Shape", bound=BaseModel)


def read_body(request: Request, shape: type[Shape]) -> Shape:
    """The JSON body as that shape. Raises Invalid naming the first field that is wrong, never its value."""
    try:
        return shape.model_validate_json(request.body)
    except ValidationError as error:
        raise Invalid(field=wrong_fields(error)[0]) from None


async def require_blobs(store: BlobStore, hashes: list[str]) -> None:
    """Raises BlobsMissing naming every blob that is not there."""
    missing = [sha256 for sha256 in dict.fromkeys(hashes) if not await store.exists(sha256)]
    if missing:
        raise BlobsMissing(hashes=missing)


def read_since(request: Request) -> datetime:
    """The moment that a question counts from. Raises Invalid."""
    try:
        since = read_moment(request.args.get("since"))
    except ValueError:
        since = None
    if since is None:
        raise Invalid(field="since")
    return since


def read_contact(kept: dict[str, object]) -> Contact:
    """Who wrote, as far as it can be read of what is kept."""
    return Contact.model_validate(as_far_as_readable(Contact, kept))
