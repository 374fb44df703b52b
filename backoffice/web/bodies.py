"""Receives what a request brings, makes its headers readable, and lets a sender of too much finish before it is told so."""

from typing import Any

from sanic import Request
from sanic.exceptions import PayloadTooLarge

from backoffice.web.edge import readable_headers

TAKEN_IN = 300 * 1024 * 1024
"""Bytes of a body too large that are read and forgotten before it is refused: more than any scan that somebody picks by mistake."""


class PatientRequest(Request):
    """Sanic refuses a large body at once and hangs up; a browser, still sending, would show a broken connection in the refusal's place."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.headers = readable_headers(self.headers)

    async def receive_body(self) -> None:
        """Raises PayloadTooLarge, after the body has come or TAKEN_IN is reached; Sanic's own time limit stands."""
        try:
            await super().receive_body()  # type: ignore[no-untyped-call]
        except PayloadTooLarge:
            if self.stream is not None:
                self.stream.request_max_size, taken = float("inf"), 0
                async for piece in self.stream:  # type: ignore[attr-defined]
                    taken += len(piece)
                    if taken > TAKEN_IN:
                        break
            raise


def field_of(request: Request, name: str) -> str:
    """One field of the form as it was typed, blanks and all; "" where it did not come."""
    return str((request.form.get(name) if request.form else None) or "")


def choices_of(request: Request, name: str) -> list[str]:
    """Every value of a field that may come several times, as ticked boxes do."""
    return [str(value) for value in (request.form.getlist(name) if request.form else None) or []]
