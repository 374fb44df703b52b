"""Runs a real simulator and a little fake bot on free ports, in the test's own loop."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from typing import Any

import httpx
import pytest
from sanic import Request, Sanic
from sanic.response import HTTPResponse, text

from simulator.app import create_app
from simulator.settings import Settings

SECRET, TOKEN, VERIFY, NUMBER_ID = "app-secret", "graph-token", "verify-word", "1060000000331"
_serial = count()


@asynccontextmanager
async def serving(app: Sanic) -> AsyncIterator[str]:
    """The app behind a real socket; gives its address."""
    app.config.TOUCHUP = False  # it rewrites Sanic itself, once per process
    door = socket.socket()
    door.bind(("127.0.0.1", 0))
    server = await app.create_server(sock=door, return_asyncio_server=True, access_log=False)
    await server.startup()
    await server.before_start()
    await server.start_serving()
    await server.after_start()
    try:
        yield f"http://127.0.0.1:{door.getsockname()[1]}"
    finally:
        await server.before_stop()
        server.close()
        await server.wait_closed()
        await server.after_stop()


class FakeBot:
    """Keeps every webhook as it came; answers 200, or what `answers` says next."""

    def __init__(self) -> None:
        self.app = Sanic(f"fake-bot-{next(_serial)}", configure_logging=False)
        self.posts: list[tuple[dict[str, str], bytes]] = []
        self.answers: list[int] = []
        self.app.add_route(self._verify, "/webhook", methods=["GET"])
        self.app.add_route(self._take, "/webhook", methods=["POST"])
        self.url = ""

    async def _verify(self, request: Request) -> HTTPResponse:
        if request.args.get("hub.mode") == "subscribe" and request.args.get("hub.verify_token") == VERIFY:
            return text(request.args.get("hub.challenge"))
        return text("no", status=403)

    async def _take(self, request: Request) -> HTTPResponse:
        self.posts.append((dict(request.headers), request.body))
        return text("", status=self.answers.pop(0) if self.answers else 200)

    def values(self) -> list[dict[str, Any]]:
        """Every `value` of every POST, in the order of arrival."""
        return [change["value"] for _, raw in self.posts for entry in json.loads(raw)["entry"] for change in entry["changes"]]

    def rows(self, key: str) -> list[dict[str, Any]]:
        """Every message or status."""
        return [row for value in self.values() for row in value.get(key, [])]

    async def wait(self, key: str, number: int, seconds: float = 5) -> list[dict[str, Any]]:
        """At least so many messages or statuses."""
        for _ in range(int(seconds / 0.02)):
            if len(self.rows(key)) >= number:
                return self.rows(key)
            await asyncio.sleep(0.02)
        raise AssertionError(f"{len(self.rows(key))} {key} instead of {number}")


class Sim:
    """A running simulator: `graph` and `control` are its two doors, `app` its inside."""

    def __init__(self, app: Sanic, address: str, bot: FakeBot) -> None:
        self.app, self.address, self.bot = app, address, bot
        self.world = app.ctx.world
        self.control = httpx.AsyncClient(base_url=f"{address}/control")
        self.graph = httpx.AsyncClient(base_url=f"{address}/v25.0", headers={"Authorization": f"Bearer {TOKEN}"})

    async def say(self, what: str = "halo", phone: str = "1", **more: Any) -> dict[str, Any]:
        """The citizen writes: opens the window."""
        return await self.hand({"type": "text", "text": what, **more}, phone)

    async def hand(self, asked: dict[str, Any], phone: str = "1") -> dict[str, Any]:
        """The citizen does something."""
        answer = await self.control.post(f"/phones/{phone}/send", json=asked)
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def send(self, body: dict[str, Any] | None = None, **members: Any) -> httpx.Response:
        """The bot posts a message; `members` are put over a plain text to the first phone."""
        plain = {"messaging_product": "whatsapp", "recipient_type": "individual", "to": "+6281200000001", "type": "text"}
        whole = plain | ({} if "type" in members else {"text": {"body": "Monggo"}}) | members
        return await self.graph.post(f"/{NUMBER_ID}/messages", json=body if body is not None else whole)

    async def upload(self, content: bytes, mime: str, name: str = "file") -> httpx.Response:
        """The bot uploads a file."""
        form = {"messaging_product": "whatsapp", "type": mime}
        return await self.graph.post(f"/{NUMBER_ID}/media", data=form, files={"file": (name, content, mime)})

    async def behave(self, **knobs: Any) -> None:
        """Turns knobs."""
        answer = await self.control.patch("/behaviour", json=knobs)
        assert answer.status_code == 200, answer.text

    async def chat(self, phone: str = "1", **query: Any) -> list[dict[str, Any]]:
        """What the phone shows."""
        return (await self.control.get(f"/phones/{phone}/messages", params=query)).json()["messages"]

    async def violations(self) -> list[dict[str, Any]]:
        """What the bot did wrong."""
        return (await self.control.get("/violations")).json()["violations"]


@pytest.fixture
async def bot() -> AsyncIterator[FakeBot]:
    fake = FakeBot()
    async with serving(fake.app) as address:
        fake.url = f"{address}/webhook"
        yield fake


@pytest.fixture
def settings(bot, tmp_path) -> Settings:
    return Settings(
        _env_file=None,
        app_secret=SECRET,
        access_token=TOKEN,
        verify_token=VERIFY,
        phone_number_id=NUMBER_ID,
        graph_version="v25.0",
        webhook_url=bot.url,
        state=None,
        specimen=tmp_path / "specimen",
        port=0,
    )


@pytest.fixture
async def sim(bot, settings) -> AsyncIterator[Sim]:
    app = create_app(settings, f"simulator-{next(_serial)}")
    async with serving(app) as address:
        running = Sim(app, address, bot)
        running.world.address = address
        await running.behave(status_delay=0.01, retry_scale=0.01)
        yield running
        await running.control.aclose()
        await running.graph.aclose()
