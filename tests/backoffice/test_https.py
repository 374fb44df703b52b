"""Behind an https address: cookies that stay with this host, and answers that ask for https and tell nothing of who serves them."""

import httpx
import pytest
from sanic import Sanic

from backoffice.app import create_app
from backoffice.public.app import create_public_app
from tests.backoffice.office import Desk, lifespan


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One database is enough: these tests are about headers."""
    return sqlite_url


@pytest.fixture
async def behind_https(services, sign_in):
    """The office as a browser reaches it through one proxy; `petugas` has an account."""
    await sign_in("petugas")
    services.settings.public_url, services.settings.trusted_proxies = "https://kantor.example", 1
    Sanic.test_mode = True
    app = create_app(services.settings, services, background=False)
    async with (
        lifespan(app),
        httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url="https://kantor.example", headers={"X-Forwarded-For": "203.0.113.7"}
        ) as client,
    ):
        yield client


async def test_every_cookie_stays_with_this_host_and_goes_by_https_only(behind_https):
    desk = Desk(behind_https)
    set_cookies = (await behind_https.get("/masuk")).headers.get_list("set-cookie")
    signed_in = await desk.sign_in("petugas")
    set_cookies += signed_in.headers.get_list("set-cookie")
    assert signed_in.status_code == 303 and len(set_cookies) >= 3, "the form's, the session's and the device's"
    for cookie in set_cookies:
        name, attributes = cookie.split("=", 1)[0], cookie.lower()
        assert name.startswith("__Host-"), "a browser refuses it from a neighbouring host"
        assert "; secure" in attributes and "; httponly" in attributes and "path=/;" in attributes + ";" and "domain" not in attributes
        assert "samesite=lax" in attributes


async def test_behind_https_every_answer_asks_for_https(behind_https):
    for path in ("/masuk", "/antrean", "/tidak-ada", "/api/cases/LM-1", "/static/tidak-ada"):
        assert "max-age=31536000" in (await behind_https.get(path)).headers["strict-transport-security"], path


async def test_no_answer_tells_what_serves_it(services, behind_https):
    public = create_public_app(services)
    async with lifespan(public), httpx.AsyncClient(transport=httpx.ASGITransport(public), base_url="https://lacak.example") as tracking:
        answers = [
            *[await behind_https.get(path, headers={"Origin": "https://elsewhere.example"}) for path in ("/masuk", "/tidak-ada", "/api/x")],
            await tracking.get("/lacak", headers={"Origin": "https://elsewhere.example"}),
            await tracking.get("/tidak-ada"),
        ]
    for answer in answers:
        assert not answer.headers.keys() & {"server", "x-powered-by", "access-control-allow-origin"}
        kind = answer.headers["content-type"]
        assert kind == "application/json" or kind.endswith("charset=utf-8"), kind
        assert "sanic" not in answer.text.lower() and "python" not in answer.text.lower()


async def test_figures_and_our_own_routes_are_not_there_through_the_proxy(behind_https):
    for path in ("/metrics", "/readyz", "/api/cases/LM-1", "/api"):
        assert (await behind_https.get(path)).status_code == 404, path
    assert (await behind_https.get("/healthz")).status_code == 200
