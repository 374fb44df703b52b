"""Gives tests of the bot a whole bot on fresh tables, with a clock that stands still and everybody else played by fakes."""

import base64
import importlib.util
import json
import socket
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from sanic import Sanic
from sqlalchemy import select

from bot.app import create_app
from bot.assembly import Bot
from bot.settings import Settings
from bot.webhook.signature import sign
from runtime.settings import ROOT

spec = importlib.util.spec_from_file_location("bot_fakes", Path(__file__).parent / "fakes.py")
assert spec and spec.loader
fakes = importlib.util.module_from_spec(spec)
sys.modules["bot_fakes"] = fakes
spec.loader.exec_module(fakes)

SECRET = "test_app_secret"
NUMBER = "1122334455667"
SORRY = "Mohon maaf, sedang ada gangguan."


class House:
    """A bot under test, its fakes, and the citizen's side of the webhook."""

    def __init__(self, bot: Bot, world: Any, clock: Any) -> None:
        self.bot, self.world, self.clock = bot, world, clock
        self.graph, self.dialogue, self.backoffice = world.graph, world.dialogue, world.backoffice
        self._count = 0
        self.http: httpx.AsyncClient | None = None

    async def deliver(self, body: Any, **headers: str) -> httpx.Response:
        """Posts a signed webhook body."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        assert self.http is not None
        sent = {"content-type": "application/json", "x-hub-signature-256": sign(raw, SECRET), **headers}
        return await self.http.post("/webhooks/whatsapp", content=raw, headers=sent)

    def message(
        self, type_: str = "text", wa_id: str | None = "6281200000001", user_id: str | None = None, **content: Any
    ) -> dict[str, Any]:
        """One message of a citizen, with an id and a second of its own."""
        self._count += 1
        known = {"from": wa_id, "from_user_id": user_id}
        base = {
            "id": content.pop("id", f"wamid.in{self._count}"),
            "timestamp": content.pop("timestamp", str(int(self.clock().timestamp()))),
        }
        return {**{k: v for k, v in known.items() if v}, **base, "type": type_, **content}

    def text(self, words: str, **more: Any) -> dict[str, Any]:
        return self.message("text", text={"body": words}, **more)

    def photo(self, media_id: str, data: bytes | None = None, **more: Any) -> dict[str, Any]:
        """A photo whose bytes Graph has."""
        caption = {"caption": more.pop("caption")} if "caption" in more else {}
        if data is not None:
            self.graph.files[media_id] = data
        checksum = fakes.base64_sha256(self.graph.files.get(media_id, b""))
        return self.message("image", image={"id": media_id, "mime_type": "image/jpeg", "sha256": checksum, **caption}, **more)

    @staticmethod
    def body(*messages: dict[str, Any], statuses: list[dict[str, Any]] | None = None, contacts: list[dict] | None = None) -> dict[str, Any]:
        value: dict[str, Any] = {"messaging_product": "whatsapp", "metadata": {"phone_number_id": NUMBER}, "contacts": contacts or []}
        if messages:
            value["messages"] = list(messages)
        if statuses:
            value["statuses"] = statuses
        return {"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [{"field": "messages", "value": value}]}]}

    async def say(self, words: str, **more: Any) -> None:
        assert (await self.deliver(self.body(self.text(words, **more)))).status_code == 200

    async def status(self, wamid: str, status: str, callback: str | None = None, **more: Any) -> None:
        content = {"id": wamid, "status": status, "timestamp": str(int(self.clock().timestamp())), **more}
        if callback:
            content["biz_opaque_callback_data"] = callback
        await self.deliver(self.body(statuses=[content]))

    async def settle(self, bot: Bot | None = None) -> None:
        """Lets every worker do what is due, until nothing is."""
        for _ in range(200):
            if not any([await worker.drain() for worker in (bot or self.bot).jobs.workers.values()]):
                return
        raise AssertionError("it never settles")

    async def pass_time(self, seconds: float, step: float | None = None) -> None:
        """Lets time pass in steps, ten or fewer unless told otherwise, with the workers at work."""
        step = step or max(1.0, seconds / 10)
        while seconds > 0:
            self.clock.move(seconds=min(step, seconds))
            seconds -= step
            await self.settle()

    def words(self) -> list[str]:
        """What was said to citizens, in order."""
        return [b["text"]["body"] if b["type"] == "text" else b["type"] for b in self.graph.sent]

    async def rows(self, table: Any, *where: Any) -> list[Any]:
        async with self.bot.database.read() as session:
            return list((await session.execute(select(table).where(*where))).scalars())


TOKENS = {
    "bot_dialogue_token": "bot-to-dialogue-in-the-tests",
    "bot_backoffice_token": "bot-to-office-in-the-tests",
    "backoffice_bot_token": "office-to-bot-in-the-tests",
    "actions_bot_token": "actions-to-bot-in-the-tests",
}
STILL_FETCHING = {
    "utter_berkas_diambil": [{"text": "Berkas masih kami ambil."}],
    "utter_sedang_diperiksa_satu": [{"text": "Sedang kami periksa."}],
    "utter_sedang_diperiksa": [{"text": "Sedang kami periksa ({selesai} dari {jumlah})."}],
}


def make_settings(url: str, folder: Path, more_texts: dict[str, Any] = STILL_FETCHING, **more: Any) -> Settings:
    texts = folder / "responses"
    texts.mkdir(exist_ok=True)
    (texts / "small_talk.yml").write_text(json.dumps({"responses": {"utter_gangguan": [{"text": SORRY}], **more_texts}}))
    given = {
        "phone_number_id": NUMBER, "access_token": "token-of-graph", "app_secret": SECRET, "verify_token": "verify",
        "graph_url": f"https://{fakes.GRAPH}", "database_url": url, "blob_url": f"file:{folder}/blobs",
        "blob_key": base64.b64encode(bytes(32)).decode(), **TOKENS,
        "dialogue_url": f"http://{fakes.DIALOGUE}",
        "actions_url": f"http://{fakes.ACTIONS}", "backoffice_url": f"http://{fakes.BACKOFFICE}", "responses_folder": texts,
        "album_window": 4.0, **more,
    }  # fmt: skip
    return Settings(_env_file=None, **given)


@pytest.fixture
def migrations() -> str:
    """The tables of every database here."""
    return str(ROOT / "bot" / "migrations")


@pytest.fixture
async def build(tmp_path: Path) -> AsyncIterator[Callable[..., Awaitable[House]]]:
    """Builds houses on a database; a second one on the same database is another process."""
    made: list[tuple[Bot, Any, Any]] = []

    async def builder(url: str, world: Any = None, clock: Any = None, **settings: Any) -> House:
        world, clock = world or fakes.FakeWorld(), clock or fakes.FakeClock()
        bot = Bot(make_settings(url, tmp_path, **settings), clock, world)
        house = House(bot, world, clock)
        Sanic.test_mode = True
        app = create_app(bot, f"bot-{len(made)}-{tmp_path.name[-20:]}", work=False)
        app.config.TOUCHUP = False  # it rewrites Sanic itself, anew for each application
        listening = socket.create_server(("127.0.0.1", 0))  # a port that is free; Sanic takes 0 for its default
        server = await app.create_server(sock=listening, return_asyncio_server=True)
        assert server is not None
        await server.startup()
        await server.start_serving()
        house.http = httpx.AsyncClient(base_url=f"http://127.0.0.1:{listening.getsockname()[1]}", timeout=60)
        made.append((bot, server, house.http))
        return house

    yield builder
    for bot, server, http in made:
        await http.aclose()
        await server.close()
        await bot.http.aclose()
        await bot.database.close()


@pytest.fixture
async def house(build: Callable[..., Awaitable[House]], sqlite_url: str) -> House:
    """A bot on SQLite."""
    return await build(sqlite_url)


@pytest.fixture
async def house_on_both(build: Callable[..., Awaitable[House]], database_url: str) -> House:
    """A bot, once on SQLite and once on PostgreSQL."""
    return await build(database_url)
