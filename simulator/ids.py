"""Makes identifiers that look like Meta's: message ids, media ids, business-scoped user ids, trace ids."""

import base64
import secrets


def message_id() -> str:
    """A `wamid.` as Meta writes them: base64 of bytes that mean nothing to us."""
    return "wamid." + base64.b64encode(b"\x1d\x07\x02\x00\x11\x18\x12" + secrets.token_hex(10).upper().encode() + b"\x00").decode()


def media_id() -> str:
    """A decimal id of 15 or 16 digits."""
    return str(secrets.randbelow(9 * 10**15) + 10**15)


def user_id(country: str = "ID") -> str:
    """A business-scoped user id (BSUID), `ID.` and twenty digits: stands for a person who may show no number."""
    return f"{country}.{secrets.randbelow(9 * 10**19) + 10**19}"


def trace_id() -> str:
    """The `fbtrace_id` of an error body."""
    return "A" + secrets.token_urlsafe(17)


def url_token() -> str:
    """What makes a media address unguessable."""
    return secrets.token_urlsafe(24)
