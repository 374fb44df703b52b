"""Starts, kills and measures a real bot process over stand-ins (`bench.stand_ins`)."""

import asyncio
import base64
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx

from bench.stand_ins import NUMBER, SECRET
from bot.settings import Settings
from runtime.settings import ROOT, token_names

START_WITHIN = 120.0
TICKS = os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    """A port that was free a moment ago."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


class BotProcess:
    """One `python -m bot`; its log goes to `folder/bot-<port>.log`."""

    def __init__(self, folder: Path, stand_ins: str, database: str | None = None, **settings: str) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._folder = folder
        self._environment = {
            "PATH": os.environ.get("PATH", ""),
            "PYTHONPATH": str(ROOT),
            "LANDA_MEWA_VAR": str(folder),
            "WHATSAPP_PHONE_NUMBER_ID": NUMBER,
            "WHATSAPP_ACCESS_TOKEN": "token-of-the-bench",
            "WHATSAPP_APP_SECRET": SECRET,
            "WHATSAPP_VERIFY_TOKEN": "verify",
            "WHATSAPP_MESSAGES_PER_SECOND": "1000",
            "BLOB_KEY": base64.b64encode(bytes(32)).decode(),
            **dict.fromkeys(token_names(Settings), "token-of-the-bench"),
            "WHATSAPP_GRAPH_URL": stand_ins,
            "DIALOGUE_URL": stand_ins,
            "ACTIONS_URL": stand_ins,
            "BACKOFFICE_URL": stand_ins,
            "INTAKE_DATABASE_URL": database or f"sqlite:///{folder}/intake.db",
            "BOT_PORT": str(self.port),
            "LOG_FORMAT": "json",
            **settings,
        }
        self._process: subprocess.Popen[bytes] | None = None

    def _spawn(self) -> None:
        with (self._folder / f"bot-{self.port}.log").open("ab") as log:
            self._process = subprocess.Popen([sys.executable, "-m", "bot"], env=self._environment, cwd=ROOT, stdout=log, stderr=log)

    async def start(self) -> None:
        """Starts it and waits until it answers."""
        self._spawn()
        async with asyncio.timeout(START_WITHIN), httpx.AsyncClient(trust_env=False) as http:
            while True:
                assert self._process is not None, "it was spawned"
                if self._process.poll() is not None:
                    raise RuntimeError((self._folder / f"bot-{self.port}.log").read_text()[-2000:])
                try:
                    if (await http.get(f"{self.url}/healthz")).status_code == 200:
                        return
                except httpx.HTTPError:
                    await asyncio.sleep(0.1)

    def kill(self) -> None:
        """As a power cut would."""
        if self._process is not None:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()

    def stop(self) -> None:
        """Gracefully, and by force where that takes too long."""
        if self._process is None or self._process.poll() is not None:
            return
        self._process.terminate()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self.kill()

    @property
    def process(self) -> int:
        """Its process id."""
        assert self._process is not None, "it runs"
        return self._process.pid

    def processor_seconds(self) -> float:
        """User and system time that it has used."""
        assert self._process is not None, "it runs"
        stat = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(stat[11]) + int(stat[12])) / TICKS

    def memory_mb(self) -> float:
        """Resident memory."""
        assert self._process is not None, "it runs"
        pages = int(Path(f"/proc/{self._process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1_000_000
