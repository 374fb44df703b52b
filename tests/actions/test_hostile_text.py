"""A text made to be slow costs a moment, and nobody else waits for it: through the action server's own app."""

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from sanic import Sanic

from actions.app import make_app
from actions.settings import Settings
from tests.actions.conftest import KEY, Office
from tests.actions.steps import until_documents
from tests.backoffice.office import lifespan

TOKEN = "token-of-rasa-in-the-tests"
PADDED = "a" + " " * 19990 + "b"
LONGEST = 40
"""So many times what `_yardstick` costs any text may take of the processor, about two seconds of a quiet one; PADDED took 82 s."""


def _yardstick() -> float:
    """Seconds of processor time that a fixed piece of work takes here and now: a busy machine is slow for both."""
    began = time.process_time()
    assert sum(number % 7 for number in range(700_000)) > 0
    return time.process_time() - began


@pytest.fixture
async def server(office: Office) -> AsyncIterator[httpx.AsyncClient]:
    settings = Settings(_env_file=None, blob_key=KEY, actions_bot_token=TOKEN, actions_backoffice_token=TOKEN, dialogue_actions_token=TOKEN)
    Sanic.test_mode = True
    app = make_app(settings, office.catalogue, office.intake)
    app.config.TOUCHUP = False  # it rewrites Sanic itself, anew for each application
    shown = {"Authorization": f"Bearer {TOKEN}"}
    transport = httpx.ASGITransport(app)
    async with lifespan(app), httpx.AsyncClient(transport=transport, base_url="http://actions.test", headers=shown, timeout=600) as client:
        yield client


async def ask(server: httpx.AsyncClient, contact: str, turn: str, text: str) -> str:
    """One turn as Rasa hands it on; returns what the person reads."""
    metadata = {"turn": turn, "kind": "text", "text": text, "contact": {"phone": "+628100000000"}, "at": "2026-11-23T02:10:00Z"}
    message = {"text": text, "intent": {"name": "nlu_fallback", "confidence": 0.9}, "metadata": metadata, "intent_ranking": []}
    tracker: dict[str, Any] = {
        "sender_id": contact, "slots": {}, "latest_message": message, "events": [], "paused": False, "active_loop": {},
        "followup_action": None, "latest_action_name": None, "latest_input_channel": None,
    }  # fmt: skip
    call = {"next_action": "action_answer", "sender_id": contact, "tracker": tracker, "domain": {}}
    answer = await server.post("/webhook", json=call)
    assert answer.status_code == 200
    return "\n".join(part["custom"]["text"] for part in answer.json()["responses"])


@pytest.mark.parametrize(
    "text",
    [PADDED, "1" * 20000, "a1" * 9000, "jam " * 5000, "\ufdfa" * 4096, "😀" * 20000, "bu " * 7000, "1 - " * 5000, "\xa0\u200b" * 9000 + "x",
     "namanya " * 2500, "agats " * 700],
    ids=lambda text: ascii(text[:8]),
)  # fmt: skip
async def test_a_hostile_text_is_answered_at_once_and_another_contact_meanwhile(
    office: Office, server: httpx.AsyncClient, text: str
) -> None:
    await until_documents(office.chat())
    await until_documents(office.chat("c2"))
    before = _yardstick()
    started = time.process_time()
    hostile = asyncio.create_task(ask(server, "c1", "h1", text))
    await asyncio.sleep(0)
    assert await ask(server, "c2", "o1", "menu")
    waited = time.process_time() - started
    assert await hostile
    taken = time.process_time() - started
    assert max(waited, taken) < LONGEST * max(before, _yardstick())


async def test_a_text_longer_than_whatsapps_is_answered_with_what_was_left_out(office: Office, server: httpx.AsyncClient) -> None:
    await until_documents(office.chat())
    answer = await ask(server, "c1", "l1", "Petugas di loket marah-marah kepada ibu saya. " * 150)
    assert "4.096" in answer
    assert "4.096" not in await ask(server, "c1", "l2", "Petugas di loket marah-marah kepada ibu saya. " * 80)
