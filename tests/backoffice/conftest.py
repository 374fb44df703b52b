"""Gives the back office's tests a running application on a fresh database, and staff of every role."""

import base64
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from argon2 import PasswordHasher
from sanic import Sanic

from backoffice.app import create_app
from backoffice.services import Services
from backoffice.settings import Settings
from backoffice.staff import passwords, service
from backoffice.subscriptions import subscribe_all
from tests.backoffice.office import BOT_TOKEN, PASSWORD, TO_BOT, TOKEN, Desk, TestClock, lifespan
from tests.backoffice.papers import QuickOpener


@pytest.fixture(autouse=True)
def _quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2 as cheap as it gets: its strength is not what these tests are about."""
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture
def migrations() -> str:
    """The tables of every database here."""
    return "backoffice/migrations"


@pytest.fixture
async def services(database_url: str, tmp_path: Path, clock: TestClock) -> AsyncIterator[Services]:
    """Resources on a fresh, migrated database."""
    settings = Settings(
        _env_file=None,
        blob_key=base64.b64encode(b"k" * 32).decode(),
        actions_backoffice_token=TOKEN,
        bot_backoffice_token=BOT_TOKEN,
        backoffice_bot_token=TO_BOT,
        session_secret="secret-of-the-tests-only",
        backoffice_database_url=database_url,
        blob_url=f"file:{tmp_path}/blobs",
        bot_url="http://bot.test",
        landa_mewa_var=tmp_path,
    )
    subscribe_all(mails=True)
    made = Services.open(settings)
    made.clock = clock
    made.opener = QuickOpener()
    yield made
    await made.database.close()


@pytest.fixture
async def app(services: Services) -> AsyncIterator[Sanic]:
    """The application, without its background work."""
    Sanic.test_mode = True
    made = create_app(services.settings, services, background=False)
    made.config.TOUCHUP = False  # it rewrites Sanic itself, anew for each application
    async with lifespan(made):
        yield made


@pytest.fixture
async def api(app: Sanic) -> AsyncIterator[httpx.AsyncClient]:
    """The actions, as they call."""
    headers = {"Authorization": f"Bearer {TOKEN}"}
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://office.test", headers=headers) as client:
        yield client


@pytest.fixture
async def bot_api(app: Sanic) -> AsyncIterator[httpx.AsyncClient]:
    """The bot, as it calls."""
    headers = {"Authorization": f"Bearer {BOT_TOKEN}"}
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://office.test", headers=headers) as client:
        yield client


SignIn = Callable[..., Any]


@pytest.fixture
async def sign_in(app: Sanic, services: Services) -> AsyncIterator[SignIn]:
    """Makes an account with these roles, and a browser in which it is signed in."""
    clients = []

    async def make(*roles: str, username: str | None = None) -> Desk:
        name, hashed = username or roles[0], await passwords.make_hash(PASSWORD)
        async with services.database.write() as session:
            await service.StaffService(session, services.settings, services.clock()).create(
                name, f"{name.title()} SPESIMEN", list(roles), hashed, must_change=False
            )
        client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://office.test")
        clients.append(client)
        desk = Desk(client)
        assert (await desk.sign_in(name)).status_code == 303
        return desk

    yield make
    for client in clients:
        await client.aclose()
