"""What operators ask is answered alike by every process: alive, ready or why not, figures."""

import asyncio
import re
from pathlib import Path

import httpx
import pytest
from sanic import Sanic

from runtime import health
from runtime.calling import http_client
from runtime.release import RELEASE
from runtime.tokens import Tokens
from tests.backoffice.office import lifespan


async def well() -> None:
    return None


async def gone() -> None:
    raise ConnectionError("user:password@host")


async def says() -> str:
    return "sending stopped by error 190"


async def hangs() -> None:
    await asyncio.sleep(60)


async def alarms() -> dict[str, str]:
    return {"late": "notices for 700 s"}


async def figures() -> bytes:
    return b"jobs_due 3\n"


@pytest.fixture
def ask(monkeypatch):
    monkeypatch.setattr(health, "CHECK_WITHIN", 0.05)
    Sanic.test_mode = True

    async def get(checks, path):
        app = Sanic(f"health-{id(checks)}-{path[1:]}", configure_logging=False)
        app.config.TOUCHUP = False
        app.blueprint(health.health_routes(lambda _: health.Health(checks, alarms, figures, Path("/"))))
        async with lifespan(app), httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://process.test") as client:
            return await client.get(path)

    return get


async def test_ready_with_its_alarms(ask):
    answer = await ask({"database": well, "blobs": well}, "/readyz")
    assert (answer.status_code, answer.json()) == (
        200,
        {"ready": True, "missing": {}, "alarms": {"late": "notices for 700 s"}, "release": RELEASE},
    )


async def test_what_does_not_answer_is_named_with_why_and_nothing_of_the_error_itself(ask):
    answer = await ask({"database": well, "blobs": gone, "whatsapp": says, "dialogue": hangs}, "/readyz")
    assert answer.status_code == 503
    assert answer.json()["missing"] == {"blobs": "ConnectionError", "whatsapp": "sending stopped by error 190", "dialogue": "no answer"}


async def test_without_its_database_nothing_is_asked_of_it(ask):
    answer = (await ask({"database": gone}, "/readyz")).json()
    assert answer == {"ready": False, "missing": {"database": "ConnectionError"}, "alarms": {}, "release": RELEASE}


async def test_alive_and_figures(ask):
    assert (await ask({"database": gone}, "/healthz")).status_code == 200
    answer = await ask({}, "/metrics")
    assert answer.text.startswith("jobs_due 3\n") and answer.headers["content-type"].startswith("text/plain")
    assert f'release="{RELEASE}"' in answer.text
    free = re.search(r"(?m)^landa_mewa_disk_free_bytes (\S+)$", answer.text)
    whole = re.search(r"(?m)^landa_mewa_disk_bytes (\S+)$", answer.text)
    assert free and whole and 0 < float(free[1]) <= float(whole[1])


async def test_a_client_shows_its_token_and_heeds_no_proxy_of_the_machine(monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    seen = []
    transport = httpx.MockTransport(lambda request: seen.append(request) or httpx.Response(200))
    async with http_client("http://office.test", Tokens("token-of-the-tests"), transport) as client:
        await client.get("/api/cases/x")
        assert client.timeout.connect == 3.0 and not client.trust_env
    assert seen[0].headers["authorization"] == "Bearer token-of-the-tests"
