"""Plays what lies around dialogue and actions: the back office that keeps what it is given, and the bot that takes reminders."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

DEADLINE = "2026-11-24T02:00:00Z"


class OfficeDouble:
    """Listens on one port as long as the tests run. `cases` and `complaints` are what it answers; `puts` what it was given."""

    def __init__(self, port: int) -> None:
        self.known: dict[str, dict[str, Any]] = {}
        self.puts: list[tuple[str, Any]] = []
        double = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                known = double.known.get(self.path.rsplit("/", 1)[-1])
                self._answer(200 if known else 404, known or {"error": {"code": "unknown", "message": ""}})

            def do_PUT(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                double.puts.append((self.path, None if self.path.startswith("/api/blobs/") else json.loads(body)))
                self._answer(201, {"number": "x", "stage": "diterima", "deadline": DEADLINE})

            def do_POST(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length") or 0))
                self._answer(202, {})

            def _answer(self, status: int, body: dict[str, Any]) -> None:
                data = json.dumps(body).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_: Any) -> None:
                return None

        self._server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """Ends it."""
        self._server.shutdown()
        self._server.server_close()
