"""What comes from outside is made readable, or refused, before anything else looks at it: headers, addresses, forms, numbers."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from sanic import Request
from sanic.compat import Header
from sanic.exceptions import BadRequest

LARGEST_NUMBER = 2**31 - 1
"""What every number of a form or an address fits in, and an integer column of PostgreSQL."""


def readable_headers(headers: Header) -> Header:
    """The headers with a `?` for every byte that is no UTF-8: so they can be compared, kept and shown, and match nothing of ours."""
    return Header([(name, value.encode("utf-8", "replace").decode().replace("\0", "?")) for name, value in headers.items()])


async def refuse_unreadable(request: Request) -> None:
    """Raises BadRequest where the address holds what no database keeps as text."""
    _require_readable(part for part in request.match_info.values() if isinstance(part, str))
    _require_readable(part for name in request.args for part in (name, *request.args[name]))


def require_readable_form(request: Request) -> None:
    """Raises BadRequest where a field or a file's name of the form can't be kept as text."""
    _require_readable(part for name, values in (request.form or {}).items() for part in (name, *values))
    _require_readable(part for name, files in (request.files or {}).items() for part in (name, *(file.name for file in files)))


def host_of(origin: str) -> str | None:
    """The host that an Origin header names; None where it names none (`null`, or what is no address)."""
    try:
        return urlsplit(origin).netloc or None
    except ValueError:
        return None


def whole_number(given: str | None, otherwise: int = 0) -> int:
    """The number that a form or an address gives, ASCII figures only and not beyond LARGEST_NUMBER; else `otherwise`."""
    if given is None or not (given.isascii() and given.isdigit()) or len(given) > len(str(LARGEST_NUMBER)):
        return otherwise
    return int(given) if int(given) <= LARGEST_NUMBER else otherwise


def _require_readable(parts: Iterable[str]) -> None:
    for part in parts:
        if "\0" in part or any("\ud800" <= sign <= "\udfff" for sign in part):
            raise BadRequest
