"""Plays everybody the bot talks to: Graph, Rasa, the action server and the back office, behind one HTTP transport."""

import asyncio
import base64
import hashlib
import itertools
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

GRAPH, DIALOGUE, ACTIONS, BACKOFFICE = "graph.test", "dialogue.test", "actions.test", "backoffice.test"


class FakeClock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 2, 10, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def move(self, **length: float) -> None:
        self.now += timedelta(**length)


def graph_error(code: int, status: int = 400, details: str = "", subcode: int | None = None) -> httpx.Response:
    error = {"message": f"(#{code})", "type": "OAuthException", "code": code, "error_data": {"details": details}, "fbtrace_id": "x"}
    error |= {"error_subcode": subcode} if subcode is not None else {}
    return httpx.Response(status, json={"error": error})


class FakeGraph:
    """Keeps what was sent. `faults` are answers, or exceptions, for the next sends; `refuse` answers by what is sent.

    None lets one through.
    """

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []
        self.reads: list[dict[str, Any]] = []
        self.uploads: list[bytes] = []
        self.deleted: list[str] = []
        self.delete_faults: list[httpx.Response | Exception | None] = []
        self.faults: list[httpx.Response | Exception | None] = []
        self.files: dict[str, bytes] = {}
        self.slow: set[str] = set()
        """Files that come for ever."""
        self.file_fault: Callable[[], httpx.Response | None] = lambda: None
        self.file_faults: list[httpx.Response | Exception | None] = []
        self.address_faults: list[httpx.Response | Exception | None] = []
        self.file_size: dict[str, Any] = {}
        self.tokens: list[str | None] = []
        self._ids = itertools.count(1)
        self.refuse: Callable[[dict[str, Any]], httpx.Response | None] | None = None
        self.on_send: Callable[[dict[str, Any], str], None] = lambda _body, _wamid: None

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.tokens.append(request.headers.get("authorization"))
        path = request.url.path.split("/")
        if path[-1] == "messages":
            return self._message(json.loads(request.content))
        if request.method == "DELETE":
            return self._delete(path[-1])
        if path[-1] == "media":
            return self._upload(request.content)
        if path[1] == "files":
            return _next(self.file_faults) or self.file_fault() or httpx.Response(200, content=self.files[path[2]])
        return _next(self.address_faults) or self._address(path[-1])

    def _message(self, body: dict[str, Any]) -> httpx.Response:
        if body.get("status") == "read":
            self.reads.append(body)
            return httpx.Response(200, json={"success": True})
        fault = _next(self.faults) or (self.refuse(body) if self.refuse else None)
        if fault is not None:
            return fault
        wamid = f"wamid.out{next(self._ids)}"
        self.sent.append(body)
        self.on_send(body, wamid)
        return httpx.Response(200, json={"messaging_product": "whatsapp", "contacts": [{}], "messages": [{"id": wamid}]})

    def _upload(self, content: bytes) -> httpx.Response:
        self.uploads.append(content)
        return httpx.Response(200, json={"id": f"up{len(self.uploads)}"})

    def _delete(self, media_id: str) -> httpx.Response:
        if (fault := _next(self.delete_faults)) is not None:
            return fault
        ours = {f"up{place}" for place in range(1, len(self.uploads) + 1)}
        if media_id not in ours | self.files.keys() or media_id in self.deleted:
            return graph_error(100, details="Object does not exist")
        self.deleted.append(media_id)
        return httpx.Response(200, json={"success": True})

    def _address(self, media_id: str) -> httpx.Response:
        if media_id not in self.files:
            return graph_error(100, details="Object does not exist")
        data = self.files[media_id]
        told = {"url": f"https://{GRAPH}/files/{media_id}", "mime_type": "image/jpeg", "id": media_id}
        told["file_size"] = self.file_size.get(media_id, str(len(data)))
        told["sha256"] = hashlib.sha256(data).hexdigest()
        return httpx.Response(200, json=told)


class FakeDialogue:
    """Answers each turn by `answer`; keeps what it was asked. `faults` come first."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.faults: list[httpx.Response | Exception | None] = []
        self.answer: Callable[[dict[str, Any]], list[dict[str, Any]]] = lambda asked: [{"text": f"Balasan: {asked['message']}"}]
        self.actions_up = True
        self.model: str | None = "models/landa-mewa-0123456789ab.tar.gz"

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.url.host == ACTIONS:
            return httpx.Response(200 if self.actions_up else 503)
        if request.method == "GET":
            return httpx.Response(200, json={"model_file": self.model} if self.model else {})
        asked = json.loads(request.content)
        fault = _next(self.faults)
        if fault is not None:
            return fault
        self.asked.append(asked)
        return httpx.Response(200, json=[{"recipient_id": asked["sender"], "custom": m} for m in self.answer(asked)])


class FakeBackoffice:
    """Serves attachments and keeps the states that it was told."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.told: list[tuple[str, str]] = []
        self.faults: list[httpx.Response | Exception | None] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        fault = _next(self.faults)
        if fault is not None:
            return fault
        name = request.url.path.split("/")[3]
        if request.method == "PUT":
            self.told.append((name, json.loads(request.content)["state"]))
            return httpx.Response(200, json={})
        return httpx.Response(200, content=self.files[name]) if name in self.files else httpx.Response(404)


class FakeWorld(httpx.AsyncBaseTransport):
    """All of them, by host."""

    def __init__(self) -> None:
        self.graph, self.dialogue, self.backoffice = FakeGraph(), FakeDialogue(), FakeBackoffice()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await request.aread()
        hosts = {GRAPH: self.graph, DIALOGUE: self.dialogue, ACTIONS: self.dialogue, BACKOFFICE: self.backoffice}
        if request.url.path.split("/")[-1] in self.graph.slow and request.url.path.startswith("/files/"):
            await asyncio.sleep(3600)
        response = hosts[request.url.host](request)
        response.request = request
        return response


def _next(faults: list[Any]) -> httpx.Response | None:
    fault = faults.pop(0) if faults else None
    if isinstance(fault, Exception):
        raise fault
    return fault


def base64_sha256(data: bytes) -> str:
    return base64.b64encode(hashlib.sha256(data).digest()).decode()
