"""Over a real connection: who drips, sends much or says nothing of itself is ended or refused before it costs anything."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from sanic import HTTPResponse, Request, Sanic, text

from runtime import patience
from runtime.bodies import SMALL, Allowance, Bodies, CarefulRequest, receive_bodies
from runtime.entrance import keep_private, require_host

LARGEST = 4 * SMALL
STRANGERS = 5 * SMALL
OPEN = b"open"
"""Said of a connection that nobody closed; one that was closed gave its answer, or nothing where it was cut off while we sent."""


async def allowance_of(request: Request) -> Allowance:
    """Who says so is known."""
    return Allowance(LARGEST) if "x-known" in request.headers else Allowance(LARGEST // 2, stranger=True)


@asynccontextmanager
async def serving() -> AsyncIterator[tuple[Sanic[Any, Any], int]]:
    """An application behind a real socket, as our processes serve theirs; gives its port."""
    app = make_app()
    here = socket.create_server(("127.0.0.1", 0))
    server: Any = await app.create_server(sock=here, return_asyncio_server=True, protocol=patience.PatientProtocol, access_log=False)
    await server.startup()
    await server.before_start()
    with closing(here):
        yield app, here.getsockname()[1]
        await server.close()


def make_app() -> Sanic[Any, Any]:
    """It takes what it is sent, and has figures."""
    Sanic.test_mode = True
    app: Sanic[Any, Any] = Sanic("receiving", configure_logging=False, request_class=CarefulRequest)
    app.config.update(REQUEST_TIMEOUT=0.2, KEEP_ALIVE_TIMEOUT=5, RESPONSE_TIMEOUT=5, TOUCHUP=False)
    receive_bodies(app, Bodies(LARGEST, allowance_of, forgotten=10 * LARGEST, shared=STRANGERS))
    app.on_request(require_host)
    app.on_request(keep_private("/internal"))

    @app.post("/take")
    async def take(request: Request) -> HTTPResponse:
        return text(str(len(request.body)))

    @app.get("/metrics")
    async def figures(_request: Request) -> HTTPResponse:
        return text("figures")

    return app


async def drip(port: int, *pieces: bytes, every: float = 0.05) -> bytes:
    """All that is answered until the connection is closed on us, or OPEN where nobody closed it in time."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    answer = asyncio.ensure_future(reader.read())
    try:
        for piece in pieces:
            if answer.done():
                break
            writer.write(piece)
            await asyncio.sleep(every)
        return await asyncio.wait_for(answer, 0.1)
    except (TimeoutError, ConnectionError):
        return OPEN if not answer.done() or answer.cancelled() else b""
    finally:
        answer.cancel()
        writer.close()


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second is long enough for a test."""
    monkeypatch.setattr(patience, "FIRST_SECONDS", 0.5)
    monkeypatch.setattr(patience, "SLOWEST", 2000)
    monkeypatch.setattr(patience, "PARTING_SECONDS", 0.2)


@pytest.mark.usefixtures("hasty")
async def test_a_header_that_drips_is_ended_and_one_at_once_is_answered() -> None:
    async with serving() as (_, port):
        head = b"GET /metrics HTTP/1.1\r\nHost: here\r\n"
        assert await drip(port, head, *[b"X-A: b\r\n"] * 60) != OPEN
        assert b"figures" in await drip(port, head + b"Connection: close\r\n\r\n")


@pytest.mark.usefixtures("hasty")
async def test_a_body_that_drips_is_ended_and_a_slow_line_is_not() -> None:
    async with serving() as (_, port):
        head = b"POST /take HTTP/1.1\r\nHost: here\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"
        assert await drip(port, head % 1000, *[b"x"] * 60) != OPEN
        steady = [bytes(1000)] * 30
        assert (await drip(port, head % 30_000, *steady)).endswith(b"30000")


@pytest.mark.usefixtures("hasty")
async def test_many_requests_over_one_connection_are_many_and_none_of_them_drips() -> None:
    async with serving() as (_, port), httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
        for _ in range(20):
            assert (await client.post("/take", content=bytes(100))).text == "100"
            await asyncio.sleep(0.05)


async def test_a_large_body_is_taken_from_who_is_known_only_and_strangers_share_what_there_is() -> None:
    async with serving() as (app, port), httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:

        async def pieces(count: int) -> AsyncIterator[bytes]:
            for _ in range(count):
                yield bytes(SMALL)

        assert (await client.post("/take", content=bytes(LARGEST), headers={"x-known": "1"})).text == str(LARGEST)
        assert (await client.post("/take", content=pieces(4), headers={"x-known": "1"})).text == str(LARGEST)
        assert (await client.post("/take", content=bytes(LARGEST))).status_code == 413
        assert (await client.post("/take", content=pieces(4))).status_code == 413
        assert (await client.post("/take", content=bytes(LARGEST + 1), headers={"x-known": "1"})).status_code == 413
        assert (await client.post("/take", content=bytes(LARGEST // 2))).text == str(LARGEST // 2)
        app.ctx.bodies.held = STRANGERS - SMALL  # as if others' bodies were being received
        assert (await client.post("/take", content=bytes(LARGEST // 2))).status_code == 503
        assert (await client.post("/take", content=bytes(LARGEST), headers={"x-known": "1"})).text == str(LARGEST)
        assert (await client.post("/take", content=bytes(SMALL))).text == str(SMALL)
        assert app.ctx.bodies.held == STRANGERS - SMALL, "what was held was given back"


async def test_who_waits_for_a_go_ahead_with_too_much_is_refused_before_it_sends() -> None:
    async with serving() as (_, port):
        head = b"POST /take HTTP/1.1\r\nHost: here\r\nExpect: 100-continue\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"
        assert b" 413 " in await drip(port, head % (LARGEST + 1), every=0.5)


@pytest.mark.parametrize("head", [b"", b"Host: a\r\nHost: b\r\n"])
async def test_a_request_without_one_host_is_refused(head: bytes) -> None:
    async with serving() as (_, port):
        assert (await drip(port, b"GET /metrics HTTP/1.1\r\nConnection: close\r\n" + head + b"\r\n")).startswith(b"HTTP/1.1 400 ")


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "Via", "X-Real-IP"])
async def test_figures_and_our_own_routes_are_not_there_for_who_comes_through_a_proxy(header: str) -> None:
    async with serving() as (_, port), httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
        assert (await client.get("/metrics")).text == "figures"
        assert (await client.get("/metrics", headers={header: "10.0.0.1"})).status_code == 404


@pytest.mark.parametrize("spelling", ["/metrics/", "/metrics//", "/%6detrics", "//metrics", "/./metrics", "/metrics?", "/metrics/?x=1"])
async def test_no_other_spelling_of_an_address_goes_round_the_guard(spelling: str) -> None:
    async with serving() as (_, port):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(f"GET {spelling} HTTP/1.1\r\nHost: here\r\nX-Forwarded-For: 1.2.3.4\r\nConnection: close\r\n\r\n".encode())
        answer = await reader.read()
        writer.close()
    assert answer.startswith(b"HTTP/1.1 404"), answer[:200]
    assert b"figures" not in answer


@pytest.mark.parametrize(
    ("address", "closed"),
    [("8.8.8.8", True), ("2400:cb00::1", True), ("10.1.2.3", False), ("127.0.0.1", False), ("fe80::1%eth0", False)],
)
def test_figures_are_for_this_machine_and_private_networks(address: str, closed: bool) -> None:
    asked: Any = SimpleNamespace(path="/metrics", route=None, headers={}, ip=address)
    answer = keep_private("/api")(asked)
    assert (answer is not None and answer.status == 404) == closed
