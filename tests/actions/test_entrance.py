"""Tests that only Rasa gives turns to the action server."""

import httpx
import pytest
from sanic import Sanic

from actions.app import make_app
from actions.settings import Settings
from tests.actions.conftest import KEY, Office
from tests.backoffice.office import lifespan

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
