"""Receives what a request brings, makes its headers readable, and lets a sender of too much finish before it is told so."""

from typing import Any

from sanic import Request

from backoffice.web.edge import readable_headers
from runtime.bodies import CarefulRequest

TAKEN_IN = 300 * 1024 * 1024
"""Bytes of a body too large that are read and forgotten before it is refused: more than any scan that somebody picks by mistake."""


class ReadableRequest(CarefulRequest):
    """A request whose headers are text, whatever bytes they came as."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.headers = readable_headers(self.headers)


def field_of(request: Request, name: str) -> str:
    """One field of the form as it was typed, blanks and all; "" where it did not come."""
    return str((request.form.get(name) if request.form else None) or "")


def choices_of(request: Request, name: str) -> list[str]:
    """Every value of a field that may come several times, as ticked boxes do."""
    return [str(value) for value in (request.form.getlist(name) if request.form else None) or []]
