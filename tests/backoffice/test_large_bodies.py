"""A body that is too large is refused in a sentence, over a real connection."""

import socket

import httpx
import pytest
from sanic import Sanic

from backoffice.app import LARGEST_BODY, create_app
from tests.backoffice.office import TOKEN, Desk


@pytest.fixture
async def address(services):
    """Where a real server answers: only over a socket can a client be cut off while it sends."""
    Sanic.test_mode = True
    app = create_app(services.settings, services, background=False)
    here = socket.socket()
    here.bind(("127.0.0.1", 0))
    server = await app.create_server(sock=here, return_asyncio_server=True)
    await server.startup()
    await server.before_start()
    yield f"http://127.0.0.1:{here.getsockname()[1]}"
    await server.close()


@pytest.fixture
def database_url(sqlite_url):
    """One database is enough: nothing is asked of it."""
    return sqlite_url


async def pieces():
    """A body of which nobody knows beforehand how long it is."""
    for _ in range(LARGEST_BODY // 2**20 + 5):
        yield bytes(2**20)


@pytest.mark.parametrize("body", [bytes(LARGEST_BODY + 5 * 2**20), None])
async def test_a_body_that_is_too_large_is_refused_in_a_sentence(address, body):
    async with httpx.AsyncClient(base_url=address, timeout=60) as client:
        page = await client.post("/masuk", content=body or pieces())
        told = await client.put(f"/api/blobs/{'0' * 64}", content=body or pieces(), headers={"Authorization": f"Bearer {TOKEN}"})
        assert (await client.get("/healthz")).status_code == 200
    assert page.status_code == 413 and "Berkas terlalu besar" in page.text
    assert told.status_code == 413 and told.json()["error"]["code"] == "too_large"


async def test_strangers_may_send_no_more_than_a_form_and_the_signed_in_a_scan(address, sign_in):
    await sign_in("operator")
    async with httpx.AsyncClient(base_url=address, timeout=60) as client:
        desk = Desk(client)
        large = {"content": f"csrf={'x' * 100_000}", "headers": {"Content-Type": "application/x-www-form-urlencoded"}}
        assert (await client.post("/masuk", **large)).status_code == 413
        assert (await client.post("/permohonan/LM-1/ambil", **large)).headers["location"] == "/masuk"
        told = await client.put(f"/api/blobs/{'0' * 64}", content=bytes(100_000), headers={"Authorization": "Bearer x"})
        assert told.status_code == 401
        assert (await desk.sign_in("operator")).status_code == 303
        assert (await client.post("/permohonan/LM-1/ambil", **large)).status_code == 403, "read, and its token found wrong"
