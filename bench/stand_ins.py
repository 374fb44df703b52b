"""Plays Graph, the dialogue, the actions and the back office for real bot processes, on one loopback port: answers at once and notes all.

Statuses of every message come back by the webhook, posted again until they are taken, as Meta does.
"""

import asyncio
import hashlib
import itertools
import json
import random
import socket
import time
from dataclasses import dataclass, field
from typing import Any

import httpx
from sanic import HTTPResponse, Request, Sanic
from sanic import json as answer
from sanic.response import raw

from bot.webhook.signature import sign

SECRET = "secret-of-the-bench"
NUMBER = "1122334455667"
STATUSES = ("sent", "delivered", "read")
MEDIA = b"SPESIMEN " * 2000


@dataclass(frozen=True)
class Sent:
    """One message that Graph took."""

    to: str
    text: str
    callback: str
    at: float


@dataclass
class StandIns:
    """`webhooks` are the bots' addresses, of which a body goes to any. What was sent, asked and refused is kept for the caller."""

    webhooks: list[str] = field(default_factory=list)
    statuses: bool = True
    shuffled: bool = False
    """Whether the statuses of a message come in any order."""
    sent: list[Sent] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    tasks: set[asyncio.Task[None]] = field(default_factory=set)
    url: str = ""

    async def __aenter__(self) -> "StandIns":
        listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        self._wamids, self._posts = itertools.count(1), itertools.count()
        self._http = httpx.AsyncClient(timeout=30, trust_env=False, limits=httpx.Limits(max_connections=200))
        app: Sanic[Any, Any] = Sanic(f"stand-ins-{listening.getsockname()[1]}", configure_logging=False)
        app.config.TOUCHUP = False
        for uri, handler, methods in (
            ("/<version:str>/<number:str>/messages", self._messages, ["POST"]),
            ("/<version:str>/<media:str>", self._address, ["GET"]),
            ("/files/of/<media:str>", self._file, ["GET"]),
            ("/webhooks/rest/webhook", self._dialogue, ["POST"]),
            ("/status", self._fine, ["GET"]),
            ("/health", self._fine, ["GET"]),
        ):
            app.add_route(handler, uri, methods=methods, name=f"{handler.__name__}_{len(app.router.routes)}")
        Sanic.test_mode = True
        server = await app.create_server(sock=listening, return_asyncio_server=True, access_log=False)
        assert server is not None
        await server.startup()  # type: ignore[no-untyped-call]
        await server.start_serving()  # type: ignore[no-untyped-call]
        self._server = server
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        await self._http.aclose()
        await self._server.close()  # type: ignore[no-untyped-call]

    async def post(self, value: dict[str, Any], field_name: str = "messages") -> float:
        """Posts a webhook body, again until it is taken; returns the seconds that the last try took."""
        change = {"field": field_name, "value": {"messaging_product": "whatsapp", "metadata": {"phone_number_id": NUMBER}, **value}}
        body = json.dumps({"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [change]}]}).encode()
        headers = {"content-type": "application/json", "x-hub-signature-256": sign(body, SECRET)}
        while True:
            began = time.monotonic()
            try:
                bot = self.webhooks[next(self._posts) % len(self.webhooks)]
                if (await self._http.post(f"{bot}/webhooks/whatsapp", content=body, headers=headers)).status_code == 200:
                    return time.monotonic() - began
            except httpx.HTTPError:
                pass
            await asyncio.sleep(0.2)

    async def _messages(self, request: Request, version: str, number: str) -> HTTPResponse:
        body = request.json
        if body.get("status") == "read":
            return answer({"success": True})
        text = body["text"]["body"] if body["type"] == "text" else body["type"]
        self.sent.append(Sent(body["to"].lstrip("+"), text, body["biz_opaque_callback_data"], time.monotonic()))
        wamid = f"wamid.out{next(self._wamids)}"
        if self.statuses:
            task = asyncio.create_task(self._report(wamid, self.sent[-1]))
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)
        return answer({"messages": [{"id": wamid}]})

    async def _report(self, wamid: str, sent: Sent) -> None:
        order = random.sample(STATUSES, len(STATUSES)) if self.shuffled else STATUSES
        for status in order:
            await asyncio.sleep(0.05)
            known = {"id": wamid, "status": status, "timestamp": str(int(time.time())), "recipient_id": sent.to}
            await self.post({"statuses": [{**known, "biz_opaque_callback_data": sent.callback}]})

    async def _dialogue(self, request: Request) -> HTTPResponse:
        self.asked.append(request.json)
        turn = request.json["metadata"]
        words = turn["text"] if turn["kind"] == "text" else f"{len(turn['documents'])} berkas"
        lines = words.split("\n")  # texts that waited together are one turn: each is answered by its name
        return answer([{"recipient_id": request.json["sender"], "custom": {"text": f"Balasan: {line}"}} for line in lines])

    async def _address(self, request: Request, version: str, media: str) -> HTTPResponse:
        media_facts = {"mime_type": "image/jpeg", "sha256": hashlib.sha256(MEDIA).hexdigest(), "file_size": len(MEDIA)}
        return answer({"url": f"{self.url}/files/of/{media}", **media_facts})

    async def _file(self, request: Request, media: str) -> HTTPResponse:
        return raw(MEDIA, content_type="image/jpeg")

    async def _fine(self, request: Request) -> HTTPResponse:
        return answer({})


def text_of(person: str, words: str, wamid: str) -> dict[str, Any]:
    """The value of a webhook in which a person says something."""
    message = {"from": person, "id": wamid, "timestamp": str(int(time.time())), "type": "text", "text": {"body": words}}
    return {"messages": [message], "contacts": [{"wa_id": person, "profile": {"name": "SPESIMEN"}}]}


def photo_of(person: str, wamid: str) -> dict[str, Any]:
    """The same with a photo."""
    image = {"id": f"media-{wamid}", "mime_type": "image/jpeg"}
    message = {"from": person, "id": wamid, "timestamp": str(int(time.time())), "type": "image", "image": image}
    return {"messages": [message], "contacts": [{"wa_id": person, "profile": {"name": "SPESIMEN"}}]}


def together(values: list[dict[str, Any]]) -> dict[str, Any]:
    """What one person sent, in one body, as Meta does when it has been held up."""
    return {"messages": [message for value in values for message in value["messages"]], "contacts": values[0]["contacts"]}
