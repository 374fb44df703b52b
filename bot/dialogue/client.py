"""Asks the dialogue for the answer to a turn, and says what kind of failure it was when there is none."""

from pathlib import PurePosixPath
from typing import Any

import httpx

from bot.dialogue.answer import AnswerWrong, read_answer
from contracts.answer import Message
from runtime.tokens import Tokens

ANSWER_WITHIN = 120.0
"""An album of ten photos is checked within a turn; on a small machine that takes most of a minute."""

CONNECT_WITHIN = 3.0
ABSENT = frozenset({404, 502, 503, 504})
"""Statuses of a Rasa that is starting, or of a proxy before one that is down."""


class NoAnswer(Exception):
    """A turn has no answer; `why` is a status, the class of an error, or a sentence of ours, nothing of anybody."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class DialogueDown(NoAnswer):
    """Nobody is there. The turn waits, however long it takes; it is not the turn's fault."""


class DialogueFailed(NoAnswer):
    """Somebody is there and could not answer this turn. Again and again, that is the turn's fault."""


class DialogueClient:
    """Rasa's REST channel, and the action server behind it."""

    def __init__(self, http: httpx.AsyncClient, dialogue_url: str, actions_url: str, tokens: Tokens) -> None:
        self._http = http
        self._headers = {"Authorization": tokens.authorization}
        self._dialogue = dialogue_url.rstrip("/")
        self._actions = actions_url.rstrip("/")

    async def ask(self, request: dict[str, Any]) -> list[Message]:
        """The messages that answer a turn; an empty list is silence. Raises DialogueDown, DialogueFailed."""
        try:
            answer = await self._http.post(
                f"{self._dialogue}/webhooks/rest/webhook",
                json=request,
                headers=self._headers,
                timeout=httpx.Timeout(ANSWER_WITHIN, connect=CONNECT_WITHIN),
            )
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise DialogueDown(type(error).__name__) from None
        except httpx.HTTPError as error:
            raise DialogueFailed(type(error).__name__) from None
        if answer.status_code in ABSENT:
            raise DialogueDown(f"HTTP {answer.status_code}")
        try:
            if answer.status_code != 200:
                raise AnswerWrong(f"HTTP {answer.status_code}")
            return read_answer(answer.json())
        except (AnswerWrong, ValueError) as error:
            # Rasa answers 200 and says nothing when its action server is away: then the turn waits as for Rasa itself.
            if (missing := await self.actions_missing()) is not None:
                raise DialogueDown(missing) from None
            raise DialogueFailed(str(error) if isinstance(error, AnswerWrong) else "no JSON") from None

    async def model(self) -> str | None:
        """The file name of the model that the dialogue has loaded; None where it does not say."""
        try:
            answer = await self._http.get(f"{self._dialogue}/status", headers=self._headers, timeout=CONNECT_WITHIN)
            return PurePosixPath(str(answer.json()["model_file"])).name if answer.status_code == 200 else None
        except (httpx.HTTPError, ValueError, KeyError, TypeError):
            return None

    async def dialogue_missing(self) -> str | None:
        """Why the dialogue can't answer now; None when it can."""
        return await self._missing(f"{self._dialogue}/status")

    async def actions_missing(self) -> str | None:
        """Why the action server can't answer now; None when it can."""
        return await self._missing(f"{self._actions}/health") or await self._missing(f"{self._actions}/readyz", f"{self._actions}/health")

    async def _missing(self, *urls: str) -> str | None:
        """Why none of these addresses answers. The later ones are asked where the earlier are not served at all (404)."""
        for url in urls:
            try:
                status = (await self._http.get(url, timeout=CONNECT_WITHIN)).status_code
            except httpx.HTTPError as error:
                return type(error).__name__
            if status == 200:
                return None
            if status not in {401, 404}:
                break
        return f"HTTP {status}"
