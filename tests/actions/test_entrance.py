"""Tests that only Rasa gives turns to the action server."""

import json
import zlib
from collections.abc import AsyncIterator

import httpx
import pytest
import structlog
from sanic import Sanic

from actions.app import make_app
from actions.settings import Settings
from tests.actions.conftest import KEY, Office
from tests.backoffice.office import lifespan

FOLLOWS = {"Content-Type": "application/json"}
TOKEN = "token-of-rasa-in-the-tests"
SERVICE = "service-token-of-the-tests"


@pytest.mark.parametrize("header", [{}, {"Authorization": f"Bearer {SERVICE}"}, {"Authorization": "Bearer \xff"}, {"Authorization": TOKEN}])
@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/webhook"), ("GET", "/actions"), ("GET", "/nowhere"), ("POST", "/readyz/../webhook")]
)
async def test_nobody_without_rasas_token_is_answered(office: Office, method: str, path: str, header: dict[str, str]) -> None:
    tokens = {"actions_bot_token": SERVICE, "actions_backoffice_token": SERVICE, "dialogue_actions_token": f"{TOKEN} former-token-of-rasa"}
    settings = Settings(_env_file=None, blob_key=KEY, **tokens)
    Sanic.test_mode = True
    app = make_app(settings, office.catalogue, office.intake)
    app.config.TOUCHUP = False
    shown = {name.encode(): value.encode("latin-1") for name, value in header.items()}
    async with lifespan(app), httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://actions.test") as client:
        assert (await client.request(method, path, headers=shown, json={})).status_code == 401
        assert (await client.get("/health")).status_code == 200
        for valid in (TOKEN, "former-token-of-rasa"):
            assert (await client.get("/actions", headers={"Authorization": f"Bearer {valid}"})).status_code == 200


@pytest.fixture
async def rasa(office: Office) -> AsyncIterator[httpx.AsyncClient]:
    """Rasa, as it calls."""
    tokens = {"actions_bot_token": SERVICE, "actions_backoffice_token": SERVICE, "dialogue_actions_token": TOKEN}
    Sanic.test_mode = True
    app = make_app(Settings(_env_file=None, blob_key=KEY, **tokens), office.catalogue, office.intake)
    app.config.TOUCHUP = False
    shown = {"Authorization": f"Bearer {TOKEN}"}
    async with (
        lifespan(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://actions.test", headers=shown) as client,
    ):
        yield client


@pytest.mark.parametrize(
    ("method", "path", "body", "headers", "status"),
    [
        ("GET", "/", b"", {}, 404),
        ("GET", "/webhook", b"", {}, 405),
        ("DELETE", "/actions", b"", {}, 405),
        ("POST", "/webhook", b"no json", FOLLOWS, 400),
        ("POST", "/webhook", b"", FOLLOWS, 400),
        ("POST", "/webhook", zlib.compress(b" " * 10_000_000), FOLLOWS | {"Content-Encoding": "deflate"}, 415),
    ],
)
async def test_what_is_no_turn_is_answered_by_its_name_and_is_no_fault(
    rasa: httpx.AsyncClient, method: str, path: str, body: bytes, headers: dict[str, str], status: int, capfd: pytest.CaptureFixture[str]
) -> None:
    answer = await rasa.request(method, path, content=body, headers=headers)
    assert (answer.status_code, list(answer.json())) == (status, ["error"])
    assert "access-control-allow-origin" not in answer.headers, "no page of a browser reads from it"
    assert "Traceback" not in "".join(capfd.readouterr())


async def test_a_fault_says_nothing_of_the_turn_neither_in_the_answer_nor_in_the_log(rasa: httpx.AsyncClient) -> None:
    with structlog.testing.capture_logs() as lines:
        answer = await rasa.post("/webhook", content=json.dumps(["rahasia keluarga"]), headers=FOLLOWS)
    assert (answer.status_code, answer.json()) == (500, {"error": {"code": "fault"}})
    assert [line["event"] for line in lines] == ["request_failed"] and "rahasia" not in str(lines)
