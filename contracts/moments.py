"""Writes and reads a moment as rooms tell it to each other: ISO 8601 in UTC with `Z`. Pure."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AwareDatetime, PlainSerializer, WithJsonSchema


def moment(at: datetime) -> str:
    """`2026-11-22T02:10:00Z`, with thousandths of a second where there are any. A naive datetime counts as local time."""
    return exact(at).replace(".000Z", "Z")


def read_moment(text: str | None) -> datetime | None:
    """The moment that was written, or None where none was. Raises ValueError for a text that is none, or that names no time zone."""
    if text is None:
        return None
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return at


def exact(at: datetime) -> str:
    """The same, always with thousandths: `2026-11-22T02:10:00.000Z`. Such moments stand in the order of their letters."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


_SCHEMA = WithJsonSchema({"type": "string", "format": "date-time"})

Moment = Annotated[AwareDatetime, PlainSerializer(moment, return_type=str, when_used="json"), _SCHEMA]
ExactMoment = Annotated[AwareDatetime, PlainSerializer(exact, return_type=str, when_used="json"), _SCHEMA]
"""Of what people write and are sent: in it their order counts."""
