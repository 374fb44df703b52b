"""Receives the body of a request: a large one only from who has shown that we know them, so that strangers don't fill the memory."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from sanic import Request, Sanic
from sanic.exceptions import PayloadTooLarge, ServiceUnavailable

SMALL = 64 * 1024
"""Bytes that anybody may send: a sign-in form, a question of the tracking page."""


@dataclass(frozen=True)
class Allowance:
    """How many bytes a sender may bring, and whether it is one that anybody may be."""

    most: int
    stranger: bool = False


AllowanceOf = Callable[[Request], Awaitable[Allowance]]
"""Asked only about a body that is not small."""


@dataclass
class Bodies:
    """What an application takes. `shared`: bytes that the larger bodies of all strangers together hold at one moment."""

    largest: int
    allowance_of: AllowanceOf
    forgotten: int = 0
    """Bytes of a body too large that are read and forgotten before it is refused: a browser that is still sending shows no answer."""
    shared: int | None = None
    held: int = 0


async def nobody_brings_more(_request: Request) -> Allowance:
    """For applications to which no one sends anything large."""
    return Allowance(SMALL, stranger=True)


def receive_bodies(app: Sanic[Any, Any], bodies: Bodies) -> None:
    """Has the application receive bodies so. Its `request_class` is CarefulRequest or one of its kind."""
    app.ctx.bodies = bodies
    app.config.REQUEST_MAX_SIZE = bodies.largest


class CarefulRequest(Request):
    """Raises PayloadTooLarge for a body that is larger than its sender may send, before more of it than that is in memory."""

    async def receive_body(self) -> None:
        """Sanic calls it before any handler and middleware of the route."""
        if self.body or self.stream is None:
            return
        bodies: Bodies = self.app.ctx.bodies
        allowed = await bodies.allowance_of(self) if self._declared() > SMALL else None
        if allowed and self._declared() > allowed.most and getattr(self.stream, "expecting_continue", False):
            raise PayloadTooLarge("Request body exceeds the size limit")
        self.stream.request_max_size = float("inf")  # counted here: what is refused may be read and forgotten
        pieces: list[bytes] = []
        taken = held = 0
        try:
            async for piece in self.stream:  # type: ignore[attr-defined]
                taken += len(piece)
                if taken > SMALL and allowed is None:  # nobody knew beforehand how long it would be
                    allowed = await bodies.allowance_of(self)
                if allowed and taken > allowed.most:
                    pieces.clear()
                    if taken > bodies.forgotten:
                        break
                    continue
                if bodies.shared is not None and allowed and allowed.stranger:
                    held, bodies.held = held + len(piece), bodies.held + len(piece)
                    if bodies.held > bodies.shared:
                        raise ServiceUnavailable("Too many large bodies at once", headers={"Retry-After": "10"})
                pieces.append(piece)
        finally:
            bodies.held -= held
        if allowed and taken > allowed.most:
            raise PayloadTooLarge("Request body exceeds the size limit")
        self.body = b"".join(pieces)

    def _declared(self) -> int:
        length = self.headers.get("content-length") or ""
        return int(length) if length.isascii() and length.isdigit() else 0
