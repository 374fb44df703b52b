"""The shipped configurations of nginx and Caddy, run before two listeners: what is public, how large, whose address."""

import json
import os
import re
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

PROXY = Path(__file__).resolve().parents[2] / "deploy" / "proxy"
PRIVATE = ("/api/cases/LM-1", "/api", "/internal/notices", "/metrics", "/readyz", "/healthz")


class Echo(BaseHTTPRequestHandler):
    """Says which address the proxy told, and that it was reached."""

    def _answer(self) -> None:
        size = len(self.rfile.read(int(self.headers.get("Content-Length") or 0)))
        body = json.dumps(
            {
                "path": self.path,
                "from": self.headers.get("X-Forwarded-For"),
                "host": self.headers["Host"],
                "size": size,
                **({"link": link} if (link := self.headers.get("X-Tautan")) else {}),
            }
        ).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = _answer  # noqa: N815

    def log_message(self, *_: object) -> None:
        return None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def nginx(folder: Path, ports: dict[str, int], front: int) -> list[str]:
    written = re.sub(r"(?m)^\s*ssl_certificate.*\n", "", (PROXY / "nginx.conf").read_text()).replace("443 ssl http2", f"127.0.0.1:{front}")
    for room, port in ports.items():
        written = written.replace(f"127.0.0.1:{room}", f"127.0.0.1:{port}")
    places = " ".join(f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    (folder / "nginx.conf").write_text(
        f"daemon off; user root; pid {folder}/pid; error_log stderr; events {{}} http {{ access_log off; {places} {written} }}"
    )
    return [str(shutil.which("nginx")), "-c", str(folder / "nginx.conf")]


def caddy(folder: Path, ports: dict[str, int], front: int) -> list[str]:
    written = re.sub(r"(?m)^(wa|kantor|lacak|foto)\.example", rf"http://\1.example:{front}", (PROXY / "Caddyfile").read_text())
    for room, port in ports.items():
        written = written.replace(f"127.0.0.1:{room}", f"127.0.0.1:{port}")
    (folder / "Caddyfile").write_text("{\n\tadmin off\n}\n" + written)
    return [str(shutil.which("caddy")), "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]


@pytest.fixture(params=[nginx, caddy], ids=["nginx", "caddy"])
def front(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[httpx.Client]:
    """A client of the running proxy; behind it four listeners stand for bot, back office, its pages for everybody, and the capture page."""
    if shutil.which(request.param.__name__) is None:
        pytest.skip(f"{request.param.__name__} is not installed")
    servers = {room: ThreadingHTTPServer(("127.0.0.1", 0), Echo) for room in ("8080", "8090", "8092", "8093")}
    for server in servers.values():
        threading.Thread(target=server.serve_forever, daemon=True).start()
    port = free_port()
    configured: Callable[[Path, dict[str, int], int], list[str]] = request.param
    command = configured(tmp_path, {room: server.server_address[1] for room, server in servers.items()}, port)
    surroundings = {**os.environ, "XDG_DATA_HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path), "HOME": str(tmp_path)}
    process = subprocess.Popen(command, env=surroundings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with httpx.Client(base_url=f"http://127.0.0.1:{port}") as client:
        for _ in range(100):
            try:
                client.get("/", headers={"Host": "wa.example"})
                break
            except httpx.ConnectError:
                time.sleep(0.1)
        yield client
    process.terminate()
    process.wait(10)
    for server in servers.values():
        server.shutdown()
        server.server_close()


def test_only_the_webhook_and_the_staffs_pages_are_public(front: httpx.Client) -> None:
    bot, office = {"Host": "wa.example"}, {"Host": "kantor.example"}
    assert front.post("/webhooks/whatsapp", headers=bot, content=b"{}").json()["path"] == "/webhooks/whatsapp"
    assert front.get("/antrean", headers=office).json()["path"] == "/antrean"
    assert [path for path in PRIVATE if front.get(path, headers=office).status_code != 404] == []
    assert [path for path in (*PRIVATE, "/", "/antrean") if front.get(path, headers=bot).status_code != 404] == []


def test_everybody_reaches_the_pages_for_everybody_and_nothing_beside_them(front: httpx.Client) -> None:
    public = {"Host": "lacak.example"}
    for path in ("/lacak?nomor=LM-1", "/dokumen?nomor=LM-1", "/dokumen/unduh"):
        assert front.get(path, headers=public).json()["path"] == path
    assert [path for path in (*PRIVATE, "/masuk", "/antrean") if front.get(path, headers=public).status_code != 404] == []


def test_the_capture_page_is_reached_with_what_it_needs_and_nothing_beside_it(front: httpx.Client) -> None:
    page = {"Host": "foto.example"}
    for path in ("/foto", "/foto/camera.js"):
        assert front.get(path, headers=page).json()["path"] == path
    sent = front.post("/foto/kirim", headers={**page, "X-Tautan": "secret"}, content=bytes(25_000_000))
    assert sent.json() == {"path": "/foto/kirim", "from": "127.0.0.1", "host": "foto.example", "size": 25_000_000, "link": "secret"}
    assert front.post("/foto/kirim", headers=page, content=bytes(28_000_000)).status_code in (413, 502)
    assert [path for path in (*PRIVATE, "/", "/fotografi", "/masuk", "/lacak") if front.get(path, headers=page).status_code != 404] == []


def test_the_address_of_who_asks_is_the_last_one_told(front: httpx.Client) -> None:
    forged = front.get("/masuk", headers={"Host": "kantor.example", "X-Forwarded-For": "203.0.113.9"}).json()
    assert forged["from"].split(",")[-1].strip() == "127.0.0.1", "TRUSTED_PROXIES=1 believes the last entry alone"


def test_bodies_have_the_sizes_that_each_side_needs(front: httpx.Client) -> None:
    bot, office = {"Host": "wa.example"}, {"Host": "kantor.example"}
    assert front.post("/webhooks/whatsapp", headers=bot, content=bytes(3_900_000)).json()["size"] == 3_900_000
    assert front.post("/webhooks/whatsapp", headers=bot, content=bytes(5_000_000)).status_code in (413, 502)
    assert front.post("/berkas", headers=office, content=bytes(29_000_000)).json()["size"] == 29_000_000
    assert front.post("/berkas", headers=office, content=bytes(33_000_000)).status_code in (413, 502)
