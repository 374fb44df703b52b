"""The whole of what Rasa is asked from outside: a turn, and what a sentence means; both by the bot, which shows a token.

Rasa's own REST channel asks nobody who they are (`--auth-token` does not guard channels) and writes a message into the log when the
caller hangs up; its API (`--enable-api`) would take the model away or fetch another from anywhere. Neither runs.
"""

import functools
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import structlog
from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json

from runtime.tokens import Tokens

log = structlog.get_logger()

Handler = Callable[..., Coroutine[Any, Any, HTTPResponse]]


class TurnChannel(InputChannel):
    """The channel of credentials.yml. Raises TokenWrong where no token is set, so that an open door never starts."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens

    @classmethod
    def name(cls) -> str:
        """Under this name actions see the channel."""
        return "rest"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> "TurnChannel":
        """Rasa's way to make it."""
        return cls(Tokens(str((credentials or {}).get("tokens", ""))))

    def url_prefix(self) -> str:
        """The routes below are whole paths."""
        return "/"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The routes. All but `/status` need the token."""
        routes = Blueprint("turns")

        @routes.get("/status")
        async def status(_request: Request) -> HTTPResponse:
            """Rasa listens only when its model is loaded."""
            return json({"status": "ok"})

        @routes.post("/webhooks/rest/webhook")
        @self._for_the_bot
        async def answer(request: Request) -> HTTPResponse:
            """The answers to one turn, in order (docs/contracts.md)."""
            body = request.json
            sender, text, metadata = (body.get(key) for key in ("sender", "message", "metadata"))
            if not (isinstance(sender, str) and isinstance(text, str) and isinstance(metadata, dict)):
                return refusal(400, "wrong_shape")
            answers = CollectingOutputChannel()
            await on_new_message(UserMessage(text, answers, sender, input_channel=self.name(), metadata=metadata))
            return json(answers.messages)

        @routes.post("/model/parse")
        @self._for_the_bot
        async def parse(request: Request) -> HTTPResponse:
            """What the model makes of a sentence, for tests and measurements."""
            if not isinstance(text := request.json.get("text"), str):
                return refusal(400, "wrong_shape")
            return json(await request.app.ctx.agent.parse_message(text))

        return routes

    def _for_the_bot(self, handler: Handler) -> Handler:
        """401 without the token, before the body is looked at; a fault is logged without a word of the turn and answered 500."""

        @functools.wraps(handler)
        async def guarded(request: Request) -> HTTPResponse:
            if not self._tokens.accept(request.headers.get("authorization")):
                return refusal(401, "unauthorized")
            try:
                if not isinstance(request.json, dict):
                    return refusal(400, "wrong_shape")
                return await handler(request)
            except Exception as error:
                if getattr(error, "status_code", 500) < 500:
                    return refusal(400, "wrong_shape")
                log.error("dialogue.turn_failed", exc_info=error)
                return refusal(500, "fault")

        return guarded


def refusal(status: int, code: str) -> HTTPResponse:
    """An error as rooms tell it to each other."""
    return json({"error": {"code": code, "message": code}}, status=status)
