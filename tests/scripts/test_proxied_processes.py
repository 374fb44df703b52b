"""The shipped proxy configurations before the real bot and back office: addresses, private paths, sizes, live pages.

`make test` installs nginx and Caddy (`scripts/apt-packages-test.txt`); skipped where they are not there all the same.
"""

import asyncio
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from scripts import environment as env
from scripts import launch, train
from simulator.webhook import sign
from tests.backoffice.office import Desk
from tests.e2e.office import accounts
from tests.e2e.stack import Stack
from tests.scripts.test_proxies import PRIVATE, caddy, free_port, nginx

ROOMS = ("bot", "backoffice")


@pytest.fixture(scope="module")
def processes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The real bot and back office, with demo staff, as behind one proxy."""
    stack = Stack(tmp_path_factory.mktemp("proxied"), train.model_path())
    stack.settings |= {"TRUSTED_PROXIES": "1", "PUBLIC_PORT": str(free_port()), "CAPTURE_PORT": str(free_port())}
    stack.settings["CAPTURE_URL"] = "https://foto.example/foto"
    for room, name in (("bot", "INTAKE_DATABASE_URL"), ("intake", "INTAKE_DATABASE_URL"), ("backoffice", "BACKOFFICE_DATABASE_URL")):
        launch.step(room, [sys.executable, "-m", "storage", "upgrade", f"{room}/migrations", name], stack.settings, "")
    launch.step("staff", [sys.executable, "-m", "backoffice", "user", "demo"], stack.settings, "")
    try:
        stack.start(*ROOMS)
        for room in ROOMS:
            _until(lambda room=room: httpx.get(f"{stack.url(room)}/healthz", timeout=5).status_code == 200)
        yield stack
    finally:
        stack.stop()


def _until(true: Callable[[], bool], within: float = 120) -> None:
    deadline = time.monotonic() + within
    while True:
        try:
            if true():
                return
        except httpx.HTTPError:
            pass
        assert time.monotonic() < deadline
        time.sleep(0.2)


HERE = [
    pytest.param(
        each, id=each.__name__, marks=pytest.mark.skipif(shutil.which(each.__name__) is None, reason=f"{each.__name__} is not here")
    )
    for each in (nginx, caddy)
]
"""Marked, so that without a proxy the processes are not started either."""


@pytest.fixture(params=HERE)
def front(request: pytest.FixtureRequest, processes: Stack, tmp_path: Path) -> Iterator[str]:
    """Where the proxy answers."""
    behind = {
        "8080": env.port("bot", processes.settings),
        "8090": env.port("backoffice", processes.settings),
        "8092": int(processes.settings["PUBLIC_PORT"]),
        "8093": int(processes.settings["CAPTURE_PORT"]),
    }
    port = free_port()
    surroundings = {**os.environ, "XDG_DATA_HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path), "HOME": str(tmp_path)}
    started = subprocess.Popen(
        request.param(tmp_path, behind, port), env=surroundings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    _until(lambda: httpx.get(address, timeout=5).status_code > 0, 30)
    yield address
    started.kill()  # the polite way waits for pages that live
    started.wait(10)


def test_the_public_paths_of_the_real_processes_answer_and_the_private_ones_are_404(front: str) -> None:
    office, bot, public = ({"Host": f"{name}.example"} for name in ("kantor", "wa", "lacak"))
    assert httpx.get(f"{front}/masuk", headers=office).status_code == 200
    assert httpx.get(f"{front}/lacak", headers=public).status_code == 200
    assert httpx.get(f"{front}/webhooks/whatsapp", headers=bot).status_code in {400, 403}, "the bot's own refusal"
    for host in (office, bot, public):
        assert [path for path in PRIVATE if httpx.get(front + path, headers=host).status_code != 404] == []
    assert httpx.get(f"{front}/masuk", headers=public).status_code == 404


def test_the_real_capture_page_opens_through_the_proxy_and_takes_nothing_without_a_link(front: str) -> None:
    foto = {"Host": "foto.example"}
    shown = httpx.get(f"{front}/foto", headers=foto)
    assert shown.status_code == 200 and "default-src 'none'" in shown.headers["content-security-policy"]
    assert shown.headers["permissions-policy"].startswith("camera=(self)")
    assert httpx.post(f"{front}/foto/tautan", headers={**foto, "X-Tautan": "none"}).status_code == 410
    assert httpx.post(f"{front}/foto/kirim", headers=foto, content=b"\xff\xd8\xff").status_code == 410
    assert [path for path in PRIVATE if httpx.get(front + path, headers=foto).status_code != 404] == []


def test_a_webhook_of_the_size_that_meta_sends_is_taken_and_a_larger_one_is_not(front: str, processes: Stack) -> None:
    def deliver(size: int) -> int:
        body = json.dumps({"object": "whatsapp_business_account", "entry": [], "filler": "x" * size}).encode()
        headers = {"Host": "wa.example", "Content-Type": "application/json"}
        headers["X-Hub-Signature-256"] = sign(processes.settings["WHATSAPP_APP_SECRET"], body)
        return httpx.post(f"{front}/webhooks/whatsapp", headers=headers, content=body, timeout=60).status_code

    assert deliver(2_900_000) == 200
    assert deliver(5_000_000) in {413, 502}


async def test_who_signs_in_has_the_address_that_the_proxy_saw_and_pages_live_through_it(front: str, processes: Stack) -> None:
    headers = {"Host": "kantor.example", "X-Forwarded-For": "203.0.113.9"}
    async with httpx.AsyncClient(base_url=front, headers=headers, timeout=60) as client:
        role, password = next((role, word) for role, word in accounts(processes.folder).items() if role.startswith("operator"))
        assert (await Desk(client).sign_in(role, password)).status_code == 303
        with closing(sqlite3.connect(processes.folder / "backoffice.db")) as database:
            told = database.execute("SELECT address FROM staff_sessions ORDER BY rowid DESC LIMIT 1").fetchone()
        assert told == ("127.0.0.1",), "not the address that the browser claims"
        async with asyncio.timeout(10), client.stream("GET", "/siaran") as answer:
            assert answer.headers["content-type"].startswith("text/event-stream")
            assert (await anext(answer.aiter_text())).startswith("retry:"), "the first words come at once"
