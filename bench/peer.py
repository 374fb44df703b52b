"""Starts Rasa as it comes, with its own REST channel, which handles a message before it answers: the peer of the bot's webhook."""

import json
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx

from bench.bot_process import free_port
from scripts import train

START_WITHIN = 180.0


class Actions(BaseHTTPRequestHandler):
    """An action server that answers at once."""

    def do_POST(self) -> None:
        """One call of an action."""
        self.rfile.read(int(self.headers["content-length"]))
        body = json.dumps({"events": [], "responses": [{"text": "baik"}]}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing."""


@contextmanager
def rasa(folder: Path) -> Iterator[str]:
    """Its address, once it answers. Needs the trained model."""
    actions, port = ThreadingHTTPServer(("127.0.0.1", 0), Actions), free_port()
    threading.Thread(target=actions.serve_forever, daemon=True).start()
    (folder / "endpoints.yml").write_text(f"action_endpoint:\n  url: http://127.0.0.1:{actions.server_port}/webhook\n")
    (folder / "credentials.yml").write_text("rest:\n")
    command = [str(train.RASA[0]), "-m", "rasa", "run", "--interface", "127.0.0.1", "--port", str(port), "--model", str(train.model_path())]
    command += ["--endpoints", str(folder / "endpoints.yml"), "--credentials", str(folder / "credentials.yml")]
    with (folder / "rasa.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=train.ROOT, env=train.dialogue_environment(), stdout=log, stderr=log)
    url = f"http://127.0.0.1:{port}"
    try:
        _wait(url)
        yield url
    finally:
        process.terminate()
        process.wait(30)
        actions.shutdown()


def _wait(url: str) -> None:
    until = time.monotonic() + START_WITHIN
    while True:
        try:
            asked = httpx.post(f"{url}/webhooks/rest/webhook", json={"sender": "b", "message": "halo"}, timeout=60, trust_env=False)
            if asked.status_code == 200:
                return
        except httpx.HTTPError:
            pass
        if time.monotonic() > until:
            raise TimeoutError("Rasa did not answer in time: its log lies beside")
        time.sleep(1)
